"""What is found in an archive or a file of many records, one after the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """An article: its `name` (a path inside an archive; what tells a record from others), its bytes.

    `problem` says why it was not read; its bytes are none then.
    """

    name: str
    data: bytes
    problem: str = ""
