"""LOINC codes of results (loinc.csv) and UCUM codes of their units.

A LOINC code names the test with what it measures and in which specimen, so it follows from the analyte, the
unit's dimension and the specimen together. No unit, no code. Words of the result may tell another test than
the analyte's plain one: where that has a code (corrected calcium, fasting glucose), it is given, elsewhere
(cortisol "after dexamethasone") there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from extractors.labs.vocabulary import ANALYTES, analytes
from extractors.language.dimension import dimension
from extractors.language.ucum import ucum
from extractors.rules.words import Vocabulary

_SPECIMENS = frozenset({"serum or plasma", "serum", "serum told", "plasma", "blood", "urine", "csf", "stool"})
#: `dimension`: see `extractors.language.dimension`; "number" where the result has no unit. `only`: words of
#: the quote of which one has to be told, `unless`: parts of words that tell another test, with "|" between.
#: `source`: LOINC's long common name.
LOINC = Vocabulary(
    "extractors.labs",
    "loinc.csv",
    ("analyte", "dimension", "specimen", "only", "loinc", "unless", "source"),
    key=("analyte", "dimension", "specimen", "only"),
    allowed={"specimen": _SPECIMENS},
    filled=frozenset({"dimension", "loinc"}),
    refers={"analyte": (ANALYTES, "analyte")},
)
#: Which specimens as told may be the code's; a serum test is seldom called one.
_TOLD = {
    "serum or plasma": frozenset({"", "serum", "plasma"}),
    "serum": frozenset({"", "serum"}),
    "serum told": frozenset({"serum"}),
    "plasma": frozenset({"", "plasma"}),
    "blood": frozenset({"", "blood"}),
}


def codes(row: Mapping[str, Any]) -> dict[str, str]:
    """`analyte_loinc` and `unit_ucum` of a result."""
    analyte, unit = row["analyte"], row.get("unit", "")
    known = analytes().get(analyte)
    of = (analyte, known.kind) if known else (analyte,)
    return {"analyte_loinc": _loinc(row), "unit_ucum": ucum(unit, *of)}


def _loinc(row: Mapping[str, Any]) -> str:
    if row.get("value") in (None, ""):
        return ""
    unit, specimen, quote = row.get("unit", ""), row.get("specimen", ""), row.get("quote", "").lower()
    tests = _tests().get((row["analyte"], dimension(unit) if unit else "number"), ())
    found = [test for test in tests if specimen in _TOLD.get(test.specimen, (test.specimen,))]
    found = [test for test in found if test.only and test.only.search(quote)] or [
        test for test in found if not test.only
    ]
    if len(found) != 1:  # serum and whole blood are two tests
        return ""
    return "" if any(word in quote for word in found[0].unless) else found[0].code


class _Test(NamedTuple):
    specimen: str
    only: re.Pattern[str] | None
    code: str
    unless: tuple[str, ...]


@cache
def _tests() -> dict[tuple[str, str], list[_Test]]:
    out: dict[tuple[str, str], list[_Test]] = {}
    for row in LOINC.rows:
        words = "|".join(map(re.escape, row["only"].split("|")))
        only = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None
        test = _Test(row["specimen"], only, row["loinc"], tuple(filter(None, row["unless"].split("|"))))
        out.setdefault((row["analyte"], row["dimension"]), []).append(test)
    return out
