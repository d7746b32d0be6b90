"""Papers in, tables out: readers, structure, cases, records and writing."""
