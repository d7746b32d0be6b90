"""How case reports tell results: around strokes, in parts, by letters, by class of antibody, in one unit."""

from __future__ import annotations

import pytest
from fixtures.labs_told import quotes_carry_their_values, read

TOLD = [
    # names and values around strokes
    ("Hb/Hct was 9.6/29.", ["hemoglobin 9.6", "hematocrit 29"]),
    ("PT/INR: 15 s/1.3.", ["prothrombin time 15 s", "international normalized ratio 1.3"]),
    ("Urea/Cr 71/2.9 mg/dL.", ["urea 71 mg/dL", "creatinine 2.9 mg/dL"]),
    ("ESR/CRP 55 mm/h/21 mg/L.", ["erythrocyte sedimentation rate 55 mm/h", "c-reactive protein 21 mg/L"]),
    ("H/H was 8.1 g/dL/25%.", ["hemoglobin 8.1 g/dL", "hematocrit 25 %"]),
    ("The FT3/FT4 ratio was 0.3.", []),
    ("Urine protein was 12 mg/mmol Cr.", ["urine:urinary protein 12 mg/mmolCr"]),
    # parts of the bilirubin
    ("Bilirubin was 6.2 mg/dL (direct 4.4 mg/dL).", ["bilirubin 6.2 mg/dL", "direct bilirubin 4.4 mg/dL"]),
    (
        "Total bilirubin was 91 µmol/L, 35% of which was conjugated.",
        ["bilirubin 91 umol/L", "direct bilirubin 35 %"],
    ),
    (
        "Bilirubin (total/direct) 5.1/2.2 mg/dL.",
        ["bilirubin 5.1 mg/dL", "direct bilirubin 2.2 mg/dL"],
    ),
    ("She had the conjugated vaccine in 2010.", []),
    # differential counts by letters
    (
        "WBC 9,100/mm3 (N-70%, L-24%).",
        ["white blood cell count 9100 /mm3", "neutrophils 70 %", "lymphocytes 24 %"],
    ),
    ("She was G3 P2 L2.", []),
    # the next item of a list is no further value of the one before
    ("CSF protein was 51 mg/dL, sugar 44 mg/dL.", ["csf:csf protein 51 mg/dL", "csf:glucose 44 mg/dL"]),
    ("Protein 6.1 g/dL, lipofuscin 4 g/dL.", ["total protein 6.1 g/dL", "lipofuscin 4 g/dL"]),
    # antibodies of one class
    ("CMV IgM and IgG were negative.", ["cytomegalovirus igm normal", "cytomegalovirus igg normal"]),
    ("Dengue serology: IgM positive, IgG negative.", ["dengue igm high", "dengue igg normal"]),
    ("IgG was 9.1 g/L; CMV was negative.", ["igg 9.1 g/L", "cytomegalovirus serology normal"]),
    # one unit for a group
    ("ALT 310, AST 260 U/L.", ["alanine aminotransferase 310 U/L", "aspartate aminotransferase 260 U/L"]),
    ("LDH 500 and calcium 9.1 mg/dL.", ["lactate dehydrogenase 500", "calcium 9.1 mg/dL"]),
    ("Total bilirubin 3.9 (direct 2.8) mg/dL.", ["bilirubin 3.9 mg/dL", "direct bilirubin 2.8 mg/dL"]),
    # words of results
    ("Neither calcium nor PTH was elevated.", ["calcium normal", "parathyroid hormone normal"]),
    ("PTH and cortisol did not show any abnormality.", ["parathyroid hormone normal", "cortisol normal"]),
    ("Calcitriol did not show any benefit.", []),
    ("25(OH)D was 13 ng/mL, indicating deficiency.", ["25-hydroxyvitamin d 13 ng/mL low"]),
    (
        "PTH was 91 pg/mL, slightly above the reference range of 15-65.",
        ["parathyroid hormone 91 pg/mL [15-65] high"],
    ),
    ("INR was supratherapeutic at 7.4.", ["international normalized ratio 7.4 high"]),
    ("Ca=9.1 mg/dL (N), P=3.3 mg/dL (N).", ["calcium 9.1 mg/dL normal", "phosphate 3.3 mg/dL normal"]),
    ("TSH NAD, vitamin D low.", ["thyroid stimulating hormone normal", "25-hydroxyvitamin d low"]),
    # changes
    (
        "CTX and P1NP fell from 0.9 and 88 ng/mL to 0.3 and 31 ng/mL.",
        ["ctx 0.9 ng/mL", "ctx 0.3 ng/mL", "p1np 88 ng/mL", "p1np 31 ng/mL"],
    ),
    (
        "Hypokalaemia of 2.6 mmol/L corrected to 4.1 mmol/L.",
        ["potassium 2.6 mmol/L low", "potassium 4.1 mmol/L"],
    ),
    (
        "25(OH)D rose from an initial 9 ng/mL to 33 ng/mL.",
        ["25-hydroxyvitamin d 9 ng/mL", "25-hydroxyvitamin d 33 ng/mL"],
    ),
    (
        "ALP decreased gradually (290, 170 and 90 U/L).",
        ["alkaline phosphatase 290 U/L", "alkaline phosphatase 170 U/L", "alkaline phosphatase 90 U/L"],
    ),
    # whose
    ("In her brother, creatine kinase was 2800 U/L.", []),
    ("Calcium was 1.8 mmol/L in her daughter and 2.4 mmol/L in the patient.", ["calcium 2.4 mmol/L"]),
    ("Creatine kinase was 2800 U/L, and was high in her brother too.", ["creatine kinase 2800 U/L"]),
    ("Calcium of the newborn was 1.8 mmol/L.", []),
    ("Apgar scores were 9 and 9; cord pH was 7.31.", []),
    ("Haemoglobin dropped by 3 g/dL to 9 g/dL.", ["hemoglobin 9 g/dL"]),
    ("Haemoglobin dropped by 3 g/dL.", []),
    ("Hb had decreased by 3.1 g/dL, from 11.0 to 7.9 g/dL.", ["hemoglobin 11 g/dL", "hemoglobin 7.9 g/dL"]),
    ("A marked CK elevation (8,700 U/L) was seen.", ["creatine kinase 8700 U/L high"]),
    ("WBC was 9,000/mm3 (70% of neutrophils).", ["white blood cell count 9000 /mm3", "neutrophils 70 %"]),
    ("85% of lymphocytes were CD4 positive.", []),
    ("Cortisol/ACTH: 19 µg/dL/61 pg/mL.", ["cortisol 19 ug/dL", "adrenocorticotropic hormone 61 pg/mL"]),
    (
        "Both CTX (0.9 ng/mL) and P1NP (99 ng/mL) exceeded the upper limit.",
        ["ctx 0.9 ng/mL high", "p1np 99 ng/mL high"],
    ),
    ("A PTH of 21 pg/mL, i.e. within the normal range, was found.", ["parathyroid hormone 21 pg/mL normal"]),
    ("Troponin was 0.9 ng/mL (cut-off 0.04).", ["troponin 0.9 ng/mL [-0.04] high"]),
    # fluids
    (
        "CSF showed 110 cells/µL (80% lymphocytes) and protein 0.8 g/L; CRP was 12 mg/L.",
        [
            "csf:white blood cell count 110 cells/uL",
            "csf:lymphocytes 80 %",
            "csf:total protein 0.8 g/L",
            "c-reactive protein 12 mg/L",
        ],
    ),
    ("CT showed a pleural effusion; LDH was 280 U/L.", ["lactate dehydrogenase 280 U/L"]),
    ("The pleural effusion showed LDH 910 U/L.", ["pleural fluid:lactate dehydrogenase 910 U/L"]),
    ("Urinalysis showed pH 5.5.", ["urine:urinary ph 5.5"]),
    ("The urine was clear; arterial pH was 7.31.", ["ph 7.31"]),
    (
        "24-h urine: calcium 290 mg, phosphate 580 mg; serum calcium was 9 mg/dL.",
        ["urine:urinary calcium 290 mg", "urine:urinary phosphate 580 mg", "serum:calcium 9 mg/dL"],
    ),
    ("An IgG kappa peak of 31 g/L was found.", ["paraprotein 31 g/L"]),
    ("Urinary DPD was 8.2 nM/mM.", ["urine:deoxypyridinoline 8.2 nmol/mmol"]),
    # what is no result
    ("Haemoglobin threshold for transfusion was 7 g/dL.", []),
    ("The MIC of vancomycin was 1 mg/L.", []),
    ("Anaemia is the most frequent manifestation of this disease.", []),
    ("She ate a low protein, low sodium diet.", []),
    ("Urine DPD/creatinine was 11 (2.5-6.5).", []),
    # names
    ("ACE level was 91 U/L.", ["angiotensin-converting enzyme 91 U/L"]),
    ("ACE was 12 ng/mL.", ["carcinoembryonic antigen 12 ng/mL"]),
    ("INR 1.1, TP 74%.", ["international normalized ratio 1.1", "prothrombin time 74 %"]),
    ("TP 6.6 g/dL.", ["total protein 6.6 g/dL"]),
    ("Thrombopenia at 31,000/mm3 was seen.", ["platelet count 31000 /mm3 low"]),
    ("Hypercalcaemia up to 3.3 mmol/L was found.", ["calcium 3.3 mmol/L high"]),
    ("CK rose to a maximum of 21,000 U/L.", ["creatine kinase 21000 U/L"]),
    # an exception at the head of a sentence
    (
        "Except for a low ferritin (7 ng/mL), CRP and TSH were normal.",
        ["ferritin 7 ng/mL low", "c-reactive protein normal", "thyroid stimulating hormone normal"],
    ),
    ("Apart from raised ALP, calcium was normal.", ["alkaline phosphatase high", "calcium normal"]),
    ("Except for calcium, PTH was normal.", ["parathyroid hormone normal"]),
    # a unit behind a list of minerals, where the numbers can be of it
    ("Ca 2.31, P 1.05 mmol/L.", ["calcium 2.31 mmol/L", "phosphate 1.05 mmol/L"]),
    (
        "Calcium 9.1, phosphate 3.3 and magnesium 1.9 mg/dL.",
        ["calcium 9.1 mg/dL", "phosphate 3.3 mg/dL", "magnesium 1.9 mg/dL"],
    ),
    ("Calcium 9.2, magnesium 0.8 mmol/L.", ["calcium 9.2", "magnesium 0.8 mmol/L"]),
    # what is suppressed, and what a state names behind its verb
    ("CTX decreased by 55% to 0.31 ng/mL.", ["ctx 0.31 ng/mL"]),
    ("Hyperprolactinaemia was present (85 ng/mL).", ["prolactin 85 ng/mL high"]),
    ("There was suppression of PTH to 7 pg/mL.", ["parathyroid hormone 7 pg/mL low"]),
    ("Hypocalcaemia was noted (1.8 mmol/L).", ["calcium 1.8 mmol/L low"]),
    ("Hypokalaemia was noted (sodium 131 mmol/L).", ["potassium low", "sodium 131 mmol/L"]),
]


@pytest.mark.parametrize(("sentence", "told"), TOLD, ids=[s for s, _ in TOLD])
def test_told(sentence: str, told: list[str]) -> None:
    assert read(sentence) == told
    assert quotes_carry_their_values(sentence)
