"""The books by which pregnancies are found."""

from __future__ import annotations

from typing import Any

from extractors.pregnancies import again, births, nursing, table, which
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

#: What is read from tables.
TABLES = Book("pregnancies.tables", (), {}, (table.CELL,))
BOOKS = (TABLES, *births.BOOKS, nursing.BOOK, again.BOOK, which.BOOK)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """Nothing is looked up beside the phrases."""
    return ()
