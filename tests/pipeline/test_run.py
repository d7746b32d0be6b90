import io
from pathlib import Path

import pytest
import scripted

from pipeline.config import Config, Limits, UsageError
from pipeline.run import Outcome, run
from pipeline.schema import FACT_TABLES, SUMMARY, TABLES

MANY = {f"paper-{n:02}": f"text of paper {n} patient:{20 + n}" for n in range(25)}


def go(raw: Path, out: Path, workers: int = 2, **more) -> Outcome:
    return run(Config(raw, out, workers, **more), io.StringIO(), scripted.read)


def test_run_writes_every_table_and_text(raw, tmp_path, rows):
    out = tmp_path / "out"
    outcome = go(raw(one="patient:31", **{"sub/two.txt": "patient:29 patient:33"}), out)
    assert outcome.exit_status == 0
    assert [(d["doc_id"], d["path"], d["cases"]) for d in rows(out, "documents")] == [
        ("one.txt", "one.txt", "1"),
        ("sub-two.txt", "sub/two.txt", "2"),
    ]
    assert [c["case_id"] for c in rows(out, "cases")] == ["one.txt-1", "sub-two.txt-1", "sub-two.txt-2"]
    assert [(s["case_id"], s["vertebral_levels"], s["age_years"]) for s in rows(out, "summary")] == [
        ("one.txt-1", "T8", "31"),
        ("sub-two.txt-1", "T8", "29"),
        ("sub-two.txt-2", "T8", "33"),
    ]
    assert (out / "text/one.txt.txt").read_text() == "patient:31"
    assert (out / "datapackage.json").is_file()
    for name in ("onset", "bmd", "labs", "drugs"):
        assert (out / f"{name}.csv").read_text().startswith("doc_id,case_id,")


def test_run_gives_the_same_bytes_for_any_number_of_workers_and_again(raw, tmp_path, contents):
    folder = raw(**MANY)
    go(folder, tmp_path / "one", workers=1)
    go(folder, tmp_path / "four", workers=4)
    first = contents(tmp_path / "one")
    assert len(first) == len(TABLES) + 2 + len(MANY)  # and the data package, and what the run was
    assert contents(tmp_path / "four") == first
    assert go(folder, tmp_path / "one").read == 0
    assert contents(tmp_path / "one") == first


def test_run_reads_only_what_changed(raw, tmp_path, rows):
    out = tmp_path / "out"
    folder = raw(**MANY)
    assert go(folder, out).read == 25
    raw(**{"paper-03": "now patient:44"})
    assert go(folder, out).read == 1
    assert [c["age_years"] for c in rows(out, "cases") if c["doc_id"] == "paper-03.txt"] == ["44"]
    assert go(folder, out, force=True).read == 25


def test_run_drops_what_is_gone(raw, tmp_path, rows):
    out = tmp_path / "out"
    folder = raw(stays="patient:30", goes="patient:31")
    go(folder, out)
    (folder / "goes.txt").unlink()
    go(folder, out)
    assert [d["doc_id"] for d in rows(out, "documents")] == ["stays.txt"]
    assert [p.name for p in (out / "text").iterdir()] == ["stays.txt.txt"]
    assert [p.name for p in (out / ".casebook/papers").iterdir()] == ["stays.txt.jsonl"]


def test_run_knows_a_paper_that_moved_by_its_new_path(raw, tmp_path, rows):
    out = tmp_path / "out"
    folder = raw(a="patient:30")
    go(folder, out)
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub/a.txt")
    assert go(folder, out).read == 1
    assert [(d["doc_id"], d["path"]) for d in rows(out, "documents")] == [("sub-a.txt", "sub/a.txt")]


def test_run_of_an_empty_folder_writes_headers(raw, tmp_path, rows):
    assert go(raw(), tmp_path / "out").exit_status == 0
    assert rows(tmp_path / "out", "documents") == []


def test_run_makes_a_cut_off_cache_entry_again(raw, tmp_path, contents):
    out = tmp_path / "out"
    folder = raw(a="patient:30", b="patient:31", c="patient:32")
    go(folder, out)
    before = contents(out)
    entries = out / ".casebook/papers"
    whole = (entries / "a.txt.jsonl").read_bytes()
    (entries / "a.txt.jsonl").write_bytes(whole[:-20])
    (entries / "b.txt.jsonl").write_bytes(b"\xff rubbish")
    (entries / "c.txt.jsonl").write_bytes(b"")
    assert go(folder, out).read == 3
    assert contents(out) == before


def test_run_reads_all_again_for_another_program(raw, tmp_path, monkeypatch):
    folder = raw(a="patient:30", b="patient:31")
    go(folder, tmp_path / "out")
    monkeypatch.setattr("pipeline.run.fingerprint", lambda *_: "0" * 32)
    assert go(folder, tmp_path / "out").read == 2


