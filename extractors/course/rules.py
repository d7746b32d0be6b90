"""The books of the course."""

from __future__ import annotations

from typing import Any

from extractors.course import read
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = read.BOOKS


def lexicons() -> tuple[Lexicon[Any], ...]:
    """Nothing is looked up beside the phrases."""
    return ()
