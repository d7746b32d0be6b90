"""The review stage of a run: every paper's decisions laid over what was extracted from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.cache import Head, Patient, Stored
from pipeline.check.count import count
from pipeline.review.decision import Decision
from pipeline.review.lay import Laid, Rows, lay
from pipeline.review.match import patient_in
from pipeline.review.papers import Shelf, sorted_out
from pipeline.review.rows import CASES, as_cells, as_row, overlap, span, typed
from pipeline.review.store import Kept
from pipeline.review.verdicts import Exclusion, active, exclusion
from pipeline.schema import FACT_TABLES, SUMMARY, UNREAD
from pipeline.write.summary import summary_rows
from pipeline.write.tables import cells


@dataclass(frozen=True, slots=True)
class Lost:
    """A decision that a run could not follow: where it is written, and why."""

    kept: Kept
    why: str

    def __str__(self) -> str:
        d = self.kept.decision
        words = f' "{d.words.exact[:40]}"' if d.words else ""
        return f"{self.kept.file}, line {self.kept.number}: {d.do} {d.table}{words} by {d.by}: {self.why}"


@dataclass(slots=True)
class Told:
    """What the review did to a run's tables: rows by origin and rejected, papers left out, what is open."""

    decisions: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    excluded: int = 0
    disputed: int = 0
    lost: list[Lost] = field(default_factory=list)


class Review:
    """Decisions (see `store.read_all`) against the papers of a run, as rows of documents.csv."""

    def __init__(self, kept: Sequence[Kept], documents: Iterable[Mapping[str, Any]]) -> None:
        self.shelf = Shelf.of(documents) if kept else Shelf()
        self.by_paper, gone = sorted_out(self.shelf, kept)
        self.told = Told(len(kept), lost=[Lost(k, "its paper is not there") for k in active(gone)])
        self._repeats: dict[str, tuple[str, Decision]] = {}

    def excluded(self, doc_id: str) -> Exclusion:
        """Whether a paper is left out."""
        return exclusion(active(self.by_paper.get(doc_id, ())))

    def over(self, stored: Stored) -> Stored:
        """A record with its decisions laid over it; what was done is added to `told`."""
        doc_id = str(stored.head.document["doc_id"])
        kept = active(self.by_paper.get(doc_id, ()))
        out = exclusion(kept)
        laid = laid_over(stored, [k.decision for k in kept])
        by_id = {k.decision.id: k for k in kept}
        self.told.lost += [Lost(by_id[d.id], why) for d, why in laid.lost]
        self.told.disputed += len(laid.disputed) + len(laid.apart) + out.disputed
        if out.by:
            self.told.excluded += 1
            return _left_out(stored, out)
        self._repeats |= {case_id: (doc_id, d) for case_id, d in laid.repeats.items()}
        for item in laid.items:
            if item.verdict and item.verdict.decision is not None:
                self.told.rows[item.final["origin"] if item.final else "rejected"] += 1
        return _written(stored, laid)

    @property
    def papers(self) -> set[str]:
        """The papers that have decisions, or are named in one."""
        named = (k.decision.into_paper for kept in self.by_paper.values() for k in kept)
        return {*self.by_paper, *(d for ref in named if ref and (d := self.shelf.find(ref)))}

    def repeats(self, layer: Mapping[str, Stored]) -> dict[str, str]:
        """case_id -> that of the same patient in another paper, as reviewers have merged them."""
        found = {}
        for case_id, (paper, d) in self._repeats.items():
            other = self.shelf.find(d.into_paper) if d.into_paper else None
            stored = layer.get(other or "")
            into = patient_in(rows_of(stored)[CASES], stored.text or "", d.to) if stored else None
            if into:
                found[case_id] = into
            else:
                kept = next(k for k in self.by_paper[paper] if k.decision.id == d.id)
                self.told.lost.append(Lost(kept, "the patient it is merged into is not there"))
        return found


def rows_of(stored: Stored) -> Rows:
    """The rows of a record by column."""
    names = [table.name for table in FACT_TABLES]
    return {name: [as_cells(name, row) for row in stored.rows[name]] for name in names}


def laid_over(stored: Stored, decisions: list[Decision]) -> Laid:
    """The active decisions laid over a record."""
    return lay(str(stored.head.document["doc_id"]), rows_of(stored), stored.text or "", decisions)


def _written(stored: Stored, laid: Laid) -> Stored:
    rows = {name: [as_row(name, row) for row in part] for name, part in laid.rows.items()}
    rows[UNREAD.name] = _still_unread(stored.rows[UNREAD.name], laid)
    counts = {"cases": len(laid.rows[CASES]), "check": count(laid.rows), "unread": len(rows[UNREAD.name])}
    document = {**stored.head.document, **counts}
    values = {name: [typed(name, row) for row in part] for name, part in laid.rows.items()}
    rows[SUMMARY.name] = [cells(SUMMARY, row) for row in summary_rows(document, values)]
    patients = tuple(
        Patient(row["case_id"], row["label"], row["age_years"], row["sex"]) for row in laid.rows[CASES]
    )
    text = laid.text if stored.text is not None else None
    return Stored(Head(document, patients), rows, text)


def _still_unread(unread: list[list[str]], laid: Laid) -> list[list[str]]:
    """The numbers that no row accounts for, added ones included."""
    told = [span(row) for part in laid.rows.values() for row in part]
    start, end = UNREAD.header.index("start"), UNREAD.header.index("end")
    return [n for n in unread if not any(overlap((int(n[start]), int(n[end])), t) for t in told)]


def _left_out(stored: Stored, out: Exclusion) -> Stored:
    """A paper without rows, and why."""
    note = f"Excluded by {out.by} on {out.at[:10]}: {out.why}"
    message = f"{stored.head.document['message'] or ''} {note}".strip()
    document = {**stored.head.document, "cases": 0, "check": 0, "unread": 0, "message": message}
    return replace(stored, head=Head(document), rows={name: [] for name in stored.rows})
