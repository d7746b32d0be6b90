"""Abbreviations that an author defines (`casebook.abbreviations`), by scispaCy's detector."""

from extractors.abbreviations.read import definitions

__all__ = ["definitions"]
