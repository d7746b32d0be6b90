"""The tables as pandas data frames: typed by the schema, read in pieces, handed out."""
