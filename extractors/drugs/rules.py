"""The books and vocabularies by which drugs are found."""

from __future__ import annotations

from typing import Any

from extractors.drugs import doses, durations, evidence, frequency, labels, routes, status_cues, vocabulary
from extractors.rules.lexicon import Lexicon

BOOKS = (frequency.BOOK, doses.BOOK, durations.BOOK, *status_cues.BOOKS, *evidence.BOOKS, *labels.BOOKS)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """What is looked for in prose: names of drugs, words for a route."""
    return vocabulary.lexicon(), routes.lexicon()
