"""What "three weeks later" is before anything was measured or treated: the first visit, no follow-up."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from extractors.base import TimeRef
from extractors.bmd.fact import BmdMention
from extractors.drugs.fact import DrugMention
from extractors.fractures.fact import FractureMention
from extractors.labs.fact import LabMention
from pipeline.resolve.placed import Placed

Found = dict[str, list[Placed[Any]]]
_LATER = re.compile(r"\b(?:later|afterwards?|thereafter|next|following)\b", re.I)
_MEASURED = (FractureMention, BmdMention, LabMention)
#: What eases pain is taken before the fractures are known, too.
_EASING = frozenset(
    {"nsaid", "opioid", "analgesic", "muscle relaxant", "local anesthetic", "topical analgesic"}
)


def settled(found: Found) -> Found:
    """The mentions of one patient by table, with such times moved to the first visit.

    An abstract tells the course anew, so it is looked at for itself.
    """
    out = dict(found)
    for abstract in (True, False):
        part = {id(p): p for rows in found.values() for p in rows if (p.source == "abstract") == abstract}
        begin = min((p.mention.start for p in part.values() if _is_first(p)), default=1 << 60)
        moved = {key: _at_first(p) for key, p in part.items() if _is_later(p, begin)}
        if moved:
            out = {table: [moved.get(id(p), p) for p in rows] for table, rows in out.items()}
    return out


def _is_first(placed: Placed[Any]) -> bool:
    """Whether a statement is one of the first visit, or of a treatment that began; titles tell no order."""
    if placed.source not in ("text", "abstract"):
        return False
    mention = placed.mention
    phase = mention.time.phase if mention.time is not None else ""
    if isinstance(mention, _MEASURED):
        return phase != "follow-up" and not mention.context.historical
    if isinstance(mention, DrugMention):
        begun = mention.status in ("given", "stopped") and mention.drug_class not in _EASING
        return begun and phase != "follow-up"
    return False


def _is_later(placed: Placed[Any], begin: int) -> bool:
    """Whether a statement is dated "three weeks later" by words that stand before `begin`."""
    time = placed.mention.time
    if time is None or time.phase != "follow-up" or time.anchor != "baseline" or time.start >= begin:
        return False
    return placed.source != "table" and _LATER.search(time.text) is not None


def _at_first(placed: Placed[Any]) -> Placed[Any]:
    mention, time = placed.mention, placed.mention.time
    moved: TimeRef = replace(time, days_min=None, days_max=None, phase="baseline")
    if isinstance(mention, BmdMention) and mention.measure == "bmd_change":
        moved = replace(time, text="", days_min=None, days_max=None)  # a change is always later
    return replace(placed, mention=replace(mention, time=moved))
