"""Reviewers' decisions in a large run: only the papers that have any are held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.assemble import layer_of
from pipeline.cache import BadEntry, Stored, renamed
from pipeline.review.decision import PaperRef
from pipeline.review.stage import Review, Told
from pipeline.review.store import Kept
from pipeline.scale.extracted import Extracted, Reader
from pipeline.scale.ledger import Ledger, Place


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Papers with their decisions laid over them, by doc_id, and patients made one, by case_id."""

    layer: Mapping[str, Stored] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    told: Told = field(default_factory=Told)


def review(ledger: Ledger, shards: Sequence[Reader], decisions: Sequence[Kept]) -> Reviewed:
    """Lay the decisions over their papers, and let the ledger know what has come of these."""
    if not decisions:
        return Reviewed()
    refs = [ref for kept in decisions for ref in _refs(kept)]
    stage = Review(decisions, ledger.documents({r.path for r in refs}, {r.sha256 for r in refs}))
    found: list[tuple[int, str, Extracted]] = []
    for number, wanted in ledger.where(stage.papers).items():
        for place, one in placed(ledger.places(number), shards[number].records()):
            if (one.file, one.number) in wanted:
                found.append((place.rank, place.name, one))
    found.sort(key=lambda f: f[0])
    layer = layer_of(stage, (one.stored for _, _, one in found))
    merged = stage.repeats(layer)
    for _, name, one in found:
        head = None if stage.excluded(name).by else layer[name].head
        ledger.replace(one.file, one.number, head)
    return Reviewed(layer, merged, stage.told)


def _refs(kept: Kept) -> Iterator[PaperRef]:
    yield kept.decision.paper
    if kept.decision.into_paper:
        yield kept.decision.into_paper


def placed(
    places: Mapping[tuple[str, int], Place], records: Iterator[Extracted]
) -> Iterator[tuple[Place, Extracted]]:
    """Each record of a shard under its last name. Raises BadEntry where the bundle is not as it was."""
    seen = 0
    for one in records:
        place = places.get((one.file, one.number))
        if place is None:
            raise BadEntry(one.file)
        if one.stored.head.document["doc_id"] != place.name:
            one = Extracted(one.file, one.number, renamed(one.stored, place.name))  # noqa: PLW2901
        yield place, one
        seen += 1
    if seen != len(places):
        raise BadEntry("a bundle has lost records")
