"""How sure a row is by its rule's certainty, its context, its place and its repetitions.

One of the signs from which `pipeline.confidence` works out the probability that the tables tell.
"""

from __future__ import annotations

from extractors.placed import M, Placed

#: How far each part of a paper is to be trusted, relative to the body's prose. A caption often
#: shows one picture of many; an abstract shortens.
SOURCE_TRUST = {"table": 1.0, "text": 1.0, "abstract": 0.97, "title": 0.9, "caption": 0.95}
UNCERTAIN_TRUST = 0.6
HISTORICAL_TRUST = 0.95
#: Part of the remaining doubt that one independent repetition takes away.
_REPEAT_GAIN = 0.5


def confidence(group: list[Placed[M]], chosen: Placed[M]) -> float:
    """How sure a record is: its rule's certainty, less for doubtful contexts, more for repetitions."""
    context = chosen.mention.context
    sure = chosen.certainty * SOURCE_TRUST.get(chosen.source, 1.0) * 0.95
    if context.uncertain:
        sure *= UNCERTAIN_TRUST
    if context.historical:
        sure *= HISTORICAL_TRUST
    places = {(p.source, p.section) for p in group}
    for _ in range(len(places) - 1):
        sure += (1 - sure) * _REPEAT_GAIN
    return round(min(sure, 0.99), 2)
