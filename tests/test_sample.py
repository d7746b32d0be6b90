"""The sample of rows: the same rows for the same seed, with their words around."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

import pytest
import sample

from pipeline.cli import main

PAPER = """Case report

A 34-year-old woman had back pain. Serum calcium was 12.3 mg/dL. She took alendronate 70 mg weekly.
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, reading_here: None) -> Path:
    raw, out = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("out") / "tables"
    (raw / "one.txt").write_text(PAPER, encoding="utf-8")
    assert main(["run", str(raw), str(out), "--quiet"]) == 0
    return out


def test_draws_from_all_tables_by_seed(out: Path) -> None:
    every = sample.draw(out, 100, seed=1)
    assert sorted(d.table for d in every) == ["cases", "drugs", "labs"]
    assert sample.draw(out, 2, seed=3) == sample.draw(out, 2, seed=3)
    assert [d.table for d in sample.draw(out, 5, seed=1, tables=["labs"])] == ["labs"]


def test_a_row_is_told_with_its_words(out: Path) -> None:
    [drug] = sample.draw(out, 1, seed=1, tables=["drugs"], around=9)
    told = str(drug)
    assert "drug=alendronate" in told and "dose=70" in told and "record_id" not in told
    assert "She took [[alendronate 70 mg weekly]]." in told
