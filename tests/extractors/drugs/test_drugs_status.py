"""Drugs: whether a drug was given, stopped, denied or planned, and what is no drug of the patient."""

from __future__ import annotations

import pytest
from fixtures.drug_forms import expected_forms, forms

from extractors.drugs.read import Drugs
from extractors.text import View

STATUS = {
    "now-she-takes": ("Currently the patient receives atorvastatin.", ["atorvastatin given"]),
    "so-far": ("At the time of writing she had received denosumab.", ["denosumab given"]),
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
    "quiet-under-it": ("Her colitis was in remission on mesalazine.", ["mesalazine prior"]),
    "quiet-later": ("The disease went into remission on rituximab.", ["rituximab given"]),
    "on-the-base-of-reports": (
        "Based on anecdotal reports, she was given calcitonin.",
        ["calcitonin given"],
    ),
    "opted-for": ("She opted for calcium and vitamin D.", ["calcium given", "vitamin d given"]),
    "by-its-number": (
        "She took calcium 500 mg + D3 1,000 IU daily.",
        ["calcium given 500 mg; daily", "cholecalciferol given 1000 IU; daily"],
    ),
    "day-by-its-number": ("She took prednisone 40 mg on D3.", ["prednisone given 40 mg"]),
    "prenatal-vitamin": ("Meds: PNV.", ["multivitamin prior"]),
    "so-long-beside": (
        "Weekly teriparatide injections were performed for a year along with eldecalcitol.",
        ["teriparatide given; weekly; ; a year", "eldecalcitol given"],
    ),
    "given-and-as-such": ("She was given calcium and alendronate is contraindicated.", ["calcium given"]),
    "a-list-stopped": (
        "Heparin and aspirin have been stopped.",
        ["heparin stopped", "aspirin stopped"],
    ),
    "are-denied": ("Heparin and steroids are denied.", ["heparin denied", "glucocorticoid denied"]),
    "history-positive": (
        "Drug history was positive for valproic acid (1 g/day).",
        ["valproate prior 1 g; daily"],
    ),
    "reports-of-an-effect": ("After reports of nausea, tramadol was stopped.", ["tramadol stopped"]),
    "paused-and-resumed": (
        "Teriparatide was paused because of nausea and resumed.",
        ["teriparatide given"],
    ),
    "of-a-pregnancy": ("Pre-eclampsia was treated with labetalol.", ["labetalol prior"]),
    "controlled-with": ("Gestational diabetes was controlled with insulin.", ["insulin prior"]),
    "for-the-pain-elsewhere": (
        "Her GP had prescribed diclofenac 50 mg for back pain.",
        ["diclofenac given 50 mg"],
    ),
    "the-next-for-the-pain": (
        "She had been taking amlodipine and, for low back pain, aspirin.",
        ["amlodipine prior", "aspirin prior"],
    ),
    "for-an-older-pain": (
        "She had used ibuprofen for back pain for years before conception.",
        ["ibuprofen prior"],
    ),
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
    "answers-each-their-own-key": (
        "Warfarin: never Steroids: no Thyroxine: yes, 75 µg daily Antiepileptics: none",
        [
            "warfarin denied",
            "glucocorticoid denied",
            "levothyroxine given 75 ug; daily",
            "anticonvulsant denied",
        ],
    ),
    "answers-in-one-sentence": (
        "Anticoagulants - none, oral steroids - yes, prednisolone 5 mg daily.",
        ["anticoagulant denied", "glucocorticoid given; ; oral", "prednisolone given 5 mg; daily"],
    ),
    "negation-stays-in-its-bracket": (
        "Morphine, gabapentin and rest helped (oxycodone was not given).",
        ["morphine given", "gabapentin given", "oxycodone denied"],
    ),
    "forbidden-activity": (
        "She was treated with a corset, no heavy lifting and calcitonin.",
        ["calcitonin given"],
    ),
    "contracted-not": (
        "She didn't take alendronate and hadn't had steroids.",
        ["alendronate denied", "glucocorticoid denied"],
    ),
    "neither-did": (
        "Neither did she use NSAIDs and aspirin, nor did she bleed.",
        ["nsaid denied", "aspirin denied"],
    ),
    "cut-by-a-hyphen": ("She was given teri-paratide 20 µg daily.", ["teriparatide given 20 ug; daily"]),
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
    "old-immunization": "Serologies of rubella showed an old immunization.",
    "choice-of": "The choice of velpatasvir posed a concern.",
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
    "as-such-of-a-list": "Glucocorticoids, anticonvulsants and heparin are well-known risk factors.",
    "they-remain-in-bone": "Alendronate and risedronate remain in bone for years.",
    "both-can": "Both heparin and steroids can weaken bone.",
    "screen-positive": "The urine screen was positive for opioids.",
    "reports-of": "We found ten reports of teriparatide.",
    "compared-with": "The gain was small compared with alendronate.",
    "use-in-young-women": "Bisphosphonate use in young women raises concerns.",
    "single-cases": "Denosumab was tried in single cases.",
    "some-reports": "In some reports women received teriparatide.",
    "anecdotal-reports": "There are anecdotal reports of calcitonin use.",
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
    "low-vitamin": "She had a low vitamin-D3 and anaemia.",
    "culture-medium": "It grew on colistin-nalidixic acid agar.",
    "device": "A copper intrauterine device was chosen.",
    "test": "A dexamethasone suppression test was normal.",
    "should-have": "It may be argued that she should have received denosumab.",
}


@pytest.mark.parametrize(("text", "wanted"), STATUS.values(), ids=STATUS.keys())
def test_drugs_status(text: str, wanted: list[str]) -> None:
    assert wanted
    assert forms(Drugs().find(View(text))) == expected_forms(wanted)


@pytest.mark.parametrize("text", NEGATIVE.values(), ids=NEGATIVE.keys())
def test_drugs_no_fact(text: str) -> None:
    assert forms(Drugs().find(View(text))) == []
