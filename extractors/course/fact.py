"""The course of a patient: the mention type and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.base import Mention
from extractors.fact import WHEN, Fact, Patient, Record, Row, Summary, joined, number, string, when
from extractors.placed import Placed, filled, same_time, same_unless_told, told
from extractors.timeline.timeline import OUTCOME, RESULT

#: The closed lists of the table, in its order.
OUTCOMES = ("pain", "new fracture", "fracture healing", "mobility", "height loss", "death")
STATUS = ("resolved", "improved", "unchanged", "worse", "none", "present", "partial", "complete")
#: So many days after a birth are a follow-up.
_LONG_AFTER = 183
_WHEN = tuple(column for column in WHEN if column.name == "time_text" or "months" in column.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseMention(Mention):
    """One stated outcome; `value` and `unit` of a loss of height (4, cm) or a pain score (2, VAS).

    `later`: it is one only at a follow-up; told of the first visit it is a complaint or a finding.
    """

    outcome: str
    status: str
    value: float | None = None
    unit: str = ""
    later: bool = False


def _counted(found: list[Placed[CourseMention]]) -> list[Placed[CourseMention]]:
    """What is said to be there; what tells an outcome only at a follow-up, where it is one."""
    return [p for p in told(found) if not p.mention.later or _at_follow_up(p.mention)]


def _at_follow_up(mention: CourseMention) -> bool:
    time = mention.time
    if time is None:
        return False
    born = time.anchor == "delivery" and time.days_min is not None and time.days_min > _LONG_AFTER
    return born or time.phase == "follow-up"


def _same(a: Placed[CourseMention], b: Placed[CourseMention]) -> bool:
    """One outcome at one time; a telling without a time is another one within a section."""
    x, y = a.mention, b.mention
    if (x.outcome, x.status) != (y.outcome, y.status) or not same_unless_told(a, b, "value", "unit"):
        return False
    if x.time is None or y.time is None:
        return x.time is y.time or (a.source, a.section) != (b.source, b.section)
    return same_time(a, b)


def _values(record: Record[CourseMention], patient: Patient) -> Row:
    when_told = when(record, patient, RESULT if record.chosen.mention.outcome == "height loss" else OUTCOME)
    return {column.name: when_told[column.name] for column in _WHEN}


def _told(rows: Sequence[Row]) -> str:
    return joined([f"{r['outcome']} {r['status']}" for r in rows])


FACT = Fact(
    table="course",
    row="stated outcome of a patient",
    component="course",
    mention=CourseMention,
    columns=(
        string("outcome", "What is told of", values=OUTCOMES, required=True),
        string("status", "What became of it", values=STATUS, required=True),
        number("value", "Loss of height, or the pain score reached"),
        string("unit", "Unit of the value (cm, inch), or the scale of the score (VAS, NRS)"),
        *_WHEN,
    ),
    same=_same,
    better=lambda p: 2 * filled(p, "value", "time") + p.mention.certainty,
    values=_values,
    counted=_counted,
    identity=("outcome", "status", "value", "unit"),
    summary=(Summary(string("course", "Stated outcomes, '; ' between"), _told),),
)
