"""What a printed unit measures, by the kinds of its parts: "mg/dL" is mass/volume.

The codes of tests hang on it: calcium in mg/dL is another LOINC code than calcium in mmol/L.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.language.units import UNITS

_POWER = re.compile(r"10\^\d+")
#: "1.73" of "1.73m2", "100" of "100mL".
_NUMBER = re.compile(r"^[\d.]+ ?")
_DAY = frozenset({"day", "24 h"})


@cache
def _kinds() -> dict[str, str]:
    return {row["canonical"]: row["kind"] for row in UNITS.rows}


@cache
def dimension(unit: str) -> str:
    """The kinds of a unit's parts ("mass/volume", "amount/day", "count/volume"), "" where one is unknown.

    `unit` in normal form. A day is told apart from other times: what is collected in one is another test.
    """
    kinds = [_kind(part, below) for below, part in enumerate(unit.split("/"))] if unit else []
    return "/".join(kinds) if all(kinds) else ""


def _kind(part: str, below: int) -> str:
    if part in _DAY:
        return "day"
    if not below and (not part or _POWER.fullmatch(part)):
        return "count"
    return _kinds().get(_NUMBER.sub("", part, count=1) if below else part, "")
