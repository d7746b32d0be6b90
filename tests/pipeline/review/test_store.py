"""Decisions on disk: read back as they were made, wrong lines told with file and line, nothing lost."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import UsageError
from pipeline.review import store
from pipeline.review.anchor import Words
from pipeline.review.decision import BadDecision, Decision, PaperRef, PatientRef, line, parse

PAPER = PaperRef("a.txt", "ab" * 32)


def note(why: str = "look again", by: str = "Anna Berg", at: str = "2026-03-01T10:00:00Z") -> Decision:
    return Decision("note", by, at, PAPER, why=why)


ANY = st.text(min_size=1, max_size=30).filter(lambda t: t.isprintable())


@given(exact=ANY, prefix=st.text(max_size=20), why=st.text(max_size=20), label=ANY)
def test_a_line_is_read_as_it_was_made(exact, prefix, why, label):
    words = Words(exact, prefix, "")
    made = Decision(
        "accept", "Anna", "2026-03-01", PAPER, table="drugs", words=words, row={"drug": "heparin"},
        patient=PatientRef(words, label), why=why, place={"page": "3"},
    )  # fmt: skip
    assert parse(line(made)) == made
    assert "\n" not in line(made)


ACCEPT = Decision("accept", "A", "2026-03-01", PAPER, table="labs", words=Words("x"), row={"value": "1"})
GOOD = json.loads(line(ACCEPT))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"do": "agree"}, "do is 'agree'"),
        ({"by": " "}, "no reviewer"),
        ({"at": "yesterday"}, "at is"),
        ({"table": "lab"}, "no table 'lab'"),
        ({"words": {"prefix": "x"}}, "no exact"),
        ({"row": {"value": "9,4"}}, "value is '9,4': give a number"),
        ({"row": {"value": "nan"}}, "out of bounds"),
        ({"row": {"flag": "elevated"}}, "give one of low, normal, high"),
        ({"row": {"colour": "red"}}, "labs has no column colour"),
        ({"row": {"analyte": ""}}, "analyte must not be empty"),
        ({"row": {"unit": "a\tb"}}, "control character"),
        ({"do": "add", "row": {"value": "1"}}, "analyte must not be empty"),
        ({"do": "move"}, "needs to"),
        ({"do": "exclude"}, "needs a reason"),
        ({"do": "undo"}, "needs replaces"),
        ({"paper": {}}, "needs a path"),
        ({"colour": "red"}, "unknown part colour"),
        ({"row": {"value": 1}}, "no object of texts"),
    ],
)
def test_wrong_lines_name_file_and_line(tmp_path, change, why):
    place = tmp_path / "anna/a.txt.jsonl"
    place.parent.mkdir()
    place.write_text("# decisions of Anna\n\n" + json.dumps({**GOOD, **change}) + "\n")
    with pytest.raises(UsageError) as error:
        store.read_all(tmp_path)
    assert "anna/a.txt.jsonl, line 3: " in str(error.value) and why in str(error.value)


def test_a_conflict_of_git_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_text("<<<<<<< HEAD\n")
    with pytest.raises(UsageError, match="line 1: a conflict of git"):
        store.read_all(tmp_path)


def test_lines_merged_twice_count_once_and_ids_are_not_shared(tmp_path):
    first = note()
    (tmp_path / "a.jsonl").write_text(f"{line(first)}\n{line(first)}\n")
    assert {k.decision.id for k in store.read_all(tmp_path)} == {first.id}
    other = note("other").__class__("note", "Ben", first.at, PAPER, id=first.id, why="other")
    (tmp_path / "b.jsonl").write_text(f"{line(other)}\n")
    with pytest.raises(UsageError, match=r"b\.jsonl, line 1: the id"):
        store.read_all(tmp_path)


def test_a_decision_that_cannot_be_followed_is_not_written(tmp_path):
    with pytest.raises(BadDecision):
        store.append(tmp_path, "a.txt", [note(by="")])
    assert list(tmp_path.iterdir()) == []


def _write(folder: Path, name: str) -> None:
    for n in range(60):
        store.append(folder, "a.txt", [note(f"{name} {n}" + "x" * 3000)])


def test_two_writers_at_once_lose_nothing(tmp_path):
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(tmp_path, name)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len({k.decision.why for k in store.read_all(tmp_path)}) == 180


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_line_cut_off_in_writing_is_no_decision_and_no_obstacle(tmp_path, cut):
    store.append(tmp_path, "a.txt", [note("one")])
    path = store.place_of(tmp_path, "Anna Berg", "a.txt")
    path.write_text(path.read_text() + line(note("two"))[:-cut])
    assert [k.decision.why for k in store.read_all(tmp_path)] == ["one"]
    store.append(tmp_path, "a.txt", [note("three", at="2026-03-02")])
    assert [k.decision.why for k in store.read_all(tmp_path)] == ["one", "three"]
    assert "# cut off: {" in path.read_text()


def test_a_last_line_without_its_end_is_kept(tmp_path):
    path = store.place_of(tmp_path, "Anna Berg", "a.txt")
    path.parent.mkdir()
    path.write_text(line(note("by hand")))
    store.append(tmp_path, "a.txt", [note("two", at="2026-03-02")])
    assert [k.decision.why for k in store.read_all(tmp_path)] == ["by hand", "two"]


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    store.append(tmp_path, "a.txt", [note("one")])
    path = store.place_of(tmp_path, "Anna Berg", "a.txt")
    before, write = path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[:40]))
    with pytest.raises(OSError, match="space"):
        store.append(tmp_path, "a.txt", [note("two")])
    assert path.read_bytes() == before


def test_names_lead_nowhere_else(tmp_path):
    for by in ("../../etc", "/root", "..", "a/b"):
        assert store.place_of(tmp_path, by, "a.txt").parent.parent == tmp_path


def test_who_asks_again_sees_what_others_have_written_meanwhile(tmp_path):
    known: store.Known = {}
    store.append(tmp_path, "a.txt", [note("one")])
    assert [k.decision.why for k in store.read_all(tmp_path, known)] == ["one"]
    store.append(tmp_path, "b.txt", [note("two", at="2026-03-02")])
    store.append(tmp_path, "a.txt", [note("three", at="2026-03-03")])
    assert [k.decision.why for k in store.read_all(tmp_path, known)] == ["one", "two", "three"]
    store.place_of(tmp_path, "Anna Berg", "a.txt").unlink()
    assert [k.decision.why for k in store.read_all(tmp_path, known)] == ["two"]
