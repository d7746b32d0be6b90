"""Marks printed behind a value (arrows, stars of a footnote, H and L): read over, then read themselves."""

from __future__ import annotations

import re

#: "133 U/l* [<120]", "148↑ (35-104)", "48 mg/L (H) (<5)"; no factor ("172*10^3").
_MARK = re.compile(
    r"(?<=[\w%])\s?(?:[*†‡§¶]{1,3}(?=[\s\]),;.(\[]|$)(?!\s?\d)"
    r"|[↑↓▲▼]{1,3}"
    r"|(?<=[\s\w])(?:\((?:HH?|LL?)\)|(?<![^\W\d_])(?:HH?|LL?)(?![\w-]))(?=\s?[(\[]\s?(?:[<>≤≥]\s?)?[\dNnRr]))"
)
_ARROW = re.compile("[↑▲↓▼]")


def without_marks(text: str) -> str:
    """A text of the same length with blanks in place of the marks behind names and values."""
    return _MARK.sub(lambda match: " " * len(match.group()), text)


def arrow_in(text: str, start: int, end: int) -> int | None:
    """Where an arrow stands between a number and its unit: "11.2↑ mg/dL"."""
    found = _ARROW.search(text, start, end)
    return found.start() if found else None
