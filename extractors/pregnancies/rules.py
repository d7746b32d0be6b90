"""The books by which pregnancies are found."""

from __future__ import annotations

from typing import Any

from extractors.pregnancies import again, births, nursing, which
from extractors.rules.lexicon import Lexicon

BOOKS = (*births.BOOKS, nursing.BOOK, again.BOOK, which.BOOK)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """Nothing is looked up beside the phrases."""
    return ()
