"""A text with the names that are marked in it, as the readers of the corpora give it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.text import split_sentences

DRUG, ANALYTE, SYMPTOM = "DRUG", "ANALYTE", "SYMPTOM"
#: What the model learns to find. A chemical that is measured is an analyte.
LABELS = (DRUG, ANALYTE, SYMPTOM)


class Mark(NamedTuple):
    """A name at [start, end) of its text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Marked:
    """A text of a corpus. `unsure` are stretches of which nothing is known: they teach nothing."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    unsure: tuple[tuple[int, int], ...] = field(default=())


def sentences(marked: Marked) -> Iterator[Marked]:
    """The sentences of a text, each with what is marked in it; what crosses a boundary is left out."""
    for line_start, line in _lines(marked.text):
        for start, end in split_sentences(marked.text, line_start, line_start + len(line)):
            inside = [m for m in marked.marks if start <= m.start and m.end <= end]
            unsure = [(max(a, start), min(b, end)) for a, b in marked.unsure if a < end and start < b]
            yield Marked(
                marked.name,
                marked.text[start:end],
                tuple(Mark(m.start - start, m.end - start, m.label) for m in inside),
                tuple((a - start, b - start) for a, b in unsure),
            )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def apart(marks: list[Mark]) -> tuple[Mark, ...]:
    """The marks without those that overlap one further left, of the same beginning the longest."""
    out: list[Mark] = []
    for mark in sorted(set(marks), key=lambda m: (m.start, -m.end, m.label)):
        if not out or mark.start >= out[-1].end:
            out.append(mark)
    return tuple(out)
