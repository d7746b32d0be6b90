"""What is odd about a laboratory result: its value, its unit, its flag (limits.csv)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractors.doubts import AGAINST_RANGE, IMPLAUSIBLE, NO_UNIT, ODD_UNIT
from extractors.fact import Row
from extractors.labs.si import known_units
from extractors.labs.vocabulary import ANALYTES
from extractors.language.quantities import flag_of
from extractors.rules.words import Vocabulary

#: What living patients have been found to have, in the SI unit of si.csv.
LIMITS = Vocabulary(
    "extractors.labs",
    "limits.csv",
    ("analyte", "unit", "low", "high", "source"),
    key=("analyte",),
    filled=frozenset({"unit", "low", "high"}),
    refers={"analyte": (ANALYTES, "analyte")},
)


@cache
def _limits() -> dict[tuple[str, str], tuple[float, float]]:
    return {(row["analyte"], row["unit"]): (float(row["low"]), float(row["high"])) for row in LIMITS.rows}


def doubts(row: Row) -> Iterator[str]:
    """The reasons for a look at a row of labs.csv."""
    if row["value"] is None:
        return
    if not _possible(row):
        yield IMPLAUSIBLE
    if row["analyte"] in known_units() and not row["unit_si"] and not _is_another_amount(row):
        yield ODD_UNIT if row["unit"] else NO_UNIT
    low, high = row["ref_low"], row["ref_high"]
    if row["flag"] and low is not None and high is not None and low <= high:
        own = flag_of(row["value"], row["comparator"], low, high)
        if own and own != row["flag"]:
            yield AGAINST_RANGE


def _is_another_amount(row: Row) -> bool:
    """Whether a unit is of what conversions do not tell: a share of cells, a concentration in urine."""
    return row["unit"] == "%" or bool(row["unit"] and row["analyte"].startswith("urinary"))


def _possible(row: Row) -> bool:
    """Whether a patient can have the value, and a test the range."""
    low, high = row["ref_low"], row["ref_high"]
    if low is not None and high is not None and low > high:
        return False
    limits = _limits().get((row["analyte"], row["unit_si"]))
    if limits is not None:
        return limits[0] <= row["value_si"] <= limits[1]
    return row["value"] >= 0 or row["analyte"] in _MAY_BE_NEGATIVE


#: What is less than nothing where acids prevail.
_MAY_BE_NEGATIVE = frozenset({"base excess"})
