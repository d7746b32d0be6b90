"""`import casebook`, as a notebook uses it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import casebook
from pipeline.config import Config
from pipeline.run import run
from pipeline.schema import TABLES

RAW = Path(__file__).resolve().parents[1] / "data/raw/samples"


@pytest.mark.parametrize("name", ["four-women-table.txt", "pubmed-export.nbib"])
def test_a_paper_read_alone_has_the_rows_of_a_run(name, tmp_path, reading_here):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / name).write_bytes((RAW / name).read_bytes())
    run(Config(tmp_path / "raw", tmp_path / "out", 1, quiet=True), None)
    loaded, alone = casebook.load(tmp_path / "out"), casebook.read(RAW / name)
    assert list(alone) == list(loaded) == [table.name for table in TABLES]
    for table in TABLES:
        pd.testing.assert_frame_equal(alone[table.name], loaded[table.name])
        assert alone[table.name].attrs == loaded[table.name].attrs
    assert dict(alone.texts) == dict(loaded.texts) != {}
    for row in alone.labs.itertuples():
        assert alone.texts[row.doc_id][row.start : row.end] == row.quote
    with pytest.raises(KeyError):
        loaded.texts["nothing"]


def test_what_cannot_be_read_is_told(tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    assert casebook.read(broken).documents["status"].tolist() == ["failed"]
    with pytest.raises(casebook.UsageError, match="is no file"):
        casebook.read(tmp_path)


def test_figures_are_at_hand():
    tables = casebook.read(RAW / "four-women-table.txt")
    assert casebook.figures.spine(tables.fractures).axes
    assert casebook.figures.course(tables, "four-women-table.txt-1").axes
    assert casebook.figures.__all__ == __import__("pipeline.figures").figures.__all__
    assert casebook.__version__ == "0.1.0"
