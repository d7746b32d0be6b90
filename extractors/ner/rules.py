"""The book of the places at which the model is asked, and the names of what it found."""

from __future__ import annotations

from typing import Any

from extractors.ner import drugs, labs, onset, places
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

#: What puts a mention together.
MENTIONS = Book("ner.mention", (), {}, (drugs.UNKNOWN, labs.UNKNOWN, onset.UNKNOWN))
BOOKS = (MENTIONS, places.BOOK)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """No vocabulary of its own is looked for in prose."""
    return ()
