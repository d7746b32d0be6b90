"""What is counted in a picture, and what it says where there is nothing."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from pipeline import figures
from pipeline.figures import told
from pipeline.figures.change import changes, treatments
from pipeline.figures.onset import first_onsets
from pipeline.figures.results import at_first
from pipeline.figures.scores import lowest_scores
from pipeline.figures.spine import fractured_levels
from pipeline.figures.style import PALETTE, for_page, spread

A, B, C = "a.txt-1", "a.txt-2", "b.txt-1"


def test_levels_of_the_past_and_of_patients_told_twice_do_not_count(table):
    rows = [
        {"case_id": A, "site": "vertebra", "level": "T8", "phase": "baseline"},
        {"case_id": A, "site": "vertebra", "level": "T8", "phase": "follow-up"},
        {"case_id": A, "site": "vertebra", "level": "L1", "phase": "follow-up"},
        {"case_id": A, "site": "vertebra", "level": "T5", "phase": "history"},
        {"case_id": A, "site": "vertebra", "level": "C5", "phase": "baseline"},
        {"case_id": A, "site": "rib", "phase": "baseline"},
        {"case_id": B, "site": "vertebra", "level": "T8"},
        {"case_id": C, "site": "vertebra", "level": "T9", "phase": "baseline", "duplicate_of": A},
    ]
    found = fractured_levels(table("fractures", *rows))
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        (A, "T8", "baseline"),
        (A, "L1", "follow-up"),
        (B, "T8", "baseline"),
    ]


def test_the_first_onset_of_each_pregnancy(table):
    days = ("days_from_delivery_min", "days_from_delivery_max")

    def row(case_id, low, high, **more):
        return {"case_id": case_id, **dict(zip(days, (low, high), strict=True)), **more}

    rows = [
        row(A, 20, 20, pregnancy=1), row(A, 5, 9), row(A, -84, 0, pregnancy=2), row(B, 3, 3),
        row(B, "", ""), row(C, 1, 1, duplicate_of=A),
    ]  # fmt: skip
    found = first_onsets(table("onset", *rows))
    assert {(r.case_id, r.pregnancy, r.low, r.high) for r in found.itertuples()} == {
        (A, 1, 5, 9),
        (A, 2, -84, 0),
        (B, 1, 3, 3),
    }


def test_the_lowest_score_at_presentation(table):
    def row(case_id, value, **more):
        return {"case_id": case_id, "site": "lumbar spine", "measure": "t_score", "value": value,
                "phase": "baseline"} | more  # fmt: skip

    rows = [
        row(A, -2.1), row(A, -3.4), row(A, -5.0, phase="follow-up"), row(A, -2.9, measure="z_score"),
        row(B, -1.0, site=""), row(C, -4.0, duplicate_of=A), row(A, 0.7, measure="bmd"),
    ]  # fmt: skip
    found = lowest_scores(table("bmd", *rows))
    assert [tuple(r) for r in found.itertuples(index=False)] == [
        (A, "lumbar spine", "t_score", -3.4),
        (A, "lumbar spine", "z_score", -2.9),
    ]


def test_change_of_density_is_counted_from_the_value_before_treatment(table):
    def row(value, **more):
        site = {"site": "lumbar spine", "measure": "bmd", "unit": "g/cm2"}
        return {"case_id": A, "value": value, **site} | more

    on_treatment = [
        row(0.9, months_from_treatment=-24), row(0.8, months_from_treatment=0, region="L1-L4"),
        row(0.88, months_from_treatment=12), row(0.7),
    ]  # fmt: skip
    given = [
        {"case_id": A, "drug": "alendronate", "drug_class": "bisphosphonate", "status": "given"},
        {"case_id": A, "drug": "calcium", "drug_class": "calcium", "status": "given"},
        {"case_id": B, "drug": "calcium", "drug_class": "calcium", "status": "given"},
        {"case_id": C, "drug": "teriparatide", "drug_class": "pth analogue", "status": "denied"},
    ]
    drugs = table("drugs", *given)
    assert treatments(drugs).to_dict() == {A: "bisphosphonate", B: "calcium, vitamin D"}
    found = changes(table("bmd", *on_treatment), drugs)
    assert [(r.months, round(r.percent, 3), r.treatment) for r in found.itertuples()] == [
        (0, 0, "bisphosphonate"),
        (12, 10, "bisphosphonate"),
    ]
    # without months of treatment: from the first measurement after delivery
    after_birth = [row(0.5, months_from_delivery=3), row(0.55, months_from_delivery=15)]
    found = changes(table("bmd", *after_birth), table("drugs"))
    assert [(r.months, round(r.percent, 3)) for r in found.itertuples()] == [(0, 0), (12, 10)]
    assert changes(table("bmd", row(0.5), row(0.6)), drugs).empty
    # as told; one told of the day when treatment began is no change under it
    told = [row(9.9, measure="bmd_change", months_from_treatment=month) for month in (0, 24)]
    found = changes(table("bmd", *told), drugs)
    assert [(r.months, round(r.percent, 3)) for r in found.itertuples()] == [(0, 0), (24, 9.9)]
    assert changes(table("bmd", told[0]), drugs).empty


def test_where_a_result_lies_in_its_range(table):
    def row(case_id, **more):
        return {"case_id": case_id, "analyte": "calcium", "phase": "baseline", "flag": "normal"} | more

    rows = [
        row(A), row(A, value=9, ref_low=8, ref_high=10), row(B, flag="high"),
        row(B, phase="follow-up", flag="low"), row(C, flag="low", duplicate_of=A),
    ]  # fmt: skip
    found = at_first(table("labs", *rows))
    assert [(r.case_id, r.flag) for r in found.itertuples()] == [(A, "normal"), (B, "high")]
    assert found["place"].tolist()[0] == 0.5 and found["place"].isna().tolist() == [False, True]


def test_the_events_of_a_course(table, empty):
    empty["onset"] = table(
        "onset", {"case_id": A, "symptom": "pain", "days_from_delivery_min": 0, "days_from_delivery_max": 61}
    )
    visit = {"case_id": A, "months_from_delivery": 2}
    empty["labs"] = table(
        "labs",
        {**visit, "analyte": "ctx", "value": 1.5, "unit": "ng/mL", "flag": "high"},
        {**visit, "analyte": "calcium", "flag": "normal"},
    )
    drug = {"case_id": A, "drug_class": ""}
    empty["drugs"] = table(
        "drugs",
        {**drug, "drug": "heparin", "status": "denied"},
        {**drug, "drug": "denosumab", "status": "planned", "phase": "follow-up"},
        {**drug, "drug": "teriparatide", "status": "given", "phase": "baseline",
         "start_months_from_delivery": 3, "end_months_from_delivery": 21},
    )
    found = told.events(empty)
    assert [(e.table, e.words, e.phase) for e in found] == [
        ("onset", "pain", ""),
        ("labs", "1 normal; CTX ↑ 1.5 ng/mL", ""),
        ("drugs", "teriparatide", "at presentation"),
        ("drugs", "denosumab (planned)", "later"),
    ]
    assert found[0].begin == 0 and round(found[0].end, 1) == 2.0
    assert found[1].begin == found[1].end == 2
    assert (found[2].begin, found[2].end) == (3, 21) and found[3].begin is None


def test_a_table_that_has_no_words_of_its_own_is_told_by_its_columns(table, empty):
    birth = {"case_id": A, "outcome": "live birth", "infants": 2, "breastfeeding": "yes"}
    empty["pregnancies"] = table("pregnancies", birth)
    smoking = {"case_id": A, "factor": "smoking", "status": "present"}
    empty["history"] = table("history", smoking, {**smoking, "factor": "alcohol", "status": "absent"})
    assert {e.table: e.words for e in told.events(empty)} == {
        "history": "smoking",
        "pregnancies": "live birth, infants 2, breastfeeding yes",
    }


def _drawings(tables, case_id=A):
    return {
        "spine": lambda: figures.spine(tables.fractures),
        "onset": lambda: figures.onset(tables.onset),
        "scores": lambda: figures.scores(tables.bmd),
        "bmd_change": lambda: figures.bmd_change(tables.bmd, tables.drugs),
        "results": lambda: figures.results(tables.labs),
        "course": lambda: figures.course(tables, case_id),
    }


@pytest.mark.parametrize("name", ["spine", "onset", "scores", "bmd_change", "results", "course"])
def test_without_rows_there_is_no_picture(empty, name):
    with pytest.raises(figures.NothingToShow, match="told"):
        _drawings(empty)[name]()


def test_a_picture_is_the_same_whenever_it_is_drawn_and_holds_nothing_foreign(table):
    import matplotlib as mpl

    rows = [{"case_id": f"$x_1$.txt-{n}", "level": "T8", "phase": "baseline"} for n in range(1, 4)]
    fractures = table("fractures", *rows)
    first = figures.spine(fractures)
    svg, png = figures.svg(first), figures.png(first)
    with mpl.rc_context({"font.size": 20, "svg.fonttype": "none", "svg.hashsalt": "another"}):
        again = figures.spine(fractures)
        assert figures.svg(again) == figures.svg(first) == svg
        assert figures.png(again) == png
    assert png.startswith(b"\x89PNG") and b"Software" not in png
    assert "<dc:date>" not in svg and "<script" not in svg
    assert not re.findall(r'(?:href|src)="(?!#)', svg) and "url(h" not in svg


def test_on_a_page_all_colours_follow_it(table):
    fractures = table("fractures", {"case_id": A, "level": "T8", "phase": "baseline"})
    page = for_page(figures.svg(figures.spine(fractures)))
    body = page.partition("<defs>")[2]
    assert "prefers-color-scheme:dark" in page and "var(--blue)" in body
    assert not set(re.findall(r"#[0-9a-f]{6}\b", body))
    assert len(set(PALETTE.values())) == len(PALETTE)


def test_many_patients_are_counted_instead_of_named(table):
    rows = [{"case_id": f"p{n}.txt-1", "level": f"T{n % 12 + 1}", "phase": "baseline"} for n in range(70)]
    figure = figures.spine(table("fractures", *rows))
    assert figure.axes[1].get_xlabel() == "Fractured levels of a patient"
    onsets = [
        {"case_id": f"p{n}.txt-1", "days_from_delivery_min": n * 20 - 200, "days_from_delivery_max": n * 20}
        for n in range(100)
    ]
    figure = figures.onset(table("onset", *onsets))
    assert not figure.axes[1].get_yticks().size


def test_marks_that_would_hide_each_other_stand_apart():
    assert spread([1.0, 1.01, 3.0], near=0.1, step=0.2, most=1) == pytest.approx([-0.1, 0.1, 0])
    assert max(spread([1.0] * 50, near=0.1, step=0.2, most=0.5)) == pytest.approx(0.5)


def test_matplotlib_is_loaded_for_a_picture_only():
    code = "import sys, pipeline.figures.album, pipeline.desk.report; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
