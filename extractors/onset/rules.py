"""The books and vocabularies of onset."""

from __future__ import annotations

from typing import Any

from extractors.onset import phrases, relations, relative_rules, table
from extractors.onset.words import lexicon
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = (
    Book("onset", (), {}, relations.RELATIONS),
    relative_rules.LATER,
    relative_rules.BARE,
    *phrases.BOOKS,
    Book("onset.tables", (), {}, (table.CELL, table.TIMELINE)),
    table.LABEL,
    table.NO_LABEL,
    table.NO_START,
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """Symptoms and cues."""
    return (lexicon(),)
