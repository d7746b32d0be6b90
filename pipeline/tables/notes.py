"""A table's footnotes: letters on values, what "(3M)" counts from, and reference ranges told below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from extractors import registry
from extractors.base import Since, TimeRef
from extractors.fact import Fact
from extractors.text import folded
from extractors.time.durations import duration_days
from extractors.time.labels import label_time
from pipeline.paper import Paper, Table
from pipeline.tables.rules import ANCHORS, NOTES, said_by

#: Between the values of a cell, or the times at which they were.
ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:\u2192|\u21d2|->|=>|-->)\s*(?=\S)")
#: The letter of a footnote on a value.
_VALUE_MARK = re.compile(r"[\d)\s]([a-e*†‡§])\s*$")
_PERIOD = re.compile(r"(?P<sign>[-+−–]?)\s?(?P<count>\d+(?:\.\d+)?)\s?(?P<unit>[a-z]+)", re.I)
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


@dataclass(frozen=True, slots=True)
class Notes:
    """What the footnotes add.

    `marks`: footnote letter -> words; `anchor`: what times in brackets count from; `definitions`:
    abbreviation -> words, from caption and notes; `noted`: what each fact reads in them; `steps`: the times
    of values with arrows between.
    """

    marks: dict[str, str]
    anchor: str
    definitions: dict[str, str] = field(default_factory=dict)
    noted: dict[Fact[Any], Any] = field(default_factory=dict)
    steps: tuple[TimeRef, ...] = ()

    def of_value(self, body: str) -> str:
        """The words of the footnote that the letter behind a value leads to."""
        mark = _VALUE_MARK.search(body)
        return self.marks.get(mark.group(1), "") if mark else ""

    def cell_time(self, period: str, start: int, end: int, told: TimeRef | None) -> TimeRef | None:
        """The time of a value from a bracket such as "(3M)" or "(-11M)"; the row's phase is kept."""
        match = _PERIOD.match(period.strip())
        if not match:
            return told
        days = duration_days(match["count"], _UNITS.get(match["unit"].lower(), match["unit"]))
        if days is None:
            return told
        low, high = (-days[1], -days[0]) if match["sign"] in ("-", "−", "–") else days
        phase = told.phase if told else ""
        if not self.anchor and not phase:
            phase = "follow-up" if low > 0 else "baseline"
        said = period.strip(), self.anchor or "baseline", low, high, phase
        return TimeRef(start, end, *said, since=Since("course", low, high))


def read_notes(paper: Paper, table: Table) -> Notes:
    """The footnotes of a table, its caption included."""
    words = [paper.text[a:b] for a, b in table.notes]
    caption = paper.text[slice(*table.caption)] if table.caption else ""
    joined = " ".join([caption, *words])
    marks = dict(found.read() for note in words for found in NOTES.in_text(folded(note), note.lower()))
    anchor = said_by(ANCHORS, joined) or ""
    readers = registry.table_readers()
    noted = {fact: reader.notes(caption, words) for fact, reader in readers.items()}
    places = [*([table.caption] if table.caption else []), *table.notes]
    steps = next((told for a, b in places if (told := _steps(paper.text[a:b], a))), ())
    return Notes(marks, anchor, _definitions([caption, *words]), noted, steps)


def _steps(words: str, start: int) -> tuple[TimeRef, ...]:
    """The times that a caption tells with arrows between: "on admission -> after 6 months"."""
    parts, at = ARROW.split(words), 0
    times = []
    for part in parts if len(parts) > 1 else ():
        begin = words.index(part, at)
        at = begin + len(part)
        times.append(label_time(folded(part), start + begin))
    return tuple(t for t in times if t is not None) if all(times) else ()


_DEFINITION = re.compile(
    r"^\W{0,20}(?:abbreviations?\W{1,9})?"
    r"(?P<short>(?=\S{0,40}[A-Z]\S{0,40}[A-Z0-9])[A-Za-z0-9()/+-]{2,12}|[A-Z](?=\s?[:=,]))"
    r"\s?[:=,-]?\s+(?P<words>[a-z1-9].{2,80})$",
    re.I,
)
_CAPITALS = re.compile(r"[A-Z].*[A-Z0-9]|^[A-Z]$")


def _definitions(texts: list[str]) -> dict[str, str]:
    """Abbreviations that notes explain: "LS lumbar spine (L1-L4), FN, femoral neck; TH = total hip"."""
    out: dict[str, str] = {}
    for text in texts:
        for part in _DEFINITION_PARTS.split(text):
            match = _DEFINITION.match(part.strip(" ."))
            if match and _CAPITALS.search(match["short"]) and not match["words"][0].isupper():
                out.setdefault(match["short"], match["words"])
    return out


def is_key(text: str) -> bool:
    """Whether a note does nothing but explain abbreviations, so that it states no fact."""
    return len(_definitions([text])) > 1


_DEFINITION_PARTS = re.compile(r";\s*|\.\s(?=[A-Z])|,\s(?=[A-Z][\w-]{0,10}[\s:=,]|[a-z]\.[a-z]\.)")
