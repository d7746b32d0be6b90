"""What the global step takes: every record of a shard, with the file that it is from.

A bundle (what a worker found in a shard) gives its records in the order of its members; `finish` goes
through the heads of each bundle, then through its records, and holds one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.cache import Head, Stored


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a record without its rows: its file (`Member.doc_id`), its number there from 0."""

    file: str
    number: int
    head: Head


@dataclass(frozen=True, slots=True)
class Extracted:
    """A record: its file, its number there, all that was found."""

    file: str
    number: int
    stored: Stored


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a bundle from its beginning: `heads` alone, or the `records`."""

    heads: Callable[[], Iterator[Noted]]
    records: Callable[[], Iterator[Extracted]]


#: by the key of its shard
Readers = Mapping[str, Reader]


def by_records(records: Callable[[], Iterator[Extracted]]) -> Reader:
    """A reader of what has no list of heads."""

    def heads() -> Iterator[Noted]:
        return (Noted(one.file, one.number, one.stored.head) for one in records())

    return Reader(heads, records)
