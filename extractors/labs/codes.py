"""LOINC codes of results (loinc.csv) and UCUM codes of their units.

A LOINC code names the test with what it measures and in which specimen, so it follows from the analyte, the
unit's dimension and the specimen together. No unit, no code. Where words of the result tell another
test than the analyte's plain one ("corrected calcium", cortisol "after dexamethasone"), there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extractors.labs.vocabulary import ANALYTES, analytes
from extractors.language.dimension import dimension
from extractors.language.ucum import ucum
from extractors.rules.words import Vocabulary

#: `dimension`: see `extractors.language.dimension`; "number" where the result has no unit. `unless`: parts
#: of words in the quote that tell another test, with "|" between. `source`: LOINC's long common name.
LOINC = Vocabulary(
    "extractors.labs",
    "loinc.csv",
    ("analyte", "dimension", "specimen", "loinc", "unless", "source"),
    key=("analyte", "dimension", "specimen"),
    allowed={"specimen": frozenset({"serum or plasma", "serum", "plasma", "blood", "urine", "csf", "stool"})},
    filled=frozenset({"dimension", "loinc"}),
    refers={"analyte": (ANALYTES, "analyte")},
)
#: Which specimens as told may be the code's; a serum test is seldom called one.
_TOLD = {
    "serum or plasma": frozenset({"", "serum", "plasma"}),
    "serum": frozenset({"", "serum"}),
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
    unit, told = row.get("unit", ""), row.get("value") not in (None, "")
    what = dimension(unit) if unit else "number"
    specimen = row.get("specimen", "")
    found = [
        (code, unless)
        for where, code, unless in _tests().get((row["analyte"], what), ())
        if told and specimen in _TOLD.get(where, (where,))
    ]
    if len(found) != 1:  # serum and whole blood are two tests
        return ""
    code, unless = found[0]
    quote = row.get("quote", "").lower()
    return "" if any(word in quote for word in unless) else code


@cache
def _tests() -> dict[tuple[str, str], list[tuple[str, str, tuple[str, ...]]]]:
    out: dict[tuple[str, str], list[tuple[str, str, tuple[str, ...]]]] = {}
    for row in LOINC.rows:
        unless = tuple(filter(None, row["unless"].split("|")))
        out.setdefault((row["analyte"], row["dimension"]), []).append((row["specimen"], row["loinc"], unless))
    return out
