"""Every book and vocabulary of context: clauses, cues, and what a paper is about."""

from __future__ import annotations

from typing import Any

from extractors.language import answers, background, clauses, cues, parts
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = (answers.BOOK, *clauses.BOOKS, *background.BOOKS, *parts.BOOKS)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """The cues of context."""
    return (cues.lexicon(),)
