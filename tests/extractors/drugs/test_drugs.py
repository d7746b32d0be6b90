"""Annotated sentences: what each states, as "drug status dose unit; frequency; route; duration".

Trailing empty parts are left out. An empty list is a sentence that states no fact on a drug.
"""

from __future__ import annotations

import pytest
import spacy
from fixtures.drug_forms import expected_forms, forms

from extractors.base import mentions
from extractors.drugs.read import Drugs
from extractors.section import Section
from extractors.text import View, Zone

REGIMENS = {
    "two-units": (
        "He was given 740 MBq (20 mCi) of (131)I-iodide and a 40 mg (1 ml) triamcinolone injection.",
        ["radioiodine given 740 MBq", "triamcinolone given 40 mg"],
    ),
    "at-once-then": (
        "Urokinase 200.000 units stat and 80.000 units per hour was infused.",
        ["urokinase given 200000 U; once", "urokinase given 80000 U/h; ; intravenous"],
    ),
    "salt-then-dose": (
        "Amphotericin B deoxycholate at a dose of 1 mg/kg/day was started.",
        ["amphotericin b given 1 mg/kg; daily"],
    ),
    "misspelt-such-as": (
        "She got antibiotics such as ceftazidim in combination with an aminoside.",
        ["ceftazidime given", "aminoglycoside given"],
    ),
    "route-of-a-list": (
        "He got intravenous (IV) flucloxacillin and gentamicin, later topical clobetasol and methotrexate.",
        [
            "flucloxacillin given; ; intravenous",
            "gentamicin given; ; intravenous",
            "clobetasol given; ; topical",
            "methotrexate given",
        ],
    ),
    "one-route-behind": (
        "A combination of ciprofloxacin and metronidazole was administered intravenously.",
        ["ciprofloxacin given; ; intravenous", "metronidazole given; ; intravenous"],
    ),
    "therapy-by-name": ("He was put on a regimen with insulin therapy.", ["insulin given"]),
    "supplemented-with": (
        "Artesunate for 3 days supplemented with an antipyretic was given.",
        ["artesunate given; ; ; 3 days", "antipyretic given"],
    ),
    "solvent": (
        "Furosemide 1 mg/kg in 200 ml of saline serum was followed by a bolus of 500 ml of saline.",
        ["furosemide given 1 mg/kg", "sodium chloride given 500 mL"],
    ),
    "daily-before-a-list": (
        "She took daily losartan 50 mg and amlodipine 10 mg.",
        ["losartan given 50 mg; daily", "amlodipine given 10 mg; daily"],
    ),
    "reintroduced": ("Later insulin was reintroduced at 4 IU per day.", ["insulin given 4 IU; daily"]),
    "analyte-by-weight": ("Noradrenaline 0.5 µg/kg/min was begun.", ["noradrenaline given 0.5 ug/kg/min"]),
    "route-of-something-else": (
        "She took methotrexate and had an oral aphthosis.",
        ["methotrexate given"],
    ),
    "route-not-wanted": (
        "There was a response to voriconazole and she was not willing for intravenous therapy.",
        ["voriconazole given"],
    ),
    "another-treatment-by-a-route": (
        "She got azathioprine in combination with intensive topical treatment.",
        ["azathioprine given"],
    ),
    "a-month's-therapy": ("She had a month's therapy of antibiotics.", ["antibiotic given"]),
    "output-of-a-day": ("Despite desmopressin his urine output reached 5 L/day.", ["desmopressin given"]),
    "better-within": ("She was better within 72 hours of calcitonin treatment.", ["calcitonin given"]),
    "weekly-is-of-the-last": (
        "Calcium 1000 mg and alendronate 70 mg weekly were given.",
        ["calcium given 1000 mg", "alendronate given 70 mg; weekly"],
    ),
    "weekly-by-surface": (
        "Paclitaxel 80 mg/m2 and trastuzumab 2 mg/kg weekly were given.",
        ["paclitaxel given 80 mg/m2; weekly", "trastuzumab given 2 mg/kg; weekly"],
    ),
    "tab": ("She took tab. iron and folic acid only.", ["iron given; ; oral", "folic acid given"]),
    "by-age": ("She had had growth hormone from age 10 to 13.", ["growth hormone prior"]),
    "abbreviation-before-therapy": (
        "Growth hormone (GH) therapy was initiated.",
        ["growth hormone given"],
    ),
    "in-a-trial": (
        "She was enrolled in a clinical trial of burosumab, which was given at a dose of 40 mg monthly.",
        ["burosumab given 40 mg; monthly"],
    ),
    "tuberculosis-short": (
        "She received INH 300 mg/d and RMP 450 mg/d.",
        ["isoniazid given 300 mg; daily", "rifampicin given 450 mg; daily"],
    ),
    "another-drug-stopped": (
        "She received pamidronate 30 mg every three months for one year, and the enoxaparin was "
        "discontinued.",
        ["pamidronate given 30 mg; every 3 months; ; one year", "enoxaparin stopped"],
    ),
    "stopped-told-by-it": (
        "Calcitonin 200 IU daily was started. It was discontinued after 2 weeks because of nausea.",
        ["calcitonin stopped 200 IU; daily"],
    ),
    "formerly-and-now": (
        "She was previously treated with prednisone 10 mg daily and is now on teriparatide.",
        ["prednisone prior 10 mg; daily", "teriparatide given"],
    ),
    "brand-of-both": (
        "She was given calcium and vitamin D (Calcichew D3 Forte) one tablet twice daily.",
        ["calcium given", "vitamin d given; twice daily; oral"],
    ),
    "options-of-a-question": (
        "Which drug is best? A. Alendronate B. Teriparatide C. Denosumab. She was given risedronate.",
        ["risedronate given"],
    ),
    "two-times-of-day": (
        "Prednisolone 1 mg in the morning and 0.5 mg in the evening was continued.",
        ["prednisolone given 1 mg; daily", "prednisolone given 0.5 mg; daily"],
    ),
    "relative-clause": (
        "Teriparatide 20 µg, which was injected daily, was started.",
        ["teriparatide given 20 ug; daily"],
    ),
    "form-comma-name": (
        "She was given a daily injection, Forsteo, for 18 months.",
        ["teriparatide given; daily; ; 18 months"],
    ),
    "times-a-day": (
        "Paracetamol 3 x 500 mg was prescribed.",
        ["paracetamol given 500 mg; three times daily"],
    ),
    "followed-by-short": (
        "Cholecalciferol granules 60,000 IU weekly was given f/b 1000 IU daily.",
        ["cholecalciferol given 60000 IU; weekly", "cholecalciferol given 1000 IU; daily"],
    ),
    "replaced-by-another": (
        "Calcium 1 g was replaced with vitamin D 800 IU daily.",
        ["calcium stopped 1 g", "vitamin d given 800 IU; daily"],
    ),
    "mane-and-nocte": (
        "Hydrocortisone 20 mg mane and 10 mg nocte was started.",
        ["hydrocortisone given 20 mg; daily", "hydrocortisone given 10 mg; daily"],
    ),
    "dose-after": (
        "Calcium carbonate 1250 mg daily was started.",
        ["calcium carbonate given 1250 mg; daily"],
    ),
    "dose-before": ("She was given 1000 mg of calcium per day.", ["calcium given 1000 mg; daily"]),
    "dose-before-slash": ("She took 880 IU vitamin D3/day.", ["cholecalciferol given 880 IU; daily"]),
    "dose-in-bracket": ("Cabergoline (0.5 mg, single dose) was given.", ["cabergoline given 0.5 mg; once"]),
    "dose-of": ("Risedronate at a dose of 35 mg once weekly was begun.", ["risedronate given 35 mg; weekly"]),
    "dose-comma": ("I took naproxen, 250 mg, perhaps twice a day.", ["naproxen given 250 mg; twice daily"]),
    "grouped-comma": (
        "She received 60,000 IU of cholecalciferol weekly.",
        ["cholecalciferol given 60000 IU; weekly"],
    ),
    "grouped-space": (
        "An oral dose of 14 400 IU vitamin D daily was given.",
        ["vitamin d given 14400 IU; daily; oral"],
    ),
    "grouped-dot": (
        "Colecalciferol 25.000 IU every 2 weeks.",
        ["cholecalciferol given 25000 IU; every 2 weeks"],
    ),
    "grouped-indian": (
        "Inj. cholecalciferol 3,00,000 IU IM stat.",
        ["cholecalciferol given 300000 IU; once; intramuscular"],
    ),
    "middle-dot": ("Calciferol 1·25 mg weekly was given.", ["ergocalciferol given 1.25 mg; weekly"]),
    "range": ("Calcium 1,000-1,200 mg daily was given.", ["calcium given 1000 mg; daily"]),
    "from-to": ("Calcitriol was increased from 0.25 to 1 µg daily.", ["calcitriol given 1 ug; daily"]),
    "per-kg": ("Pamidronate 0.5 mg/kg was infused.", ["pamidronate given 0.5 mg/kg; ; intravenous"]),
    "units": (
        "Heparin 7500 units s.c. twice daily was given.",
        ["heparin given 7500 U; twice daily; subcutaneous"],
    ),
    "units-are-iu": (
        "Elcatonin 40 units i.m. weekly was given.",
        ["elcatonin given 40 IU; weekly; intramuscular"],
    ),
    "microgram-word": ("Teriparatide 20 micrograms daily was given.", ["teriparatide given 20 ug; daily"]),
    "mcg": ("Levothyroxine 75 mcg o.d. was started.", ["levothyroxine given 75 ug; daily"]),
    "pair": (
        "She received calcium 600 mg and vitamin D 400 IU daily.",
        ["calcium given 600 mg; daily", "vitamin d given 400 IU; daily"],
    ),
    "pair-plus": (
        "500 mg calcium + 440 IU vitamin D3 twice daily was added.",
        ["calcium given 500 mg; twice daily", "cholecalciferol given 440 IU; twice daily"],
    ),
    "pair-slash": (
        "Calcium/vitamin D (600 mg/400 IU) daily was added.",
        ["calcium given 600 mg; daily", "vitamin d given 400 IU; daily"],
    ),
    "respectively": (
        "Calcium and vitamin D (1000 mg and 800 IU daily, respectively) were given.",
        ["calcium given 1000 mg; daily", "vitamin d given 800 IU; daily"],
    ),
    "pair-each": (
        "Pregabalin 75 mg and duloxetine 30 mg, both twice daily, were started.",
        ["pregabalin given 75 mg; twice daily", "duloxetine given 30 mg; twice daily"],
    ),
    "no-dose-theft": (
        "She was given vincristine, ifosfamide and prednisolone (60 mg daily).",
        ["vincristine given", "ifosfamide given", "prednisolone given 60 mg; daily"],
    ),
    "two-own-doses": (
        "Paracetamol 1 g three times a day and ibuprofen 600 mg as needed were prescribed.",
        ["paracetamol given 1 g; three times daily", "ibuprofen given 600 mg; as needed"],
    ),
    "followed-by": (
        "She took ergocalciferol 50,000 IU weekly for eight weeks followed by 2000 IU daily.",
        ["ergocalciferol given 50000 IU; weekly; ; eight weeks", "ergocalciferol given 2000 IU; daily"],
    ),
    "tapered": (
        "Prednisone 40 mg daily was started, then tapered to 5 mg daily.",
        ["prednisone given 40 mg; daily", "prednisone given 5 mg; daily"],
    ),
    "single-infusion": (
        "A single infusion of zoledronic acid 5 mg was given.",
        ["zoledronic acid given 5 mg; once; intravenous"],
    ),
    "one-infusion": (
        "One infusion of pamidronate 30 mg followed.",
        ["pamidronate given 30 mg; once; intravenous"],
    ),
    "route-first": (
        "She was treated with intravenous ibandronate 3 mg every 3 months.",
        ["ibandronate given 3 mg; every 3 months; intravenous"],
    ),
    "route-after": (
        "Denosumab 60 mg subcutaneously every six months was started.",
        ["denosumab given 60 mg; every 6 months; subcutaneous"],
    ),
    "nasal": ("Nasal calcitonin 200 IU daily was used.", ["calcitonin given 200 IU; daily; intranasal"]),
    "vaginal": (
        "Vaginal progesterone 200 mg at night was used.",
        ["progesterone given 200 mg; daily; vaginal"],
    ),
    "by-mouth": (
        "Alfacalcidol 1 µg by mouth once a day was given.",
        ["alfacalcidol given 1 ug; daily; oral"],
    ),
    "tablet": (
        "Tab. Calcium citrate 500 mg BD was advised.",
        ["calcium citrate planned 500 mg; twice daily; oral"],
    ),
    "bid": ("Levetiracetam 500 mg b.i.d. was added.", ["levetiracetam given 500 mg; twice daily"]),
    "tid": (
        "Amoxicillin 500 mg TID was given for 7 days.",
        ["amoxicillin given 500 mg; three times daily; ; 7 days"],
    ),
    "every-8-hours": (
        "Cefazolin 1 g every 8 hours i.v. was given.",
        ["cefazolin given 1 g; three times daily; intravenous"],
    ),
    "scheme": ("Gabapentin 300 mg 1-0-1 was given.", ["gabapentin given 300 mg; twice daily"]),
    "clock": ("Tramadol 50 mg 8/8 h was given.", ["tramadol given 50 mg; three times daily"]),
    "times-x": ("Paracetamol 1 g x 3 was given.", ["paracetamol given 1 g; three times daily"]),
    "monthly": (
        "Romosozumab 210 mg was injected subcutaneously once a month for 12 months.",
        ["romosozumab given 210 mg; monthly; subcutaneous; 12 months"],
    ),
    "yearly": (
        "A once-yearly infusion of 5 mg zoledronate was continued.",
        ["zoledronic acid given 5 mg; yearly; intravenous"],
    ),
    "every-other-day": (
        "Teriparatide 20 µg every other day was injected.",
        ["teriparatide given 20 ug; every other day"],
    ),
    "daily-intake-of": (
        "A daily intake of 2 g of calcium citrate was continued for 6 months.",
        ["calcium citrate given 2 g; daily; ; 6 months"],
    ),
    "daily-intake-of-two": (
        "We prescribed a daily intake of 40 mg of pantoprazole and 1,000 mg of calcium carbonate.",
        ["pantoprazole given 40 mg; daily", "calcium carbonate given 1000 mg; daily"],
    ),
    "weekly-dose-not-shared": (
        "She took a weekly dose of 35 mg of risedronate, and omeprazole 20 mg.",
        ["risedronate given 35 mg; weekly", "omeprazole given 20 mg"],
    ),
    "far-duration": (
        "Teriparatide 20 µg/day was started and continued for 18 months.",
        ["teriparatide given 20 ug; daily; ; 18 months"],
    ),
    "duration-first": (
        "After 2 years of treatment with alendronate the pain was gone.",
        ["alendronate given; ; ; 2 years"],
    ),
    "brand": ("Forteo 20 µg daily was given.", ["teriparatide given 20 ug; daily"]),
    "brand-in-bracket": (
        "Teriparatide (Forsteo®) 20 µg daily was given.",
        ["teriparatide given 20 ug; daily"],
    ),
    "brand-first": ("She was given Fosamax (alendronate) 70 mg weekly.", ["alendronate given 70 mg; weekly"]),
    "maker-in-bracket": (
        "Denosumab (Prolia®; Amgen, Breda, Netherlands) 60 mg was injected.",
        ["denosumab given 60 mg"],
    ),
    "indian-style": (
        "Inj Teriparatide 20 mcg SC OD, Tab Calcium 500 mg BD and Cap. Vitamin D3 60,000 IU once a week.",
        [
            "teriparatide given 20 ug; daily; subcutaneous",
            "calcium given 500 mg; twice daily; oral",
            "cholecalciferol given 60000 IU; weekly; oral",
        ],
    ),
    "shorthand": (
        "Started Ca/vit D 600 mg/400 IU bid.",
        ["calcium given 600 mg; twice daily", "vitamin d given 400 IU; twice daily"],
    ),
    "frequency-before-next-drug": (
        "She had teriparatide injections daily for 2 years along with calcium tablets.",
        ["teriparatide given; daily; ; 2 years", "calcium given; ; oral"],
    ),
    "salt": ("Diclofenac sodium 50 mg was given.", ["diclofenac given 50 mg"]),
    "misspelt": ("She received predisolone 10 mg daily.", ["prednisolone given 10 mg; daily"]),
    "new-drug-by-stem": ("She received osteolizumab 40 mg monthly.", ["osteolizumab given 40 mg; monthly"]),
    "own-abbreviation": (
        "Teriparatide (TPTD) was chosen and TPTD 20 µg daily was given.",
        ["teriparatide given", "teriparatide given 20 ug; daily"],
    ),
    "vitamin-d-replaced-with": (
        "Vitamin D was replenished with 50,000 IU weekly.",
        ["vitamin d given 50000 IU; weekly"],
    ),
    "class-and-drug": ("She was treated with the bisphosphonate alendronate.", ["alendronate given"]),
    "class-in-bracket": ("She took oral bisphosphonates (risedronate).", ["risedronate given; ; oral"]),
    "drug-a-class": ("She was given tramadol, an opioid, for a week.", ["tramadol given; ; ; a week"]),
    "class-and-abbreviation": (
        "Low molecular weight heparin (LMWH) was injected.",
        ["low molecular weight heparin given"],
    ),
    "class-alone": ("Non-steroidal anti-inflammatory drugs were prescribed.", ["nsaid given"]),
    "analyte-in-list": (
        "She was treated with an oral bisphosphonate, calcium and vitamin D.",
        ["bisphosphonate given; ; oral", "calcium given", "vitamin d given"],
    ),
    "analyte-supplement": ("Iron supplementation was begun.", ["iron given"]),
}


