# ruff: noqa: E501 (one sentence, one line)
"""Marks, counts, ranges and names as journals print them: sentences of our own with their results."""

from __future__ import annotations

import pytest
from fixtures.labs_told import quotes_carry_their_values, read

MARKS = {
    "an arrow before the range": ("ALP: 212↑ (35-104), ferritin 9↓ (15-150).", ["alkaline phosphatase 212 [35-104] high", "ferritin 9 [15-150] low"]),
    "an arrow before the unit": ("Calcium was 11.4↑ mg/dL and PTH 8↓ pg/mL.", ["calcium 11.4 mg/dL high", "parathyroid hormone 8 pg/mL low"]),
    "a star": ("GGT 88 U/l* [<40], prolactin 1.2 U/l† [0.1-0.6].", ["gamma-glutamyl transferase 88 U/L [-40] high", "prolactin 1.2 U/L [0.1-0.6] high"]),
    "a letter": ("CRP 51 mg/L (H) (<5), sodium 129 mmol/L L (135-145).", ["c-reactive protein 51 mg/L [-5] high", "sodium 129 mmol/L [135-145] low"]),
    "a litre is no letter": ("WBC 7100/µL (3500-11,000/µL).", ["white blood cell count 7100 /uL [3500-11000] normal"]),
    "a factor": ("Platelets were 180*10^3/µL (150-400).", ["platelet count 180 10^3/uL [150-400] normal"]),
}
COUNTS = {
    "before their name": ("The count showed 11,900 white blood cells/mm3 and 91,000 platelets/mm3.", ["white blood cell count 11900 /mm3", "platelet count 91000 /mm3"]),
    "with a range": ("There were 2100 leukocytes/µL (NR 4000-10 500/µL).", ["white blood cell count 2100 /uL [4000-10500] low"]),
    "with a word in brackets": ("The full blood count reported 9,000 leukocytes/mm3 (normal).", ["white blood cell count 9000 /mm3 normal"]),
    "of another fluid": ("CSF contained 310 leukocytes/µL, 900 red blood cells/mm3 and protein 0.8 g/L.", ["csf:white blood cell count 310 /uL", "csf:red blood cell count 900 /mm3", "csf:total protein 0.8 g/L"]),
    "by a field": ("Urinalysis showed 30 white blood cells/HPF and 4 red blood cells per high-power field.", ["urine:urinary white blood cells 30 /HPF", "urine:urinary red blood cells 4 /HPF"]),
    "a lost stroke": ("The leukocyte count was 15,200 mm3.", ["white blood cell count 15200 /mm3"]),
    "thousands by dots": ("Platelets were 98.000 mm3 and 43.000 plt/µL.", ["platelet count 98000 /mm3", "platelet count 43000 /uL"]),
    "elements": ("WBC was 14100 el/mm3, lymphocytes 9200 elements/mm3.", ["white blood cell count 14100 /mm3", "lymphocytes 9200 /mm3"]),
    "a lost sign of a power": ("It showed 301×103 platelets per microliter.", ["platelet count 301 10^3/uL"]),
    "giga and tera": ("WBC: 15.2 G/L, RBC 3.2 T/L, albumin 35 G/L.", ["white blood cell count 15.2 10^9/L", "red blood cell count 3.2 10^12/L", "albumin 35 g/L"]),
    "no count": ("She was given 500,000 platelets in two units.", []),
    "no letter of a unit": ("An elevated white count of 29.3 K/µL was found.", ["white blood cell count 29.3 10^3/uL high"]),
}
RANGES = {
    "an abbreviation defined in it": ("CRP was 9 mg/L (reference range [RR] < 20 mg/L).", ["c-reactive protein 9 mg/L [-20] normal"]),
    "behind a full stop": ("The ESR was 31 mm/hr. (RR < 10); CRP was normal.", ["erythrocyte sedimentation rate 31 mm/h [-10] high", "c-reactive protein normal"]),
    "behind the value in its bracket": ("Cortisol (41.3 µg/dL; 6.2-19.4 µg/dL) and prolactin (51 ng/mL, 4-23).", ["cortisol 41.3 ug/dL [6.2-19.4] high", "prolactin 51 ng/mL [4-23] high"]),
    "compared with it": ("IgG4 was 3.9 g/L, compared with a normal range of 0.1-1.4 g/L.", ["igg4 3.9 g/L [0.1-1.4] high"]),
    "in French": ("Platelets 41,000/µL (VN 150,000-400,000/µL).", ["platelet count 41000 /uL [150000-400000] low"]),
    "in capitals": ("BNP was 402 PG/ML(normal 0-100PG/ML).", ["brain natriuretic peptide 402 pg/mL [0-100] high"]),
    "no range": ("TSH (3.1 mU/L, 5-10 days later) was normal.", ["thyroid stimulating hormone 3.1 mU/L normal"]),
    "above": ("CRP was = >12 mg/L.", ["c-reactive protein >12 mg/L"]),
}
WORDS = {
    "including": ("The metabolic tests were unremarkable including lactate, ammonia and ACTH.", ["lactate normal", "ammonia normal", "adrenocorticotropic hormone normal"]),
    "including, but": ("Blood tests were normal including CRP and LDH, but ferritin was 790 ng/mL.", ["c-reactive protein normal", "lactate dehydrogenase normal", "ferritin 790 ng/mL"]),
    "no anomaly": ("TSH and protein electrophoresis: no anomaly.", ["thyroid stimulating hormone normal", "protein electrophoresis normal"]),
    "no anomaly of something else": ("Creatinine 0.8 mg/dL, ECG: no anomaly.", ["creatinine 0.8 mg/dL"]),
    "returning to normal": ("The IgG4 level was markedly decreased, returning to within the normal range, at 0.8 g/L.", ["igg4 0.8 g/L normal"]),
    "the maximum of the norm": ("CTX was twice the maximum value of the norm.", ["ctx high"]),
    "including at a distance": ("The laboratory findings were normal, including routine blood tests, biochemical markers and LDH value.", ["lactate dehydrogenase normal"]),
    "normal before": ("Her creatinine, which had been normal before, was 3.4 mg/dL.", ["creatinine 3.4 mg/dL"]),
    "two multiples": ("AST and ALT levels were 3 and 4 times the upper limit of normal, respectively.", ["aspartate aminotransferase high", "alanine aminotransferase high"]),
    "an interval of multiples": ("Transaminases were 2-3 times the upper limit of normal.", ["transaminases high"]),
    "negative and positive": ("Procalcitonin was negative and troponin was positive.", ["procalcitonin normal", "troponin high"]),
    "sterile": ("Blood cultures were sterile.", ["blood culture normal"]),
    "multiples of N": ("AST = 120 IU/L (3N), GGT = 2 x ULN.", ["aspartate aminotransferase 120 IU/L high", "gamma-glutamyl transferase high"]),
    "normalised from and to": ("Ferritin had normalized from 1200 to 150 ng/mL.", ["ferritin 1200 ng/mL", "ferritin 150 ng/mL normal"]),
    "of which": ("Bilirubin was 12 mg/dL, of which 9 mg/dL was conjugated.", ["bilirubin 12 mg/dL"]),
    "during a test": ("GH nadir during OGTT was 12 ng/mL.", ["growth hormone 12 ng/mL"]),
    "a suspicion": ("A clinical suspicion of TB was raised; ESR was high.", ["erythrocyte sedimentation rate high"]),
    "a panel for members": ("The serological testing for hepatitis B virus (HBV) and hepatitis C virus (HCV) was negative.", ["hepatitis b normal", "hepatitis c normal"]),
    "electrophoresis of": ("Electrophoresis of the proteins was normal.", ["protein electrophoresis normal"]),
    "a verdict on something else": ("The laboratory tests were: leukocytes 9,500 mm3 and CRP 12 mg/L. Computed tomography revealed no abnormalities.", ["white blood cell count 9500 /mm3", "c-reactive protein 12 mg/L"]),
    "a word of the blood beside another fluid": ("He had lymphopenia. CSF showed 80% lymphocytes.", ["lymphocytes low", "csf:lymphocytes 80 %"]),
}
NAMES = {
    "fractions": ("Albumin 33 g/l, α1 globulin 4.1g/l, β2-globulin 3.2g/l, γ globulin 9g/l.", ["albumin 33 g/L", "alpha-1 globulin 4.1 g/L", "beta-2 globulin 3.2 g/L", "gamma globulin 9 g/L"]),
    "a state of a fraction": ("Hypergammaglobulinemia at 31.2 g/l was found.", ["gamma globulin 31.2 g/L high"]),
    "densities": ("High density cholesterol was 31 mg/dl, non-HDL cholesterol 170 mg/dL.", ["hdl cholesterol 31 mg/dL", "non-hdl cholesterol 170 mg/dL"]),
    "unknown and of": ("Beta lipoproteins of 21% and gimel of 27.3%.", ["beta lipoprotein 21 %"]),
    "viruses of a list": ("Hepatitis A, B, and C serologies were negative, so was HIV.", ["hepatitis a normal", "hepatitis b normal", "hepatitis c normal", "hiv normal"]),
    "blood beside the fluid": ("Lumbar puncture: glucose 1.1 mmol/L (blood glucose 6.2 mmol/L).", ["csf:glucose 1.1 mmol/L", "glucose 6.2 mmol/L"]),
    "a titre with a stroke": ("Anti-nuclear antibodies at 1/1280.", ["antinuclear antibodies 1280 titer"]),
    "uraemia as its value": ("Natremia 128 mmol/l, uremia 0.9 g/l.", ["sodium 128 mmol/L", "urea 0.9 g/L"]),
    "a zero for an O": ("PC0 2 41mmHg and HC0 3 24mmol/l.", ["pco2 41 mmHg", "bicarbonate 24 mmol/L"]),
    "serum by its letter": ("S. calcium was 7.9 mg/dl, Sr. creatinine 0.7 mg/dl.", ["serum:calcium 7.9 mg/dL", "serum:creatinine 0.7 mg/dL"]),
    "enzymes as one": ("Liver enzymes, 4800U/L (normal level, 0-37U/L).", ["liver function tests 4800 U/L [0-37] high"]),
    "enzymes of a name behind": ("Transaminases at 150 IU/l (normal < 50) for AST.", ["aspartate aminotransferase 150 IU/L [-50] high"]),
    "moles without a volume": ("Hypomagnesaemia at 0.48 mmol was found.", ["magnesium 0.48 mmol low"]),
    "of the urine of a day": ("24-hour urinary protein 8.1 g, serum protein 51 g/L.", ["urine:urinary protein 8.1 g", "serum:total protein 51 g/L"]),
    "molar": ("Homocysteine 44UM/L, vitamin B12 90 pM/L.", ["homocysteine 44 umol/L", "vitamin b12 90 pmol/L"]),
}
ALL = {f"{kind}: {key}": case for kind, cases in (("marks", MARKS), ("counts", COUNTS), ("ranges", RANGES), ("words", WORDS), ("names", NAMES)) for key, case in cases.items()}


@pytest.mark.parametrize("key", ALL)
def test_results_as_printed(key: str) -> None:
    text, results = ALL[key]
    assert read(text) == results
    assert quotes_carry_their_values(text)