def test_run_gives_records_of_one_file_ids_of_their_own(raw, tmp_path, rows):
    out = tmp_path / "out"
    folder = raw(**{"x.txt": "many 5", "x.txt-1": "patient:30"})
    go(folder, out)
    ids = [d["doc_id"] for d in rows(out, "documents")]
    # the record 1 must not take the name of the file x.txt-1, nor the second 0 that of the first
    assert ids == [f"x.txt-{n}" for n in ("0", "1-2", "2", "0-2", "1-3", "1")]
    assert [c["case_id"] for c in rows(out, "cases")] == [f"{i}-1" for i in ids]
    assert {p.name.removesuffix(".txt") for p in (out / "text").iterdir()} == set(ids)
    assert (out / "text/x.txt-1.txt").read_text() == "patient:30"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a": "same patient:30", "b": "same patient:30"}, {"b.txt-1": "a.txt-1"}, id="same bytes"
        ),
        pytest.param(
            {"a": "a doi=10.1/x patient:30", "b": "b doi=10.1/x patient:30"},
            {"b.txt-1": "a.txt-1"},
            id="same doi",
        ),
        pytest.param(
            {"a": "a pmid=7 patient:30", "b": "b pmid=7 patient:30"}, {"b.txt-1": "a.txt-1"}, id="same pmid"
        ),
        pytest.param(
            {"a": "coverage=abstract doi=10.1/x", "b": "doi=10.1/x patient:30"},
            {"a.txt-1": "b.txt-1"},
            id="the full text stands",
        ),
        pytest.param(
            {"a": "doi=10.1/x patient:30 patient:40", "b": "doi=10.1/x patient:40"},
            {"b.txt-1": "a.txt-2"},
            id="patient known by age",
        ),
        pytest.param(
            {"a": "doi=10.1/x patient:30 patient:40", "b": "doi=10.1/x patient:50"}, {}, id="another patient"
        ),
        pytest.param({"a": "doi=10.1/x pmid=1", "b": "doi=10.1/x pmid=2"}, {}, id="pmids differ"),
        pytest.param({"a": "doi=10.1/x patient:30", "b": "doi=10.1/y patient:30"}, {}, id="other papers"),
    ],
)
def test_run_counts_patients_told_twice_once(raw, tmp_path, rows, files, expected):
    out = tmp_path / "out"
    go(raw(**files), out)
    for table in (*FACT_TABLES, SUMMARY):
        found = rows(out, table.name)
        told_twice = {r["case_id"]: r["duplicate_of"] for r in found if r["duplicate_of"]}
        here = {r["case_id"] for r in found}
        assert told_twice == {case: other for case, other in expected.items() if case in here}, table.name
    assert {r["case_id"] for r in rows(out, "fractures")} >= expected.keys()
    for doc_id in {case.rsplit("-", 1)[0] for case in expected}:
        document = next(d for d in rows(out, "documents") if d["doc_id"] == doc_id)
        assert document["status"] == "warning"
        assert "Same paper as" in document["message"]


def test_run_forgets_a_duplicate_when_the_other_is_gone(raw, tmp_path, rows):
    out = tmp_path / "out"
    folder = raw(a="same patient:30", b="same patient:30")
    go(folder, out)
    (folder / "a.txt").unlink()
    go(folder, out)
    assert [(s["case_id"], s["duplicate_of"]) for s in rows(out, "summary")] == [("b.txt-1", "")]
    assert rows(out, "documents")[0]["status"] == "ok"


def test_run_refuses_folders_that_cannot_be_meant(raw, tmp_path):
    folder = raw(a="patient:30")
    for config in (
        Config(tmp_path / "nowhere", tmp_path / "out"),
        Config(folder / "a.txt", tmp_path / "out"),
        Config(folder, folder),
        Config(folder, folder / "a.txt"),
    ):
        with pytest.raises(UsageError):
            run(config, io.StringIO(), scripted.read)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Limits(seconds=0), id="no time"),
        pytest.param(lambda: Limits(seconds=float("nan")), id="no number"),
        pytest.param(lambda: Limits(memory_mb=10), id="too little memory"),
        pytest.param(lambda: Config(workers=0), id="no worker"),
        pytest.param(lambda: Config(workers=10_000), id="too many workers"),
    ],
)
def test_config_refuses_nonsense(make):
    with pytest.raises(UsageError):
        make()


def test_run_says_what_it_found_and_what_failed(raw, tmp_path):
    said = io.StringIO()
    folder = raw(good="patient:30", broken="bad at byte 7", again="patient:30")
    outcome = run(Config(folder, tmp_path / "out", 1), said, scripted.read)
    assert outcome.exit_status == 1
    text = said.getvalue()
    assert "3 records (1 ok, 1 warning, 1 failed)" in text
    assert "2 patients, 1 of them told in another file too." in text
    assert "fractures 2" in text
    assert "broken.txt: E03:" in text
    assert f"casebook show DOC_ID --out {tmp_path / 'out'}" in text
    said = io.StringIO()
    run(Config(folder, tmp_path / "out", 1, quiet=True), said, scripted.read)
    assert said.getvalue() == ""
