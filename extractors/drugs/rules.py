"""The books and vocabularies by which drugs are found."""

from __future__ import annotations

from typing import Any

from extractors.drugs import (
    arrival_cues,
    doses,
    durations,
    evidence,
    frequency,
    labels,
    plan_cues,
    prior_cues,
    read,
    routes,
    status_cues,
    supplemented,
    table,
    vocabulary,
)
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

#: What puts a mention together.
MENTIONS = Book("drugs.mention", (), {}, (read.REGIMEN, read.NAME, table.CELL))
BOOKS = (
    MENTIONS,
    frequency.BOOK,
    doses.BOOK,
    durations.BOOK,
    *status_cues.BOOKS,
    *plan_cues.BOOKS,
    *prior_cues.BOOKS,
    *arrival_cues.BOOKS,
    *evidence.BOOKS,
    supplemented.BOOK,
    *labels.BOOKS,
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """What is looked for in prose: names of drugs, words for a route."""
    return vocabulary.lexicon(), routes.lexicon()
