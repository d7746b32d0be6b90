"""Every loader reads the tables without options: what is in them, as what type, and no formula."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.cli import main
from pipeline.config import Config, UsageError
from pipeline.export import formats, workbook
from pipeline.frames import typed
from pipeline.frames.load import Tables, load
from pipeline.run import run
from pipeline.schema import TABLES

#: Numbers that a comma for a point would make thousands of, words that programs take for something else,
#: letters outside of Latin-1.
ODD = """=1+1 and "Münch", a café; 骨

Case report

A 30-year-old woman had back pain two weeks after delivery. MRI showed fractures of T8 and L1. Calcium was
9.4 mg/dL (8.5-10.5), creatinine 0.612 mg/dL, 25(OH)D 1.259 µg/L. T-score at the lumbar spine was -3.25
(Z -2.0). The bone mineral density of the femoral neck was 0.655 g/cm². Alendronate 70 mg weekly was given.
"""
_R = """
for (file in commandArgs(TRUE)) {
  sex <- if ("sex" %in% names(read.csv(file, nrows = 1))) c(sex = "character") else NA  # "F" is false
  d <- read.csv(file, colClasses = sex)
  cat(sapply(d, class), sep = ",", file = sub("csv$", "classes", file))
  write.csv(d, sub("csv$", "r", file), row.names = FALSE, na = "", quote = TRUE)
}
"""
#: Every sheet into a file of its own, in UTF-8, cells as they are and not as shown.
_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
_GERMAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"
><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item></oor:items>
"""
SAMPLES = Path(__file__).resolve().parents[3] / "data/raw/samples"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, reading_here: None) -> Path:
    """A folder with every format, made by the command in pieces of three rows."""
    home = tmp_path_factory.mktemp("export")
    (home / "raw").mkdir()
    (home / "raw/odd.txt").write_text(ODD, encoding="utf-8")
    shutil.copy(SAMPLES / "varga-2014-twins.pdf", home / "raw")
    run(Config(home / "raw", home / "out", 1, quiet=True), None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typed, "PIECE", 3)
        assert main(["export", str(home / "out")]) == 0
    return home / "out"


@pytest.fixture(scope="module")
def tables(out: Path) -> Tables:
    found = load(out)
    assert {9.4, 0.612, 1.259} <= set(found.labs["value"]) and {-3.25, 0.655} <= set(found.bmd["value"])
    return found


def same(found: list[tuple[Any, ...]], expected: pd.DataFrame) -> None:
    """Row by row, a missing value as None."""
    wanted = expected.astype(object).where(expected.notna(), None)
    assert [tuple(row) for row in found] == list(wanted.itertuples(index=False, name=None))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_duckdb_and_sqlite(out, tables, table):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(out / "casebook.duckdb"), read_only=True) as base:
        same(base.execute(f"SELECT * FROM {table.name} ORDER BY rowid").fetchall(), tables[table.name])
        kinds = dict(base.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table.name})").fetchall())
        units = dict(
            base.execute("SELECT name, unit FROM columns WHERE table_name = ?", [table.name]).fetchall()
        )
    kind = {"integer": "BIGINT", "number": "DOUBLE", "string": "VARCHAR"}
    assert kinds == {c.name: kind[c.type] for c in table.columns}
    assert units == {c.name: c.unit for c in table.columns}
    with closing(sqlite3.connect(out / "casebook.sqlite")) as base:
        same(base.execute(f"SELECT * FROM {table.name} ORDER BY rowid").fetchall(), tables[table.name])
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_in_duckdb_and_polars(out, tables, table):
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    place = str(out / f"{table.name}.parquet")
    same(duckdb.sql(f"SELECT * FROM '{place}'").fetchall(), tables[table.name])
    found = polars.read_parquet(place)
    same(found.rows(), tables[table.name])
    kind = {"integer": polars.Int64, "number": polars.Float64, "string": polars.String}
    assert [found.schema[c.name] for c in table.columns] == [kind[c.type] for c in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_in_duckdb_polars_and_pandas_without_options(out, tables, table):
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    place = out / f"{table.name}.csv"
    expected = tables[table.name]
    for found in (polars.read_csv(place), pd.read_csv(place)):
        assert list(found.columns) == list(table.header) and len(found) == len(expected)
    read = duckdb.sql(f"SELECT * FROM '{place}'")
    assert read.columns == list(table.header) and len(read.fetchall()) == len(expected)
    for column in table.columns:
        if column.type == "number" and expected[column.name].notna().any():
            plain = pd.read_csv(place)[column.name]
            assert plain.tolist() == pytest.approx(expected[column.name].tolist(), nan_ok=True)
            assert polars.read_csv(place)[column.name].dtype in (polars.Float64, polars.Int64)


def test_excel_shows_words_as_words_and_numbers_as_numbers(out, tables):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(out / "casebook.xlsx")
    assert book.sheetnames == [*(table.name for table in TABLES), "columns"]
    for table in TABLES:
        head, *rows = book[table.name].iter_rows()
        assert tuple(cell.value for cell in head) == table.header
        same([tuple(cell.value for cell in row) for row in rows], tables[table.name])
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}  # no formula ("f")
        assert not any(cell.hyperlink for row in rows for cell in row)
    titles = [row[4].value for row in book["documents"].iter_rows()]
    assert any(title.startswith("'=1+1") and "Münch" in title and "骨" in title for title in titles)


