"""Drugs and regimens: the mention type and its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.base import Mention, TimeRef
from extractors.fact import (
    PREGNANCY,
    Codes,
    Fact,
    Patient,
    Record,
    Row,
    Summary,
    integer,
    joined,
    number,
    phase,
    string,
    timed,
)
from extractors.placed import Placed, filled, phase_of, same_unless_told
from extractors.time.spans import duration_in
from extractors.timeline.moments import BEGIN, ELSE, MAIN, NONE, Moment

STATUS = ("given", "prior", "planned", "denied", "stopped")
_REGIMEN = ("dose", "frequency", "route")
#: What eases pain is taken before the fractures are known, too.
_EASING = frozenset(
    {"nsaid", "opioid", "analgesic", "muscle relaxant", "local anesthetic", "topical analgesic"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugMention(Mention):
    """One drug (generic name) or class; status given | prior | planned | denied | stopped.

    `apart`: a class told beside one of its drugs as another treatment. `aside`: denied for now, which
    says nothing where the drug was taken at another time. `again`: begun anew after it was stopped.
    """

    drug: str
    drug_class: str = ""
    status: str = "given"
    dose: float | None = None
    dose_unit: str = ""
    frequency: str = ""
    route: str = ""
    duration_text: str = ""
    pregnancy: int | None = None
    apart: bool = False
    aside: bool = False
    again: bool = False


def _moments(placed: Placed[DrugMention]) -> Iterator[Moment]:
    """The begin of a drug that was given, and the time told with it."""
    from extractors.drugs.vocabulary import class_names, rank_of  # noqa: PLC0415  (a vocabulary)

    m = placed.mention
    if m.status not in ("given", "stopped") or m.context.historical:
        return
    yield from timed(placed)
    rank = {"main": MAIN, "else": ELSE}.get(rank_of(m.drug, m.drug_class), NONE)
    yield Moment(
        m.start, placed.source, BEGIN, _begun(m), name=m.drug, rank=rank, lasts=duration_in(m.duration_text),
        is_class=m.drug in class_names(),
    )  # fmt: skip


def _begun(mention: DrugMention) -> TimeRef | None:
    """The time at which a drug was begun: one told before it."""
    time = mention.time
    told = time is not None and bool(time.text) and time.phase != "history"
    return time if told and time is not None and time.end <= mention.start else None


def _was_taken(placed: Placed[DrugMention]) -> bool:
    return placed.mention.status != "denied"


def _same(a: Placed[DrugMention], b: Placed[DrugMention]) -> bool:
    if a.mention.drug != b.mention.drug or _was_taken(a) != _was_taken(b):
        return False
    return same_unless_told(a, b, "dose", "dose_unit", "frequency", "route")


def _values(record: Record[DrugMention], patient: Patient) -> Row:
    start, end = patient.timeline.course_of(record.chosen.mention.drug)
    return {
        "status": _status(record),
        "phase": _phase(record.chosen),
        "start_months_from_delivery": start,
        "end_months_from_delivery": end,
        "treatment_order": patient.timeline.order.get(record.chosen.mention.drug),
    }


def _status(record: Record[DrugMention]) -> str:
    """Stopped if any telling says so and none behind it that it was begun again; a plan that another telling
    carries out was given."""
    statuses = {p.mention.status for p in record.members}
    again = max((p.mention.start for p in record.members if p.mention.again), default=-1)
    if again > max((p.mention.start for p in record.members if p.mention.status == "stopped"), default=-1):
        return "given"
    if "stopped" in statuses:
        return "stopped"
    if record.chosen.mention.status == "planned":
        return next((s for s in ("given", "prior") if s in statuses), "planned")
    return record.chosen.mention.status


def _phase(placed: Placed[DrugMention]) -> str:
    if placed.mention.status == "prior":
        return "history"
    told = phase_of(placed)
    return told if told != "history" else "baseline"


def _kept(records: list[Record[DrugMention]]) -> list[Record[DrugMention]]:
    """No class where one of its drugs stands with the same status, unless it is another treatment; no
    telling without any regimen where the same drug stands with one and the same status; what was not
    begun again is no row where it was taken."""
    rows = [r for r in records if not _is_named_better(r, records) and not _is_taken_elsewhere(r, records)]
    full = {(r.values["drug"], _was_taken(r.chosen)) for r in rows if _has_regimen(r)}
    return [r for r in rows if _has_regimen(r) or (r.values["drug"], _was_taken(r.chosen)) not in full]


def _is_named_better(record: Record[DrugMention], records: list[Record[DrugMention]]) -> bool:
    """Whether a class's record only repeats those of its drugs."""
    from extractors.drugs.vocabulary import class_members  # noqa: PLC0415  (a vocabulary)

    m, taken = record.chosen.mention, _was_taken(record.chosen)
    members = class_members(m.drug)
    if m.dose is not None or not members or any(p.mention.apart for p in record.members):
        return False
    named = [r for r in records if r.chosen.mention.drug in members and _was_taken(r.chosen) == taken]
    return bool(named) and any(_agree(record, r) for r in named)


