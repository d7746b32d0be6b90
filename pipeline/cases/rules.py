"""All books of this stage: how patients are announced, told apart and told of together."""

from __future__ import annotations

from pipeline.cases import aged, cited, everybody, ordinals, phrases

BOOKS = (*aged.BOOKS, *phrases.BOOKS, *everybody.BOOKS, *ordinals.BOOKS, *cited.BOOKS)
