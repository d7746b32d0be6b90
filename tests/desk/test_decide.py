"""What a reviewer does at the desk becomes decisions, and the next run's tables."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest
from in_process import read_here

from pipeline.config import Config
from pipeline.desk.views import Views
from pipeline.run import run

PDF, THREE, FOUR = "varga-2014-twins.pdf", "three-mothers-in-turn.txt", "four-women-table.txt"


def rows(home: Path, table: str, doc: str) -> list[dict[str, str]]:
    """A table's rows of a paper after another run."""
    with read_here():
        run(Config(home / "raw", home / "extracted", 1, quiet=True), None)
    with (home / f"extracted/{table}.csv").open(encoding="utf-8", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["doc_id"] == doc]


def test_the_list_and_the_state_of_a_paper(desk):
    assert desk.get("/").text.count("<tr data-state=") == 4
    assert 'data-state="unread"' in desk.get("/").text
    line = desk.lines(PDF)[0]
    assert desk.decide(PDF, "accept", key=line["key"], last="").status_code == 200
    assert desk.get("/").text.count('data-state="in review"') == 1
    desk.decide(PDF, "done")
    assert desk.get("/").text.count('data-state="done"') == 1
    desk.decide(PDF, "exclude", why="no individual patient")
    assert desk.get("/").text.count('data-state="excluded"') == 1
    desk.decide(PDF, "undo")
    assert desk.get("/").text.count('data-state="done"') == 1


def test_least_sure_first_and_heads_of_a_table(desk):
    labs = [x for x in desk.lines(PDF) if x["table"] == "labs"]
    sure = [float(x["words"].split("open ")[1].split()[0]) for x in labs]
    assert sure == sorted(sure)
    osteocalcin = desk.line(PDF, "labs", analyte="osteocalcin", value="17.9")
    assert "Osteocalcin (ng/mL) / 18 months: 17.9" in osteocalcin["words"]


def test_corrected_with_what_follows(desk, home):
    line = desk.line(PDF, "labs", analyte="calcium", value="9.6")
    answer = desk.decide(PDF, "correct", key=line["key"], last="", row={**line["cells"], "value": "8.6"})
    assert answer.status_code == 200
    (row,) = [r for r in rows(home, "labs", PDF) if r["value"] == "8.6"]
    assert (row["value_si"], row["origin"], row["reviewed"]) == ("2.146", "corrected", "Anna Berg")
    assert row["record_id"] == line["key"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"value": "high"}, "value is 'high'"),
        ({"flag": "up"}, "flag is 'up'"),
        ({"analyte": ""}, "must not be empty"),
    ],
)
def test_what_the_schema_forbids_is_refused_in_words(desk, change, why):
    line = desk.line(PDF, "labs", analyte="calcium", value="9.6")
    answer = desk.decide(PDF, "correct", key=line["key"], last="", row={**line["cells"], **change})
    assert answer.status_code == 422 and why in answer.text and desk.kept() == []


def test_rejected_moved_merged(desk, home):
    labs = [x for x in desk.lines(THREE) if x["table"] == "fractures"]
    desk.decide(THREE, "reject", key=labs[0]["key"], last="")
    other = next(x for x in labs if x["case"] != labs[0]["case"])
    desk.decide(THREE, "move", key=other["key"], last="", to=labs[0]["case"])
    before = [r["record_id"] for r in rows(home, "fractures", THREE)]
    assert labs[0]["key"] not in before and other["key"] in before
    moved = next(r for r in rows(home, "fractures", THREE) if r["record_id"] == other["key"])
    assert moved["case_id"] == labs[0]["case"]
    desk.decide(THREE, "merge", patient=f"{THREE}-3", to=f"{THREE}-1")
    assert {r["case_id"] for r in rows(home, "cases", THREE)} == {f"{THREE}-1", f"{THREE}-2"}


def test_two_reports_of_one_woman(desk, home):
    assert desk.decide(PDF, "merge", patient=f"{PDF}-1", to=f"{THREE}-2").status_code == 200
    (line,) = rows(home, "summary", PDF)
    assert line["duplicate_of"] == f"{THREE}-2"
    assert desk.decide(PDF, "merge", patient=f"{PDF}-1", to="nothing.txt-1").status_code == 404


def test_added_by_selection_and_a_new_patient(desk, home):
    text = (home / f"extracted/text/{THREE}.txt").read_text()
    at = text.index("vitamin D") if "vitamin D" in text else text.index("pain")
    said = {"table": "fractures", "start": at - 1, "end": at + 9, "patient": f"{THREE}-1"}
    assert desk.decide(THREE, "add", **said, row={"level": "T3"}).status_code == 422  # no site
    assert desk.decide(THREE, "add", **said, row={"site": "clavicle", "side": "left"}).status_code == 200
    (row,) = [r for r in rows(home, "fractures", THREE) if r["site"] == "clavicle"]
    assert row["origin"] == "added" and row["quote"].strip() == row["quote"] != ""
    assert row["quote"] == text[int(row["start"]) : int(row["end"])]
    split = {"table": "cases", "start": at, "end": at + 7, "patient": f"{THREE}-1", "row": {"sex": "F"}}
    assert desk.decide(THREE, "split", **split).status_code == 200
    added = desk.line(THREE, "fractures", site="clavicle")
    to = f"{THREE}-4"
    assert desk.decide(THREE, "move", key=added["key"], last=added["last"], to=to).status_code == 200
    assert [r["case_id"] for r in rows(home, "fractures", THREE) if r["site"] == "clavicle"] == [f"{THREE}-4"]


