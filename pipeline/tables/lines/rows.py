"""A row of a flattened table: its label and the run of values at its end.

A value is a number with its comparator, unit, range, bracketed time and footnote letter, a sign
for a missing value, an ordinal, a list of vertebral levels, or one of a few words (cell_words.csv).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.language.units import match_unit
from pipeline.structure import vocabulary

_NUMBER = re.compile(
    r"[(\[]?[<>\u2264\u2265~=]{0,2}[-+\u00b1]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?(?:\^\d{1,2})?"
    r"(?:[-/:+](?:[-+]?\d[\d.,]*))*(?:%|[a-e]\)?|[*\u2020\u2021\u00a7#]{1,3}|\u00b0C?|[A-Za-z\u00b5]{1,6}/[\w/]{1,12}|"
    r"(?:mg|g|kg|cm|mm|ng|pg|IU|U|M|mo|y|yr|d|wk|w|h|x|SD|wks|yrs|mos)[a-d]?)?[)\]]?[,;]?"
)
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_LEVEL = re.compile(r"(?:Th|T|D|L|S|C)\d{1,2}+(?:(?:[-,/;]|,? ?)(?:Th|T|D|L|S|C)?\d{1,2}+)*+[;,]?")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_MISSING = frozenset(
    (
        "-",
        "--",
        "---",
        "\u2014",
        "...",
        "n.a.",
        "na",
        "n/a",
        "n.d.",
        "nd",
        "nr",
        "n.r.",
        "nil",
        "none",
        "+",
        "++",
        "+++",
        "+/-",
        "\u00b1",
        "\u00d7",
        "x",
        "\u2713",
        "\u221a",
        "*",
        "?",
    )
)
_UNITS = frozenset(
    "% sd g/cm2 g/cm3 mg/dl g/dl ng/ml pg/ml mmol/l nmol/l pmol/l \u00b5mol/l umol/l iu/l u/l "
    "miu/l meq/l mg/l \u00b5g/l ug/l  ng/l pg/l miu/ml \u00b5iu/ml kg/m2 kg cm mm m g mg \u00b5g "
    "ml mm/h mm/hr years year yrs yr y months month mo weeks  week wk wks days day hours h iu u "
    "nmolbce/l nmolbce/mmolcr nmol/mmol mg/day mg/24h mg/24 hr bpm mmhg fl".split()
)
_TIME_UNITS = frozenset(
    "years year yrs yr months month mos mo weeks week wks wk days day hours hour h m y".split()
)
_COMPARATORS = frozenset(("<", ">", "\u2264", "\u2265", "=", "~", "<=", ">="))
_BRACKETED = re.compile(r"[(\[].*[)\]][a-e*\u2020\u2021\u00a7#]{0,2}[,;]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_SEPARATOR = re.compile(r"\s*[|\t]\s*|\s{2,}")


class Row(NamedTuple):
    """A row: its label and its values in order; `parts` tells that separators were printed."""

    label: str
    values: list[str]
    parts: bool = False


@cache
def cell_words() -> frozenset[str]:
    """Words that may be a whole cell of a table, lower case (cell_words.csv)."""
    return vocabulary.CELL_WORDS.values("word")


def split_parts(text: str) -> list[str]:
    """The cells of a line whose cells are set apart by tabs, bars or wide gaps."""
    return [part.strip() for part in _SEPARATOR.split(text.strip().strip("|"))]


def row_of(text: str) -> Row:
    """A line as a row. Without any value at its end `values` is empty."""
    if "\t" in text or "|" in text or "  " in text:
        parts = split_parts(text)
        if len(parts) > 2 or (len(parts) == 2 and row_of(parts[1]).label == ""):
            return Row(parts[0], parts[1:], True)
        text = " ".join(parts)
    tokens = _tokens(text)
    kinds = [_kind(token) for token in tokens]
    start = len(tokens)
    while start and kinds[start - 1]:
        start -= 1
    while start < len(tokens) and kinds[start] in ("unit", "bracket"):
        start += 1
    cells = _cells(tokens[start:], kinds[start:])
    if len(cells) > 1 and _is_time(cells[0]) and not _is_time(cells[1]) and start:
        start += len(cells[0].split())
        cells = cells[1:]
    if cells and start and _YEAR.fullmatch(cells[0]) and tokens[start - 1][:3].lower() in _MONTHS:
        start += 1  # `Jan 2015` is a label
        cells = cells[1:]
    return Row(" ".join(tokens[:start]), cells)


def _is_time(cell: str) -> bool:
    """A number with a unit of time in words: `1 year`, part of a label rather than a value."""
    number, _, unit = cell.partition(" ")
    return number.isdigit() and unit.rstrip(",").lower() in _TIME_UNITS


def _tokens(text: str) -> list[str]:
    """The words of a line; what stands in one bracket stays one token."""
    tokens: list[str] = []
    depth = 0
    for word in text.split():
        if depth and tokens:
            tokens[-1] += " " + word
        else:
            tokens.append(word)
        depth = max(0, depth + word.count("(") + word.count("[") - word.count(")") - word.count("]"))
    return tokens


def _kind(token: str) -> str:
    """What a token is in a run of values; "" if it can be none."""
    lower = token.lower()
    if token in _COMPARATORS or lower in ("to", "\u00b1"):
        return "link"
    if lower in _MISSING:
        return "missing"
    if lower in _UNITS or (token[0] == "/" and len(token) < 12) or _is_unit(token):
        return "unit"
    first = token[0]
    if first in "([" and _BRACKETED.fullmatch(token):
        return "bracket"
    if _LEVEL.fullmatch(token):
        return "level"
    if (first.isdigit() or first in "<>\u2264\u2265~=-+\u00b1") and (
        _NUMBER.fullmatch(token) or _ORDINAL.fullmatch(token) or _DATE.fullmatch(token)
    ):
        return "number"
    if lower.rstrip(".,;*") in cell_words():
        return "word"
    return ""


def _is_unit(token: str) -> bool:
    """Whether a token is nothing but a unit with a stroke: `x10^9/L`, `nkat/L`."""
    unit = match_unit(token, 0) if "/" in token else None
    return unit is not None and unit.end == len(token)


def _cells(tokens: list[str], kinds: list[str]) -> list[str]:
    """The tokens of a run put together to values."""
    cells: list[str] = []
    attach = False
    for i, (token, kind) in enumerate(zip(tokens, kinds, strict=True)):
        linked = kind in ("unit", "bracket") or (token in ("to", "\u00b1") and 0 < i < len(tokens) - 1)
        if cells and (
            attach
            or linked
            or (kind == "level" and cells[-1][-1] in ";,")
            or (kind == "number" and cells[-1][-1] == "," and cells[-1][0] in "TLDCS")
        ):
            cells[-1] += " " + token
        else:
            cells.append(token)
        attach = kind == "link"
    return cells
