"""The books and vocabularies of procedures."""

from __future__ import annotations

from typing import Any

from extractors.procedures import phrases, read, table
from extractors.procedures.vocabulary import lexicon
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = (
    Book("procedures.names", (), {}, (read.NAMED,)),
    phrases.BOOK,
    Book("procedures.tables", (), {}, (table.CELL,)),
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """The names of procedures."""
    return (lexicon(),)
