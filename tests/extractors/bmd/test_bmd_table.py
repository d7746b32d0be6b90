"""Headers and cells of densitometry tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.bmd.labels import BmdLabel, parse_label
from extractors.bmd.read import Bmd
from extractors.bmd.table import bmd_of_cell, parse_score
from extractors.bmd.vocabulary import SITES, VOCABULARIES
from extractors.rules.words import Vocabulary, VocabularyError
from extractors.text import View

LABELS = [
    ("L1-L4 BMD (g/cm2)", BmdLabel("lumbar spine", "L1-L4", "bmd", "g/cm2")),
    ("BMD lumbar spine (g/cm²)", BmdLabel("lumbar spine", "", "bmd", "g/cm2")),
    ("Femur neck T-score", BmdLabel("femoral neck", "", "t_score", "SD")),
    ("Spine T", BmdLabel("lumbar spine", "", "t_score", "SD")),
    ("Total hip Z-score (SD)", BmdLabel("total hip", "", "z_score", "SD")),
    ("LS BMD change, 2 years (%)", BmdLabel("lumbar spine", "", "bmd_change", "%")),
    ("T-score (L2–L4)", BmdLabel("lumbar spine", "L2-L4", "t_score", "SD")),
    ("Lumbar spine (L2-4)", BmdLabel("lumbar spine", "L2-L4", "", "")),
    ("1/3 radius BMD, g/cm2", BmdLabel("radius", "", "bmd", "g/cm2")),
    ("Z-score", BmdLabel("", "", "z_score", "SD")),
    ("PTH (pg/mL)", None),
    ("Age (years)", None),
]
CELLS = [
    ("-2.9", -2.9, "", ""),
    ("−2,9 SD", -2.9, "SD", ""),
    ("0.71 (3M)", 0.71, "", "3M"),
    ("0.714*", 0.714, "", ""),
    ("0.79a", 0.79, "", ""),
    ("+5.4%", 5.4, "%", ""),
    ("0.612 g/cm2", 0.612, "g/cm2", ""),
]


@pytest.mark.parametrize(("text", "expected"), LABELS, ids=[label[0] for label in LABELS])
def test_label_parsed(text: str, expected: BmdLabel | None) -> None:
    assert parse_label(text) == expected


@pytest.mark.parametrize(("text", "value", "unit", "note"), CELLS, ids=[c[0] for c in CELLS])
def test_score_parsed(text: str, value: float, unit: str, note: str) -> None:
    score = parse_score(text)
    assert score is not None
    assert (score.value, score.unit, score.note) == (value, unit, note)


@pytest.mark.parametrize("text", ["N.A.", "-", "", "n.d.", "not done"])
def test_score_missing(text: str) -> None:
    assert parse_score(text) is None


@given(st.integers(-79, 59), st.sampled_from(["-", "−", "–"]))
def test_score_round_trip(tenths: int, minus: str) -> None:
    text = f"{tenths / 10:.1f}".replace("-", minus)
    score = parse_score(text)
    assert score is not None
    assert score.value == pytest.approx(tenths / 10)
    assert text[score.start : score.end] == text


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.file)
def test_vocabulary_keeps_its_schema(vocabulary: Vocabulary) -> None:
    assert all(row["source"] for row in vocabulary.rows)


def test_misspelt_site_names_file_and_line() -> None:
    with pytest.raises(VocabularyError, match=r"bmd/sites\.csv, line 2: site 'lumbar spin' is unknown"):
        list(SITES.checked("site,alias,exact,source\nlumbar spin,l-spine,,x\n"))


def read_bmd(text: str, label: str) -> list[tuple[str, float, str]]:
    told = parse_label(label)
    assert told is not None
    return [(m.measure, m.value, m.unit) for m in bmd_of_cell(text, 0, told, None, None)]


def test_cell_and_prose_have_one_table_of_limits() -> None:
    assert read_bmd("-8.5", "Spine T-score") == [("t_score", -8.5, "SD")]
    assert read_bmd("-9.5", "Spine T-score") == []
    view = View("The lumbar spine T-score was -8.5. The hip T-score was -9.5.")
    assert [m.value for m in Bmd().find(view)] == [-8.5]


def test_cell_with_score_in_brackets() -> None:
    label = "Lumbar spine BMD (T-score)"
    assert read_bmd("0.714 (-2.9)", label) == [("bmd", 0.714, "g/cm2"), ("t_score", -2.9, "SD")]
    assert read_bmd("-2.9", label) == [("t_score", -2.9, "SD")]


def test_cell_with_two_scores() -> None:
    assert read_bmd("-2.9/-2.7", "Lumbar spine T/Z-score") == [
        ("t_score", -2.9, "SD"),
        ("z_score", -2.7, "SD"),
    ]
