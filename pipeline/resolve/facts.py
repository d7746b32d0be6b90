"""Mentions of one patient to the rows of each fact table (provenance is added by the caller)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic

from extractors.bmd.fact import BmdMention
from extractors.drugs.fact import DrugMention
from extractors.fractures.fact import FractureMention
from extractors.labs import to_si
from extractors.labs.fact import LabMention
from extractors.onset.fact import OnsetMention
from pipeline.resolve.merge import best, decimals, group, same_value
from pipeline.resolve.placed import M, Placed, months_from_delivery, phase_of, two_phases

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fact(Generic[M]):
    """A record to be: the columns that the table adds, the telling to quote, and all tellings."""

    values: Row
    chosen: Placed[M]
    group: list[Placed[M]]


def _first(members: Iterable[Placed[M]], chosen: Placed[M], field: str) -> Any:
    """The chosen telling's value of a field, else the first telling's that has one."""
    own = getattr(chosen.mention, field)
    if own not in (None, ""):
        return own
    for other in members:
        value = getattr(other.mention, field)
        if value not in (None, ""):
            return value
    return own


def _filled(placed: Placed[M], *fields: str) -> float:
    return sum(getattr(placed.mention, f) not in (None, "") for f in fields)


def presentation_day(onsets: list[Placed[OnsetMention]]) -> int | None:
    """Days from delivery to the first visit, where the paper tells exactly one."""
    days = {
        p.mention.days_min
        for p in onsets
        if p.mention.role == "presentation" and p.mention.days_min == p.mention.days_max
    }
    return days.pop() if len(days) == 1 else None


def onset_facts(found: list[Placed[OnsetMention]]) -> list[Fact[OnsetMention]]:
    """Onset and worsening; presentation counts only where nothing better is told."""
    told = [p for p in found if not p.mention.context.negated]
    symptoms = [p for p in told if p.mention.role != "presentation"]
    out = []
    for members in group(symptoms or told, _same_onset):
        chosen = best(members, lambda p: -float(p.mention.days_max - p.mention.days_min))
        m = chosen.mention
        out.append(
            Fact(
                {
                    "symptom": _first(members, chosen, "symptom"),
                    "anchor": m.anchor,
                    "pregnancy": _first(members, chosen, "pregnancy"),
                    "days_from_delivery_min": m.days_min,
                    "days_from_delivery_max": m.days_max,
                },
                chosen,
                members,
            )
        )
    return out


def _same_onset(a: Placed[OnsetMention], b: Placed[OnsetMention]) -> bool:
    x, y = a.mention, b.mention
    if x.pregnancy and y.pregnancy and x.pregnancy != y.pregnancy:
        return False
    inside = (x.days_min >= y.days_min and x.days_max <= y.days_max) or (
        y.days_min >= x.days_min and y.days_max <= x.days_max
    )
    if not inside:
        return False
    # a worsening within the span of a vaguely told beginning is a fact of its own
    return x.role == y.role or (x.days_min, x.days_max) == (y.days_min, y.days_max)


_UNSPECIFIED = "unspecified"


def fracture_facts(found: list[Placed[FractureMention]]) -> list[Fact[FractureMention]]:
    """One row per level or site; "vertebral fractures" without levels only where no level is told."""
    told = [p for p in found if not p.mention.context.negated]
    if any(p.mention.level for p in told):
        told = [p for p in told if p.mention.level or _UNSPECIFIED not in p.mention.rule]
    out = []
    for members in group(told, _same_fracture):
        chosen = best(members, lambda p: _filled(p, "side", "kind", "modality") + p.mention.certainty)
        values = {
            "site": chosen.mention.site,
            "level": chosen.mention.level,
            "side": _side(members),
            "kind": _first(members, chosen, "kind"),
            "modality": _first(members, chosen, "modality"),
            "phase": _fracture_phase(members),
        }
        out.append(Fact(values, chosen, members))
    return out


def _same_fracture(a: Placed[FractureMention], b: Placed[FractureMention]) -> bool:
    return (a.mention.site, a.mention.level) == (b.mention.site, b.mention.level)


def _side(members: list[Placed[FractureMention]]) -> str:
    sides = {p.mention.side for p in members} - {""}
    if len(sides) == 1:
        return sides.pop()
    return "bilateral" if sides else ""


def _fracture_phase(members: list[Placed[FractureMention]]) -> str:
    """The earliest phase told: a level seen at first and again later was there at baseline."""
    phases = {
        "history" if p.mention.context.historical or p.mention.age == "old" else phase_of(p) for p in members
    }
    for phase in ("baseline", "history", "follow-up"):
        if phase in phases:
            return phase
    return "baseline"


def bmd_facts(found: list[Placed[BmdMention]], presentation: int | None) -> list[Fact[BmdMention]]:
    """One row per measure, site, value and phase; 0.71 in a table and 0.714 in the prose are one."""
    told = [p for p in found if not p.mention.context.negated]
    out = []
    for members in group(told, _same_bmd):
        chosen = best(members, lambda p: decimals(p.mention.value) * 4 + _filled(p, "region", "unit", "time"))
        timed = next((p for p in [chosen, *members] if p.mention.time is not None), chosen)
        values = {
            "site": chosen.mention.site,
            "region": _first(members, chosen, "region"),
            "measure": chosen.mention.measure,
            "value": chosen.mention.value,
            "unit": _first(members, chosen, "unit"),
            **_when(timed, presentation, members, chosen),
        }
        out.append(Fact(values, chosen, members))
    return out


def _when(timed: Placed[M], presentation: int | None, members: list[Placed[M]], chosen: Placed[M]) -> Row:
    return {
        "phase": "follow-up" if _is_change(chosen) else two_phases(timed, presentation),
        "time_text": timed.mention.time.text if timed.mention.time else "",
        "months_from_delivery": months_from_delivery(timed, presentation),
        "pregnancy": _first(members, chosen, "pregnancy"),
    }


def _is_change(placed: Placed[M]) -> bool:
    """A change of bone density is only known later."""
    return isinstance(placed.mention, BmdMention) and placed.mention.measure == "bmd_change"


def _compatible_times(a: Placed[M], b: Placed[M]) -> bool:
    """False where both tell a time and the times differ."""
    x, y = a.mention.time, b.mention.time
    if x is None or y is None:
        return two_phases(a) == two_phases(b) or a.source != b.source
    if two_phases(a) != two_phases(b):
        return False
    if x.anchor == y.anchor and x.days_min is not None and y.days_min is not None:
        return abs(x.days_min - y.days_min) <= 16
    return True


def _same_bmd(a: Placed[BmdMention], b: Placed[BmdMention]) -> bool:
    x, y = a.mention, b.mention
    if x.measure != y.measure or not same_value(x.value, y.value):
        return False
    if x.site != y.site or (x.region and y.region and x.region != y.region):
        return False
    if x.pregnancy and y.pregnancy and x.pregnancy != y.pregnancy:
        return False
    return _compatible_times(a, b)


def lab_facts(found: list[Placed[LabMention]], presentation: int | None) -> list[Fact[LabMention]]:
    """One row per result; a qualitative one only where its analyte has no value in that phase."""
    told = [p for p in found if not p.mention.context.negated]
    numeric = [p for p in told if p.mention.value is not None]
    words = [p for p in told if p.mention.value is None and p.mention.flag]
    groups = group(numeric, _same_lab)
    for members in group(words, _same_lab):
        home = next((g for g in groups if any(_tells_of(members[0], p) for p in g)), None)
        if home is not None:
            home.extend(members)
        else:
            groups.append(members)
    return [_lab_fact(members, presentation) for members in groups]


def _same_lab(a: Placed[LabMention], b: Placed[LabMention]) -> bool:
    x, y = a.mention, b.mention
    if x.analyte != y.analyte or x.comparator != y.comparator:
        return False
    if x.specimen and y.specimen and x.specimen != y.specimen:
        return False
    if x.pregnancy and y.pregnancy and x.pregnancy != y.pregnancy:
        return False
    if x.value is None or y.value is None:
        return x.flag == y.flag and two_phases(a) == two_phases(b)
    if not same_value(x.value, y.value):
        return False
    return _compatible_times(a, b)


#: Analytes that a word such as "hypocalcaemia" may mean.
_FAMILY = {"calcium": {"calcium", "ionized calcium"}}


def _tells_of(word: Placed[LabMention], value: Placed[LabMention]) -> bool:
    """Whether a qualitative statement only repeats a numeric result in words."""
    x, y = word.mention, value.mention
    if y.analyte not in _FAMILY.get(x.analyte, {x.analyte}) or y.value is None:
        return False
    if two_phases(word) != two_phases(value):
        return False
    if y.flag:
        return x.flag == y.flag
    # a later value without a flag and "has become normal" may be two visits
    return two_phases(value) == "baseline"


def _lab_fact(members: list[Placed[LabMention]], presentation: int | None) -> Fact[LabMention]:
    chosen = best(
        members,
        lambda p: (
            (p.mention.value is not None) * 100
            + decimals(p.mention.value) * 8
            + _filled(p, "unit", "ref_low", "ref_high", "flag", "time")
        ),
    )
    m = chosen.mention
    unit = _first(members, chosen, "unit")
    si = to_si(m.analyte, m.value, unit) if m.value is not None and unit else None
    timed = next((p for p in [chosen, *members] if p.mention.time is not None), chosen)
    values = {
        "analyte": m.analyte,
        "specimen": _first(members, chosen, "specimen"),
        "comparator": (m.comparator or "=") if m.value is not None else "",
        "value": m.value,
        "unit": unit,
        "value_si": si[0] if si else None,
        "unit_si": si[1] if si else "",
        "ref_low": _first(members, chosen, "ref_low"),
        "ref_high": _first(members, chosen, "ref_high"),
        "flag": _first(members, chosen, "flag"),
        **_when(timed, presentation, members, chosen),
    }
    return Fact(values, chosen, members)


def drug_facts(
    found: list[Placed[DrugMention]], class_of: Callable[[str], frozenset[str]]
) -> list[Fact[DrugMention]]:
    """One row per drug, dose and status; a class is no row where one of its drugs has the same status.

    `class_of` gives the names that a class word may stand for ("bisphosphonate" -> alendronate, ...).
    """
    groups = group(found, _same_drug)
    specific = {(p.mention.drug, _was_taken(p)) for p in found}
    out = []
    for members in groups:
        chosen = best(
            members, lambda p: _filled(p, "dose", "dose_unit", "frequency", "route", "duration_text")
        )
        m = chosen.mention
        if any((name, _was_taken(chosen)) in specific for name in class_of(m.drug)) and m.dose is None:
            continue
        values = {
            "drug": m.drug,
            "drug_class": _first(members, chosen, "drug_class"),
            "status": _status(members, chosen),
            "dose": _first(members, chosen, "dose"),
            "dose_unit": _first(members, chosen, "dose_unit"),
            "frequency": _first(members, chosen, "frequency"),
            "route": _first(members, chosen, "route"),
            "duration_text": _first(members, chosen, "duration_text"),
            "phase": _drug_phase(chosen),
            "pregnancy": _first(members, chosen, "pregnancy"),
        }
        out.append(Fact(values, chosen, members))
    return _without_bare_repeats(out)


def _was_taken(placed: Placed[DrugMention]) -> bool:
    return placed.mention.status != "denied"


def _same_drug(a: Placed[DrugMention], b: Placed[DrugMention]) -> bool:
    x, y = a.mention, b.mention
    if x.drug != y.drug or _was_taken(a) != _was_taken(b):
        return False
    for field in ("dose", "dose_unit", "frequency", "route"):
        p, q = getattr(x, field), getattr(y, field)
        if p not in (None, "") and q not in (None, "") and p != q:
            return False
    return True


def _status(members: list[Placed[DrugMention]], chosen: Placed[DrugMention]) -> str:
    """Stopped if any telling says so; a plan that another telling carries out was given."""
    statuses = {p.mention.status for p in members}
    if "stopped" in statuses:
        return "stopped"
    if chosen.mention.status == "planned":
        return next((s for s in ("given", "prior") if s in statuses), "planned")
    return chosen.mention.status


def _drug_phase(placed: Placed[DrugMention]) -> str:
    if placed.mention.status == "prior":
        return "history"
    phase = phase_of(placed)
    return phase if phase != "history" else "baseline"


def _without_bare_repeats(facts: list[Fact[DrugMention]]) -> list[Fact[DrugMention]]:
    """Drop a telling without any regimen where the same drug stands with one and the same status."""
    regimen = ("dose", "frequency", "route")
    full = {
        (f.values["drug"], _was_taken(f.chosen))
        for f in facts
        if any(f.values[k] not in (None, "") for k in regimen)
    }
    return [
        f
        for f in facts
        if any(f.values[k] not in (None, "") for k in regimen)
        or (f.values["drug"], _was_taken(f.chosen)) not in full
    ]
