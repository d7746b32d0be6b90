"""Annotated sentences: what each states, as "drug status dose unit; frequency; route; duration".

Trailing empty parts are left out. An empty list is a sentence that states no fact on a drug.
"""

from __future__ import annotations

import pytest
import spacy

from extractors.base import mentions
from extractors.drugs.fact import DrugMention
from extractors.drugs.read import Drugs
from extractors.section import Section
from extractors.text import View, Zone

REGIMENS = {
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

STATUS = {
    "stopped": ("Alendronate was stopped because of heartburn.", ["alendronate stopped"]),
    "started-then-stopped": (
        "Alendronate 70 mg weekly was started but had to be stopped.",
        ["alendronate stopped 70 mg; weekly"],
    ),
    "switched": ("Enoxaparin was replaced by warfarin.", ["enoxaparin stopped", "warfarin given"]),
    "discontinuation-of": ("After discontinuation of denosumab she fell.", ["denosumab stopped"]),
    "weaning-is-not-the-drug": (
        "Teriparatide was started and breastfeeding was stopped.",
        ["teriparatide given"],
    ),
    "had-been-taking": ("She had been taking prednisolone 5 mg daily.", ["prednisolone prior 5 mg; daily"]),
    "before-pregnancy": ("Warfarin was taken before pregnancy.", ["warfarin prior"]),
    "was-on": ("She was on lamotrigine for epilepsy.", ["lamotrigine prior"]),
    "induced": ("Steroid-induced osteoporosis was diagnosed.", ["glucocorticoid prior"]),
    "history-of": ("There was a history of corticosteroid use.", ["glucocorticoid prior"]),
    "will-be": ("Zoledronic acid 5 mg will be given next year.", ["zoledronic acid planned 5 mg"]),
    "recommended": ("Vitamin D supplementation was recommended.", ["vitamin d planned"]),
    "denied-list": (
        "She denied the use of corticosteroids, heparin or anticonvulsants.",
        ["glucocorticoid denied", "heparin denied", "anticonvulsant denied"],
    ),
    "no-history-list": (
        "There was no history of steroid, thyroxine or antiepileptic use.",
        ["glucocorticoid denied", "levothyroxine denied", "anticonvulsant denied"],
    ),
    "never": ("She had never received steroids.", ["glucocorticoid denied"]),
    "none-positive": (
        "Smoking, steroid or heparin usage and anorexia were all asked and none of them was positive.",
        ["glucocorticoid denied", "heparin denied"],
    ),
    "neither-nor": (
        "Neither calcitonin nor bisphosphonate was prescribed.",
        ["calcitonin denied", "bisphosphonate denied"],
    ),
    "proposed-never-started": (
        "Ibandronate had been proposed but was never started.",
        ["ibandronate denied"],
    ),
    "prescribed-not-taken": (
        "Alendronate 70 mg weekly was prescribed, but she did not take it.",
        ["alendronate denied 70 mg; weekly"],
    ),
    "refused": ("Teriparatide was offered, but she refused the injections.", ["teriparatide denied"]),
    "refused-object-only": (
        "She accepted sertraline 50 mg but refused lithium.",
        ["sertraline given 50 mg", "lithium denied"],
    ),
    "declined-list": (
        "She declined treatment with bisphosphonates or teriparatide.",
        ["bisphosphonate denied", "teriparatide denied"],
    ),
    "decided-against": (
        "We decided against bisphosphonates and gave her raloxifene.",
        ["bisphosphonate denied", "raloxifene given"],
    ),
    "not-available": (
        "Teriparatide was not available, so risedronate was chosen.",
        ["teriparatide denied", "risedronate given"],
    ),
    "still-taking": ("At the last visit she was still taking alfacalcidol.", ["alfacalcidol given"]),
    "except-for": (
        "She took no medication except levothyroxine 50 µg daily.",
        ["levothyroxine given 50 ug; daily"],
    ),
    "deferred": ("Antiresorptive therapy was deferred.", ["antiresorptive denied"]),
    "dose-of-a-result": (
        "Thyroglobulin after chemotherapy was 11 ng per milliliter.",
        ["chemotherapy given"],
    ),
    "and-had-never": (
        "She had used inhaled budesonide as a teenager and had never taken heparin.",
        ["budesonide prior; ; inhaled", "heparin denied"],
    ),
    "by-means-of": ("Lactation was stopped with cabergoline 0.5 mg.", ["cabergoline given 0.5 mg"]),
    "to-avoid-something": (
        "To avoid rebound loss raloxifene 60 mg daily was prescribed.",
        ["raloxifene given 60 mg; daily"],
    ),
    "will-therefore-be": ("Zoledronic acid 5 mg will therefore be given.", ["zoledronic acid planned 5 mg"]),
    "replaced-means-repleted": (
        "Vitamin D was replaced (300,000 IU i.m.).",
        ["vitamin d given 300000 IU; ; intramuscular"],
    ),
    "replaced-by": (
        "Risedronate was replaced by teriparatide.",
        ["risedronate stopped", "teriparatide given"],
    ),
    "neither-nor-had-been": (
        "Neither calcium nor vitamin D had been supplemented.",
        ["calcium denied", "vitamin d denied"],
    ),
    "deferred-as": (
        "IV zoledronate deferred as she would like another child.",
        ["zoledronic acid denied; ; intravenous"],
    ),
    "throughout-pregnancy": (
        "She was well on heparin 5000 U twice daily throughout pregnancy.",
        ["heparin prior 5000 U; twice daily"],
    ),
    "bare-duration-then": (
        "Teriparatide 24 months then denosumab 60 mg every 6 months.",
        ["teriparatide given; ; ; 24 months", "denosumab given 60 mg; every 6 months"],
    ),
    "instead-of": (
        "She received elcatonin instead of menatetrenone, with alfacalcidol 1 µg daily.",
        ["elcatonin given", "menatetrenone denied", "alfacalcidol given 1 ug; daily"],
    ),
    "did-not-benefit": ("She did not benefit from diclofenac.", ["diclofenac given"]),
    "not-responsive": ("The pain was not responsive to ketoprofen.", ["ketoprofen given"]),
    "no-fever-after": ("There was no fever after zoledronate.", ["zoledronic acid given"]),
    "negation-ends": (
        "She took no steroids and received calcium 1 g daily.",
        ["glucocorticoid denied", "calcium given 1 g; daily"],
    ),
    "apart-from": ("Apart from folic acid tablets she had taken no drugs.", ["folic acid given; ; oral"]),
    "anaphor": ("Alendronate was given. The bisphosphonate was well tolerated.", ["alendronate given"]),
}

NEGATIVE = {
    "label-of-bone": "A tetracycline-labelled biopsy showed adynamic bone.",
    "suppression": "Cortisol after 1 mg of dexamethasone was 1.2 µg/dL.",
    "vitamin-with-value": "Vit. D3 was 8 ng/ml.",
    "metabolite": "Tests showed 1,25 OH vitamin D3 31 pg/mL.",
    "levels-of-two": "The raised valproate and ammonia levels were noted.",
    "reagent": "PFA collagen/epinephrine closure time was 190 seconds.",
    "hormone-peak": "The test gave a growth hormone peak of 11 ng/mL.",
    "lab-value": "Calcium was 2.41 mmol/L and magnesium 0.8 mmol/L.",
    "lab-normal": "Serum calcium, phosphate and vitamin D were normal.",
    "lab-level": "The 25-hydroxyvitamin D3 level was low.",
    "lab-urine": "Urinary calcium was 310 mg/24 h.",
    "lab-collected": "Calcium was 310 mg/24 h and magnesium 90 mg/24 h.",
    "diet": "Her diet contained about 400 mg of calcium per day.",
    "intake-low": "The calcium intake was low, about 300 mg/day.",
    "no-study": "The use of denosumab in this setting has not been studied.",
    "counted-cohort": "Heparin was used in 4 of 52 patients.",
    "lab-fell": "After the operation calcium fell to 1.9 mmol/L.",
    "deficiency": "She had vitamin D deficiency and iron deficiency.",
    "receptor": "A vitamin D receptor variant was found.",
    "resistance": "Insulin resistance was suspected.",
    "drug-level": "The lithium level was 0.7 mmol/L.",
    "antibody": "Anti-insulin antibodies were absent.",
    "estrogen-deficiency": "Estrogen deficiency lowers bone mass.",
    "dietary": "Dietary calcium was sufficient.",
    "allergy": "She is allergic to penicillin, codeine and latex.",
    "susceptibility": "The strain was susceptible to vancomycin and linezolid.",
    "recommendation": "Bisphosphonates should be used with caution before further pregnancies.",
    "placenta": "Bisphosphonates cross the placenta.",
    "present-tense": "Heparin is a known cause of bone loss.",
    "et-al": "Okafor et al. treated two women with teriparatide 20 µg daily.",
    "other-authors": "In literature, Brandt treated a woman with clodronate 100 mg weekly.",
    "cohort": "In 54 women with PLO teriparatide was used in 20%.",
    "mother": "Her 58-year-old mother took alendronate 70 mg weekly.",
    "mother-was-on": "Her grandmother broke her hip and takes calcium tablets.",
    "baby": "The baby was given vitamin D drops 400 IU daily.",
    "question": "Does earlier bisphosphonate exposure protect?",
    "device": "A copper intrauterine device was chosen.",
    "test": "A dexamethasone suppression test was normal.",
    "should-have": "It may be argued that she should have received denosumab.",
}


def shown(mention: DrugMention) -> str:
    dose = f" {mention.dose:g} {mention.dose_unit}" if mention.dose is not None else ""
    parts = [
        f"{mention.drug} {mention.status}{dose}",
        mention.frequency,
        mention.route,
        mention.duration_text,
    ]
    while not parts[-1]:
        parts.pop()
    return "; ".join(parts).replace("; ; ", "; ; ")


def expected_forms(wanted: list[str]) -> list[list[str]]:
    return [[part.strip() for part in w.split(";")] for w in wanted]


def forms(found: list[DrugMention]) -> list[list[str]]:
    return [[part.strip() for part in shown(m).split(";")] for m in found]


@pytest.mark.parametrize(("text", "wanted"), REGIMENS.values(), ids=REGIMENS.keys())
def test_drugs_regimen(text: str, wanted: list[str]) -> None:
    assert wanted
    assert forms(Drugs().find(View(text))) == expected_forms(wanted)


@pytest.mark.parametrize(("text", "wanted"), STATUS.values(), ids=STATUS.keys())
def test_drugs_status(text: str, wanted: list[str]) -> None:
    assert wanted
    assert forms(Drugs().find(View(text))) == expected_forms(wanted)


@pytest.mark.parametrize("text", NEGATIVE.values(), ids=NEGATIVE.keys())
def test_drugs_no_fact(text: str) -> None:
    assert forms(Drugs().find(View(text))) == []


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
