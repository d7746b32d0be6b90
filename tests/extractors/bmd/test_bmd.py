# ruff: noqa: E501 (one sentence, one line)
"""Sentences of our own: densitometric values with site, region and measure, and what is none."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import extractors.bmd.read  # noqa: F401  (registers the factory)
from extractors.base import mentions
from extractors.bmd.fact import BmdMention

SHORT = {
    "LS": "lumbar spine", "FN": "femoral neck", "TH": "total hip", "PF": "proximal femur", "R": "radius", "WB": "whole body",
    "TR": "trochanter", "W": "ward's triangle",
}  # fmt: skip
MEASURES = {"t": "t_score", "z": "z_score", "d": "bmd", "%": "bmd_change"}


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.bmd")
    return nlp


def found(nlp: Language, text: str) -> list[BmdMention]:
    return [m for m in mentions(nlp(text), "bmd") if isinstance(m, BmdMention) and m.context.about_patient]


def truth(compact: str) -> set[tuple[str, str, str, float]]:
    """ "LS[L1-L4] t -3.4; FN d 0.7" -> (site, region, measure, value)."""
    out = set()
    for part in filter(None, (p.strip() for p in compact.split(";"))):
        place, measure, value = part.split()
        site, _, region = place.partition("[")
        out.add((SHORT[site], region.rstrip("]"), MEASURES[measure], float(value)))
    return out


VALUES = [
    ("skor", "T skor of the lumbar spine was -3.1.", "LS t -3.1"),
    ("skore", "Femoral neck Z skore: -2.2.", "FN z -2.2"),
    ("no-density", "Lumbar spine BMD was 0.00 g/cm2 and 0.71 g/cm2.", "LS d 0.71"),
    (
        "gain-goes-on",
        "Lumbar spine BMD recovered. Women of one cohort gained 7%. The gain of 21.2% in our patient was more.",
        "LS % 21.2",
    ),
    ("plain", "The lumbar spine T-score was -3.3.", "LS t -3.3"),
    ("of", "DXA showed a T-score of -2.9 at the femoral neck.", "FN t -2.9"),
    ("colon-sd", "L-spine T score: -3.4 SD.", "LS t -3.4"),
    ("comma-decimal", "The Z-score of the lumbar spine was -3,4.", "LS z -3.4"),
    ("minus-word", "The lumbar T-score was minus 3.2.", "LS t -3.2"),
    ("unicode", "The lumbar spine T-score was −3.2 and the hip T-score –1.9.", "LS t -3.2; TH t -1.9"),
    ("positive", "Lumbar T-score was +0.3 and femoral neck T-score 1.1.", "LS t 0.3; FN t 1.1"),
    (
        "bmd-t-score",
        "Her BMD T-score was -3.6 (L1-L4) and -2.4 (total femur).",
        "LS[L1-L4] t -3.6; TH t -2.4",
    ),
    (
        "t-stroke-z",
        "BMD L1-L4: T -3.4/Z -3.2; neck: T -2.2/Z -1.9; total: T -2.0/Z -1.8.",
        "LS[L1-L4] t -3.4; LS[L1-L4] z -3.2; FN t -2.2; FN z -1.9; TH t -2.0; TH z -1.8",
    ),
    ("gain-noun", "There was a 12% gain in BMD at the spine and 4% at the hip.", "LS % 12; TH % 4"),
    (
        "in-the-control",
        "In the densitometric control an increase of 31% in lumbar spine and of 7% in femoral neck was seen.",
        "LS % 31; FN % 7",
    ),
    (
        "list-of-changes",
        "Lumbar BMD rose in the first, second and third year of this treatment, which was well tolerated, by 8.7%, 14.6%, and 20.0%.",
        "LS % 8.7; LS % 14.6; LS % 20",
    ),
    ("density", "BMD at the lumbar spine (L1-L4) was 0.655 g/cm2.", "LS[L1-L4] d 0.655"),
    ("density-superscript", "Femoral neck BMD was 0.655 g/cm².", "FN d 0.655"),
    ("region-first", "L2-4 BMD 0.701 g/cm2, T-score -2.8.", "LS[L2-L4] d 0.701; LS[L2-L4] t -2.8"),
    (
        "region-colon",
        "BMD of the lumbar spine (L2-4: 0.731 g/cm2, T-score: -2.7 SD) was low.",
        "LS[L2-L4] d 0.731; LS[L2-L4] t -2.7",
    ),
    (
        "two-brackets",
        "BMD of the lumbar spine (L2-L4: 0.731 g/cm2, T-score: -2.7 SD) and proximal femur (0.602 g/cm2, T-score: -3.1 SD) confirmed osteoporosis.",
        "LS[L2-L4] d 0.731; LS[L2-L4] t -2.7; PF d 0.602; PF t -3.1",
    ),
    (
        "value-bracket-site",
        "BMD was 0.631 g/cm2 at L1-L4 (T-score -3.5 SD, Z-score -3.4 SD), 0.577 g/cm2 at the femoral neck (T-score -2.6, Z-score -2.4).",
        "LS[L1-L4] d 0.631; LS[L1-L4] t -3.5; LS[L1-L4] z -3.4; FN d 0.577; FN t -2.6; FN z -2.4",
    ),
    (
        "bracket-before-site",
        "BMD was 0.81 g/cm2 (T-score: -1.8 SD) of L2-4 and 0.77 g/cm2 (T-score: -0.9 SD) of the proximal femur.",
        "LS[L2-L4] d 0.81; LS[L2-L4] t -1.8; PF d 0.77; PF t -0.9",
    ),
    (
        "values-bracketed-sites",
        "Z-scores were -4.1 (lumbar spine), -2.3 (total hip) and -1.2 (distal radius).",
        "LS z -4.1; TH z -2.3; R z -1.2",
    ),
    ("sites-then-values", "T-scores of the spine and hip were -2.8 and -1.6.", "LS t -2.8; TH t -1.6"),
    (
        "respectively",
        "T-scores at the left femoral neck, total lumbar spine (L1-L4) and L3 were -1.3, -2.5 and -2.8, respectively.",
        "FN t -1.3; LS[L1-L4] t -2.5; LS[L3] t -2.8",
    ),
    (
        "values-then-sites",
        "The T-scores were -3.6 and -2.2 at the lumbar spine and femoral neck, respectively.",
        "LS t -3.6; FN t -2.2",
    ),
    ("measures-list", "T-score and Z-score of the lumbar spine were -3.6 and -3.5.", "LS t -3.6; LS z -3.5"),
    ("t-slash-z", "A T-/Z-score of -4.2/-4.0 was measured at the lumbar spine.", "LS t -4.2; LS z -4.0"),
    (
        "t-slash-z-sites",
        "T/Z-scores were -3.8/-3.7 at the lumbar spine and -2.1/-1.9 at the total hip.",
        "LS t -3.8; LS z -3.7; TH t -2.1; TH z -1.9",
    ),
    ("t-and-z", "The T- and Z-scores of the femoral neck were -2.4 and -2.2.", "FN t -2.4; FN z -2.2"),
    (
        "corresponding",
        "L1-L4 BMD was 0.66 g/cm2 with a T-score of -3.4 and a Z-score of -3.3; the corresponding femoral neck values were 0.71 g/cm2, -1.7 and -1.5.",
        "LS[L1-L4] d 0.66; LS[L1-L4] t -3.4; LS[L1-L4] z -3.3; FN d 0.71; FN t -1.7; FN z -1.5",
    ),
    (
        "site-value-list",
        "T-scores: lumbar spine (L2-L4) -3.8, total hip -2.7, femoral neck -2.9.",
        "LS[L2-L4] t -3.8; TH t -2.7; FN t -2.9",
    ),
    (
        "that-of",
        "The Z-score of the lumbar spine was -2.7 and that of the total hip -1.5.",
        "LS z -2.7; TH z -1.5",
    ),
    (
        "nested",
        "The Z-score was -3.7 at the lumbar spine (L1-L4; bone mineral density [BMD] 0.633 g/cm2), -1.8 at the total hip and -1.1 at the one-third radius.",
        "LS[L1-L4] z -3.7; LS[L1-L4] d 0.633; TH z -1.8; R z -1.1",
    ),
    (
        "levels-only",
        "DXA (L2 and L4 only): BMD 0.688 g/cm2, T-score -3.2.",
        "LS[L2,L4] d 0.688; LS[L2,L4] t -3.2",
    ),
    ("equals", "Lumbar spine: T = -3.1, Z = -2.9.", "LS t -3.1; LS z -2.9"),
    ("sd-below-age", "Lumbar spine density was 3.2 SD below the mean for age.", "LS z -3.2"),
    (
        "sd-below-young",
        "Bone mineral density of the femoral neck was 2.7 SD below the young adult mean.",
        "FN t -2.7",
    ),
    ("abbreviated", "LS T-score -3.2, FN T-score -2.1, TH T-score -1.8.", "LS t -3.2; FN t -2.1; TH t -1.8"),
    ("neck", "T-score was -2.9 at the spine and -1.2 at the neck.", "LS t -2.9; FN t -1.2"),
    ("whole-body", "Whole body BMD was 0.921 g/cm2 (Z-score -2.0).", "WB d 0.921; WB z -2.0"),
    ("ward", "T-scores were -3.0 in Ward's triangle and -2.2 in the trochanter.", "W t -3.0; TR t -2.2"),
    ("forearm", "The distal forearm Z-score was -0.9.", "R z -0.9"),
    (
        "semicolons",
        "Densitometry: lumbar spine 0.688 g/cm2, T-score -3.3; total hip 0.74 g/cm2, T-score -1.6; neck T-score -2.1.",
        "LS d 0.688; LS t -3.3; TH d 0.74; TH t -1.6; FN t -2.1",
    ),
    ("carried", "The lumbar spine was scanned after two years. The T-score had reached -2.2.", "LS t -2.2"),
    (
        "carried-order",
        "At the lumbar spine BMD, T-score and Z-score were 0.645 g/cm2, -3.5 and -3.3.",
        "LS d 0.645; LS t -3.5; LS z -3.3",
    ),
    ("shared-unit", "Lumbar BMD rose from 0.612 to 0.742 g/cm2.", "LS d 0.612; LS d 0.742"),
    ("from-to", "The lumbar T-score improved from -3.9 to -2.8.", "LS t -3.9; LS t -2.8"),
    ("rose", "Lumbar BMD rose by 13.4%.", "LS % 13.4"),
    ("increase-of", "There was an increase of 21.3% in lumbar spine BMD.", "LS % 21.3"),
    ("gain", "Femoral neck BMD showed a gain of 8.2% after one year.", "FN % 8.2"),
    ("percent-word", "Bone mineral density of the lumbar spine increased by 9.1 per cent.", "LS % 9.1"),
    ("bracket-plus", "Total hip BMD was 0.723 g/cm2 (+5.6%).", "TH d 0.723; TH % 5.6"),
    (
        "higher",
        "Lumbar BMD was 18.3% higher (0.813 g/cm2, T-score -2.1).",
        "LS % 18.3; LS d 0.813; LS t -2.1",
    ),
    ("loss", "Lumbar spine BMD decreased by 4.1% and hip BMD by 2.2%.", "LS % -4.1; TH % -2.2"),
    (
        "changes-pair",
        "Lumbar spine and total hip BMD increased by 14.2% and 5.1%, respectively.",
        "LS % 14.2; TH % 5.1",
    ),
    (
        "changes-sites-after",
        "BMD increased by 6.4% in the lumbar spine and 10.5% in the total hip.",
        "LS % 6.4; TH % 10.5",
    ),
    ("mg-cm2", "Lumbar BMD was 702 mg/cm2.", "LS d 0.702"),
    ("volumetric", "Quantitative CT gave a spinal density of 71 mg/cm3.", "LS d 71"),
    ("hyphened", "The T-score at L1-L4 was -3.0, at the hip -2.0.", "LS[L1-L4] t -3.0; TH t -2.0"),
    ("left-right", "T-scores of the left and right femoral neck were -2.2 and -2.4.", "FN t -2.2; FN t -2.4"),
    (
        "figure-legend",
        "Figure 3. DXA report. L1-L4: 0.671 g/cm2, Z-score -2.8; left femoral neck: 0.652 g/cm2, Z-score -1.4.",
        "LS[L1-L4] d 0.671; LS[L1-L4] z -2.8; FN d 0.652; FN z -1.4",
    ),
]

NOTHING = [
    ("definition", "Osteoporosis is defined as a T-score of -2.5 or lower at the lumbar spine."),
    ("threshold", "A lumbar T-score below -2.5 was required."),
    ("comparator", "T-scores were < -2.5 at the lumbar spine and hip."),
    ("or-less", "A Z-score of -2.0 or less at the spine is below the expected range."),
    ("downwards", "Osteoporosis would be diagnosed from a lumbar T-score of -2.5 downwards."),
    ("cohort", "In a cohort of 52 women the lumbar T-score was -3.1."),
    ("mean-sd", "The mean lumbar T-score was -3.0 ± 0.8."),
    ("trial", "In trials lumbar BMD rose by 13.3% in one year."),
    ("normal-mean", "Mid-radius density was low (normal mean 0.72)."),
    ("family", "Her mother had a lumbar T-score of -3.4."),
    ("frax", "Her FRAX probability of hip fracture was 4.5%."),
    ("weight", "Her weight increased by 12% after bone density was measured at the spine."),
    ("marker", "P1NP increased by 140% and lumbar BMD was not repeated."),
    ("thickness", "Trabecular thickness at the tibia increased by 6%."),
    ("young-adult-percent", "Lumbar BMD was 62% of the young adult mean."),
    ("labs", "Calcium was 2.31 mmol/L and the spine was tender."),
    ("age", "Bone density of the spine was measured at 34.5 years."),
    ("fractures", "Fractures of L1-L4 and a height loss of 3.5 cm were found by DXA."),
    ("controls", "Age-matched controls (mean lumbar Z-score 0.1) were measured too."),
    ("guideline", "Treatment is started when the T-score at the hip is -2.5."),
    ("previously-reported", "The previously reported increase of lumbar BMD with teriparatide was 9.4%."),
    ("another-author", "Hoshino et al. reported a 34-year-old woman with a lumbar T-score of -3.8."),
    ("sister", "Spine BMD in her sister was 0.9 g/cm2 (T-score -1.2)."),
    ("tbs", "The trabecular bone score at the lumbar spine was 1.21."),
    ("difference", "The lumbar T-score increased by 1.1 SD over 2 years."),
    ("implausible", "The lumbar spine T-score was -25."),
    ("scheduled", "DXA of the lumbar spine is due in 12 months."),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in VALUES], ids=[c[0] for c in VALUES])
def test_component_values(nlp: Language, text: str, expected: str) -> None:
    assert {(m.site, m.region, m.measure, m.value) for m in found(nlp, text)} == truth(expected)


@pytest.mark.parametrize("text", [c[1] for c in NOTHING], ids=[c[0] for c in NOTHING])
def test_component_no_value(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


@pytest.mark.parametrize("text", [c[1] for c in VALUES], ids=[c[0] for c in VALUES])
def test_component_quote_holds_the_value(nlp: Language, text: str) -> None:
    for mention in found(nlp, text):
        quote = text[mention.start : mention.end]
        digits = f"{abs(mention.value):g}".replace(".", "")
        plain = quote.replace(",", "").replace(".", "").replace(" ", "")
        assert digits in plain or digits.lstrip("0") in plain
        assert len(quote) <= 150


def test_component_units(nlp: Language) -> None:
    units = {
        m.measure: m.unit
        for m in found(nlp, "Lumbar BMD was 0.7 g/cm2 (T-score -3.1), 5.1% higher than before.")
    }
    assert units == {"bmd": "g/cm2", "t_score": "SD", "bmd_change": "%"}


def test_component_shares_the_unit_at_the_end(nlp: Language) -> None:
    mentions_found = found(nlp, "Lumbar spine and total hip BMD were 0.733 and 0.801 g/cm2.")
    assert [(m.site, m.value, m.unit) for m in mentions_found] == [
        ("lumbar spine", 0.733, "g/cm2"),
        ("total hip", 0.801, "g/cm2"),
    ]


def test_component_first_of_from_to_is_baseline(nlp: Language) -> None:
    by_value = {m.value: m.time for m in found(nlp, "The lumbar T-score improved from -3.9 to -2.8.")}
    first = by_value[-3.9]
    assert first is not None and first.phase == "baseline"


def test_component_score_without_a_site_has_none(nlp: Language) -> None:
    [score] = found(nlp, "T-score was -3.1.")
    assert (score.site, score.measure, score.value, score.certainty) == ("", "t_score", -3.1, 0.7)
    assert found(nlp, "Her density was 0.71.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Repeat densitometry showed a lumbar spine T-score of -2.2 compared with -3.1 at diagnosis.",
        "The lumbar spine T-score was -3.1. The following year it was -2.2 at the lumbar spine.",
        "At diagnosis the lumbar spine T-score was -3.1. At the last visit it was -2.2 at the lumbar spine.",
        "The lumbar spine T-score was -3.1. After two infusions the lumbar spine T-score was -2.2.",
        "The lumbar spine T-score was -3.1. Re-examination gave a lumbar spine T-score of -2.2.",
    ],
    ids=["repeat", "following-year", "last-visit", "after-infusions", "re-examination"],
)
def test_component_later_value_is_follow_up(nlp: Language, text: str) -> None:
    phases = {m.value: m.time.phase if m.time else "" for m in found(nlp, text)}
    assert phases[-2.2] == "follow-up"
    assert phases[-3.1] != "follow-up"


def test_component_hands_the_unit_on(nlp: Language) -> None:
    text = "BMD at the lumbar spine was 0.68 g/cm2 (T -3.4); total hip 0.74 (T -1.9)."
    assert {m.value: m.unit for m in found(nlp, text)} == {
        0.68: "g/cm2",
        -3.4: "SD",
        0.74: "g/cm2",
        -1.9: "SD",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DXA showed LWS T-score -3.2 and Schenkelhals T-score -2.1.", "LS t -3.2; FN t -2.1"),
        ("T-score: rachis lombaire -3.4, col fémoral -2.1.", "LS t -3.4; FN t -2.1"),
        ("BMD: columna lumbar 0.712 g/cm2; cadera total 0.701 g/cm2.", "LS d 0.712; TH d 0.701"),
        ("T-score at the colonna lombare was -3.0, at the collo femorale -2.2.", "LS t -3.0; FN t -2.2"),
    ],
    ids=["German", "French", "Spanish", "Italian"],
)
def test_component_reads_sites_left_in_another_language(nlp: Language, text: str, expected: str) -> None:
    got = {(m.site, m.region, m.measure, m.value) for m in found(nlp, text)}
    assert got == truth(expected)


def test_component_region_holds_from_where_it_is_told(nlp: Language) -> None:
    text = (
        "The lumbar spine T-score was -3.8.\n\nThe lumbar spine (L2-L4) T-score was -2.4.\n\n"
        "The lumbar spine T-score was -3.3."
    )
    assert [(m.value, m.region) for m in found(nlp, text)] == [(-3.8, ""), (-2.4, "L2-L4"), (-3.3, "L2-L4")]


def test_component_density_takes_the_unit_told_before(nlp: Language) -> None:
    text = "L2-4 BMD was 0.655 g/cm2. After a year the lumbar BMD was 0.701 and after 2 years 0.744."
    assert [m.unit for m in found(nlp, text)] == ["g/cm2", "g/cm2", "g/cm2"]
