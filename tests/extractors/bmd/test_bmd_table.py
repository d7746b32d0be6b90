"""Headers and cells of densitometry tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.bmd.table import BmdLabel, parse_label, parse_score
from extractors.rules.lexicon import read_rows

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


def test_sites_vocabulary_is_sourced_and_unambiguous() -> None:
    rows = list(read_rows("extractors.bmd", "sites.csv"))
    assert all(r["site"] and r["alias"] and r["source"] for r in rows)
    assert len({r["alias"] for r in rows}) == len(rows)
