"""The books of the person: ages, parity, build."""

from __future__ import annotations

from typing import Any

from extractors.person import (
    age_refs,
    ages,
    build,
    build_rows,
    clues,
    parity,
    people,
    relations,
    role_phrases,
    table,
)
from extractors.person.fact import INTRODUCED
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = (
    ages.BOOK,
    ages.INITIALS,
    parity.BOOK,
    build.BOOK,
    build_rows.BOOK,
    *clues.BOOKS,
    role_phrases.OTHER_PATIENT,
    Book("person.told", (), {}, relations.RELATIONS),
    Book("person.rows", (), {}, (table.CELL, INTRODUCED)),
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """The vocabularies that are looked for in prose."""
    return (age_refs.lexicon(), people.lexicon())
