"""What reviewers differ in is listed, and ended by one of the decisions or by none of the kind."""

from __future__ import annotations

import html
import re

import pytest

from pipeline.config import Config
from pipeline.desk.shelf import Papers

THREE = "three-mothers-in-turn.txt"
BOTH = ("Anna Berg", "Ben Ode")


@pytest.fixture
def both(open_desk):
    """The desks of two reviewers, and what finishes the paper at both."""
    desks = [open_desk(name) for name in BOTH]

    def finish() -> None:
        for desk in desks:
            desk.decide(THREE, "done")

    return *desks, finish


def standing(home, table: str) -> list[dict[str, str]]:
    """The rows of a table as all decisions together leave them."""
    from pipeline.review.stage import laid_over
    from pipeline.review.verdicts import active

    papers = Papers.of(Config(home / "raw", home / "extracted", 1))
    kept = active(papers.decisions()[THREE])
    return laid_over(papers.stored(THREE), [k.decision for k in kept]).rows[table]


def asked(desk) -> list[tuple[str, str]]:
    """(id, words) of every button of the page, those for 'none of the kind' with a leading '!'."""
    page = desk.get("/settle").text
    found = re.findall(r'data-settle="(\w+)"( data-without)?>([^<]+)<', page)
    return [(key, f"{'!' if without else ''}{html.unescape(words)}") for key, without, words in found]


def add(desk, **row: str):
    at = {"table": "fractures", "start": 30, "end": 40, "patient": f"{THREE}-1"}
    return desk.decide(THREE, "add", **at, row={"site": "clavicle", **row})


@pytest.mark.parametrize("stands", [True, False])
def test_a_row_that_one_of_two_has_added(both, home, stands):
    anna, ben, finish = both
    assert add(anna).status_code == 200
    finish()
    assert [words for _, words in asked(ben)] == ["This one stands", "!There is no such row"]
    assert "Ben Ode</strong>: no such row" in ben.get("/settle").text
    assert "clavicle" not in [r["site"] for r in standing(home, "fractures")]
    key = asked(ben)[0][0]
    assert ben.post(f"/settle/{THREE}", {"id": key, "without": not stands}).status_code == 200
    assert asked(ben) == []
    assert ("clavicle" in [r["site"] for r in standing(home, "fractures")]) is stands


@pytest.mark.parametrize("stands", [True, False])
def test_patients_that_one_of_two_has_merged(both, home, stands):
    anna, ben, finish = both
    anna.decide(THREE, "merge", patient=f"{THREE}-3", to=f"{THREE}-1")
    finish()
    assert [words for _, words in asked(ben)] == ["This one stands", "!They are two"]
    assert len(standing(home, "cases")) == 3
    key = asked(ben)[0][0]
    assert ben.post(f"/settle/{THREE}", {"id": key, "without": not stands}).status_code == 200
    assert asked(ben) == [] and len(standing(home, "cases")) == (2 if stands else 3)


def test_where_all_have_spoken_one_of_them_has_to_be_chosen(both):
    anna, ben, finish = both
    add(anna, grade="1")
    add(ben, grade="3")
    finish()
    said = asked(ben)
    assert [words for _, words in said] == ["This one stands"] * 2
    answer = ben.post(f"/settle/{THREE}", {"id": said[0][0], "without": True})
    assert answer.status_code == 422 and "choose one of them" in answer.text
    for grade in ("1", "3"):
        assert f"grade</span> {grade}<" in ben.get("/settle").text


def test_settling_whether_a_paper_counts_leaves_its_rows_to_settle(both):
    anna, ben, _finish = both
    line = anna.lines(THREE)[0]
    anna.decide(THREE, "reject", key=line["key"], last="")
    ben.decide(THREE, "accept", key=line["key"], last="")
    anna.decide(THREE, "done")
    ben.decide(THREE, "exclude", why="review or guideline")
    assert len(asked(anna)) == 4
    included = next(d for d in anna.kept() if d.do == "done")
    assert anna.post(f"/settle/{THREE}", {"id": included.id}).status_code == 200
    assert len(asked(anna)) == 2
