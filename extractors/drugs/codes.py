"""ATC codes of drugs (atc.csv), and their groups of the fourth level (atc_groups.csv).

ATC codes a substance by its use, so one substance may have several: what is rubbed on the skin or dropped
into an eye has another code than what is swallowed. A code is given for systemic use, unless `route` of
atc.csv says otherwise; a substance whose codes the route does not tell apart (acetylsalicylic acid,
methotrexate) is not in the list. A class has the code of its group.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extractors.drugs.vocabulary import DRUGS
from extractors.rules.words import Vocabulary

#: `route`: by which routes the code holds: any, a systemic one as told, parenteral or oral as told; where
#: empty, a systemic one or none told.
ATC = Vocabulary(
    "extractors.drugs",
    "atc.csv",
    ("drug", "route", "atc", "source"),
    ("drug",),
    allowed={"route": frozenset({"", "any", "systemic", "parenteral", "oral"})},
    filled=frozenset({"atc"}),
    refers={"drug": (DRUGS, "name")},
)
GROUPS = Vocabulary(
    "extractors.drugs", "atc_groups.csv", ("atc", "name", "source"), ("atc",), filled=frozenset({"name"})
)
_PARENTERAL = frozenset({"intravenous", "intramuscular", "subcutaneous", "parenteral"})
_SYSTEMIC = _PARENTERAL | {"oral"}
_ROUTES = {
    "": _SYSTEMIC | {"", "sublingual", "rectal", "transdermal"},
    "systemic": _SYSTEMIC,
    "parenteral": _PARENTERAL,
    "oral": frozenset({"oral"}),
}
#: Letters of a code of the fourth level.
_GROUP = 5


def codes(row: Mapping[str, Any]) -> dict[str, str]:
    """`drug_atc`, `atc_group` and `atc_group_name` of a drug."""
    route, code = _known().get(row["drug"], ("any", ""))
    if route != "any" and row.get("route", "") not in _ROUTES[route]:
        code = ""
    group = code[:_GROUP] if len(code) >= _GROUP else ""
    return {"drug_atc": code, "atc_group": group, "atc_group_name": _groups().get(group, "")}


@cache
def _known() -> dict[str, tuple[str, str]]:
    return {row["drug"]: (row["route"], row["atc"]) for row in ATC.rows}


@cache
def _groups() -> dict[str, str]:
    return {row["atc"]: row["name"] for row in GROUPS.rows}
