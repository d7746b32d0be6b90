"""Laboratory results in words, and sentences that tell none."""

from __future__ import annotations

import pytest
from fixtures.labs_told import quotes_carry_their_values, read

QUALITATIVE = {
    "normal later": (
        "The CEA, which was raised at the time of diagnosis, returned to normal.",
        ["carcinoembryonic antigen high", "carcinoembryonic antigen normal"],
    ),
    "normal again behind and": (
        "LDH was high and normalised.",
        ["lactate dehydrogenase high", "lactate dehydrogenase normal"],
    ),
    "factors of a list": ("Factors V and X were low.", ["factor v low", "factor x low"]),
    "both free": ("Free T3 and T4 were low.", ["free triiodothyronine low", "free thyroxine low"]),
    "on a glucometer": ("Capillary glucose read low on the glucometer.", ["glucose low"]),
    "a noun behind": ("The ECG showed ST depression with troponin rise.", ["troponin high"]),
    "increase of": (
        "There was an increase of CRP without elevation of procalcitonin.",
        ["c-reactive protein high", "procalcitonin normal"],
    ),
    "immunoglobulins of a list": (
        "Immunoglobulins (G, A and M) were low.",
        ["igg low", "iga low", "igm low"],
    ),
    "manifold": (
        "ALT was increased to six times the normal value; lipase was more than three times the upper limit.",
        ["alanine aminotransferase high", "lipase high"],
    ),
    "a dash of a list": ("The amylase - lipase levels were normal.", ["amylase normal", "lipase normal"]),
    "still further": ("The ESR was further raised.", ["erythrocyte sedimentation rate high"]),
    "a list with its own word before": (
        "Tests showed a normal ferritin and folate, the CRP level was high.",
        ["ferritin normal", "folate normal", "c-reactive protein high"],
    ),
    "a clause of its own behind a list": (
        "There was a low calcium and magnesium, and urine protein was positive.",
        ["calcium low", "magnesium low"],
    ),
    "up to normal": ("The platelet count was increased slowly to normal values.", ["platelet count normal"]),
    "a bracket within a list": (
        "Blood count, liver enzymes (AST, ALT) and urinalysis were normal.",
        [
            "complete blood count normal",
            "liver function tests normal",
            "aspartate aminotransferase normal",
            "alanine aminotransferase normal",
            "urine:urinalysis normal",
        ],
    ),
    "no noun shared by half a name": (
        "Magnesium, parathyroid hormone and zinc levels were normal.",
        ["magnesium normal", "parathyroid hormone normal", "zinc normal"],
    ),
    "lay": ("Calcium lay in the upper normal range.", ["calcium normal"]),
    "morning": (
        "TSH, prolactin and AM cortisol unremarkable.",
        ["thyroid stimulating hormone normal", "prolactin normal", "cortisol normal"],
    ),
    "one head for two": (
        "Normal hemoglobin and platelet levels were found.",
        ["hemoglobin normal", "platelet count normal"],
    ),
    "list, were normal": (
        "Calcium, phosphate and PTH were normal.",
        ["calcium normal", "phosphate normal", "parathyroid hormone normal"],
    ),
    "adjective before a list": (
        "She had normal calcium, phosphate and ALP.",
        ["calcium normal", "phosphate normal", "alkaline phosphatase normal"],
    ),
    "all normal": (
        "TSH, cortisol and PTH were all normal.",
        ["thyroid stimulating hormone normal", "cortisol normal", "parathyroid hormone normal"],
    ),
    "as were": (
        "25-OH vitamin D was normal (81 nmol/L), as were calcium and PTH.",
        ["25-hydroxyvitamin d 81 nmol/L normal", "calcium normal", "parathyroid hormone normal"],
    ),
    "closing a list of values": (
        "Calcium was 2.33 mmol/L and PTH 3.3 pmol/L; all were within normal limits.",
        ["calcium 2.33 mmol/L normal", "parathyroid hormone 3.3 pmol/L normal"],
    ),
    "values in brackets": (
        "Calcium (9.5 mg/dL) and creatinine (0.7 mg/dL) were unremarkable.",
        ["calcium 9.5 mg/dL normal", "creatinine 0.7 mg/dL normal"],
    ),
    "said of the last two only": (
        "BAP was 33 µg/L (upper limit 20), CTX 0.66 ng/mL (upper limit 0.57), and PTH and calcium "
        "were normal.",
        [
            "bone alkaline phosphatase 33 ug/L [-20] high",
            "ctx 0.66 ng/mL [-0.57] high",
            "parathyroid hormone normal",
            "calcium normal",
        ],
    ),
    "colon": (
        "Blood count, CRP, creatinine: normal.",
        ["complete blood count normal", "c-reactive protein normal", "creatinine normal"],
    ),
    "dash": ("PTH and prolactin - all normal", ["parathyroid hormone normal", "prolactin normal"]),
    "word alone": (
        "RF negative, ESR normal",
        ["rheumatoid factor normal", "erythrocyte sedimentation rate normal"],
    ),
    "in brackets": ("Vitamin D was 17 nmol/L (deficient).", ["25-hydroxyvitamin d 17 nmol/L low"]),
    "high list": (
        "Because of high levels of alkaline phosphatase, IgM and ferritin a biopsy was taken.",
        ["alkaline phosphatase high", "igm high", "ferritin high"],
    ),
    "two adjectives": (
        "There was low serum phosphorus and high ALP.",
        ["serum:phosphate low", "alkaline phosphatase high"],
    ),
    "mildly": ("Serum prolactin was massively increased.", ["serum:prolactin high"]),
    "reference range": ("Tumour markers were within the reference range.", ["tumor markers normal"]),
    "not elevated": ("CRP was not elevated.", ["c-reactive protein normal"]),
    "organs": (
        "Renal, liver and thyroid function tests were normal.",
        ["renal function normal", "liver function tests normal", "thyroid function normal"],
    ),
    "negative antibodies": (
        "Anti-CCP and coeliac antibodies were negative.",
        ["anti-cyclic citrullinated peptide antibodies normal", "celiac serology normal"],
    ),
    "no M-peak": ("Protein electrophoresis showed no M-peak.", ["protein electrophoresis normal"]),
    "no abnormalities": (
        "TSH and PTH revealed no abnormalities.",
        ["thyroid stimulating hormone normal", "parathyroid hormone normal"],
    ),
    "low-normal": ("Her phosphate was low-normal.", ["phosphate normal"]),
    "other examinations": (
        "Other laboratory examinations including serum BAP and serum PTH were within normal ranges.",
        ["serum:bone alkaline phosphatase normal", "serum:parathyroid hormone normal"],
    ),
    "showed normal": (
        "Her biochemistry showed normal calcium and phosphate, but a low vitamin D.",
        ["calcium normal", "phosphate normal", "25-hydroxyvitamin d low"],
    ),
    "arrow": ("PTH 96 pg/mL ↑, Ca 9.0 mg/dL", ["parathyroid hormone 96 pg/mL high", "calcium 9 mg/dL"]),
    "state": ("She had hypocalcaemia and leukocytosis.", ["calcium low", "white blood cell count high"]),
    "state with value": ("Tests showed hypokalaemia (2.8 mmol/L).", ["potassium 2.8 mmol/L low"]),
    "state of a value": ("Hypercalcaemia was found. Calcium was 3.1 mmol/L.", ["calcium 3.1 mmol/L high"]),
    "adjective of a state": ("She was hypophosphataemic.", ["phosphate low"]),
    "vitamin D deficiency": ("Vitamin D deficiency was present.", ["25-hydroxyvitamin d low"]),
    "exception": (
        "Calcium, PTH and TSH were requested. No abnormality was detected except for phosphorus "
        "4.8 mg/dL (N: 2.5-4.5).",
        [
            "calcium normal",
            "parathyroid hormone normal",
            "thyroid stimulating hormone normal",
            "phosphate 4.8 mg/dL [2.5-4.5] high",
        ],
    ),
    "exception in one sentence": (
        "Calcium and PTH were normal except for a low vitamin D (13 ng/mL).",
        ["calcium normal", "parathyroid hormone normal", "25-hydroxyvitamin d 13 ng/mL low"],
    ),
    "abbreviation of the authors": (
        "Alkaline phosphatase (APase) was high. APase was 290 U/L later.",
        ["alkaline phosphatase high", "alkaline phosphatase 290 U/L"],
    ),
}

