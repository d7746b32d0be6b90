"""Every book of time: what says when, and what the story tells by a sentence."""

from __future__ import annotations

from typing import Any

from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon
from extractors.time import calendar, dates, labels, lists, story, times

BOOKS: tuple[Book, ...] = (
    times.BOOK,
    times.LATER,
    *story.BOOKS,
    lists.BOOK,
    dates.BOOK,
    calendar.BOOK,
    *labels.BOOKS,
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """The vocabularies of time that are looked for by themselves: none."""
    return ()
