"""The papers of a folder of this machine as shards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.plan import Planned, plan
from pipeline.scale.shard import Member, Shard


def shards(raw: Path, size: int) -> Iterator[Shard]:
    """The papers of `plan` in the order of doc_id, so many together."""
    papers = plan(raw.resolve())
    for start in range(0, len(papers), size):
        yield Shard(f"{start // size:06}", tuple(_member(one) for one in papers[start : start + size]))


def _member(planned: Planned) -> Member:
    path = planned.path
    try:
        told = path.stat()
        state = f"{told.st_size}-{told.st_mtime_ns}"
    except OSError:
        state = ""
    return Member(planned.doc_id, planned.shown, path.name, str(path), state, planned.problem)
