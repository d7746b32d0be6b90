"""Reviewers who differ in what one of them alone has done: rows added, patients split and merged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.review.decision import Decision, PaperRef, PatientRef, check

PAPER = PaperRef("paper.txt", "0" * 64)
BOTH = ("Anna Berg", "Ben Ode")


def say(desk, do: str, by: str, **more) -> Decision:
    decision = Decision(do, by, f"2026-03-01T10:00:{len(desk.decisions):02}Z", PAPER, **more)
    desk.decisions.append(decision)
    return decision


def finish(desk, *names: str) -> None:
    for by in names or BOTH:
        say(desk, "done", by)


def merge(desk, by: str, one: int, other: int, **more) -> Decision:
    return say(desk, "merge", by, patient=desk.patient(one), to=desk.patient(other), **more)


def patients(laid) -> list[str]:
    return [r["case_id"] for r in laid.rows["cases"]]


def test_a_row_of_one_reviewer_stands_until_another_has_finished_without_it(desk):
    desk.add("fractures", "back pain one month", 2, site="rib")
    finish(desk, "Anna Berg")
    laid = desk.laid()
    assert [r["reviewed"] for r in laid.rows["fractures"] if r["site"] == "rib"] == ["Anna Berg"]
    assert not laid.disputed
    finish(desk, "Ben Ode")
    laid = desk.laid()
    assert "rib" not in [r["site"] for r in laid.rows["fractures"]]
    (item,) = laid.disputed
    assert item.verdict.without == ("Ben Ode",) and item.verdict.said[0].row["site"] == "rib"


def test_an_added_row_that_is_settled_stands_or_is_gone_and_takes_no_other_with_it(desk):
    added = desk.add("drugs", "She was given calcitonin", 2, drug="calcitonin", status="stopped")
    finish(desk)
    assert desk.laid().disputed
    stands = replace(added, by="Ben Ode", id="s1", settles=True)
    gone = replace(stands, do="reject", place={"extractor": "review/add"}, id="s2")
    check(gone)
    for settled, statuses in ((stands, ["given", "stopped"]), (gone, ["given"])):
        desk.decisions.append(settled)
        laid = desk.laid()
        told = sorted(r["status"] for r in laid.rows["drugs"] if r["drug"] == "calcitonin")
        assert told == statuses and not laid.disputed and not laid.lost
        desk.decisions.pop()


def test_a_split_that_is_settled_keeps_the_rows_that_were_moved_to_her(desk):
    new = desk.add("cases", "MRI showed fractures", 1, do="split", label="the sister", sex="F")
    desk.decide("move", desk.row("fractures", level="T9"), to=PatientRef(added=new.id))
    finish(desk)
    laid = desk.laid()
    assert len(patients(laid)) == 2 and [item.table for item in laid.disputed] == ["cases"]
    desk.decisions.append(replace(new, by="Ben Ode", id="settled", settles=True))
    laid = desk.laid()
    assert len(patients(laid)) == 3 and not laid.lost
    assert [r["case_id"] for r in laid.rows["fractures"] if r["level"] == "T9"] == ["paper.txt-3"]
    gone = replace(new, do="reject", place={"extractor": "review/split"}, by="Ben Ode", id="no", settles=True)
    desk.decisions[-1] = gone
    laid = desk.laid()
    assert patients(laid) == ["paper.txt-1", "paper.txt-2"] and not laid.disputed


def test_patients_merged_by_one_of_two_stay_two_until_it_is_settled(desk):
    merged = merge(desk, "Anna Berg", 2, 1)
    finish(desk, "Anna Berg")
    assert patients(desk.laid()) == ["paper.txt-1"]
    finish(desk, "Ben Ode")
    laid = desk.laid()
    assert patients(laid) == ["paper.txt-1", "paper.txt-2"]
    assert [(p.said, p.without) for p in laid.apart] == [((merged,), ("Ben Ode",))]
    desk.decisions.append(replace(merged, by="Carl Dahl", id="settled", settles=True))
    laid = desk.laid()
    assert patients(laid) == ["paper.txt-1"] and not laid.apart
    say(desk, "undo", "Carl Dahl", replaces="settled")
    say(desk, "undo", "Carl Dahl", replaces=merged.id, settles=True)
    laid = desk.laid()
    assert len(patients(laid)) == 2 and not laid.apart


def test_the_same_woman_said_the_other_way_round_or_over_a_third_is_no_difference(desk):
    third = [desk.add("cases", "a fracture of L1", 2, by=by, label="a third") for by in BOTH]
    merge(desk, "Anna Berg", 2, 1)
    merge(desk, "Ben Ode", 1, 2)
    for d, numbers in zip(third, ((1, 2), (2,)), strict=True):
        for number in numbers:
            to = {"patient": PatientRef(added=d.id), "to": desk.patient(number)}
            say(desk, "merge", d.by, **to)
    finish(desk)
    laid = desk.laid()
    assert not laid.apart and not laid.disputed and len(patients(laid)) == 1


@pytest.mark.parametrize(("label", "differ"), [("Case 1", False), ("Case 2", True)])
def test_two_reports_of_one_woman_by_two_reviewers(desk, label, differ):
    for by, name in zip(BOTH, ("Case 1", label), strict=True):
        to = PatientRef(label=name)
        say(desk, "merge", by, patient=desk.patient(1), to=to, into_paper=PaperRef("other.txt"))
    finish(desk)
    laid = desk.laid()
    assert [p.without for p in laid.apart] == ([("Ben Ode",), ("Anna Berg",)] if differ else [])
    assert list(laid.repeats) == ([] if differ else ["paper.txt-1"])


def test_a_row_corrected_twice_is_added_once(desk):
    first = desk.add("fractures", "back pain one month", 2, site="rib")
    second = desk.add("fractures", "back pain one month", 2, site="clavicle")
    third = desk.add("fractures", "back pain one month", 2, site="sternum")
    desk.decisions[1:] = [replace(second, replaces=first.id), replace(third, replaces=second.id)]
    assert [r["site"] for r in desk.laid().rows["fractures"] if r["origin"] == "added"] == ["sternum"]
    say(desk, "undo", "Anna Berg", replaces=third.id)
    assert [r["site"] for r in desk.laid().rows["fractures"] if r["origin"] == "added"] == ["clavicle"]
