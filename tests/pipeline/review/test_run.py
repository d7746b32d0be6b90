"""Decisions over a whole run: read at the start, laid over the tables, told at the end."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from pipeline.config import Config, UsageError
from pipeline.process import process
from pipeline.review import store
from pipeline.review.anchor import Words
from pipeline.review.decision import Decision, PaperRef, PatientRef, own_columns
from pipeline.run import run
from pipeline.worker import read_paper

ONE = """A 31-year-old woman had back pain two weeks after delivery. MRI showed fractures of T8 and T9. Serum
calcium was 9.4 mg/dL. She was given teriparatide 20 ug daily.
"""
TWO = """A 31-year-old mother broke T8 and T9 two weeks after delivery. MRI showed a fracture of T8.
"""


@pytest.fixture
def go(raw, tmp_path, reading_here):
    """Read papers and give the closing summary."""

    def read(**files) -> str:
        stream = io.StringIO()
        run(Config(raw(**files), tmp_path / "out", 1), stream, read_paper)
        return stream.getvalue()

    return read


@pytest.fixture
def decide(tmp_path, rows):
    """Write a decision on the first row with these values in the tables."""

    def write(do: str, doc_id: str, table: str = "", of: tuple = (), **more) -> Decision:
        out = tmp_path / "out"
        (document,) = [d for d in rows(out, "documents") if d["doc_id"] == doc_id]
        d = Decision(do, "Anna Berg", "2026-03-01", PaperRef(document["path"], document["sha256"]), **more)
        if table:
            known = {("doc_id", doc_id), *of}
            row = next(r for r in rows(out, table) if known <= r.items())
            text = (out / f"text/{doc_id}.txt").read_text()
            values = {c.name: row[c.name] for c in own_columns(table)}
            words = Words.at(text, int(row["start"]), int(row["end"]))
            d = replace(d, table=table, words=words, row={**values, **d.row})
        store.append(tmp_path / "review", doc_id, [d])
        return d

    return write


def test_tables_summary_and_closing_words(go, decide, rows, tmp_path, contents):
    assert "Review:" not in go(one=ONE)
    before = contents(tmp_path / "out")
    low = {"value": "6.4", "flag": "low"}
    decide("correct", "one.txt", "labs", row=low, was={"value": "9.4", "flag": ""})
    decide("reject", "one.txt", "fractures", [("level", "T9")])
    decide("correct", "one.txt", "cases", row={"age_years": "32"}, was={"age_years": "31"})
    assert "Review: 3 decisions; rows: 2 corrected, 1 rejected." in go()
    (line,) = rows(tmp_path / "out", "summary")
    assert (line["age_years"], line["vertebral_levels"], line["labs_abnormal"]) == ("32", "T8", "calcium low")
    (lab,) = rows(tmp_path / "out", "labs")
    assert (lab["value"], lab["reviewed"], lab["origin"]) == ("6.4", "Anna Berg", "corrected")
    after = contents(tmp_path / "out")
    go()
    assert contents(tmp_path / "out") == after
    store.place_of(tmp_path / "review", "Anna Berg", "one.txt").unlink()
    go()
    assert contents(tmp_path / "out") == before


def test_an_excluded_paper_keeps_its_line_and_loses_its_rows(go, decide, rows, tmp_path):
    go(one=ONE, two=TWO)
    decide("exclude", "two.txt", why="a second report of the same woman")
    assert "1 papers excluded" in go()
    assert {r["doc_id"] for r in rows(tmp_path / "out", "cases")} == {"one.txt"}
    two = rows(tmp_path / "out", "documents")[1]
    assert two["cases"] == "0"
    assert "Excluded by Anna Berg on 2026-03-01: a second report" in two["message"]


def test_two_reports_of_one_woman(go, decide, rows, tmp_path):
    go(one=ONE, two=TWO)
    into = PatientRef(Words("31-year-old woman", "A ", " had back"))
    decide("merge", "two.txt", patient=PatientRef(label="x"), to=into, into_paper=PaperRef("one.txt"))
    assert "2 patients, 1 of them told in another file too" in go()
    links = [(r["case_id"], r["duplicate_of"]) for r in rows(tmp_path / "out", "summary")]
    assert links == [("one.txt-1", ""), ("two.txt-1", "one.txt-1")]


def test_a_paper_moved_and_changed_keeps_its_decisions(go, decide, rows, raw, tmp_path):
    go(one=ONE)
    decide("reject", "one.txt", "fractures", [("level", "T9")])
    folder = raw(**{"one.txt": ONE.replace("Serum", "Her serum")})
    go()
    assert [r["level"] for r in rows(tmp_path / "out", "fractures")] == ["T8"]
    (folder / "one.txt").unlink()
    go(**{"sub/other.txt": ONE})
    assert [r["level"] for r in rows(tmp_path / "out", "fractures")] == ["T8"]


def test_what_cannot_be_followed_is_told_and_kept(go, decide, raw, tmp_path):
    go(one=ONE, two=TWO)
    decide("accept", "one.txt", "labs")
    decide("exclude", "two.txt", why="no case")
    (raw() / "two.txt").unlink()
    told = go(one=ONE.replace("Serum\ncalcium was 9.4 mg/dL. ", ""))
    assert "Decisions that could not be followed (2); they are kept:" in told
    words = '"Serum calcium was 9.4 mg/dL"'
    assert f"line 1: accept labs {words} by Anna Berg: its words are not in the text" in told
    assert "exclude  by Anna Berg: its paper is not there" in told
    assert len(store.read_all(tmp_path / "review")) == 2


def test_a_wrong_line_stops_the_run_and_touches_nothing(go, tmp_path, contents):
    go(one=ONE)
    before = contents(tmp_path / "out")
    (tmp_path / "review").mkdir()
    (tmp_path / "review/notes.jsonl").write_text('{"do": "agree"}\n')
    with pytest.raises(UsageError, match=r"notes\.jsonl, line 1"):
        go(one=TWO)
    assert contents(tmp_path / "out") == before


def test_decisions_must_not_be_among_the_papers(raw, tmp_path):
    folder = raw(one=ONE)
    with pytest.raises(UsageError, match="overlap"):
        run(Config(folder, tmp_path / "out", 1, review=folder / "review"), None, process)
