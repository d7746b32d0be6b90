"""The books and vocabularies by which factors are found."""

from __future__ import annotations

from typing import Any

from extractors.history import diet, family, former, genes, habits, menses, read, table, trauma, vocabulary
from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon

#: What puts a mention together.
MENTIONS = Book(
    "history.mention", (), {}, (read.TERM, family.HISTORY, family.OF_A_RELATIVE, genes.VARIANT, table.CELL)
)
BOOKS = (MENTIONS, former.BOOK, trauma.BOOK, habits.BOOK, diet.BOOK, menses.BOOK, genes.BOOK, *family.BOOKS)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """What is looked for in prose: conditions, habits and what was done."""
    return (vocabulary.lexicon(),)
