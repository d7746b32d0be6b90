"""Laboratory results: the mention type and its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.base import Mention
from extractors.fact import (
    WHEN,
    Codes,
    Fact,
    Patient,
    Record,
    Row,
    Summary,
    joined,
    number,
    string,
    when,
)
from extractors.placed import (
    Placed,
    at_first,
    decimals,
    filled,
    group,
    same_time,
    same_unless_told,
    same_value,
    two_phases,
)

FLAGS = ("low", "normal", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabMention(Mention):
    """One laboratory result; `value` None for a qualitative one, then `flag` says low/normal/high.

    `unit` has its symbols normalised; `ref_low`/`ref_high` are in the same unit. `again`: so it had been told
    before, and otherwise in between.
    """

    analyte: str
    specimen: str = ""
    comparator: str = ""
    value: float | None = None
    unit: str = ""
    ref_low: float | None = None
    ref_high: float | None = None
    flag: str = ""
    pregnancy: int | None = None
    again: bool = False


def _together(found: list[Placed[LabMention]]) -> list[list[Placed[LabMention]]]:
    """A qualitative result is a row only where its analyte has no value in that phase."""
    numeric = [p for p in found if p.mention.value is not None]
    words = [p for p in found if p.mention.value is None and p.mention.flag]
    groups = group(numeric, _same)
    for members in group(words, _same):
        home = next((g for g in groups if any(_tells_of(members[0], p) for p in g)), None)
        if home is not None:
            home.extend(members)
        else:
            groups.append(members)
    return groups


def _same(a: Placed[LabMention], b: Placed[LabMention]) -> bool:
    x, y = a.mention, b.mention
    if (x.analyte, x.comparator) != (y.analyte, y.comparator):
        return False
    if not same_unless_told(a, b, "specimen", "pregnancy"):
        return False
    if x.value is None or y.value is None:
        return (x.flag, x.again, two_phases(a)) == (y.flag, y.again, two_phases(b))
    if a.source == b.source and _is_half_a_step(x.value, y.value):
        return False  # 10.5 and 11 of one text are two results
    return same_value(x.value, y.value) and same_time(a, b)


def _is_half_a_step(a: float, b: float) -> bool:
    """Whether one value lies halfway between the other and its neighbour in the last place."""
    step = 10.0 ** -min(decimals(a), decimals(b))
    return abs(abs(a - b) - step / 2) < step / 1e6


def _tells_of(word: Placed[LabMention], value: Placed[LabMention]) -> bool:
    """Whether a qualitative statement only repeats a numeric result in words."""
    from extractors.labs.vocabulary import forms_of  # noqa: PLC0415  (a vocabulary)

    x, y = word.mention, value.mention
    if y.analyte not in forms_of(x.analyte) or y.value is None:
        return False
    if two_phases(word) != two_phases(value) or x.again:
        return False
    if y.flag:
        return x.flag == y.flag
    # a later value without a flag and "has become normal" may be two visits
    return two_phases(value) == "baseline"


def _better(placed: Placed[LabMention]) -> float:
    fields = filled(placed, "unit", "ref_low", "ref_high", "flag", "time")
    return (placed.mention.value is not None) * 100 + decimals(placed.mention.value) * 8 + fields


def _values(record: Record[LabMention], patient: Patient) -> Row:
    from extractors.labs.si import to_si  # noqa: PLC0415  (a vocabulary)

    m, unit = record.chosen.mention, record.first("unit")
    si = to_si(m.analyte, m.value, unit) if m.value is not None and unit else None
    return {
        "comparator": (m.comparator or "=") if m.value is not None else "",
        "value": m.value,
        "value_si": si[0] if si else None,
        "unit_si": si[1] if si else "",
        **when(record, patient),
    }


def _derived(row: Mapping[str, str]) -> dict[str, str]:
    from extractors.labs.si import to_si  # noqa: PLC0415  (a vocabulary)

    si = to_si(row["analyte"], float(row["value"]), row["unit"]) if row["value"] and row["unit"] else None
    comparator = (row["comparator"] or "=") if row["value"] else ""
    value, unit = (format(si[0], ".10g"), si[1]) if si else ("", "")
    return {"value_si": value, "unit_si": unit, "comparator": comparator}


def _codes(row: Mapping[str, Any]) -> dict[str, str]:
    from extractors.labs.codes import codes  # noqa: PLC0415  (a vocabulary)

    return codes(row)


def _doubts(row: Row) -> Iterable[str]:
    from extractors.labs.doubts import doubts  # noqa: PLC0415  (a vocabulary)

    return doubts(row)


def _signs(row: Row) -> dict[str, float]:
    from extractors.labs.vocabulary import analytes  # noqa: PLC0415  (a vocabulary)

    told = row["value"] is not None
    limits = row["ref_low"] is not None or row["ref_high"] is not None
    separate = sum(sign in ",;" for sign in row["quote"])
    return {
        "in words": not told,
        "no unit": told and not row["unit"],
        "not in si": told and not row["unit_si"],
        "with range": limits,
        "apart": separate,
        "unlisted": row["analyte"] not in analytes(),
        "unlisted in words": not told and row["analyte"] not in analytes(),
    }


def _abnormal(rows: Sequence[Row]) -> str:
    abnormal = [r for r in rows if r["flag"] in ("low", "high") and r["phase"] == "baseline"]
    return joined([f"{r['analyte']} {r['flag']}" for r in abnormal])


FACT = Fact(
    table="labs",
    row="laboratory result, numeric or qualitative",
    component="labs",
    mention=LabMention,
    columns=(
        string("analyte", "Canonical lower-case name", required=True),
        string("specimen", "serum, plasma, urine, ...; empty where not told"),
        string(
            "comparator",
            "= or, for a value beyond the assay's range, < > <= >=",
            values=("=", "<", ">", "<=", ">="),
        ),
        number("value", "The value; empty for a qualitative result"),
        string("unit", "Unit as printed, its symbols normalised"),
        number("value_si", "The value in the SI unit, where the conversion has a source"),
        string("unit_si", "The SI unit"),
        number("ref_low", "Lower reference limit printed beside it, in the value's unit"),
        number("ref_high", "Upper reference limit printed beside it, in the value's unit"),
        string("flag", "As stated, else from the printed reference range", values=FLAGS),
        *WHEN,
    ),
    same=_same,
    better=_better,
    values=_values,
    together=_together,
    begins=at_first,
    derived=_derived,
    codes=Codes(
        (
            string("analyte_loinc", "LOINC code of the test, where analyte, unit and specimen fix one"),
            string("unit_ucum", "UCUM code of the unit as printed"),
        ),
        _codes,
    ),
    doubts=_doubts,
    signs=_signs,
    measured=("analyte", "specimen", "unit", "phase", "time_text", "pregnancy"),
    identity=("analyte", "specimen", "comparator", "value", "unit", "flag"),
    summary=(
        Summary(string("labs_abnormal", "Analytes flagged low or high at baseline, '; ' between"), _abnormal),
    ),
)
