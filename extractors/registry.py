"""The books and lexicons of the pipeline, and the one scanner that looks for all of them at once."""

from __future__ import annotations

from functools import cache

from extractors.person import parity
from extractors.rules.book import Book
from extractors.rules.scan import Scanner


def books() -> tuple[Book, ...]:
    """Every book of rules, in the order of the extractors."""
    return (parity.BOOK,)


@cache
def scanner() -> Scanner:
    """The pipeline's common scanner, made once per process."""
    return Scanner(books())
