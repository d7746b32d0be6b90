"""Rows that a user adds to the vocabularies that come with casebook, for as long as a block of code runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Added:
    """Rows for one vocabulary: `package` and `file` name it, `text` is a CSV with its columns.

    `place` is where the rows come from, as errors name it.
    """

    package: str
    file: str
    place: str
    text: str


_ADDED: ContextVar[tuple[Added, ...]] = ContextVar("added", default=())


@contextmanager
def adding(rows: Iterable[Added]) -> Iterator[None]:
    """Let the vocabularies have these rows, too, within the block.

    What is derived from a vocabulary (lexicons, patterns) is made once per process: extract within one
    block from the beginning of a process, as the processes that read papers do.
    """
    token = _ADDED.set(tuple(rows))
    try:
        yield
    finally:
        _ADDED.reset(token)


def added(package: str = "", file: str = "") -> tuple[Added, ...]:
    """The rows that are added now, all or those for one vocabulary."""
    return tuple(a for a in _ADDED.get() if not package or (a.package, a.file) == (package, file))
