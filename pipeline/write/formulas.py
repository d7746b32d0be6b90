"""No cell is a formula: spreadsheets run a cell that begins with = + - @ instead of showing it.

A number stays a number, and words behind one stay as they are ("-3.1 SD"). Any other such cell gets an
apostrophe in front, a path "./". A quote is a slice of the text, so it grows to the left instead until
it begins with something harmless. See docs/robustness.md.
"""

from __future__ import annotations

import re
from typing import Any

#: what makes a spreadsheet calculate (OWASP, "CSV Injection"), in the letters of East Asian ones too
_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]\s?\.?\d")
_CALCULATES = re.compile(r"""[=|!@&*^{}\\"']|[\w.]\(|[＝＋－＠]""")
_SUM = re.compile(r"[+-]\s*\d+(?:\.\d+)?(?:\s*[-+/]\s*\d+(?:\.\d+)?)+%?")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate with a cell instead of showing it."""
    if len(text) < 2 or text[0] not in _STARTS:
        return False
    return not _NUMBER.match(text) or bool(_CALCULATES.search(text) or _SUM.fullmatch(text))


def harmless(name: str, text: str) -> str:
    """A cell of words that no spreadsheet calculates with; `name` is its column."""
    if not is_formula(text):
        return text
    return f"./{text}" if name == "path" else f"'{text}"


def with_harmless_quotes(rows: dict[str, list[dict[str, Any]]], text: str) -> str:
    """Widen the quotes that would be formulas, in place; returns the text, whose offsets stay as they are.

    Only where a text begins with such a quote is there nothing to widen it with: the first character
    of the text becomes a space.
    """
    found = [row for part in rows.values() for row in part if is_formula(row.get("quote") or "")]
    for row in found:
        row["start"] = _wider(text, row["start"], row["end"])
    if any(row["start"] == 0 and is_formula(text[: row["end"]]) for row in found):
        text = f" {text[1:]}"
        found += [row for part in rows.values() for row in part if row.get("start") == 0]
    for row in found:
        row["quote"] = text[row["start"] : row["end"]]
    return text


def _wider(text: str, start: int, end: int) -> int:
    while start and (text[start].isspace() or is_formula(text[start:end])):
        start -= 1
    return start
