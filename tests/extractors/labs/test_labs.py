# ruff: noqa: E501 (one sentence, one line)
"""Sentences of our own with the results they state, each as "specimen:analyte value unit [low-high] flag"."""

from __future__ import annotations

import pytest
import spacy
from fixtures.labs_told import quotes_carry_their_values, read
from hypothesis import given
from hypothesis import strategies as st

from extractors.base import mentions
from extractors.labs.fact import LabMention
from extractors.labs.read import LabExtractor
from extractors.text import View

NUMERIC = {
    "a lone number behind a range": ("AST was 312 U/L (normal range = 41), CK 300 U/L (NR=170).", ["aspartate aminotransferase 312 U/L [-41] high", "creatine kinase 300 U/L [-170] high"]),
    "a limit of": ("Troponin I was 0.9 ng/mL for a limit of 0.04 ng/mL.", ["troponin 0.9 ng/mL [-0.04] high"]),
    "an abbreviation of its own": ("The alphafeto-protein (AFP) was 815 ng/mL.", ["alpha-fetoprotein 815 ng/mL"]),
    "reached": ("Ferritin rose to reach 1200 ng/mL.", ["ferritin 1200 ng/mL"]),
    "a change to": ("There was a drop in haemoglobin to 7 g/dL.", ["hemoglobin 7 g/dL"]),
    "a level behind a dose": ("She was on everolimus (1 milligram twice a day), with a mean trough level of 6.1 ng/mL.", ["everolimus 6.1 ng/mL"]),
    "no volume": ("CRP was 120 mg and creatinine 2.1 mg.", ["c-reactive protein 120 mg", "creatinine 2.1 mg"]),
    "cells in g/L": ("White cells were 18 g/L (neutrophils 15 g/L).", ["white blood cell count 18 g/L", "neutrophils 15 g/L"]),
    "taken, at a level": ("She took digoxin 0.25 mg daily with a serum level of 1.2 ng/mL.", ["digoxin 1.2 ng/mL"]),
    "units in words": ("TSH was 12 milliunits per litre and creatinine 120 micromoles per litre.", ["thyroid stimulating hormone 12 mU/L", "creatinine 120 umol/L"]),
    "a share behind a count": ("Her WBC was 12.3 with 85% neutrophils.", ["white blood cell count 12.3", "neutrophils 85 %"]),
    "lakh": ("The platelet count was 1.2 lakh/cumm.", ["platelet count 1.2 10^5/mm3"]),
    "proteinuria was": ("Proteinuria was 3.2 g/24h.", ["urine:urinary protein 3.2 g/24 h high"]),
    "T. and D.": ("T. bilirubin 5.2, D. bilirubin 3.4 mg/dl.", ["bilirubin 5.2 mg/dL", "direct bilirubin 3.4 mg/dL"]),
    "glycated": ("Glycosilated Hb was 8.1%, haemoglobin 11 g/dL.", ["hemoglobin a1c 8.1 %", "hemoglobin 11 g/dL"]),
    "a power in brackets": (
        "Platelets were 61 × 10(9)/L, WBC 5.5 x 10(3)/mm(3) and RBC 4 × 10 E12/L.",
        ["platelet count 61 10^9/L", "white blood cell count 5.5 10^3/mm3", "red blood cell count 4 10^12/L"],
    ),
    "a grade": ("The mammogram was ACR 2; the urine ACR was 41 mg/g.", ["urine:urinary albumin/creatinine ratio 41 mg/g"]),
    "a dash between spaces": ("Anaemia (ferritin - 8 ng/mL).", ["hemoglobin low", "ferritin 8 ng/mL"]),
    "a member of a panel": ("Transaminases (AST: 60 U/L; ALT: 75 U/L).", ["aspartate aminotransferase 60 U/L", "alanine aminotransferase 75 U/L"]),
    "elevated at an interval": ("Ammonia was elevated at 80 to 110 µmol/L.", ["ammonia 80 umol/L high"]),
    "no cells by weight": ("The fluid held 170 cells/mm3 (67% lymphocytes), 46 g/L protein.", ["lymphocytes 67 %"]),
    "a number that counts what follows": ("She came with calcium 12 hospital visits later, and PTH 30.", ["parathyroid hormone 30"]),
    "a number before another test": ("Ferritin 12, triglycerides 200.", ["ferritin 12", "triglycerides 200"]),
    "was, range in brackets": (
        "Serum calcium was 9.31 mg/dL (8.4-10.1).",
        ["serum:calcium 9.31 mg/dL [8.4-10.1] normal"],
    ),
    "thousands by dots in a range": (
        "The platelet count was 165.000/mm3 (150.000-450.000).",
        ["platelet count 165000 /mm3 [150000-450000] normal"],
    ),
    "verdict before a bracket": (
        "Blood work was unremarkable (ESR 19 mm/h, CRP 2 mg/L).",
        ["erythrocyte sedimentation rate 19 mm/h normal", "c-reactive protein 2 mg/L normal"],
    ),
    "made in an hour": (
        "Plasma renin activity was elevated to 11 ng/mL/h.",
        ["plasma:renin 11 ng/mL/h high"],
    ),
    "A1c in mmol/mol": ("Glycated haemoglobin was 58 mmol/mol (7.5%).", ["hemoglobin a1c 58 mmol/mol"]),
    "what stimulated": (
        "Cortisol after adrenocorticotropic hormone (ACTH) stimulation was 391 nmol/L.",
        ["cortisol 391 nmol/L"],
    ),
    "dexamethasone": (
        "Cortisol after 1 mg of dexamethasone was 1.2 µg/dL.",
        ["cortisol 1.2 ug/dL"],
    ),
    "older print": (
        "Serum-calcium was 9.6 mg. per 100 ml., phosphorus 4.2 mg. per 100 ml. and the E.S.R. 11 mm. in the hour.",
        ["serum:calcium 9.6 mg/100mL", "phosphate 4.2 mg/100mL", "erythrocyte sedimentation rate 11 mm/h"],
    ),
    "-emia": (
        "Calcemia 9.1 mg/dl, phosphoremia 3.4 mg/dl.",
        ["calcium 9.1 mg/dL", "phosphate 3.4 mg/dL"],
    ),
    "normalized is said of the next": (
        "Her calcium fell to 12.1 mg/dL at 24 h and normalized (9.2 mg/dL) on day 4.",
        ["calcium 12.1 mg/dL", "calcium 9.2 mg/dL normal"],
    ),
    "a hyphen from a line's end": ("C- reactive protein was 14 mg/L.", ["c-reactive protein 14 mg/L"]),
    "bare": ("calcium 9.27 mg/dL", ["calcium 9.27 mg/dL"]),
    "colon": ("Ca: 8.93 mg/dL, P: 2.81 mg/dL", ["calcium 8.93 mg/dL", "phosphate 2.81 mg/dL"]),
    "of": ("She had a calcium of 9.12 mg/dL.", ["calcium 9.12 mg/dL"]),
    "a level of": ("A calcium level of 11.9 mg/dL was found.", ["calcium 11.9 mg/dL"]),
    "value before name": ("Tests gave a value of 9.41 mg/dL for calcium.", ["calcium 9.41 mg/dL"]),
    "no units in a list": (
        "Calcium 9.3, phosphorus 3.3, PTH 27.",
        ["calcium 9.3", "phosphate 3.3", "parathyroid hormone 27"],
    ),
    "brackets": (
        "Bloods were taken (Ca 9.6 mg/dL, P 3.6 mg/dL).",
        ["calcium 9.6 mg/dL", "phosphate 3.6 mg/dL"],
    ),
    "elevated at": ("PTH was elevated at 104 pg/mL.", ["parathyroid hormone 104 pg/mL high"]),
    "low before name": ("A low phosphorous (1.7 mg/dl) was seen.", ["phosphate 1.7 mg/dL low"]),
    "elevated of": ("There was an elevated intact PTH of 81.5 pg/l.", ["parathyroid hormone 81.5 pg/L high"]),
    "as low as": ("Calcium was as low as 1.66 mmol/L.", ["calcium 1.66 mmol/L low"]),
    "respectively": (
        "Calcium, phosphate and PTH were 9.2 mg/dL, 3.4 mg/dL and 29 pg/mL, respectively.",
        ["calcium 9.2 mg/dL", "phosphate 3.4 mg/dL", "parathyroid hormone 29 pg/mL"],
    ),
    "list with ranges": (
        "NTX and BAP were 27 nmolBCE/L (normal range 7.4-16.6 nmolBCE/L) and 44 U/L (9.5-35.1), respectively.",
        ["ntx 27 nmolBCE/L [7.4-16.6] high", "bone alkaline phosphatase 44 U/L [9.5-35.1] high"],
    ),
    "list without the word": (
        "FSH, LH and oestradiol were 5.2 IU/L, 4.1 IU/L and 133 pmol/L.",
        ["follicle stimulating hormone 5.2 IU/L", "luteinizing hormone 4.1 IU/L", "estradiol 133 pmol/L"],
    ),
    "one unit for a list": (
        "Calcium and phosphorus were 9.4 and 3.8 mg/dL.",
        ["calcium 9.4 mg/dL", "phosphate 3.8 mg/dL"],
    ),
    "one test twice": (
        "Intact PTH values measured 10 and 20 minutes after removal were 66 and 41 pg/ml.",
        ["parathyroid hormone 66 pg/mL", "parathyroid hormone 41 pg/mL"],
    ),
    "a list of one test": (
        "Serum ALP was repeatedly low (31, 28 and 35 U/L; lower limit 140).",
        [f"serum:alkaline phosphatase {v} U/L [140-] low" for v in (31, 28, 35)],
    ),
    "stroke": ("AST/ALT 27/33 U/L", ["aspartate aminotransferase 27 U/L", "alanine aminotransferase 33 U/L"]),
    "less than": ("CRP was less than 3 mg/L.", ["c-reactive protein <3 mg/L"]),
    "undetectable": ("PTH was undetectable (<1 pg/mL).", ["parathyroid hormone <1 pg/mL low"]),
    "greater sign": ("Ferritin >1500 ng/mL", ["ferritin >1500 ng/mL"]),
    "stuck unit": ("25OHD 71nmol/L", ["25-hydroxyvitamin d 71 nmol/L"]),
    "second unit": ("Calcium was 2.38 mmol/l (9.5 mg/100 ml).", ["calcium 2.38 mmol/L"]),
    "second unit, then range": (
        "Calcium was 2.30 mmol/L (9.2 mg/dL), normal range 2.20-2.60.",
        ["calcium 2.3 mmol/L [2.2-2.6] normal"],
    ),
    "range between value and unit": (
        "Calcium level: 9.7 (8.6-10.3) mg/dL",
        ["calcium 9.7 mg/dL [8.6-10.3] normal"],
    ),
    "range before value": (
        "PTH (reference 14-66 pg/mL) was 91 pg/mL.",
        ["parathyroid hormone 91 pg/mL [14-66] high"],
    ),
    "first hour": ("ESR was 27 mm in the first hour.", ["erythrocyte sedimentation rate 27 mm/h"]),
    "old units": (
        "alkaline phosphatase 8 King-Armstrong units/100 ml (normal 3-12)",
        ["alkaline phosphatase 8 KA/100mL [3-12] normal"],
    ),
    "mg per cent": ("Calcium 9.9 mg%, haemoglobin 11.1 gm %", ["calcium 9.9 mg/dL", "hemoglobin 11.1 g/dL"]),
    "titre": ("ANA were positive at 1:320.", ["antinuclear antibodies 320 titer high"]),
    "counts": (
        "WBC 7,900/mm3, platelets 244 x 10^9/L, Hb 11.4 g/dl",
        ["white blood cell count 7900 /mm3", "platelet count 244 10^9/L", "hemoglobin 11.4 g/dL"],
    ),
    "per cent before name": ("There were 81% neutrophils.", ["neutrophils 81 %"]),
    "hyphen after name": (
        "Hb- 9.6 gm%, S.calcium- 8.2 mg/dl (8.5-10.5)",
        ["hemoglobin 9.6 g/dL", "calcium 8.2 mg/dL [8.5-10.5] low"],
    ),
    "unit told once": (
        "Calcium was 2.9 mmol/L. Ca 3.20 on D2.",
        ["calcium 2.9 mmol/L", "calcium 3.2 mmol/L"],
    ),
    "decimal comma": ("Ca 9,3 mg/dl; P 3,7 mg/dl", ["calcium 9.3 mg/dL", "phosphate 3.7 mg/dL"]),
    "urine by name": (
        "Urinary calcium excretion was 5.1 mmol/24 h (2.5-7.5).",
        ["urine:urinary calcium 5.1 mmol/24 h [2.5-7.5] normal"],
    ),
    "urine by specimen": ("NTX in urine was high (133 nmolBCE/L).", ["urine:ntx 133 nmolBCE/L high"]),
    "urine by unit": (
        "A 24-h urine collection showed calcium 4.4 mmol/24 h.",
        ["urine:urinary calcium 4.4 mmol/24 h"],
    ),
    "abbreviation in brackets": (
        "Creatine kinase (CK) was raised at 41,213 IU/L.",
        ["creatine kinase 41213 IU/L high"],
    ),
    "long and short name": (
        "25-hydroxyvitamin D [25(OH)D] was low (8 ng/mL)",
        ["25-hydroxyvitamin d 8 ng/mL low"],
    ),
    "telopeptide": ("C-terminal telopeptide of type I collagen was 0.91 ng/mL", ["ctx 0.91 ng/mL"]),
    "n-telopeptide": (
        "Cross-linked N-telopeptide of type I collagen (NTX) was 88 nmol BCE/mmol Cr.",
        ["urine:ntx 88 nmolBCE/mmolCr"],
    ),
    "multiple of the limit": (
        "ALP was 3 times the upper limit of normal (ULN 118 U/L).",
        ["alkaline phosphatase high"],
    ),
    "limits of detection": (
        "25-OHD was below the detection limit (<4 ng/mL).",
        ["25-hydroxyvitamin d <4 ng/mL"],
    ),
    "laboratory studies": (
        "Laboratory studies: Ca 9.5 mg/dl; ALP 91 U/l.",
        ["calcium 9.5 mg/dL", "alkaline phosphatase 91 U/L"],
    ),
    "range in another unit": (
        "PTH 61 pg/mL (1.6-6.9 pmol/L)",
        ["parathyroid hormone 61 pg/mL [15.09-65.09] normal"],
    ),
}