def test_the_same_tables_give_the_same_workbook(out, tmp_path):
    workbook.xlsx(out, tmp_path)
    assert (tmp_path / "casebook.xlsx").read_bytes() == (out / "casebook.xlsx").read_bytes()


def test_more_than_excel_holds(out, tmp_path, monkeypatch):
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(workbook, "_LETTERS", 10)
    workbook.xlsx(out, tmp_path)
    titles = [
        row[4].value for row in openpyxl.load_workbook(tmp_path / "casebook.xlsx")["documents"].iter_rows()
    ]
    assert any(
        title and title.startswith("'=1+1") and len(title) == 10 and title.endswith("…") for title in titles
    )


def test_a_table_of_more_rows_than_excel_holds_stops_the_export_before_it_writes(
    out, tables, tmp_path, monkeypatch
):
    openpyxl = pytest.importorskip("openpyxl")
    most = max(len(tables[table.name]) for table in TABLES)
    folder = tmp_path / "out"
    shutil.copytree(out, folder, ignore=shutil.ignore_patterns("casebook.*", "*.parquet"))
    monkeypatch.setattr(workbook, "_ROWS", most)  # with the header, one too many
    with pytest.raises(UsageError, match=f"has more than the {most - 1} rows that a sheet of Excel holds"):
        formats.export(folder, ("xlsx", "sqlite"))
    assert not list(folder.glob("casebook.*")) and not list(folder.glob(".export-*"))
    monkeypatch.setattr(workbook, "_ROWS", most + 1)
    formats.export(folder, ("xlsx",))
    book = openpyxl.load_workbook(folder / "casebook.xlsx", read_only=True)
    assert max(sheet.max_row for sheet in book if sheet.title != "columns") == most + 1


def test_no_cell_of_a_csv_file_calculates(out):
    for table in TABLES:
        numbers = {c.name for c in table.columns if c.type != "string"}
        with (out / f"{table.name}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for name, cell in row.items():
                    begins = cell.startswith(("=", "+", "@", "\t"))
                    assert name in numbers or len(cell) < 2 or cell in ("<=", ">=") or not begins, cell


def test_formats_are_checked_before_anything_is_read(tmp_path, capsys, monkeypatch):
    (tmp_path / "raw").mkdir()
    command = ["run", str(tmp_path / "raw"), str(tmp_path / "out"), "--quiet", "--format"]
    assert main([*command, "parquet,dbf"]) == 2
    assert "no format dbf: there are csv, duckdb, parquet" in capsys.readouterr().err
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    assert main([*command, "xlsx"]) == 2
    assert "xlsx needs xlsxwriter: pip install" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main([*command, "csv, sqlite"]) == 0
    assert sorted(path.name for path in (tmp_path / "out").glob("casebook.*")) == ["casebook.sqlite"]


def cells(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def same_cells(found: list[dict[str, str]], expected: pd.DataFrame, point: str = ".") -> None:
    """Cell by cell: words as they are, numbers as numbers, nothing where nothing is."""
    assert len(found) == len(expected)
    for row, (_, wanted) in zip(found, expected.iterrows(), strict=True):
        for name, value in wanted.items():
            cell = row[str(name)]
            if pd.isna(value):
                assert cell == "", (name, cell)
            elif isinstance(value, str):
                assert cell == value, name
            else:
                assert point == "." or "." not in cell, (name, cell)
                assert float(cell.replace(point, ".")) == pytest.approx(value), name


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no R: apt install r-base-core")
def test_r_reads_every_table_if_told_that_sex_is_words(out, tables, tmp_path) -> None:
    files = [Path(shutil.copy(out / f"{table.name}.csv", tmp_path)) for table in TABLES]
    subprocess.run(["Rscript", "-e", _R, *files], capture_output=True, timeout=120, check=True)
    for table, file in zip(TABLES, files, strict=True):
        same_cells(cells(file.with_suffix(".r")), tables[table.name])
        kinds = file.with_suffix(".classes").read_text(encoding="utf-8").split(",")
        for column, kind in zip(table.columns, kinds, strict=True):
            told = tables[table.name][column.name].notna().any()
            numeric = kind in ("integer", "numeric")
            assert not told or column.type == "string" or numeric, (table.name, column.name, kind)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no LibreOffice: apt install libreoffice-calc-nogui"
)
def test_libreoffice_in_germany_has_the_numbers_of_the_workbook(out, tables, tmp_path) -> None:
    (tmp_path / "profile/user").mkdir(parents=True)
    (tmp_path / "profile/user/registrymodifications.xcu").write_text(_GERMAN, encoding="utf-8")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
               _SHEETS, "--outdir", tmp_path, out / "casebook.xlsx"]  # fmt: skip
    subprocess.run(
        command, capture_output=True, timeout=300, check=True, env={**os.environ, "HOME": str(tmp_path)}
    )
    for table in TABLES:
        same_cells(cells(tmp_path / f"casebook-{table.name}.csv"), tables[table.name], ",")
