"""Shards of a folder for tests, and what the bundles of an output folder hold."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from pipeline.plan import planned
from pipeline.scale.bundle import Bundles
from pipeline.scale.shard import Member, Shard
from pipeline.scale.storage import storage


def member(path: Path, doc_id: str, shown: str) -> Member:
    """A loose file of a disk."""
    told = path.stat()
    return Member(doc_id, shown, path.name, str(path), f"{told.st_size}-{told.st_mtime_ns}")


def shards(raw: Path, size: int) -> Iterator[Shard]:
    """The papers of a folder, so many together."""
    papers = planned(raw)[0]
    for start in range(0, len(papers), size):
        part = papers[start : start + size]
        yield Shard(f"shard-{start:04}", tuple(member(p.path, p.doc_id, p.shown) for p in part))


def entries(out: str, program: str) -> dict[str, bytes]:
    """The entry of every paper in the bundles of an output folder; none is in two."""
    bundles, found = Bundles(storage(out), program), {}
    for key in bundles.listed():
        for kept, block in bundles.blocks(key):
            assert kept.doc_id not in found
            found[kept.doc_id] = gzip.decompress(block)
    return found


def messages(out: str, program: str) -> dict[str, str]:
    """What documents.csv would say of each paper that failed."""
    bundles = Bundles(storage(out), program)
    told = [one.stored.head.document for key in bundles.listed() for one in bundles.read(key)]
    return {str(d["doc_id"]): str(d["message"]) for d in told if d["status"] == "failed"}
