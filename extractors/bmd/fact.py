"""Bone density: the mention type, what a measure's value can be, and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.base import Mention, TimeRef
from extractors.bmd.phrases import ABOUT_A_BIRTH, NO_BONE_TREATMENT
from extractors.doubts import NO_UNIT
from extractors.fact import (
    WHEN,
    Codes,
    Fact,
    Patient,
    Record,
    Row,
    Summary,
    number,
    string,
    timed_of_bone,
    when,
)
from extractors.placed import (
    Placed,
    at_first,
    decimals,
    filled,
    same_time,
    same_unless_told,
    same_value,
    told,
)
from extractors.timeline.timeline import OUTCOME, RESULT

_ISCD = "ISCD Official Positions (Adult), 2019"
_LUMBAR = ("lumbar spine",)
_HIP = ("total hip", "femoral neck", "proximal femur")

#: What can be true of a patient, by unit: T- and Z-score in SD (the lowest published are near -9), areal
#: density in g/cm2 and volumetric in mg/cm3 (ISCD official positions 2019), a change in per cent.
LIMITS = {"SD": (-9.0, 6.0), "g/cm2": (0.1, 2.5), "mg/cm3": (5.0, 600.0), "%": (-70.0, 150.0)}
#: The unit of each measure where none is printed.
UNITS = {"bmd": "g/cm2", "t_score": "SD", "z_score": "SD", "bmd_change": "%"}
SCORES = ("t_score", "z_score")


#: A first scan within so many days of these still belongs to the first findings.
_SOON = 61


@dataclass(frozen=True, slots=True, kw_only=True)
class BmdMention(Mention):
    """One densitometric measure: bmd (g/cm2), t_score or z_score (SD), bmd_change (%)."""

    site: str
    region: str = ""
    measure: str
    value: float
    unit: str = ""
    pregnancy: int | None = None


def plausible(measure: str, value: float, unit: str = "") -> bool:
    """Whether a measure of a patient can have this value; without a unit, in the measure's own."""
    low, high = LIMITS["mg/cm3" if measure == "bmd" and unit == "mg/cm3" else UNITS[measure]]
    return low <= value <= high


def _same(a: Placed[BmdMention], b: Placed[BmdMention]) -> bool:
    """0.71 in a table and 0.714 in the prose are one, at one site and one time."""
    x, y = a.mention, b.mention
    if x.measure != y.measure or not same_value(x.value, y.value):
        return False
    return same_unless_told(a, b, "site", "region", "pregnancy") and same_time(a, b)


def _counted(found: list[Placed[BmdMention]]) -> list[Placed[BmdMention]]:
    """The first measurement of a report is its baseline, also some days after an operation or a fall."""
    said = told(found)
    for abstract in (True, False):
        own = [p for p in said if (p.source == "abstract") == abstract and p.source != "title"]
        first = min(own, key=lambda p: p.mention.start, default=None)
        time = first.mention.time if first is not None else None
        if time is not None and _is_soon(time):
            said = [_at_baseline(p) if p.mention.time == time else p for p in said]
    return said


def _is_soon(time: TimeRef) -> bool:
    """Whether a follow-up lies some weeks at most behind what is no bone treatment, or about a birth."""
    text, days = time.text.lower(), time.days_max
    if time.phase != "follow-up" or time.anchor != "baseline":
        return False
    if days is None:
        return ABOUT_A_BIRTH.within(text) is not None
    return 0 < days <= _SOON and NO_BONE_TREATMENT.within(text) is not None


def _at_baseline(placed: Placed[BmdMention]) -> Placed[BmdMention]:
    mention = placed.mention
    time = replace(mention.time, phase="baseline") if mention.time is not None else None
    return replace(placed, mention=replace(mention, time=time))


def _is_change(mention: BmdMention) -> bool:
    """A change of bone density is only known later."""
    return mention.measure == "bmd_change"


def _values(record: Record[BmdMention], patient: Patient) -> Row:
    change = _is_change(record.chosen.mention)
    values = when(record, patient, OUTCOME if change else RESULT)
    if change:
        values["phase"] = "follow-up"
    return values


def _lowest(name: str, meaning: str, measure: str, sites: tuple[str, ...]) -> Summary[BmdMention]:
    def read(rows: Sequence[Row]) -> float | None:
        first = [r for r in rows if r["measure"] == measure and r["phase"] == "baseline"]
        return min((r["value"] for r in first if r["site"] in sites), default=None)

    return Summary(number(name, meaning, unit="SD"), read)


def _codes(row: Mapping[str, Any]) -> dict[str, str]:
    from extractors.language.uberon import uberon  # noqa: PLC0415  (vocabularies)
    from extractors.language.ucum import ucum  # noqa: PLC0415

    return {"site_uberon": uberon(row.get("site", "")), "unit_ucum": ucum(row.get("unit", ""))}


FACT = Fact(
    table="bmd",
    row="bone-density measurement: one measure at one site at one time",
    component="bmd",
    mention=BmdMention,
    columns=(
        string(
            "site",
            f"Skeletal site (lumbar spine, femoral neck, ...), empty where none is told; terms: {_ISCD}",
        ),
        string("region", "Vertebrae measured, as L2-L4"),
        string(
            "measure", "What was measured", values=("bmd", "t_score", "z_score", "bmd_change"), required=True
        ),
        number("value", "The value", required=True),
        string("unit", "Unit of the value (g/cm2, SD, %)"),
        *WHEN,
    ),
    same=_same,
    better=lambda p: decimals(p.mention.value) * 4 + filled(p, "site", "region", "unit", "time"),
    counted=_counted,
    values=_values,
    begins=at_first,
    moments=timed_of_bone,
    always_later=_is_change,
    doubts=lambda row: () if row["unit"] or row["measure"] != "bmd" else (NO_UNIT,),
    measured=("site", "region", "measure", "unit", "phase", "time_text", "pregnancy"),
    codes=Codes(
        (
            string("site_uberon", "UBERON code of the bone; of the whole bone where its part has none"),
            string("unit_ucum", "UCUM code of the unit"),
        ),
        _codes,
    ),
    identity=("site", "region", "measure", "value", "unit"),
    summary=(
        _lowest("lumbar_t_score", "Lowest lumbar T-score at baseline", "t_score", _LUMBAR),
        _lowest("lumbar_z_score", "Lowest lumbar Z-score at baseline", "z_score", _LUMBAR),
        _lowest("hip_t_score", "Lowest hip or femoral neck T-score at baseline", "t_score", _HIP),
        _lowest("hip_z_score", "Lowest hip or femoral neck Z-score at baseline", "z_score", _HIP),
    ),
)
