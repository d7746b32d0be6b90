"""What the global step takes: every record of a shard, with the file that it is from.

A bundle (what a worker found in a shard) gives its records as `Extracted`, in the order of its members;
`finish` goes through each bundle twice and holds one record at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.cache import Stored


@dataclass(frozen=True, slots=True)
class Extracted:
    """A record: the planned doc_id of its file (`Member.doc_id`), its number in that file from 0."""

    file: str
    number: int
    stored: Stored


#: reads a bundle from its beginning
Reader = Callable[[], Iterator[Extracted]]
#: by the key of its shard
Readers = Mapping[str, Reader]