REFERENCES = {
    "N colon": ("Phosphorus 5.1 mg/dL (N: 2.4-4.6 mg/dL)", "[2.4-4.6] high"),
    "normal range": ("Phosphorus 5.1 mg/dL (normal range 2.4-4.6)", "[2.4-4.6] high"),
    "normal range, comma": ("Phosphorus 5.1 mg/dL, normal range 2.4-4.6 mg/dL", "[2.4-4.6] high"),
    "ref": ("Phosphorus 2.1 mg/dL [ref 2.4-4.6]", "[2.4-4.6] low"),
    "reference range": ("Phosphorus 3.1 mg/dL (reference range: 2.4-4.6)", "[2.4-4.6] normal"),
    "n.v.": ("Phosphorus 3.1 mg/dL (n.v. 2.4-4.6)", "[2.4-4.6] normal"),
    "RR": ("Phosphorus 3.1 mg/dL (RR 2.4-4.6)", "[2.4-4.6] normal"),
    "upper limit": ("Phosphorus 5.1 mg/dL (upper limit 4.6)", "[-4.6] high"),
    "upper limit of normal": ("Phosphorus 5.1 mg/dL (upper limit of normal 4.6)", "[-4.6] high"),
    "less than": ("Phosphorus 5.1 mg/dL (reference <4.6)", "[-4.6] high"),
    "more than": ("Phosphorus 2.1 mg/dL (>2.4)", "[2.4-] low"),
    "between": ("Phosphorus 2.1 mg/dL (normal values between 2.4 and 4.6)", "[2.4-4.6] low"),
    "to": ("Phosphorus 2.1 mg/dL (normal 2.4 to 4.6)", "[2.4-4.6] low"),
    "premenopausal": ("Phosphorus 5.1 mg/dL; premenopausal range 2.4-4.6", "[2.4-4.6] high"),
    "semicolon in the value's bracket": ("Phosphorus was high (5.1 mg/dL; normal 2.4-4.6)", "[2.4-4.6] high"),
    "deficiency below": ("Phosphorus 2.1 mg/dL (deficiency <2.4)", "[2.4-] low"),
}


