"""Cells that are clauses ("MRI: fractures of T4 and T7"): read as prose, dated by their row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from extractors import registry
from extractors.base import Mention, TimeRef
from extractors.text import View


def read_prose(body: str, start: int, time: TimeRef | None) -> Iterator[tuple[str, Mention]]:
    """The facts of a cell of words as (component, mention); `time` is the row's or column's."""
    view = View(body)
    found: list[tuple[str, Mention]] = []
    for name, reader in _readers():
        found.extend((name, mention) for mention in reader.find(view))
    for name, mention in found:
        yield name, moved(mention, start, time)


@cache
def _readers() -> tuple[tuple[str, Any], ...]:
    """The components of the facts that clauses in cells may tell, by name."""
    return tuple((f.component, registry.component(f.component)) for f in registry.facts() if f.in_clauses)


def moved(mention: Mention, start: int, time: TimeRef | None) -> Mention:
    """A mention in a cell's words as one of the paper's; `time` is the cell's, if it tells none."""
    own = mention.time
    if own is not None and (own.days_min is not None or own.phase):
        told: TimeRef | None = replace(own, start=own.start + start, end=own.end + start)
    else:
        told = time
    return replace(mention, start=mention.start + start, end=mention.end + start, time=told)
