"""The tables in other formats, all from the one schema, written in pieces."""
