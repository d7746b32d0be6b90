"""The books and vocabularies of densitometry."""

from __future__ import annotations

from typing import Any

from extractors.bmd import assign, labels, marks, others, sites, table, values
from extractors.bmd.vocabulary import site_names
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = (
    marks.BOOK,
    marks.SIGNS,
    marks.GAINS,
    values.BOOK,
    sites.BOOK,
    *others.BOOKS,
    assign.BOOK,
    *labels.BOOKS,
    Book("bmd.tables", (), {}, (table.CELL,)),
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """The vocabularies that are looked for in prose."""
    return (site_names(),)
