"""The labels of one table, each understood once: a patient, a time, a role, what the facts say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractors import registry
from extractors.tables import Rank
from extractors.time.dates import date_of
from extractors.time.labels import label_time
from pipeline.cases.markers import inside_numbers, opening_label
from pipeline.paper import Cell
from pipeline.tables.rules import CONTENT, PREGNANCIES, ROLES, TIMES, said_by
from pipeline.tables.senses import Says, Sense

#: Roles of columns and rows that hold no values of a patient.
_NO_VALUES = frozenset({"reference", "unit", "nobody", "patient"})
_MARK = re.compile(
    r"(?:(?<=[)\]])|(?<=[A-Z]{3}))\s?(?P<mark>[a-e])\s*$|\s?(?P<sign>[*\u2020\u2021\u00a7])\s*$"
)
_LETTER = re.compile(r"[^\W\d_]|#\s?\d")
_PRESENT = re.compile(r"\W*(?:present|our|this|current)\scase\b", re.I)


class Labels:
    """The labels of a table. `definitions` holds the abbreviations that its caption and notes explain,
    `of_prose` those of the paper's prose, for labels that mean nothing else."""

    def __init__(
        self, text: str, definitions: Mapping[str, str], of_prose: Mapping[str, str] | None = None
    ) -> None:
        self.text, self.definitions, self._of_prose = text, definitions, of_prose or {}
        self._senses: dict[tuple[str, int], Sense] = {}

    def words(self, cell: Cell | None) -> str:
        """The words of a cell, "" for none."""
        return self.text[cell.start : cell.end] if cell is not None else ""

    def of(self, cell: Cell) -> Sense:
        """The sense of a cell that is, or may be, a label."""
        return self.told(self.words(cell), cell.start)

    def told(self, words: str, start: int) -> Sense:
        """The sense of a label's words; `start` is their offset in the paper's text."""
        key = (words, start)
        if key not in self._senses:
            self._senses[key] = _sense_of(words, start, self.definitions)
            if not self._senses[key].says and self._of_prose:
                self._senses[key] = _with_prose(self._senses[key], words, self._of_prose)
        return self._senses[key]


def is_timeline_head(text: str) -> bool:
    """Whether a column of row labels holds times: `Date`, `Gestation / time`, `Week`."""
    return said_by(TIMES, text) is not None


def _with_prose(sense: Sense, text: str, of_prose: Mapping[str, str]) -> Sense:
    """The sense of a label that means nothing, with the abbreviations of the prose written out."""
    body, _ = _without_mark(text.strip())
    full = _expanded(body, of_prose)
    if full == body or sense.role in _NO_VALUES or said_by(CONTENT, body):
        return sense
    return replace(sense, says=_claimed(full))


def _sense_of(text: str, start: int, definitions: Mapping[str, str]) -> Sense:
    body, mark = _without_mark(text.strip())
    if not body:
        return Sense()
    if not _LETTER.search(body):
        day = label_time(body, start) if date_of(body) is not None else None
        return Sense(role="patient" if body in "#" else "", time=day)
    role = said_by(ROLES, body) or ""
    sense = Sense(role=role, time=label_time(body, start), pregnancy=said_by(PREGNANCIES, body), mark=mark)
    sense = _with_patient(sense, body)
    if role in _NO_VALUES:
        return sense
    content = said_by(CONTENT, body)
    if content == "eaten":  # neither measured in the blood nor prescribed
        return sense
    says = _claimed(body)
    if definitions and (full := _expanded(body, definitions)) != body:
        says = _better(says, _claimed(full))
    return replace(sense, says=says, prose=not says and content == "clauses")


def _without_mark(body: str) -> tuple[str, str]:
    """A label without its footnote letter, and that letter."""
    marked = _MARK.search(body)
    return (body[: marked.start()], marked["mark"] or marked["sign"]) if marked else (body, "")


def _with_patient(sense: Sense, body: str) -> Sense:
    """The sense with the patient that the label names."""
    if _PRESENT.match(body):
        return sense  # "Present case 34 ...": an age, no number
    patient = opening_label(body)
    if patient and sense.role not in ("reference", "unit", "nobody"):
        return replace(sense, patient=patient.number, label=patient.text)
    numbers = inside_numbers(body)
    return replace(sense, patient=numbers.pop(), label=body) if len(numbers) == 1 else sense


def _claimed(body: str) -> Says:
    """The fact that the label tells most to, and what; of equals the first."""
    best: tuple[Rank, Says] | None = None
    for fact, reader in registry.table_readers().items():
        label = reader.label(body)
        if label is None:
            continue
        rank = reader.rank(label)
        if best is None or rank > best[0]:
            best = (rank, {fact: label})
        if rank is Rank.NAMED:
            break
    return best[1] if best is not None else {}


def _better(says: Says, full: Says) -> Says:
    """A label's meaning, or that of the label with its abbreviations written out."""
    if not says:
        return full
    readers = registry.table_readers()
    same = says.keys() == full.keys() and all(readers[fact].combined is not None for fact in says)
    return full if same else says


def _expanded(body: str, definitions: Mapping[str, str]) -> str:
    """A label with the table's own abbreviations written out."""
    words = [definitions.get(word.strip("(),;:"), word) for word in body.split()]
    return " ".join(words)
