"""ATC codes of drugs (atc.csv), and their groups of the fourth level (atc_groups.csv).

ATC codes a substance by its use, so one substance may have several: what is rubbed on the skin or dropped
into an eye has another code than what is swallowed. A code is given for systemic use, unless `route` of
atc.csv says otherwise; a substance whose codes the route does not tell apart (acetylsalicylic acid,
methotrexate, cabergoline) is not in the list. A class has the code of its group.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extractors.drugs.vocabulary import DRUGS
from extractors.rules.words import Vocabulary

_PARENTERAL = frozenset({"intravenous", "intramuscular", "subcutaneous", "parenteral"})
_SYSTEMIC = _PARENTERAL | {"oral"}
#: Routes with a code of their own.
_LOCAL = ("oral", "inhaled", "intranasal", "vaginal", "rectal")
#: Routes as told for which a row holds: where empty, a systemic one or none; "dose": none, but a dose by
#: weight, as no ointment or eye drop has.
ROUTES = {
    "": _SYSTEMIC | {"", "sublingual", "transdermal"},
    "systemic": _SYSTEMIC,
    "parenteral": _PARENTERAL,
    "none": frozenset({""}),
    "dose": frozenset({""}),
    **{route: frozenset({route}) for route in _LOCAL},
}
#: Routes coded as what is swallowed.
_TO_THE_STOMACH = frozenset({"nasogastric", "gastric"})
_WEIGHTS = frozenset({"g", "mg", "ug"})
#: `route`: by which routes the code holds: see `ROUTES`; a drug may have several rows. `name`: the index's
#: name of the code where it is not the drug's.
ATC = Vocabulary(
    "extractors.drugs",
    "atc.csv",
    ("drug", "route", "atc", "name", "source"),
    ("drug", "route"),
    allowed={"route": frozenset({"", "any", "systemic", "none", "dose", "parenteral", *_LOCAL})},
    filled=frozenset({"atc"}),
    refers={"drug": (DRUGS, "name")},
)
GROUPS = Vocabulary(
    "extractors.drugs", "atc_groups.csv", ("atc", "name", "source"), ("atc",), filled=frozenset({"name"})
)
#: Letters of a code of the fourth level.
_GROUP = 5


def codes(row: Mapping[str, Any]) -> dict[str, str]:
    """`drug_atc`, `atc_group` and `atc_group_name` of a drug."""
    code = next((code for route, code in _known().get(row["drug"], ()) if _holds(route, row)), "")
    group = code[:_GROUP] if len(code) >= _GROUP else ""
    return {"drug_atc": code, "atc_group": group, "atc_group_name": _groups().get(group, "")}


def _holds(route: str, row: Mapping[str, Any]) -> bool:
    if route == "any":
        return True
    if route == "dose" and row.get("dose_unit", "").split("/")[0] not in _WEIGHTS:
        return False
    told = row.get("route", "")
    return ("oral" if told in _TO_THE_STOMACH else told) in ROUTES[route]


@cache
def _known() -> dict[str, list[tuple[str, str]]]:
    out: dict[str, list[tuple[str, str]]] = {}
    for row in ATC.rows:
        out.setdefault(row["drug"], []).append((row["route"], row["atc"]))
    return out


@cache
def _groups() -> dict[str, str]:
    return {row["atc"]: row["name"] for row in GROUPS.rows}
