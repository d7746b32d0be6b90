"""Laboratory results: the spaCy component `casebook.labs`, SI values, and readers for table cells."""
