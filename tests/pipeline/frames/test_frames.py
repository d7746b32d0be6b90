"""Tables as frames: the types of the schema, nothing guessed, nothing lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import Config, UsageError
from pipeline.frames.load import Tables, counted_once, load, of_patient
from pipeline.frames.typed import dtype, frame, pieces
from pipeline.run import run
from pipeline.schema import BY_NAME, TABLES

SAMPLES = Path(__file__).resolve().parents[3] / "data/raw/samples"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, reading_here: None) -> Path:
    home = tmp_path_factory.mktemp("frames")
    (home / "raw").mkdir()
    for name in ("varga-2014-twins.pdf", "four-women-table.txt"):
        (home / "raw" / name).write_bytes((SAMPLES / name).read_bytes())
    run(Config(home / "raw", home / "out", 1, quiet=True), None)
    return home / "out"


def test_every_column_has_the_type_that_the_schema_says(out):
    tables = load(out)
    assert list(tables) == [table.name for table in TABLES]
    for table in TABLES:
        found = tables[table.name]
        assert [str(found[c.name].dtype) for c in table.columns] == [
            str(pd.Series(dtype=dtype(c)).dtype) for c in table.columns
        ]
        assert found.attrs["units"] == {c.name: c.unit for c in table.columns if c.unit}
    assert str(tables.labs["page"].dtype) == "Int64" and tables.labs["page"].isna().any()
    assert list(tables.labs["flag"].cat.categories) == ["low", "normal", "high"]
    assert tables.bmd["value"].min() < -2


def test_no_word_is_taken_for_a_missing_value():
    rows = [["NA", "NA-1", "nan", *[""] * (len(BY_NAME["labs"].header) - 3)]]
    assert frame(BY_NAME["labs"], rows).loc[0, ["doc_id", "analyte"]].tolist() == ["NA", "nan"]


def test_cells_and_files_and_pieces_give_the_same_frames(out):
    for table in TABLES:
        whole = load(out)[table.name]
        with (out / f"{table.name}.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))[1:]
        pd.testing.assert_frame_equal(frame(table, rows), whole)
        parts = list(pieces(out, table, rows=3))
        assert all(len(part) <= 3 for part in parts) and len(parts) == max(-(-len(rows) // 3), 1)
        pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)


def test_patients_told_of_twice_and_one_patient(out):
    tables = load(out)
    other = tables.labs.copy()
    other.loc[0, "duplicate_of"] = "elsewhere.txt-1"
    assert len(counted_once(other)) == len(other) - 1
    assert len(Tables(labs=other).once.labs) == len(other) - 1
    mine = of_patient(tables, "four-women-table.txt-2")
    assert "documents" not in mine and set(mine.labs["case_id"]) == {"four-women-table.txt-2"}
    with pytest.raises(AttributeError, match="no table drug; there are documents"):
        tables.drug  # noqa: B018
    assert "labs" in dir(tables)


def test_a_folder_without_tables_or_of_another_version_is_refused(out, tmp_path):
    with pytest.raises(UsageError, match=r"has no documents\.csv"):
        load(tmp_path)
    for table in TABLES:
        (tmp_path / f"{table.name}.csv").write_bytes((out / f"{table.name}.csv").read_bytes())
    (tmp_path / "labs.csv").write_text("doc_id,case_id\n")
    with pytest.raises(UsageError, match="not the columns of this version"):
        load(tmp_path)
