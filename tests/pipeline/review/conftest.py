"""A paper with two patients, its extracted rows, and decisions on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.process import process
from pipeline.review.anchor import Words
from pipeline.review.decision import Decision, PaperRef, PatientRef, own_columns
from pipeline.review.lay import Laid, lay
from pipeline.review.rows import CASES, Cells, as_cells
from pipeline.review.store import Kept
from pipeline.review.verdicts import active
from pipeline.schema import BY_NAME
from pipeline.write.tables import cells

TEXT = """Two mothers with fractures

Case 1

A 31-year-old woman had back pain two weeks after delivery. MRI showed fractures of T8 and T9. Serum calcium
was 9.4 mg/dL and albumin 4.1 g/dL. She was given teriparatide 20 ug daily.

Case 2

A 28-year-old woman had back pain one month after delivery. MRI showed a fracture of L1. Serum calcium was
8.1 mg/dL. She was given calcitonin.
"""


class Desk:
    """A paper as a reviewer has it: its rows, and decisions that are made on them."""

    def __init__(self, folder: Path, text: str = TEXT) -> None:
        self.folder = folder
        self.decisions: list[Decision] = []
        self.read(text)

    def read(self, text: str) -> None:
        """Read another version of the paper."""
        path = self.folder / "paper.txt"
        path.write_text(text)
        (record,) = process(path, "paper.txt", "paper.txt")
        self.text = record.text or ""
        self.rows: dict[str, list[Cells]] = {
            name: [as_cells(name, cells(BY_NAME[name], row)) for row in part]
            for name, part in record.rows.items()
        }

    def row(self, table: str, **values: str) -> Cells:
        """The one extracted row with these values."""
        (found,) = [r for r in self.rows[table] if values.items() <= r.items()]
        return found

    def patient(self, number: int) -> PatientRef:
        row = self.rows[CASES][number - 1]
        return PatientRef(Words.at(self.text, int(row["start"]), int(row["end"])), row["label"])

    def decide(self, do: str, row: Cells, by: str = "Anna Berg", **more: Any) -> Decision:
        """Make a decision on an extracted row; `change` has the cells that are corrected."""
        change: dict[str, str] = more.pop("change", {})
        values = {c.name: row[c.name] for c in own_columns(self.table_of(row))}
        decision = Decision(
            do,
            by,
            f"2026-03-01T10:00:{len(self.decisions):02}Z",
            PaperRef("paper.txt", "0" * 64),
            table=self.table_of(row),
            words=Words.at(self.text, int(row["start"]), int(row["end"])),
            row={**values, **change},
            was={name: values[name] for name in change},
            patient=self.patient(int(row["case_id"][-1])),
            place={name: row[name] for name in ("source", "section", "page", "extractor")},
            **more,
        )
        self.decisions.append(decision)
        return decision

    def add(
        self, table: str, words: str, patient: int, by: str = "Anna Berg", do: str = "add", **row: str
    ) -> Decision:
        at = self.text.index(words)
        decision = Decision(
            do,
            by,
            f"2026-03-01T10:00:{len(self.decisions):02}Z",
            PaperRef("paper.txt", "0" * 64),
            table=table,
            words=Words.at(self.text, at, at + len(words)),
            row=row,
            patient=self.patient(patient),
        )
        self.decisions.append(decision)
        return decision

    def table_of(self, row: Cells) -> str:
        return next(name for name, part in self.rows.items() if any(r is row for r in part))

    def laid(self) -> Laid:
        kept = [Kept(d, "anna-berg/paper.txt.jsonl", n) for n, d in enumerate(self.decisions, 1)]
        laid = lay("paper.txt", self.rows, self.text, [k.decision for k in active(kept)])
        for part in laid.rows.values():
            for row in part:
                assert laid.text[int(row["start"]) : int(row["end"])] == row["quote"]
        return laid


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def told() -> Callable[..., list[tuple[str, ...]]]:
    """Some columns of a table's rows as they stand."""

    def read(laid: Laid, table: str, *names: str) -> list[tuple[str, ...]]:
        return [tuple(row[name] for name in names) for row in laid.rows[table]]

    return read
