"""The decisions on disk: `data/review/<reviewer>/<doc_id>.jsonl`, one line each, only ever added to.

A line is written under a lock and is on the disk before anybody is told that it is; what a killed or
full system left of one becomes a comment. Blank lines and those that begin with `#` say nothing.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import UsageError
from pipeline.files import make_lasting, read_regular
from pipeline.keys import slug
from pipeline.review.decision import BadDecision, Decision, check, line, parse

_SUFFIX = ".jsonl"
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision with where it is written: file under the folder, and line."""

    decision: Decision
    file: str
    number: int


#: file -> (what changes with it, its decisions, its faults)
Known = dict[Path, tuple[object, list[Kept], list[str]]]


def read_all(folder: Path, known: Known | None = None) -> list[Kept]:
    """Every decision below a folder, in the order of their times; nothing where there is no folder.

    `known` keeps what was read, so that who asks again reads only what has changed since. Raises UsageError
    that names file and line of each line that cannot be followed (the first five).
    """
    if not folder.is_dir():
        return []
    kept: list[Kept] = []
    wrong: list[str] = []
    for path in sorted(folder.rglob(f"*{_SUFFIX}")):
        if path.is_file():
            found, faults = _known(path, folder, {} if known is None else known)
            kept += found
            wrong += faults
    wrong += _twice(kept)
    if wrong:
        more = f" (and {len(wrong) - _MOST_TOLD} more)" if len(wrong) > _MOST_TOLD else ""
        told = "; ".join(wrong[:_MOST_TOLD])
        raise UsageError(f"decisions in {folder} that cannot be followed: {told}{more}")
    return sorted(kept, key=lambda k: (k.decision.at, k.file, k.number))


def _known(path: Path, folder: Path, known: Known) -> tuple[list[Kept], list[str]]:
    status = path.stat()
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
    if path not in known or known[path][0] != stamp:
        known[path] = (stamp, *_read(path, str(path.relative_to(folder))))
    return known[path][1:]


def _read(path: Path, shown: str) -> tuple[list[Kept], list[str]]:
    kept, wrong = [], []
    try:
        text = read_regular(path, sys.maxsize).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return [], [f"{shown}: {error}"]
    lines = text.split("\n")
    for number, words in enumerate(lines, 1):
        if not words.strip() or words.startswith("#"):
            continue
        try:
            kept.append(Kept(parse(words.rstrip("\r")), shown, number))
        except BadDecision as error:
            if number < len(lines) or not str(error).startswith("no JSON"):  # else cut off in writing
                wrong.append(f"{shown}, line {number}: {error}")
    return kept, wrong


def _twice(kept: Iterable[Kept]) -> list[str]:
    """Lines with the id of another one; the same line twice (a merge of git) is one."""
    seen: dict[str, Kept] = {}
    wrong = []
    for k in kept:
        first = seen.setdefault(k.decision.id, k)
        if first.decision != k.decision:
            taken = f"the id {k.decision.id} is taken by {first.file}, line {first.number}"
            wrong.append(f"{k.file}, line {k.number}: {taken}")
    return wrong


def place_of(folder: Path, reviewer: str, doc_id: str) -> Path:
    """The file of a reviewer's decisions on a paper."""
    return folder / slug(reviewer) / f"{doc_id}{_SUFFIX}"


def append(folder: Path, doc_id: str, decisions: Sequence[Decision]) -> None:
    """Write decisions of one reviewer on one paper, all or none, lasting when it returns.

    Raises BadDecision for one that cannot be followed, OSError where nothing could be written.
    """
    for decision in decisions:
        check(decision)
        if parse(line(decision)) != decision:
            raise BadDecision("it would not be read as it is meant")
    path = place_of(folder, decisions[0].by, doc_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = _mended(descriptor)
        data = "".join(f"{line(decision)}\n" for decision in decisions).encode()
        try:
            if os.write(descriptor, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
    make_lasting((), (path.parent, folder))


def _mended(descriptor: int) -> int:
    """See that the file ends with a whole line, return its size."""
    size = os.fstat(descriptor).st_size
    if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
        return size
    data = os.pread(descriptor, size, 0)
    begin = data.rfind(b"\n") + 1
    tail = data[begin:]
    try:
        parse(tail.decode("utf-8"))
        rest = b"\n"  # an editor that ends no last line
    except (BadDecision, UnicodeDecodeError):
        os.ftruncate(descriptor, begin)
        rest = b"# cut off: " + tail + b"\n"
    os.write(descriptor, rest)
    return os.fstat(descriptor).st_size
