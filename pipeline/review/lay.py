"""Decisions laid over the rows of one paper. A pure function: rows and text in, rows out.

A row that was signed stands as it was signed, also where a newer rule reads its words otherwise or not at
all; where its words are gone from the text it is told as lost. Two reviewers who differ leave a row as it
was extracted until somebody settles it: one that the one has added and the other, who has finished, has not
is left out, and patients of whom the one says that they are one stay two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.keys import record_key
from pipeline.review.decision import ADDS, BY_HAND, ROW, Decision, PatientRef
from pipeline.review.match import Sought, pair, patient_in
from pipeline.review.merges import Pair, pairs
from pipeline.review.rows import CASES, Cells, codes, identity, number_of, overlap, same_fact, span
from pipeline.review.verdicts import Verdict, finished, verdict
from pipeline.schema import FACT_TABLES
from pipeline.write.formulas import is_formula, with_harmless_quotes

Rows = dict[str, list[Cells]]


@dataclass(slots=True)
class Item:
    """One row under review: as extracted (None: by no rule) and as it stands now (None: not at all)."""

    table: str
    extracted: Cells | None
    said: list[Decision] = field(default_factory=list)
    final: Cells | None = None
    verdict: Verdict | None = None


@dataclass(slots=True)
class Laid:
    """A paper under its decisions: every row under review, what could not be laid, other patients' links.

    `repeats` has case_id -> the decision that merges her into a patient of another paper, `apart` the
    patients of whom reviewers differ whether they are one.
    """

    items: list[Item]
    rows: Rows
    text: str
    lost: list[tuple[Decision, str]] = field(default_factory=list)
    repeats: dict[str, Decision] = field(default_factory=dict)
    apart: list[Pair] = field(default_factory=list)

    @property
    def disputed(self) -> list[Item]:
        """The rows on which reviewers differ."""
        return [item for item in self.items if item.verdict and item.verdict.decision is None]


def lay(doc_id: str, rows: Rows, text: str, decisions: Sequence[Decision]) -> Laid:
    """Lay the active decisions (see `verdicts.active`) on a paper over its extracted rows."""
    layer = _Layer(doc_id, rows, text, finished(decisions))
    on_rows = [d for d in decisions if d.do in ROW]
    layer.decide(CASES, [d for d in on_rows if d.table == CASES])
    for table in rows:
        if table != CASES:
            layer.decide(table, [d for d in on_rows if d.table == table])
    layer.merge([d for d in decisions if d.do == "merge"])
    return layer.laid()


class _Layer:
    """One paper while its decisions are laid."""

    def __init__(self, doc_id: str, rows: Rows, text: str, done: set[str]) -> None:
        self.doc_id, self.rows, self.text, self.done = doc_id, rows, text, done
        self.items: list[Item] = []
        self.lost: list[tuple[Decision, str]] = []
        self.repeats: dict[str, Decision] = {}
        self.apart: list[Pair] = []
        self._added: dict[str, str] = {}  # decision -> the patient it added
        self._merged: dict[str, str] = {}
        self._ids = {row["record_id"] for part in rows.values() for row in part}

    def decide(self, table: str, decisions: list[Decision]) -> None:
        """Lay the decisions on one table: each reviewer's onto rows, then all of them together."""
        rows = self.rows[table]
        items = [Item(table, row) for row in rows]
        loose: list[Item] = []
        by: dict[tuple[str, bool], list[Sought]] = {}
        for d in decisions:
            by.setdefault((d.by, d.settles), []).append(Sought(d, self._spot(d), self.patient(d.patient)))
        for sought in by.values():
            for s, index in zip(sought, pair(sought, rows), strict=True):
                item = items[index] if index is not None else self._beside(table, s, loose)
                if item is not None:
                    item.said.append(s.decision)
        for item in (*items, *loose):
            self._conclude(item)
        self.items += [*items, *loose]

    def patient(self, ref: PatientRef | None) -> str | None:
        """The case_id that a decision means; None where she is not found."""
        if ref is not None and ref.added:
            return self._added.get(ref.added)
        return patient_in(self.rows[CASES], self.text, ref)

    def _spot(self, d: Decision) -> tuple[int, int] | None:
        return d.words.find(self.text) if d.words else None

    def _beside(self, table: str, s: Sought, loose: list[Item]) -> Item | None:
        """A row that nothing extracts: that of another reviewer's same decision, else a new one."""
        d = s.decision
        if s.spot is None:
            self.lost.append((d, "its words are not in the text"))
            return None
        for item in loose:
            other = item.said[0]
            spot = self._spot(other)
            if spot and overlap(spot, s.spot) and same_fact(table, other.row, d.row):
                return item
        item = Item(table, None)
        loose.append(item)
        return item

    def _conclude(self, item: Item) -> None:
        """What stands of a row after what was said of it."""
        item.final = dict(item.extracted) if item.extracted else None
        if not item.said:
            return
        item.said.sort(key=lambda d: d.at)
        item.verdict = verdict(item.said, self.done if item.extracted is None else ())
        d = item.verdict.decision
        if d is None:
            return
        if d.do == "reject":
            item.final = None
            return
        made = dict(item.extracted) if item.extracted else self._made(d, item.said)
        if made is None:
            return
        if d.to is not None:
            made["case_id"] = self.patient(d.to) or ""
            if not made["case_id"]:
                self.lost.append((d, "the patient it is moved to is not in the paper"))
                made["case_id"] = item.extracted["case_id"] if item.extracted else ""
        made |= d.row
        made |= codes(d.table, made)
        made |= {"reviewed": item.verdict.by, "confidence": "1", "check": "", "origin": _origin(d)}
        item.final = made if made["case_id"] else None

    def _made(self, d: Decision, said: Iterable[Decision]) -> Cells | None:
        """The row of a decision whose words no rule reads; None, and told, where its patient is unknown."""
        spot = self._spot(d)
        if d.do in ADDS and d.table == CASES:
            case_id = self._new_patient(said)
        else:
            case_id = self.patient(d.patient) or ("" if d.to is None else self.patient(d.to) or "")
        if spot is None or not case_id:
            self.lost.append((d, "its patient is not in the paper"))
            return None
        told = {name: d.found.get(name, "") for name in identity(d.table)}
        place = {"source": "text", "section": "", "page": "", "extractor": f"{BY_HAND}{d.do}", **d.place}
        key = record_key(d.table, case_id, told, self._ids)
        where = {"start": str(spot[0]), "end": str(spot[1]), "quote": self.text[spot[0] : spot[1]]}
        return {"doc_id": self.doc_id, "case_id": case_id, "record_id": key, **place, **where}

    def _new_patient(self, said: Iterable[Decision]) -> str:
        """A case_id for an added patient, whichever of the decisions on her others name."""
        taken = [number_of(row["case_id"]) for row in self.rows[CASES]]
        taken += [number_of(case_id) for case_id in self._added.values()]
        case_id = f"{self.doc_id}-{max(taken, default=0) + 1}"
        self._added |= {key: case_id for d in said for key in (d.id, d.replaces) if key}
        return case_id

    def merge(self, decisions: Iterable[Decision]) -> None:
        """Patients that are one: rows of the one go to the other; across papers the link alone is kept."""
        found, lost = pairs(decisions, self.patient, self.done)
        self.lost += lost
        for p in found:
            if p.without:
                self.apart.append(p)
            elif p.into_paper:
                self.repeats[p.one] = p.said[-1]
            else:
                self._merged[p.one] = p.other

    def laid(self) -> Laid:
        """The rows as they stand, patients that are gone with all of theirs."""
        cases = {i.final["case_id"]: i for i in self.items if i.table == CASES and i.final}
        for item in self.items:
            if item.final is None:
                continue
            case_id = self._last(item.final["case_id"])
            if item.table == CASES and case_id != item.final["case_id"] and case_id in cases:
                _fill(cases[case_id].final, item.final)
                item.final = None
            else:
                item.final["case_id"] = case_id
                if case_id not in cases:
                    item.final = None
        rows: Rows = {table: [] for table in self.rows}
        for item in self.items:
            if item.final is not None:
                rows[item.table].append(item.final)
        for part in rows.values():
            part.sort(key=lambda row: (number_of(row["case_id"]), *span(row)))
        return Laid(self.items, rows, _harmless(rows, self.text), self.lost, self.repeats, self.apart)

    def _last(self, case_id: str) -> str:
        seen = {case_id}
        while (case_id := self._merged.get(case_id, case_id)) not in seen:
            seen.add(case_id)
        return case_id


def _origin(d: Decision) -> str:
    if d.do in ADDS:
        return "added"
    return "extracted" if d.do == "accept" else "corrected"


def _fill(into: Cells | None, other: Cells) -> None:
    """What is empty in a patient's row takes what was told of the same patient elsewhere."""
    own = {column.name for column in FACT_TABLES[0].columns} - {"label", "page", "section", "reviewed"}
    for name in own if into is not None else ():
        if into is not None and not into.get(name):
            into[name] = other.get(name, "")


def _harmless(rows: Rows, text: str) -> str:
    """Quotes of added rows as `formulas` has those of all rows."""
    for part in rows.values():
        for row in part:
            if is_formula(row["quote"]):
                numbers: dict[str, list[dict[str, object]]] = {
                    "": [{"start": int(row["start"]), "end": int(row["end"]), "quote": row["quote"]}]
                }
                text = with_harmless_quotes(numbers, text)
                row |= {name: str(value) for name, value in numbers[""][0].items()}
    return text