NEGATIVE = {
    "until": "Treatment was postponed until vitamin D was replete.",
    "unknown neighbour": "Xylosyltransferase and calcium were 30 mmol/L and 2.34 mmol/L.",
    "doses": "She took calcium 500 mg daily and vitamin D 800 IU.",
    "dose per day": "Calcium (1,000 mg/day) and vitamin D3 2000 IU/day were prescribed.",
    "intake": "Her calcium intake was low, about 300 mg per day.",
    "added": "Potassium 40 mEq was slowly added to the drip.",
    "goal": "The goal was a serum sodium of 140 mmol/L.",
    "should be": "Potassium should be 4.5 mmol/L before surgery.",
    "needed": "A glucose of about 8 mmol/L appeared to be needed.",
    "to reach": "In order to reach a serum magnesium of 1 mmol/L, oral salts were added.",
    "amount of a change": "There was a fall in haemoglobin of 3 g/dL.",
    "disease defined": "Sarcoidosis is a chronic disease characterized by elevated calcium.",
    "no rise behind": "He had fever without CRP elevation.",
    "verb of many": "Levels of AST increase in pregnancy.",
    "supplements": "High-dose vitamin D supplementation was started.",
    "salts": "Calcium carbonate was stopped and potassium phosphate was high on the list.",
    "bone density": "Bone mineral density was 0.70 g/cm2, T-score -3.1.",
    "may be": "PTH may be suppressed in lactation.",
    "usually": "Serum calcium is usually normal in this disease.",
    "plan": "Calcium will be checked in three months.",
    "definition": "Vitamin D deficiency is defined as a 25(OH)D level below 20 ng/mL.",
    "threshold": "Women with 25(OH)D below 20 ng/mL were offered tablets.",
    "norm itself": "Normal calcium is 8.5-10.5 mg/dL.",
    "immunohistochemistry": "Tumour cells stained for PTH and calcitonin.",
    "gene": "The PTH gene was normal.",
    "receptor": "A normal vitamin D receptor was found.",
    "secreting tumour": "A PTH-secreting adenoma of 14 mm was removed.",
    "not measured": "Serum calcium was not measured.",
    "not available": "Vitamin D levels were not available.",
    "p value": "The change was significant (P = 0.03, p < 0.05).",
    "vertebrae": "T3 and T4 were normal on the radiograph.",
    "potassium letter": "Vitamin K2 45 mg was given.",
    "cancer": "Ca of the breast had been treated.",
    "blood pressure": "Blood pressure was 118/76 mmHg and temperature 36.9.",
    "relative": "Her mother had hypercalcaemia.",
    "no hypercalcaemia": "There was no hypercalcaemia or hypophosphataemia.",
    "ruled out": "Vitamin D deficiency was ruled out.",
    "disease name": "Familial hypocalciuric hypercalcaemia was considered.",
    "disease name, adjective": "Hypophosphatemic osteomalacia was diagnosed.",
    "hyperparathyroidism": "Primary hyperparathyroidism was suspected.",
    "range of values": "Calcium ranged from 9.0 to 9.7 mg/dL during follow-up.",
    "change alone": "CTX decreased by 60%.",
    "resolved": "The hypocalcaemia resolved.",
    "table row": "Calcium 9.3 10.4 9.7 9.5",
    "weights": "Calcium heparin 10 000 units was injected.",
    "initials": "We thank Dr P. Mason, who was 14 then.",
}


@pytest.mark.parametrize(("text", "expected"), QUALITATIVE.values(), ids=QUALITATIVE)
def test_component_reads_result_words(text: str, expected: list[str]) -> None:
    assert expected
    assert read(text) == expected


@pytest.mark.parametrize("text", NEGATIVE.values(), ids=NEGATIVE)
def test_component_finds_no_result(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", [t for t, _ in QUALITATIVE.values()])
def test_component_quote_of_words_carries_them(text: str) -> None:
    assert quotes_carry_their_values(text)
