"""`casebook debug`: a page of a PDF as a picture, with what was read drawn on it."""
