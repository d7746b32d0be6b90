"""Cells that are clauses ("MRI: fractures of T4 and T7"): read as prose, dated by their row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from extractors import registry
from extractors.base import Mention, TimeRef
from extractors.onset.fact import OnsetMention
from extractors.onset.words import SYMPTOM, lexicon
from extractors.text import View


def read_prose(body: str, start: int, time: TimeRef | None) -> Iterator[tuple[str, Mention]]:
    """The facts of a cell of words as (component, mention); `time` is the row's or column's."""
    view = View(body)
    found: list[tuple[str, Mention]] = []
    for name, reader in _readers():
        found.extend((name, mention) for mention in reader.find(view))
    for name, mention in found:
        yield name, _moved(mention, start, time)


@cache
def _readers() -> tuple[tuple[str, Any], ...]:
    """The components of the facts that clauses in cells may tell, by name."""
    return tuple((f.component, registry.component(f.component)) for f in registry.facts() if f.in_clauses)


def _moved(mention: Mention, start: int, time: TimeRef | None) -> Mention:
    own = mention.time
    if own is not None and (own.days_min is not None or own.phase):
        told: TimeRef | None = replace(own, start=own.start + start, end=own.end + start)
    else:
        told = time
    return replace(mention, start=mention.start + start, end=mention.end + start, time=told)


def onset_in(label: tuple[int, int], body: str, start: int, time: TimeRef | None) -> OnsetMention | None:
    """The onset that a timeline's row tells: a symptom beside a time from delivery or in gestation.

    `label` holds the offsets of the row's time.
    """
    if time is None or time.anchor not in ("delivery", "gestation"):
        return None
    if time.days_min is None or time.days_max is None:
        return None
    view = View(body)
    hit = next((h for h in lexicon().find(body, view.lower) if h.value.role == SYMPTOM), None)
    if hit is None or any(word in view.lower for word in _NO_START):
        return None
    return OnsetMention(
        start=label[0],
        end=start + hit.end,
        rule="timeline",
        certainty=0.85,
        symptom=hit.value.word,
        anchor=time.anchor,
        days_min=time.days_min,
        days_max=time.days_max,
    )


#: Words that tell that a symptom was not there, or was there before.
_NO_START = (
    "no ",
    "free",
    "without",
    "improv",
    "resol",
    "less ",
    "relie",
    "disappear",
    "persist",
    "denie",
    "subsid",
)
