"""What "three weeks later" is before anything was measured or treated: the first visit, no follow-up."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from extractors.base import TimeRef
from extractors.fact import Fact
from extractors.placed import Placed

#: The mentions of one patient, by the fact whose rows they make.
Found = dict[Fact[Any], list[Placed[Any]]]
_LATER = re.compile(r"\b(?:later|afterwards?|thereafter|next|following)\b", re.I)
_NEVER = 1 << 60


def settled(found: Found) -> Found:
    """The mentions of one patient, with such times moved to the first visit.

    An abstract tells the course anew, so it is looked at for itself.
    """
    begin = {abstract: _begin(found, abstract) for abstract in (True, False)}
    return {
        fact: [_at_first(fact, p) if _is_later(p, begin[p.source == "abstract"]) else p for p in placed]
        for fact, placed in found.items()
    }


def _begin(found: Found, abstract: bool) -> int:
    """Where the first finding or treatment is told, in the abstract or elsewhere; titles tell no order."""
    sources = ("abstract",) if abstract else ("text",)
    starts = (
        p.mention.start
        for fact, placed in found.items()
        for p in placed
        if p.source in sources and fact.begins(p.mention)
    )
    return min(starts, default=_NEVER)


def _is_later(placed: Placed[Any], begin: int) -> bool:
    """Whether a statement is dated "three weeks later" by words that stand before `begin`."""
    time = placed.mention.time
    if time is None or time.phase != "follow-up" or time.anchor != "baseline" or time.start >= begin:
        return False
    return placed.source != "table" and _LATER.search(time.text) is not None


def _at_first(fact: Fact[Any], placed: Placed[Any]) -> Placed[Any]:
    mention, time = placed.mention, placed.mention.time
    moved: TimeRef = replace(time, days_min=None, days_max=None, phase="baseline")
    if fact.always_later(mention):
        moved = replace(time, text="", days_min=None, days_max=None)
    return replace(placed, mention=replace(mention, time=moved))
