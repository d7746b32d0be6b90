"""Where a long list of papers is cut into shards: a file that comes or goes moves one cut, not all of them.

A name itself says whether a shard begins with it (by its digest), within bounds of size.
"""

from __future__ import annotations

import hashlib


class Cut:
    """Says of one paper after the other whether a new shard begins there. `size` papers are usual."""

    def __init__(self, size: int, most_bytes: int = 0) -> None:
        self._least, self._most = max(1, size // 4), 2 * size
        self._chance = max(1, size - self._least)
        self._most_bytes = most_bytes
        self._papers = self._bytes = 0

    def before(self, doc_id: str, size: int = 0) -> bool:
        """Whether to cut before this paper of `size` bytes."""
        full = self._papers >= self._most or (self._most_bytes and self._bytes + size > self._most_bytes)
        here = self._papers >= self._least and int(digest(doc_id), 16) % self._chance == 0
        cut = bool(self._papers and (full or here))
        if cut:
            self._papers = self._bytes = 0
        self._papers += 1
        self._bytes += size
        return cut


def digest(text: str) -> str:
    """Sixteen letters that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def digest_of(data: bytes) -> str:
    """Letters that stand for bytes: what a `Member` has as its state."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
