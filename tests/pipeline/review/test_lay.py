"""Decisions over the rows of one paper, in the text they were made on and in others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.review.decision import Decision, PatientRef


def one(laid, table, **values):
    (row,) = [r for r in laid.rows[table] if values.items() <= r.items()]
    return row


def test_without_decisions_nothing_changes(desk):
    laid = desk.laid()
    assert laid.rows == desk.rows and laid.text == desk.text and not laid.lost


def test_accepted_corrected_rejected(desk):
    desk.decide("accept", desk.row("labs", analyte="albumin"))
    desk.decide("correct", desk.row("labs", value="9.4"), change={"value": "9.6"})
    desk.decide("reject", desk.row("fractures", level="T9"))
    laid = desk.laid()
    albumin, calcium = one(laid, "labs", analyte="albumin"), one(laid, "labs", value="9.6")
    assert (albumin["reviewed"], albumin["origin"], albumin["confidence"]) == ("Anna Berg", "extracted", "1")
    assert (calcium["reviewed"], calcium["origin"]) == ("Anna Berg", "corrected")
    assert calcium["record_id"] == desk.row("labs", value="9.4")["record_id"]
    assert [r["level"] for r in laid.rows["fractures"]] == ["T8", "L1"]
    untouched = one(laid, "labs", value="8.1")
    assert (untouched["reviewed"], untouched["origin"]) == ("", "extracted")


def test_decisions_outlive_sentences_in_front_and_behind(desk):
    desk.decide("correct", desk.row("labs", value="9.4"), change={"value": "9.6"})
    desk.decide("reject", desk.row("fractures", level="T9"))
    longer = desk.text.replace("A 31-year-old", "We tell it all. A 31-year-old")
    desk.read(f"{longer}\nSerum calcium was 9.9 mg/dL.\n")
    laid = desk.laid()
    assert one(laid, "labs", value="9.6")["reviewed"] == "Anna Berg"
    assert "T9" not in [r["level"] for r in laid.rows["fractures"]] and not laid.lost


def test_a_signed_row_stands_where_rules_read_otherwise_or_not_at_all(desk):
    desk.decide("accept", desk.row("labs", analyte="albumin"))
    desk.decide("accept", desk.row("labs", value="9.4"))
    before = desk.row("labs", analyte="albumin")
    desk.rows["labs"].remove(before)  # a newer rule that reads nothing
    desk.row("labs", value="9.4").update(value="94", unit="")  # and one that reads it otherwise
    laid = desk.laid()
    albumin = one(laid, "labs", analyte="albumin")
    unsigned = {"confidence": "", "reviewed": "", "duplicate_of": ""}  # the last is written with the tables
    assert {**albumin, **unsigned} == {**before, **unsigned}
    assert one(laid, "labs", value="9.4")["unit"] == "mg/dL"
    assert len(laid.rows["labs"]) == 3


def test_decisions_whose_words_are_gone_are_told(desk):
    accepted = desk.decide("accept", desk.row("labs", analyte="albumin"))
    rejected = desk.decide("reject", desk.row("fractures", level="L1"))
    desk.read(desk.text.replace(" and albumin 4.1 g/dL", "").replace("a fracture of L1", "nothing"))
    laid = desk.laid()
    assert {d.id for d, _ in laid.lost} == {accepted.id, rejected.id}
    assert "albumin" not in [r["analyte"] for r in laid.rows["labs"]]


def test_added_rows_are_there_once_whatever_the_rules_learn(desk):
    row = {"drug": "calcitonin", "status": "stopped"}
    desk.add("drugs", "She was given calcitonin", 2, **row)
    laid = desk.laid()
    assert [r["drug"] for r in laid.rows["drugs"]].count("calcitonin") == 2  # another fact than "given"
    desk.row("drugs", drug="calcitonin")["status"] = "stopped"  # now a rule reads it as well
    laid = desk.laid()
    added = one(laid, "drugs", drug="calcitonin")
    assert (added["origin"], added["reviewed"], added["case_id"]) == ("added", "Anna Berg", "paper.txt-2")


def test_moved_to_another_patient(desk):
    desk.decide("move", desk.row("labs", analyte="albumin"), to=desk.patient(2))
    row = one(desk.laid(), "labs", analyte="albumin")
    assert (row["case_id"], row["origin"]) == ("paper.txt-2", "corrected")


def test_a_rejected_patient_goes_with_all_her_rows(desk):
    desk.decide("reject", desk.rows["cases"][1])
    laid = desk.laid()
    assert {r["case_id"] for part in laid.rows.values() for r in part} == {"paper.txt-1"}


def test_two_patients_that_are_one(desk):
    desk.decide("accept", desk.rows["cases"][1])
    merge = desk.decisions.pop()
    merge = replace(merge, do="merge", table="", patient=desk.patient(2), to=desk.patient(1))
    desk.decisions.append(merge)
    laid = desk.laid()
    assert {r["case_id"] for part in laid.rows.values() for r in part} == {"paper.txt-1"}
    assert sum(map(len, laid.rows.values())) == sum(map(len, desk.rows.values())) - 1


def test_one_patient_that_is_two(desk):
    new = desk.add("cases", "MRI showed fractures", 1, do="split", label="the sister", sex="F")
    desk.decide("move", desk.row("fractures", level="T9"), to=PatientRef(added=new.id))
    laid = desk.laid()
    assert one(laid, "fractures", level="T9")["case_id"] == "paper.txt-3"
    assert one(laid, "cases", label="the sister")["case_id"] == "paper.txt-3"
    desk.decisions.pop(0)  # the split is gone, the move has nowhere to go
    laid = desk.laid()
    assert one(laid, "fractures", level="T9")["case_id"] == "paper.txt-1" and len(laid.lost) == 1


def test_undone_and_decided_again(desk):
    row = desk.row("labs", analyte="albumin")
    first = desk.decide("accept", row)
    second = desk.decide("reject", row, replaces=first.id)
    assert "albumin" not in [r["analyte"] for r in desk.laid().rows["labs"]]
    undo = Decision("undo", "Anna Berg", "2026-03-01T11:00:00Z", first.paper, replaces=second.id)
    desk.decisions.append(undo)
    assert one(desk.laid(), "labs", analyte="albumin")["reviewed"] == "Anna Berg"  # accepted again


def test_two_reviewers(desk):
    albumin, calcium = desk.row("labs", analyte="albumin"), desk.row("labs", value="9.4")
    desk.decide("accept", albumin)
    desk.decide("accept", albumin, by="Ben Ode")
    desk.decide("accept", calcium)
    desk.decide("correct", calcium, by="Ben Ode", change={"value": "9.5"})
    laid = desk.laid()
    assert one(laid, "labs", analyte="albumin")["reviewed"] == "Anna Berg; Ben Ode"
    assert one(laid, "labs", value="9.4")["reviewed"] == ""  # they differ: as extracted
    assert [item.extracted["value"] for item in laid.disputed] == ["9.4"]
    desk.decide("correct", calcium, by="Anna Berg", change={"value": "9.5"}, settles=True)
    laid = desk.laid()
    assert one(laid, "labs", value="9.5")["reviewed"] == "Ben Ode; Anna Berg" and not laid.disputed
    assert len(laid.rows["labs"]) == 3


def test_two_reviewers_who_add_the_same(desk):
    for by in ("Anna Berg", "Ben Ode"):
        desk.add("fractures", "back pain one month", 2, by=by, site="rib")
    assert one(desk.laid(), "fractures", site="rib")["reviewed"] == "Anna Berg; Ben Ode"


@pytest.mark.parametrize("words", ["9.4", "8.1"])
def test_bare_numbers_are_known_by_what_stands_around_them(desk, words):
    row = desk.row("labs", value=words)
    at = desk.text.index(words)
    row.update(start=str(at), end=str(at + 3), quote=words)
    desk.decide("correct", row, change={"flag": "low"})
    desk.read("9.4 8.1 in a headline\n\n" + desk.text)
    laid = desk.laid()
    assert one(laid, "labs", value=words)["flag"] == "low" and not laid.lost


def test_two_rows_on_the_same_words_are_two_questions(desk):
    first = desk.row("labs", value="9.4")
    second = {**first, "phase": "follow-up", "record_id": "another"}
    desk.rows["labs"].insert(0, second)
    desk.decide("accept", first)
    desk.decide("correct", second, change={"value": "9.5"})
    laid = desk.laid()
    assert one(laid, "labs", value="9.5")["record_id"] == "another"
    assert one(laid, "labs", value="9.4")["record_id"] == first["record_id"]
    assert len(laid.rows["labs"]) == 4 and not laid.disputed


def test_codes_follow_what_a_person_corrects(desk):
    before = desk.row("labs", value="9.4")
    assert (before["analyte_loinc"], before["unit_ucum"]) == ("17861-6", "mg/dL")
    desk.decide("correct", before, change={"unit": "mmol/L"})
    after = one(desk.laid(), "labs", value="9.4")
    assert (after["analyte_loinc"], after["unit_ucum"]) == ("2000-8", "mmol/L")
    assert after["record_id"] == before["record_id"]
