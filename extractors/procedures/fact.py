"""Procedures: the mention type and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.base import Mention
from extractors.fact import WHEN, Fact, Patient, Record, Row, Summary, joined, string, timed, when
from extractors.placed import Placed, filled
from extractors.timeline.moments import OPERATION, Moment
from extractors.timeline.timeline import ACT

#: The closed list of the table, in its order.
PROCEDURES = (
    "vertebroplasty",
    "kyphoplasty",
    "spinal surgery",
    "hip surgery",
    "other surgery",
    "brace",
    "bone biopsy",
    "physiotherapy",
    "bed rest",
    "genetic test",
)
STATUS = ("done", "planned", "denied")
#: Of these one that is named otherwise is another one.
_NAMED = frozenset({"other surgery"})
_SURGERY = frozenset({"vertebroplasty", "kyphoplasty", "spinal surgery", "hip surgery", "other surgery"})
_WHEN = tuple(column for column in WHEN if column.name in ("time_text", "months_from_delivery"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureMention(Mention):
    """One procedure; `status` done | planned | denied, `levels` as "T12; L1", `detail` its own name or ""."""

    procedure: str
    status: str = "done"
    levels: str = ""
    detail: str = ""


def _same(a: Placed[ProcedureMention], b: Placed[ProcedureMention]) -> bool:
    """One procedure of one patient: names and levels that do not contradict each other."""
    x, y = a.mention, b.mention
    if x.procedure != y.procedure or (x.status == "denied") != (y.status == "denied"):
        return False
    if x.procedure in _NAMED and x.detail and y.detail and x.detail != y.detail:
        return False
    few, many = sorted((_levels(x), _levels(y)), key=len)
    return few <= many


def _levels(mention: ProcedureMention) -> frozenset[str]:
    return frozenset(mention.levels.split("; ")) - {""}


def _values(record: Record[ProcedureMention], patient: Patient) -> Row:
    """A plan that another telling carries out was done."""
    status = {p.mention.status for p in record.members}
    return {**_time(record, patient), "status": next(s for s in ("done", "planned", "denied") if s in status)}


def _time(record: Record[ProcedureMention], patient: Patient) -> Row:
    """When it was: by the telling that is quoted, if that tells it."""
    alone, told = when(Record(record.chosen, [record.chosen]), patient, ACT), when(record, patient, ACT)
    known = alone if alone["months_from_delivery"] is not None else told
    return {column.name: known[column.name] for column in _WHEN}


def _kept(records: list[Record[ProcedureMention]]) -> list[Record[ProcedureMention]]:
    """What was advised and then refused is denied alone; "surgery" is no other one than that with a name."""
    refused = {r.values["procedure"] for r in records if r.values["status"] == "denied"}
    named = {r.values["status"] for r in records if r.values["procedure"] in _SURGERY and not _is_bare(r)}
    return [
        r
        for r in records
        if (r.values["status"] != "planned" or r.values["procedure"] not in refused)
        and not (_is_bare(r) and r.values["status"] in named)
    ]


def _is_bare(record: Record[ProcedureMention]) -> bool:
    """Whether it is an operation told without a name or place."""
    return record.values["procedure"] == "other surgery" and not record.values["detail"]


def _done(rows: Sequence[Row]) -> str:
    return joined([f"{r['procedure']} {r['levels']}".strip() for r in rows if r["status"] == "done"])


def _moments(placed: Placed[ProcedureMention]) -> Iterator[Moment]:
    """The time of a procedure, and an operation that was done: what follows may be counted from it."""
    yield from timed(placed)
    m = placed.mention
    if m.procedure in _SURGERY and m.status == "done" and not m.context.historical:
        told = m.time is not None and bool(m.time.text) and m.time.phase != "history"
        yield Moment(m.start, placed.source, OPERATION, m.time if told else None)


FACT = Fact(
    table="procedures",
    row="procedure, brace, genetic test and the like, with whether it was done",
    component="procedures",
    mention=ProcedureMention,
    columns=(
        string("procedure", "What was done, of a closed list", values=PROCEDURES, required=True),
        string("status", "Whether it was done, only planned or advised, or not done", values=STATUS),
        string("levels", "Vertebral levels treated, '; ' between"),
        *_WHEN,
        string("detail", "Which one, where the text tells (corset, parathyroidectomy, exome sequencing)"),
    ),
    same=_same,
    better=lambda p: 2 * filled(p, "levels") + filled(p, "detail") + p.mention.certainty,
    values=_values,
    kept=_kept,
    moments=_moments,
    identity=("procedure", "status", "levels", "detail"),
    summary=(Summary(string("procedures", "Procedures done, '; ' between"), _done),),
)
