"""A mention in its place: whose it is and which part of the paper it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.base import Mention
from extractors.time.durations import DAYS_PER_MONTH

M = TypeVar("M", bound=Mention)

#: How far each part of a paper is to be trusted, relative to the body's prose. A caption often
#: shows one picture of many; an abstract shortens.
_SOURCE_TRUST = {"table": 1.0, "text": 1.0, "abstract": 0.97, "title": 0.9, "caption": 0.95}
_UNCERTAIN_TRUST = 0.6
_HISTORICAL_TRUST = 0.95
#: Tests within so many days of the first visit still belong to it.
_VISIT_DAYS = 61
#: Part of the remaining doubt that one independent repetition takes away.
_REPEAT_GAIN = 0.5


@dataclass(frozen=True, slots=True)
class Placed(Generic[M]):
    """A mention of one patient, with the part of the paper (contract's `source`) and its heading."""

    mention: M
    component: str
    source: str
    section: str
    page: int | None


def phase_of(placed: Placed[M]) -> str:
    """baseline | follow-up | history, by what the statement's time expression says; baseline without one."""
    time = placed.mention.time
    if time is not None and time.phase:
        return time.phase
    return "baseline"


def two_phases(placed: Placed[M], presentation_days: int | None = None) -> str:
    """As `phase_of`, for tables that know baseline and follow-up only.

    A time told from delivery is a follow-up where it lies well behind the first visit's day.
    """
    time = placed.mention.time
    if time is not None and time.anchor == "delivery" and presentation_days is not None and not time.phase:
        late = time.days_min is not None and time.days_min > presentation_days + _VISIT_DAYS
        return "follow-up" if late else "baseline"
    return "follow-up" if phase_of(placed) == "follow-up" else "baseline"


def months_from_delivery(placed: Placed[M], presentation_days: int | None) -> float | None:
    """Months between delivery and the statement's time, None where that cannot be worked out.

    A time counted from the first visit is moved by the day of that visit, if the paper tells it.
    """
    time = placed.mention.time
    if time is None or time.days_min is None or time.days_max is None:
        return None
    days = (time.days_min + time.days_max) / 2
    if time.anchor == "baseline":
        if presentation_days is None:
            return None
        days += presentation_days
    elif time.anchor not in ("delivery", "gestation"):
        return None
    return round(days / DAYS_PER_MONTH, 1)


def confidence(group: list[Placed[M]], chosen: Placed[M]) -> float:
    """How sure a record is: its rule's certainty, less for doubtful contexts, more for repetitions."""
    context = chosen.mention.context
    sure = chosen.mention.certainty * _SOURCE_TRUST.get(chosen.source, 1.0) * 0.95
    if context.uncertain:
        sure *= _UNCERTAIN_TRUST
    if context.historical:
        sure *= _HISTORICAL_TRUST
    places = {(p.source, p.section) for p in group}
    for _ in range(len(places) - 1):
        sure += (1 - sure) * _REPEAT_GAIN
    return round(min(sure, 0.99), 2)
