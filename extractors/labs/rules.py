"""The books and vocabularies of laboratory results."""

from __future__ import annotations

from typing import Any

from extractors.labs import (
    cell,
    letters,
    misspelt,
    notations,
    parts,
    results,
    shared,
    statements,
    unknown,
    unlisted,
)
from extractors.labs.relations import RELATIONS
from extractors.labs.vocabulary import lexicon
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = (
    notations.BOOK,
    results.BOOK,
    *statements.BOOKS,
    misspelt.BOOK,
    unknown.MEASURED,
    unknown.BOOK,
    shared.BOOK,
    parts.BOOK,
    letters.BOOK,
    Book("labs.relations", (), {}, (*RELATIONS, cell.CELL, unlisted.UNLISTED)),
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """What is looked for in prose."""
    return (lexicon(),)