@pytest.mark.parametrize(("text", "wanted"), REGIMENS.values(), ids=REGIMENS.keys())
def test_drugs_regimen(text: str, wanted: list[str]) -> None:
    assert wanted
    assert forms(Drugs().find(View(text))) == expected_forms(wanted)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Later teriparatide 20 µg/day was given.", ["teriparatide 20 µg/day"]),
        ("She took 1200 mg of calcium daily.", ["1200 mg of calcium daily"]),
        ("Calcium/vitamin D (1 g/800 IU) helped.", ["Calcium/vitamin D (1 g/800 IU"] * 2),
        ("She denied heparin.", ["heparin"]),
    ],
    ids=["regimen", "dose-before", "list", "name"],
)
def test_drugs_quote_carries_the_statement(text: str, quotes: list[str]) -> None:
    assert [text[m.start : m.end] for m in Drugs().find(View(text))] == quotes


def test_drugs_discussion_is_general_but_for_our_patient() -> None:
    text = "Teriparatide 20 µg daily shortens recovery. Our patient took raloxifene."
    view = View(text, [Zone(0, len(text), "paragraph", "Discussion", Section.GENERAL)])
    assert [m.drug for m in Drugs().find(view)] == ["raloxifene"]


def test_drugs_class_and_confidence() -> None:
    [mention] = Drugs().find(View("Ibandronate 150 mg monthly was given."))
    assert (mention.drug_class, mention.rule, mention.certainty) == ("bisphosphonate", "regimen", 1.0)


def test_drugs_is_a_registered_factory() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.drugs")
    doc = nlp("She was given ibuprofen.")
    assert [span.text for span in doc.spans["drugs"]] == ["ibuprofen"]
    assert [m.start for m in mentions(doc, "drugs")] == [14]
