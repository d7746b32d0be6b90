"""Abbreviations that an author defines (`casebook.abbreviations`), by scispaCy's detector."""