@pytest.mark.parametrize(("text", "expected"), NUMERIC.values(), ids=NUMERIC)
def test_component_reads_numeric_results(text: str, expected: list[str]) -> None:
    assert expected
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), REFERENCES.values(), ids=REFERENCES)
def test_component_reads_reference_ranges(text: str, expected: str) -> None:
    found = read(text)
    assert len(found) == 1
    assert found[0].endswith(expected)


@pytest.mark.parametrize("text", [t for t, _ in NUMERIC.values()])
def test_component_quote_carries_its_value(text: str) -> None:
    assert quotes_carry_their_values(text)


def test_component_second_value_of_a_change_is_follow_up() -> None:
    first, second = LabExtractor().find(View("Calcium fell from 14.1 to 10.2 mg/dL."))
    assert (first.value, first.unit, second.value, second.unit) == (14.1, "mg/dL", 10.2, "mg/dL")
    assert first.time is not None and first.time.phase == "baseline"
    assert second.time is not None and second.time.phase == "follow-up"


@pytest.mark.parametrize(
    "text",
    ["Phosphate returned to normal.", "PTH normalised.", "Calcium had fallen to within the normal range."],
    ids=["back", "verb", "to"],
)
def test_component_return_to_normal_is_follow_up(text: str) -> None:
    (mention,) = LabExtractor().find(View(text))
    assert mention.flag == "normal"
    assert mention.time is not None and mention.time.phase == "follow-up"


