"""When symptoms began: the mention type and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.base import Mention
from extractors.fact import PREGNANCY, Fact, Patient, Record, Row, Summary, integer, joined, string
from extractors.placed import Placed, told
from extractors.timeline.moments import BONE, ONSET, VISIT, Moment

#: A quote holds the time, its event and the symptom, the last only if it is no longer than this.
WIDEST = 140
#: A visit more than so many days after delivery is no first one.
_FIRST_WITHIN = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class OnsetMention(Mention):
    """A first or worsening symptom in time relative to delivery, days signed (negative before).

    `role`: "onset", "worsening" or "presentation" (a visit or diagnosis; used only if a patient has
    nothing better). `anchor` is "delivery" or "gestation".
    """

    symptom: str = ""
    anchor: str = "delivery"
    pregnancy: int | None = None
    days_min: int
    days_max: int
    role: str = "onset"


def _first_visit(found: list[Placed[OnsetMention]]) -> int | None:
    """Days from delivery to the first visit, where the paper tells exactly one."""
    days = {
        p.mention.days_min
        for p in found
        if p.mention.role == "presentation" and p.mention.days_min == p.mention.days_max <= _FIRST_WITHIN
    }
    return days.pop() if len(days) == 1 else None


def _moments(placed: Placed[OnsetMention]) -> Iterator[Moment]:
    """A visit or a symptom so many days from delivery."""
    m = placed.mention
    if m.context.negated:
        return
    visit = m.role == "presentation"
    yield Moment(m.start, placed.source, VISIT if visit else ONSET, m.time, (m.days_min, m.days_max))
    if not visit:
        yield Moment(m.start, placed.source, BONE)


def _counted(found: list[Placed[OnsetMention]]) -> list[Placed[OnsetMention]]:
    """Onset and worsening; presentation counts only where nothing better is told."""
    said = told(found)
    return [p for p in said if p.mention.role != "presentation"] or said


def _same(a: Placed[OnsetMention], b: Placed[OnsetMention]) -> bool:
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


def _values(record: Record[OnsetMention], patient: Patient) -> Row:
    m = record.chosen.mention
    return {"days_from_delivery_min": m.days_min, "days_from_delivery_max": m.days_max}


def _spans(rows: Sequence[Row]) -> str:
    spans = [(r["days_from_delivery_min"], r["days_from_delivery_max"]) for r in rows]
    return joined([str(low) if low == high else f"{low}..{high}" for low, high in spans])


FACT = Fact(
    table="onset",
    row="stated time of a first or worsening symptom",
    component="onset",
    mention=OnsetMention,
    columns=(
        string("symptom", "The symptom in the paper's words"),
        string("anchor", "What the time is told relative to", values=("delivery", "gestation")),
        PREGNANCY,
        integer(
            "days_from_delivery_min",
            "Earliest day, signed: negative before delivery (taken at 40 weeks)",
            unit="day",
        ),
        integer(
            "days_from_delivery_max",
            "Latest day, signed; equal to the earliest for an exact statement",
            unit="day",
        ),
    ),
    same=_same,
    better=lambda p: float(p.mention.days_min - p.mention.days_max),
    values=_values,
    counted=_counted,
    first_visit=_first_visit,
    moments=_moments,
    identity=("symptom", "anchor", "pregnancy", "days_from_delivery_min", "days_from_delivery_max"),
    summary=(
        Summary(
            string(
                "onset_days",
                "Days from delivery to each stated onset, `min..max` where vague, '; ' between",
            ),
            _spans,
        ),
    ),
)
