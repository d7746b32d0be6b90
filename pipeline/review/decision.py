"""One decision of a reviewer: what it may say, and how it is written on its line."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipeline.review.anchor import Words
from pipeline.schema import BY_NAME, CODES, FACT_TABLES, PROVENANCE, Column

#: decisions about a row, with the words and the values that they sign
ROW = ("accept", "correct", "reject", "add", "move", "split")
#: those of them that make a row
ADDS = ("add", "split")
#: how `extractor` begins in rows that a reviewer added; what they were made by follows
BY_HAND = "review/"
#: about a paper as a whole; the last one of a reviewer counts
PAPER = ("exclude", "include", "done", "reopen")
DOES = (*ROW, "merge", *PAPER, "note", "undo")
_OUTSIDE = frozenset({"doc_id", "case_id", *(column.name for column in PROVENANCE), *CODES})
_ONES = ("id", "do", "by", "at", "table", "why", "replaces", "settles")
_KEYS = frozenset({*_ONES, "paper", "words", "row", "was", "patient", "to", "into_paper", "place"})


class BadDecision(ValueError):
    """A line that says nothing that can be followed; the text says why."""


@dataclass(frozen=True, slots=True)
class PaperRef:
    """Which paper: its path under the raw folder, the digest of its bytes, its number in a file of many."""

    path: str
    sha256: str = ""
    record: int = 1

    def as_json(self) -> dict[str, Any]:
        """As it is written."""
        out: dict[str, Any] = {"path": self.path, "sha256": self.sha256}
        return out if self.record == 1 else {**out, "record": self.record}


@dataclass(frozen=True, slots=True)
class PatientRef:
    """Which patient: the words of her row of cases.csv and its label, or the decision that added her."""

    words: Words | None = None
    label: str = ""
    added: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is written."""
        if self.added:
            return {"added": self.added}
        out: dict[str, Any] = {"label": self.label} if self.label else {}
        return {**out, **_words_json(self.words)}


def new_id() -> str:
    """An id for a decision."""
    return secrets.token_hex(5)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `row` has the cells that are signed, `was` those that were changed, as they had been.

    `do` is one of `DOES`; `by` the reviewer, `at` the time (ISO 8601, UTC). `to` is the patient a row is
    moved to, or that another is merged into (in `into_paper`, if not the same). `replaces` is the id of
    an earlier decision on the same; `settles` tells that it ends a disagreement of two reviewers.
    """

    do: str
    by: str
    at: str
    paper: PaperRef
    id: str = field(default_factory=new_id)
    table: str = ""
    words: Words | None = None
    row: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    patient: PatientRef | None = None
    to: PatientRef | None = None
    into_paper: PaperRef | None = None
    place: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    replaces: str = ""
    settles: bool = False

    @property
    def found(self) -> dict[str, str]:
        """The cells as they had been extracted."""
        return {**self.row, **self.was}

    @property
    def on_added(self) -> bool:
        """Whether it is about a row that a reviewer added: what a rule reads there is another one."""
        return self.do in ADDS or self.place.get("extractor", "").startswith(BY_HAND)


def now() -> str:
    """The time of a decision made now."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def own_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table of facts that a person may set."""
    return tuple(column for column in BY_NAME[table].columns if column.name not in _OUTSIDE)


def line(decision: Decision) -> str:
    """A decision on its line, the same parts always in the same order."""
    d = decision
    out: dict[str, Any] = {"at": d.at, "by": d.by, "do": d.do, "table": d.table, "row": dict(d.row)}
    out |= {"was": dict(d.was), "words": _words_json(d.words), "why": d.why}
    out |= {"patient": d.patient.as_json() if d.patient else None, "to": d.to.as_json() if d.to else None}
    out |= {"place": dict(d.place), "paper": d.paper.as_json()}
    out |= {"into_paper": d.into_paper.as_json() if d.into_paper else None}
    out |= {"replaces": d.replaces, "settles": d.settles, "id": d.id}
    return json.dumps({key: value for key, value in out.items() if value}, ensure_ascii=False)


