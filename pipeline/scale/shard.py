"""What a large run is cut into: shards, each read by one worker in one go.

The source side (archives, folders, object storage) makes shards, the cluster hands them to workers, and
what a worker found in one is kept as one file under the shard's key. A shard is small (some hundred
papers), so that a crash costs little, and its key does not depend on what else there is to read.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a shard.

    `doc_id` and `shown` are those of documents.csv; `name` is the file's name, which tells its format.
    `place` is its URL, or its name inside the shard's pack. `state` is what the storage tells of its
    bytes without reading them (size and ETag, or size and time), "" where it tells nothing. `problem`
    says why it cannot be read at all.
    """

    doc_id: str
    shown: str
    name: str
    place: str
    state: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Shard:
    """Papers that are read together. `pack` is the URL of the file with their bytes, "" for loose ones."""

    key: str
    members: tuple[Member, ...]
    pack: str = ""
