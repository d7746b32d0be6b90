"""How much of anything one file may hold: every cap once, with its default, its bounds and what it cuts.

A cap is there for bombs, dumps and broken files; no paper comes near one. What lies beyond is never
dropped without a word: the file fails, E06, or the rest is left and a warning counts it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import Field, dataclass, field, fields
from functools import lru_cache
from typing import Any

from pipeline.config import UsageError

#: the environment variable that sets caps, as in "pdf_pages=5000 patients=800"
VARIABLE = "CASEBOOK_CAPS"
_HIGHEST = 10**12


def _cap(default: int, least: int, meaning: str, beyond: str = "the file fails, E06") -> Any:
    return field(default=default, metadata={"least": least, "meaning": meaning, "beyond": beyond})


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps of one run. Raises UsageError for a value that is no whole number within its bounds."""

    file_bytes: int = _cap(300_000_000, 1_000, "bytes of a file")
    expanded_bytes: int = _cap(300_000_000, 1_000, "bytes of a compressed file when expanded")
    expansion: int = _cap(
        200, 10, "how many times its size a compressed file may grow to (prose: 5; below 10 MB any)"
    )
    markup_bytes: int = _cap(
        100_000_000, 1_000, "bytes of an XML or HTML file, whose tree takes ten times as much memory"
    )
    text_characters: int = _cap(5_000_000, 1_000, "characters of a plain text")
    records: int = _cap(50_000, 1, "records of one file")
    archive_parts: int = _cap(5_000, 10, "parts of a DOCX or MHTML file")
    xml_depth: int = _cap(200, 20, "elements inside elements of XML (articles: 30)", "the file fails, E03")
    html_depth: int = _cap(200, 20, "the same of HTML", "what lies deeper is read without its markup")
    json_depth: int = _cap(60, 4, "values inside values of JSON (services: 8)", "a warning: left out")
    table_cells: int = _cap(50_000, 100, "cells of one marked-up table")
    cell_span: int = _cap(200, 20, "rows or columns of one cell", "the cell ends there")
    pdf_pages: int = _cap(3_000, 1, "pages of a PDF", "a warning: pages not read")
    page_characters: int = _cap(200_000, 1_000, "characters of a PDF page", "a warning: characters not read")
    page_objects: int = _cap(
        20_000, 1_000, "rules and pictures of a PDF page (for its tables)", "a warning: objects not looked at"
    )
    patients: int = _cap(500, 2, "patients of one paper", "a warning: patients not read")

    def __post_init__(self) -> None:
        for known in fields(self):
            value, least = getattr(self, known.name), known.metadata["least"]
            if not isinstance(value, int) or not least <= value <= _HIGHEST:
                raise UsageError(f"the cap {known.name} is {value}: give a whole number from {least:,}")


def parse(text: str) -> Caps:
    """Caps from words like "pdf_pages=5000 patients=800" (blanks or commas between), the rest defaults.

    Raises UsageError for an unknown name and for what is no number within its bounds.
    """
    given: dict[str, int] = {}
    known = {cap.name for cap in fields(Caps)}
    for word in text.replace(",", " ").split():
        name, _, number = word.partition("=")
        if name not in known:
            raise UsageError(f"there is no cap {name!r}: the caps are {', '.join(sorted(known))}")
        if not (number.isascii() and number.isdecimal()):
            raise UsageError(f"the cap {name} is {number!r}: give a whole number")
        given[name] = int(number)
    return Caps(**given)


@lru_cache(maxsize=4)
def _parsed(text: str) -> Caps:
    return parse(text)


def caps() -> Caps:
    """The caps of this process: the defaults, but for what the environment variable sets.

    Raises UsageError (see `parse`); the command line asks once before it begins.
    """
    return _parsed(os.environ.get(VARIABLE, ""))


def all_caps() -> Sequence[Field[Any]]:
    """Every cap with `name`, `default` and the metadata `least`, `meaning`, `beyond`."""
    return fields(Caps)
