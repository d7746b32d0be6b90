"""The books and vocabularies of fractures."""

from __future__ import annotations

from typing import Any

from extractors.fractures import anaphora, cues, decisions, manner, notations, others, sites, table
from extractors.fractures.vocabulary import bone_names, manner_words, named_fractures
from extractors.fractures.vocabulary import cues as cue_words
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

BOOKS: tuple[Book, ...] = (
    notations.BOOK,
    cues.BOOK,
    manner.GRADES,
    manner.BOOK,
    others.ELSEWHERE,
    others.CHILDREN,
    others.OFFSPRING,
    others.PAPER,
    decisions.BOOK,
    sites.BOOK,
    anaphora.PHRASES,
    anaphora.BOOK,
    table.LABELS,
    Book("fractures.tables", (), {}, (table.CELL,)),
)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """The vocabularies that are looked for in prose."""
    return (cue_words(), bone_names(), named_fractures(), manner_words())
