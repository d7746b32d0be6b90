"""What a time expression says: the anchor, the days from it, the phase, which pregnancy it was.

Weeks of gestation count from the last menstrual period; delivery is taken at 40 weeks 0 days.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.language.numbers import parse_ordinal
from extractors.rules.rule import Glue
from extractors.time.atoms import SLOTS
from extractors.time.durations import Days
from extractors.values import fixed

#: What a sentence must speak of, so that a reading holds (`When.given`).
MOTHERHOOD, TREATMENT = "motherhood", "treatment"


@fixed(frozen=True, slots=True)
class When:
    """The reading of a time expression; `anchor`, days `low` to `high` and `phase` as in `TimeRef`.

    `given` names what its sentence must speak of for it to hold: "at 39 weeks" is gestation where it
    speaks of motherhood. "" where it holds by itself. `since` names the event of a `Since`, whose days are
    `lag`, or those of the reading.
    """

    anchor: str
    low: int | None = None
    high: int | None = None
    phase: str = ""
    pregnancy: int | None = None
    given: str = ""
    since: str = ""
    lag: Days | None = None


#: Behind a birth, whose it was: "... of her second child".
_CHILD = Glue(r" (?:of|to) (?:her|the|a|my|their) {which:ordinal}(?:-born)? {baby}", SLOTS)


def which(m: re.Match[str]) -> int | None:
    """Which pregnancy or birth an expression tells ("her second delivery", "of her first child")."""
    told = m.groupdict().get("which")
    if told is None:
        child = _CHILD.behind(m.string, m.end())
        told = child["which"] if child else None
    return parse_ordinal(told) if told else None


def from_delivery(m: re.Match[str], days: Days) -> When:
    """Days after a delivery, negative ones before it."""
    return When("delivery", *days, pregnancy=which(m))


def in_gestation(m: re.Match[str], days: Days) -> When:
    """Days before a delivery at term."""
    return When("gestation", *days, pregnancy=which(m))


def from_visit(days: Days, phase: str = "follow-up", since: str = "course") -> When:
    """Days after the first visit or the start of a treatment; `since` tells which (see `base.Since`)."""
    return When("baseline", *days, phase, since=since)


def provided(when: When | None, given: str) -> When | None:
    """A reading that holds only where its sentence speaks of something."""
    return when and replace(when, given=given)