def test_component_takes_abbreviations_of_the_paper() -> None:
    text = "XBALP was 41 U/L."
    (unknown,) = LabExtractor().find(View(text))
    assert (unknown.analyte, unknown.certainty < 0.7) == ("xbalp", True)
    (mention,) = LabExtractor().find(View(text), {"XBALP": "bone-specific alkaline phosphatase"})
    assert (mention.analyte, mention.value) == ("bone alkaline phosphatase", 41)


def test_component_is_a_spacy_factory() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.labs")
    doc = nlp("Serum calcium was 9.9 mg/dL today.")
    assert [m.analyte for m in mentions(doc, "labs") if isinstance(m, LabMention)] == ["calcium"]
    assert [s.text for s in doc.spans["labs"]] == ["Serum calcium was 9.9 mg/dL"]


def test_component_certainty_falls_with_inference() -> None:
    exact = LabExtractor().find(View("Calcium was 9.9 mg/dL."))[0].certainty
    state = LabExtractor().find(View("She had hypocalcaemia."))[0].certainty
    cleared = LabExtractor().find(View("Calcium was measured. All tests were normal."))[0].certainty
    assert exact == 1.0 > state > cleared


FAMILIES = {
    "twice at two times": (
        "Serum 25(OH)D and PTH were 11 ng/mL and 77 pg/mL at baseline and 36 ng/mL and 44 pg/mL at 6 months.",
        {
            ("25-hydroxyvitamin d", 11): "baseline",
            ("parathyroid hormone", 77): "baseline",
            ("25-hydroxyvitamin d", 36): "follow-up",
            ("parathyroid hormone", 44): "follow-up",
        },
    ),
    "days after an operation": (
        "Calcium was 2.9 mmol/L. On postoperative day 1 calcium was 2.1 mmol/L.",
        {("calcium", 2.9): "", ("calcium", 2.1): "follow-up"},
    ),
    "discharge": (
        "Calcium was 3.1 mmol/L. At discharge calcium was 2.4 mmol/L.",
        {("calcium", 3.1): "", ("calcium", 2.4): "follow-up"},
    ),
    "three visits": (
        "Calcium was 2.4 mmol/L at baseline, 2.5 mmol/L at 3 months and 2.3 mmol/L at 12 months.",
        {("calcium", 2.4): "baseline", ("calcium", 2.5): "follow-up", ("calcium", 2.3): "follow-up"},
    ),
}


@pytest.mark.parametrize(("text", "phases"), FAMILIES.values(), ids=FAMILIES)
def test_component_tells_visits_apart(text: str, phases: dict[tuple[str, float], str]) -> None:
    found = {(m.analyte, m.value): m.time.phase if m.time else "" for m in LabExtractor().find(View(text))}
    assert found == phases


@given(
    st.lists(
        st.sampled_from(
            "calcium PTH 25(OH)D P Ca ( ) , ; . 9.4 mg/dL <5 8.5-10.2 was were normal low and respectively no except urine 24-h [ ] : = / % H ↑ hypocalcaemia".split()
        ),
        max_size=25,
    )
)
def test_component_never_raises_and_quotes_stay_inside(words: list[str]) -> None:
    text = " ".join(words)
    for mention in LabExtractor().find(View(text)):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.value is not None or mention.flag in ("low", "normal", "high")