def _agree(wide: Record[DrugMention], narrow: Record[DrugMention]) -> bool:
    """Whether a class's regimen may be that of one of its drugs."""
    pairs = ((wide.values[k], narrow.values[k]) for k in ("frequency", "route"))
    return all(a in (None, "") or b in (None, "") or a == b for a, b in pairs)


def _is_taken_elsewhere(record: Record[DrugMention], records: list[Record[DrugMention]]) -> bool:
    if not all(p.mention.aside for p in record.members):
        return False
    drug = record.chosen.mention.drug
    return any(r.chosen.mention.drug == drug and _was_taken(r.chosen) for r in records)


def _has_regimen(record: Record[DrugMention]) -> bool:
    return any(record.values[k] not in (None, "") for k in _REGIMEN)


def _begins(mention: DrugMention) -> bool:
    begun = mention.status in ("given", "stopped") and mention.drug_class not in _EASING
    return begun and not (mention.time is not None and mention.time.phase == "follow-up")


def _named(rows: Sequence[Row], *statuses: str) -> str:
    return joined([r["drug"] for r in rows if r["status"] in statuses])


def _codes(row: Mapping[str, Any]) -> dict[str, str]:
    from extractors.drugs.codes import codes  # noqa: PLC0415  (a vocabulary)

    return codes(row)


def _signs(row: Row) -> dict[str, float]:
    from extractors.drugs.vocabulary import class_names  # noqa: PLC0415  (a vocabulary)

    regimen = any(row[name] not in (None, "") for name in (*_REGIMEN, "duration_text"))
    return {"class": row["drug"] in class_names(), "regimen": regimen, str(row["status"]): True}


FACT = Fact(
    table="drugs",
    row="drug or supplement and its regimen, with whether it was really given",
    component="drugs",
    mention=DrugMention,
    columns=(
        string(
            "drug", "Generic ingredient in lower case, or a class where only that is named", required=True
        ),
        string("drug_class", "Class of the drug"),
        string("status", "Whether it was really given", values=STATUS, required=True),
        number("dose", "Amount per intake"),
        string("dose_unit", "Unit of the dose (mg, ug, g, IU, ...)"),
        string("frequency", "How often (daily, twice daily, weekly, monthly, once, ...)"),
        string("route", "How it was given (oral, intravenous, subcutaneous, ...)"),
        string("duration_text", "How long, in the paper's words"),
        phase(),
        PREGNANCY,
        number(
            "start_months_from_delivery",
            "When it was begun, counted from delivery (negative before), where it can be worked out",
            unit="month",
        ),
        number(
            "end_months_from_delivery",
            "When it was ended, counted from delivery, where it can be worked out",
            unit="month",
        ),
        integer(
            "treatment_order",
            "Which one of the main bone treatments it was, in the order of their begins (1 is the one that "
            "months_from_treatment counts from)",
        ),
    ),
    same=_same,
    better=lambda p: filled(p, "dose", "dose_unit", "frequency", "route", "duration_text"),
    values=_values,
    counted=list,  # what was denied is a row, too
    kept=_kept,
    begins=_begins,
    moments=_moments,
    treats=lambda mention: mention.status == "given",
    signs=_signs,
    codes=Codes(
        (
            string("drug_atc", "ATC code of the drug by that route, or of the class"),
            string("atc_group", "ATC group of the fourth level (B01AB), so that heparins are one group"),
            string("atc_group_name", "Name of that group (Heparin group)"),
        ),
        _codes,
    ),
    identity=("drug", "status", "dose", "dose_unit", "frequency", "route"),
    summary=(
        Summary(
            string("drugs_given", "Drugs given, '; ' between"),
            lambda rows: _named(rows, "given", "stopped"),
        ),
        Summary(
            string("drugs_prior", "Drugs taken before, '; ' between"),
            lambda rows: _named(rows, "prior"),
        ),
    ),
)
