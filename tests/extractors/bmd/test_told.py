"""How case reports tell densities: pairs, signs in brackets, bare sites, short forms, later visits."""

from __future__ import annotations

import pytest

from extractors.bmd.read import Bmd
from extractors.text import View
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

TOLD = [
    ("The Z-score of the hip was (minus) 2.4.", "total hip z_score -2.4"),
    ("T-score of the lumbar spine: (-) 3.1.", "lumbar spine t_score -3.1"),
    (
        "T-/Z-scores of the spine and the hip were -2.9/-2.6 and -2.1/-1.8, respectively.",
        "lumbar spine t_score -2.9, lumbar spine z_score -2.6, "
        "total hip t_score -2.1, total hip z_score -1.8",
    ),
    (
        "The hip had 0.661 g/cm2 (T-score/Z-score -2.2/-1.9) and the lumbar spine 0.702 g/cm2 (-3.2/-3.0).",
        "total hip bmd 0.661, total hip t_score -2.2, total hip z_score -1.9, "
        "lumbar spine bmd 0.702, lumbar spine t_score -3.2, lumbar spine z_score -3.0",
    ),
    (
        "T-score was -2.4 for the spine and -1.5 femoral neck.",
        "lumbar spine t_score -2.4, femoral neck t_score -1.5",
    ),
    (
        "DXA of the left femoral neck (LFN). The LFN T-score was -2.1.",
        "femoral neck t_score -2.1",
    ),
    ("The T-score of L2, which was unfractured, was -2.7.", "lumbar spine t_score -2.7"),
    ("DXA showed osteoporosis with a T-score of -3.0.", " t_score -3.0"),
    ("Osteoporosis is defined as a T-score of -2.5 or lower.", ""),
    ("T- and Z-scores of the hip were both -1.4.", "total hip t_score -1.4, total hip z_score -1.4"),
    ("There was a 7.5% density gain at the lumbar spine.", "lumbar spine bmd_change 7.5"),
    ("Her spine BMD rose by 12.5% with a fall of CTX.", "lumbar spine bmd_change 12.5"),
    (
        "Spine BMD increased by 5.5% and hip BMD decreased by 3.5%.",
        "lumbar spine bmd_change 5.5, total hip bmd_change -3.5",
    ),
    (
        "There were 8.5% and 4.5% gains in BMD at the spine and hip.",
        "lumbar spine bmd_change 8.5, total hip bmd_change 4.5",
    ),
    ("Lumbar BMD fell by 6.5% although vitamin D had increased.", "lumbar spine bmd_change -6.5"),
    ("The total vertebrae had a Z-score of -3.4.", "lumbar spine z_score -3.4"),
    ("Three vertebrae were fractured; the T-score was -3.4.", " t_score -3.4"),
    ("The T-score of the hip had gone up to -1.9.", "total hip t_score -1.9"),
    ("The Z-score of her height was -2.9; weight Z-score -3.1.", ""),
    ("Bone density was not measured; a T-9 hook and T-10 screws were placed.", ""),
    ("T-scores up to -1.0 at the hip are normal.", ""),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text for text, _ in TOLD])
def test_values_of_sites(text: str, expected: str) -> None:
    found = {f"{m.site} {m.measure} {m.value}" for m in Bmd().find(View(text))}
    assert found == {value for value in expected.split(", ") if value}


PHASES = [
    ("The hip T-score was -2.4. She took alendronate; the hip T-score was then -1.6.", ["", "follow-up"]),
    ("The hip T-score was -2.4. At her last check the hip T-score was -1.6.", ["", "follow-up"]),
    ("The hip T-score was -2.4. Control densitometry showed a hip T-score of -1.6.", ["", "follow-up"]),
    (
        "Two weeks after kyphoplasty the hip T-score was -2.4. At 18 months the hip T-score was -1.6.",
        ["", "follow-up"],
    ),
    ("The spine was scanned. At present the hip T-score is -1.6.", [""]),
    (
        "She took alendronate. Two years later the hip T-score was -1.6 (baseline -2.4), the spine -2.0.",
        ["follow-up", "", "follow-up"],
    ),
    ("The hip T-score was -2.4. Another two years later, it was -1.6.", ["", "follow-up"]),
    ("The hip T-score was -2.4. After a year it had risen to -1.6.", ["", "follow-up"]),
    ("The hip T-score was -2.4. Base excess was measured; it was -4.1.", [""]),
    ("DXA in 05/2011: hip T-score -2.4. DXA in 06/2013: hip T-score -1.6.", ["", "follow-up"]),
]


@pytest.mark.parametrize(("text", "phases"), PHASES, ids=[text for text, _ in PHASES])
def test_phases(text: str, phases: list[str]) -> None:
    paper = structure(read_text(f"A 38-year-old woman had a fracture of T8. {text}")[0])
    rows = sorted(extract(paper, "x")["bmd"], key=lambda row: row["start"])
    assert [row["phase"] for row in rows] == [phase or "baseline" for phase in phases]


def test_a_score_is_told_once_with_its_site() -> None:
    paper = structure(read_text("A 38-year-old woman had a T-score of -2.4. The hip T-score was -2.4.")[0])
    assert [row["site"] for row in extract(paper, "x")["bmd"]] == ["total hip"]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("DXA of the lumbar spine (L1, L2, L4) showed a T-score of -2.8.", ["L1,L2,L4"]),
        ("The T-score of L1, L3 and L4 was -2.8.", ["L1,L3,L4"]),
        ("DXA (Hologic Discovery) of L2-L4 showed a T-score of -2.8.", ["L2-L4"]),
        ("The T-scores of L1, L2 and L4 were -2.8, -2.6 and -2.5.", ["L1", "L2", "L4"]),
        ("T-scores of -2.8, -2.6 and -2.5 were found at L1, L2 and L4.", ["L1", "L2", "L4"]),
    ],
)
def test_a_list_of_levels_with_one_value_is_one_region(text: str, regions: list[str]) -> None:
    found = sorted(Bmd().find(View(text)), key=lambda m: m.value, reverse=False)
    assert [m.region for m in found] == regions