def parse(text: str) -> Decision:
    """The decision on a line. Raises BadDecision."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        conflict = text.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        why = "a conflict of git" if conflict else f"no JSON: {error}"
        raise BadDecision(why) from error
    if not isinstance(said, dict):
        raise BadDecision("not an object {...}")
    unknown = sorted(said.keys() - _KEYS)
    if unknown:
        raise BadDecision(f"unknown part {', '.join(unknown)}")
    settles = said.pop("settles", False)
    ones = {key: _text(said, key) for key in _ONES if key in said}
    decision = Decision(
        **{"do": "", "by": "", "at": "", "id": hashlib.sha256(text.encode()).hexdigest()[:10], **ones},
        paper=_paper(said.get("paper")),
        words=_words(said.get("words")),
        row=_cells(said, "row"),
        was=_cells(said, "was"),
        patient=_patient(said.get("patient")),
        to=_patient(said.get("to")),
        into_paper=_paper(said["into_paper"]) if said.get("into_paper") else None,
        place=_cells(said, "place"),
        settles=settles is True,
    )
    check(decision)
    return decision


def check(decision: Decision) -> None:
    """See that a decision can be followed. Raises BadDecision."""
    d = decision
    if d.do not in DOES:
        raise BadDecision(f"do is {d.do!r}: give one of {', '.join(DOES)}")
    check_name(d.by)
    _check_time(d.at)
    if d.do in ROW:
        _check_row(d)
    if d.do == "merge" and not (d.patient and d.to):
        raise BadDecision("merge needs patient and to")
    if d.do == "exclude" and not d.why.strip():
        raise BadDecision("exclude needs a reason (why)")
    if d.do == "undo" and not d.replaces:
        raise BadDecision("undo needs replaces: the id of a decision")


def check_name(by: str) -> None:
    """See that a reviewer's name can be told from others. Raises BadDecision."""
    if not by.strip() or ";" in by or not by.isprintable():
        raise BadDecision("no reviewer's name (in printable letters, without ;)")


def _check_time(at: str) -> None:
    try:
        if datetime.fromisoformat(at).tzinfo is None and len(at) > len("2026-01-01"):
            raise ValueError
    except ValueError as error:
        raise BadDecision(f"at is {at!r}: give a date or a time with its zone, as 2026-01-31") from error


def _check_row(d: Decision) -> None:
    if d.table not in {table.name for table in FACT_TABLES}:
        raise BadDecision(f"no table {d.table!r}: give one of {', '.join(t.name for t in FACT_TABLES)}")
    if d.words is None:
        raise BadDecision("words are missing: what the decision is about")
    if d.do == "move" and d.to is None:
        raise BadDecision("move needs to: the patient")
    if d.do == "split" and d.table != "cases":
        raise BadDecision("split makes a row of cases")
    check_cells(d.table, d.row, complete=d.do in ADDS)
    check_cells(d.table, d.was, strict=False)


def check_cells(table: str, cells: Mapping[str, str], complete: bool = False, strict: bool = True) -> None:
    """Hold cells against the schema. Raises BadDecision that names the column.

    `complete`: all required ones are there; `strict` false: values that an extractor gave are not judged.
    """
    columns = {column.name: column for column in own_columns(table)}
    for name, value in cells.items():
        if name not in columns:
            raise BadDecision(f"{table} has no column {name}")
        if strict:
            _check_cell(columns[name], value)
    for column in columns.values():
        if complete and column.required and not cells.get(column.name):
            raise BadDecision(f"{column.name} must not be empty")


def _check_cell(column: Column, value: str) -> None:
    if not value:
        if column.required:
            raise BadDecision(f"{column.name} must not be empty")
        return
    if any(ord(sign) < 32 for sign in value):
        raise BadDecision(f"{column.name} holds a control character")
    if column.values and value not in column.values:
        raise BadDecision(f"{column.name} is {value!r}: give one of {', '.join(column.values)}")
    if column.type in ("number", "integer"):
        try:
            number = int(value) if column.type == "integer" else float(value)
        except ValueError as error:
            kind = "a whole number" if column.type == "integer" else "a number, with a point"
            raise BadDecision(f"{column.name} is {value!r}: give {kind}") from error
        if not abs(number) < 1e15:
            raise BadDecision(f"{column.name} is {value!r}: out of bounds")


def _text(said: Mapping[str, Any], key: str) -> str:
    if not isinstance(said[key], str):
        raise BadDecision(f"{key} is no text")
    return str(said[key])


def _cells(said: Mapping[str, Any], key: str) -> dict[str, str]:
    cells = said.get(key) or {}
    if not isinstance(cells, dict) or not all(isinstance(value, str) for value in cells.values()):
        raise BadDecision(f"{key} is no object of texts")
    return cells


def _words(said: Any) -> Words | None:
    if not said:
        return None
    keys = ("exact", "prefix", "suffix")
    if not isinstance(said, dict) or not all(isinstance(said.get(key, ""), str) for key in keys):
        raise BadDecision("words need exact, prefix and suffix")
    if not said.get("exact"):
        raise BadDecision("words have no exact")
    return Words(*(said.get(key, "") for key in keys))


def _words_json(words: Words | None) -> dict[str, str]:
    if words is None:
        return {}
    return {"exact": words.exact, "prefix": words.prefix, "suffix": words.suffix}


def _paper(said: Any) -> PaperRef:
    if not isinstance(said, dict) or not isinstance(said.get("path"), str):
        raise BadDecision("paper needs a path")
    digest, record = said.get("sha256", ""), said.get("record", 1)
    if not isinstance(digest, str) or not isinstance(record, int):
        raise BadDecision("paper: sha256 is a text, record a number")
    return PaperRef(said["path"], digest, record)


def _patient(said: Any) -> PatientRef | None:
    if not said:
        return None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise BadDecision("a patient is an object of texts")
    words = _words(said) if said.get("exact") else None
    return PatientRef(words, said.get("label", ""), said.get("added", ""))
