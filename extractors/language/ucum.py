"""UCUM codes of printed units (ucum.csv): "mg/24 h" is "mg/(24.h)".

A unit's code is made of those of its parts. Where one part has none, or the printed letters mean different
units for different tests ("U"), there is none: an empty cell, not a guess. Units: https://ucum.org/ucum
"""

from __future__ import annotations

import re
from functools import cache

from extractors.rules.words import Vocabulary

#: `of`: the kinds of test, or the tests, of which the unit is meant (any where empty), with "|" between.
UCUM = Vocabulary(
    "extractors.language", "ucum.csv", ("unit", "of", "ucum", "source"), ("unit", "of"),
    filled=frozenset({"ucum"}),
)  # fmt: skip
_POWER = re.compile(r"10\^(\d+)")


@cache
def _codes() -> dict[tuple[str, str], str]:
    return {(row["unit"], of): row["ucum"] for row in UCUM.rows for of in row["of"].split("|")}


@cache
def ucum(unit: str, *of: str) -> str:
    """The UCUM code of a unit in normal form ("10^9/L"), "" where none is known.

    `of`: what is measured, by its name and its kind.
    """
    if not unit:
        return ""
    first, *below = unit.split("/")
    parts = [_part(part, of) for part in below]
    power = _POWER.fullmatch(first)
    head = f"10*{power[1]}" if power else _part(first, of)
    if not all(parts) or (first and not head):
        return ""
    return "/".join([head, *parts])


def _part(unit: str, of: tuple[str, ...]) -> str:
    codes = _codes()
    return next((codes[unit, name] for name in ("", *of) if (unit, name) in codes), "")