@pytest.mark.parametrize("place", [{}, (5, 5), (-1, 4), (0, 10**9)])
def test_nothing_is_added_without_words(desk, place):
    place = dict(zip(("start", "end"), place, strict=False))
    answer = desk.decide(THREE, "add", table="drugs", patient=f"{THREE}-1", row={}, **place)
    assert answer.status_code == 422 and "select the words" in answer.text


def test_two_windows(desk):
    line = desk.lines(PDF)[0]
    assert desk.decide(PDF, "accept", key=line["key"], last="").status_code == 200
    late = desk.decide(PDF, "reject", key=line["key"], last="")
    assert late.status_code == 409 and "meanwhile" in late.text
    again = desk.decide(PDF, "reject", key=line["key"], last=desk.lines(PDF)[0]["last"])
    assert again.status_code == 200
    assert [d.do for d in desk.kept()] == ["accept", "reject"]


def test_undo_goes_back_step_by_step(desk):
    line = desk.lines(PDF)[0]
    desk.decide(PDF, "accept", key=line["key"], last="")
    desk.decide(PDF, "reject", key=line["key"], last=desk.lines(PDF)[0]["last"])
    states = []
    for _ in range(2):
        desk.decide(PDF, "undo")
        states.append(desk.lines(PDF)[0]["state"])
    assert states == ["accepted", "open"]
    assert desk.decide(PDF, "undo").status_code == 404


def test_the_rest_is_accepted_in_one_go(desk, home):
    line = desk.lines(PDF)[0]
    desk.decide(PDF, "reject", key=desk.line(PDF, "fractures", level="T5")["key"], last="")
    assert desk.decide(PDF, "accept all").status_code == 200
    states = [x["state"] for x in desk.lines(PDF)]
    assert states.count("rejected") == 1 and set(states) == {"rejected", "accepted"} and line
    assert all(r["reviewed"] for r in rows(home, "labs", PDF))


def test_a_full_disk_is_told_and_nothing_is_half_kept(desk, monkeypatch):
    line = desk.lines(PDF)[0]
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[:20]))
    answer = desk.decide(PDF, "accept", key=line["key"], last="")
    monkeypatch.undo()
    assert answer.status_code == 507 and "nothing was kept" in answer.text
    assert desk.kept() == [] and desk.lines(PDF)[0]["state"] == "open"


def test_a_wrong_line_in_the_folder_is_told_on_the_page(desk, home):
    (home / "review").mkdir()
    (home / "review/hand.jsonl").write_text('{"do": "agree"}\n')
    answer = desk.get("/")
    assert answer.status_code == 422 and "hand.jsonl, line 1" in answer.text


def test_the_second_reviewer_sees_nothing_of_the_first(open_desk, home):
    anna, ben = open_desk("Anna Berg"), open_desk("Ben Ode")
    lines = [x for x in anna.lines(PDF) if x["table"] == "fractures"]
    anna.decide(PDF, "reject", key=lines[0]["key"], last="")
    anna.decide(PDF, "accept", key=lines[1]["key"], last="")
    anna.decide(PDF, "note", why="a note of Anna's")
    assert {x["state"] for x in ben.lines(PDF)} == {"open"}
    assert "Anna" not in ben.get(f"/paper/{PDF}").text
    ben.decide(PDF, "accept", key=lines[0]["key"], last="")
    ben.decide(PDF, "accept", key=lines[1]["key"], last="")
    anna.decide(PDF, "done")
    assert "Nothing to settle" in ben.get("/settle").text  # Ben is still at work
    ben.decide(PDF, "done")
    page = ben.get("/settle").text
    assert page.count("This one stands") == 2 and "1 to settle" in ben.get("/").text
    signed = {r["record_id"]: r["reviewed"] for r in rows(home, "fractures", PDF)}
    assert [signed[x["key"]] for x in lines[:2]] == ["", "Anna Berg; Ben Ode"]
    rejected = next(d for d in anna.kept() if d.do == "reject")
    assert ben.post(f"/settle/{PDF}", {"id": rejected.id}).status_code == 200
    assert "Nothing to settle" in ben.get("/settle").text
    assert len(rows(home, "fractures", PDF)) == len(lines) - 1


def test_pages_are_pictures_and_words_have_their_places(desk):
    picture = desk.get(f"/paper/{PDF}/page/1.png")
    assert picture.status_code == 200 and picture.content.startswith(b"\x89PNG")
    assert desk.get(f"/paper/{PDF}/pane").text.count('class="page"') == 2
    words = desk.get(f"/paper/{PDF}/words/1").text
    key = desk.line(PDF, "labs", analyte="osteocalcin", value="17.9")["key"]
    assert re.search(rf'data-at="(\d+ ){{3}}\d+" class="w m" data-r="{key}">17.9</span>', words)
    assert desk.get(f"/paper/{PDF}/words/3").status_code == 404


def test_columns_offer_the_words_of_the_lists(desk):
    columns = {c["name"]: c for c in desk.get("/columns/labs").json()}
    assert "parathyroid hormone" in columns["analyte"]["offered"]
    assert columns["flag"]["values"] == ["low", "normal", "high"] and columns["analyte"]["required"]
    drugs = {c["name"]: c for c in desk.get("/columns/drugs").json()}
    assert {"teriparatide", "zoledronic acid"} <= set(drugs["drug"]["offered"])


def test_the_process_that_was_warmed_is_the_one_that_reads(home, tmp_path):
    views = Views(tmp_path / "views", "program")
    try:
        views.warm()
        warmed = set(views._pool._processes)
        assert len(views.view(home / f"raw/{PDF}", "digest", 0)["pages"]) == 2
        assert len(warmed) == 1 and set(views._pool._processes) == warmed
    finally:
        views.close()
