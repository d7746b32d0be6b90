"""Context of a marked statement: {...} marks the words, the flags that must be set are listed."""

from __future__ import annotations

import pytest

from extractors.base import Context
from extractors.language.context import clause_bounds, context_of, is_general_part, patient_is_child
from extractors.language.cues import CUES
from extractors.rules.words import VocabularyError
from extractors.text import View, Zone
from pipeline.structure.roles import role_of

FLAGS = ("negated", "uncertain", "historical", "family", "planned", "general")

# sentences, with the flags that every marked stretch has
EXAMPLES = {
    "plain": ("She had {back pain} after delivery.", ""),
    "no-list": ("There was no {fracture}, {bone lesion} or {dislocation}.", "negated"),
    "no-history-of": ("She had no history of {epilepsy}, {asthma} or {diabetes}.", "negated historical"),
    "denied": ("The patient denied {smoking}, {alcohol} and the use of {heparin}.", "negated"),
    "denied-passive": ("The use of {lithium}, {thiazides} and {vitamin A} was denied.", "negated"),
    "number-set-off": ("No. 14: A woman had {a fracture of T8}.", ""),
    "number-of-a-case": ("In patient no. 3 {a fracture of T8} was seen.", ""),
    "no-of-an-answer": ("She had pain; no. 3 {fractures} were seen.", "negated"),
    "no-in-this-case": ("In this case no {fracture of T8} was seen.", "negated"),
    "never": ("She had never taken {corticosteroids}.", "negated historical"),
    "neither-nor-subject": ("Neither {calcitonin} nor {risedronate} was prescribed.", "negated"),
    "neither-nor-object": ("She took neither {heparin} nor {steroids} in pregnancy.", "negated"),
    "asked-none-positive": (
        "Smoking, {steroid use}, {anorexia} and {hyperthyroidism} were all asked and none was positive.",
        "negated",
    ),
    "none-of-which": ("We looked for {celiac disease} and {myeloma}, none of which was found.", "negated"),
    "was-excluded": ("{Hyperparathyroidism} and {osteomalacia} were excluded.", "negated"),
    "ruled-out-active": ("Blood tests ruled out {myeloma} and {metastases}.", "negated"),
    "ruled-out-passive": ("{Malignancy} was ruled out.", "negated"),
    "negative-for": ("The work-up was negative for {celiac disease} and {mastocytosis}.", "negated"),
    "was-negative": ("The {pregnancy test} was negative.", "negated"),
    "no-evidence": ("There was no evidence of {secondary osteoporosis}.", "negated"),
    "without": ("She was discharged without {analgesics}.", "negated"),
    "ends-at-but": ("She had no fever but {severe pain} in the back.", ""),
    "ends-at-except": ("No abnormality was seen except for {a fracture of L1}.", ""),
    "ends-at-new-verb": ("She had no trauma and was given {calcium} at once.", ""),
    "ends-at-she": ("There was no trauma, and she had {a fracture of T8}.", ""),
    "subject-no": ("No {bisphosphonate} was given, and {-}teriparatide was started.", "negated"),
    "after-subject-no": ("No bisphosphonate was given, and {teriparatide} was started.", ""),
    "not-given": ("{Denosumab} was not given.", "negated"),
    "did-not-take": ("She did not take any drug such as {corticosteroids} or {thyroid hormones}.", "negated"),
    "did-not-benefit": ("She did not benefit from {ibuprofen}.", ""),
    "no-relief": ("There was no relief with {ibuprofen}.", ""),
    "not-only": ("Not only {calcium} but vitamin D was given.", ""),
    "instead-of": ("She was given tramadol instead of {ibuprofen}.", "negated"),
    "value-before-negative": ("The {calcium} was 2.31 mmol/L and HLA-B27 was negative.", ""),
    "mother-of-patient": ("Her mother had {a hip fracture} at 62 years.", "family"),
    "wife-of-a-trade": ("A 33 year old farmer's wife had {a hip fracture}.", ""),
    "habit-and-bracket": ("She did not breast-feed ({cabergoline} 1 mg once).", ""),
    "habit-alone": ("She did not use {cabergoline} (1 mg once).", "negated"),
    "after-a-search": (
        "In a literature search we found 82 cases. {Heparin} had been given to 6 of them.",
        "general",
    ),
    "own-series": ("We found five women in our records. All had {a fracture of T12}.", ""),
    "his-wife": ("His wife had {a hip fracture}.", "family"),
    "in-her-mother": ("There was {a hip fracture} in her grandmother.", "family"),
    "possessive": ("Her aunt's {osteoporosis} was treated.", "family"),
    "family-history": ("There was a family history of {osteoporosis}.", "family"),
    "no-family-history": ("She had no family history of {osteoporosis}.", "family negated"),
    "baby-subject": ("The baby received {vitamin D} drops.", "family"),
    "infant-relative-clause": ("The infant, whose weight was 3.1 kg, had {normal wrists}.", "family"),
    "her-son": ("Her son was given {vitamin K} at birth.", "family"),
    "she-delivered": ("She delivered a healthy girl and took {calcium} afterwards.", ""),
    "she-has-children": ("She has two children and takes {levothyroxine}.", ""),
    "breastfed-baby": ("While breastfeeding her baby she felt {back pain}.", ""),
    "after-delivery-of": ("Two months after the delivery of a healthy boy, {back pain} began.", ""),
    "family-ends-at-she": ("Her sister was healthy, but she had {a fracture of L2}.", ""),
    "mother-of-the-patient": ("The mother of the patient, who is 61, had {osteoporosis}.", "family"),
    "aunt-who-is": ("Her kin were seen as well: the aunt, aged 60, had {a hip fracture}.", "family"),
    "mother-of-two": ("The patient, a mother of two, had {osteoporosis}.", ""),
    "target": ("Calcitriol was raised to keep {calcium} above 2 mmol/L.", "general"),
    "option": ("{Pamidronate} would be another choice or is an option.", "general"),
    "mechanism": ("PTHrP acts on {bone}.", "general"),
    "what-she-takes": ("Her present treatment consists of {alendronate} and includes {calcium}.", ""),
    "general-health": ("She was in general good health and took {levothyroxine}.", ""),
    "of-the-injury": ("The mechanism of the injury was a fall with {a fracture of L2}.", ""),
    "mother-is-patient": ("The mother was treated with {calcium}.", ""),
    "note-on-twins": ("Dichorionic twins; {aspirin} 75 mg daily.", ""),
    "note-twins-before": ("Viable DCDA twins {aspirin} 75 mg", ""),
    "from-a-sister": ("A transplantation from an identical sister was done after {thiotepa}.", ""),
    "his-mother-is-the-patient": ("The woman gave birth to a boy; his mother took {cabergoline}.", ""),
    "with-her-mother": ("She came with her mother and had {back pain}.", ""),
    "possible": ("Radiographs showed a possible {fracture of T9}.", "uncertain"),
    "suspected": ("{Osteomalacia} was suspected.", "uncertain"),
    "cannot-be-excluded": ("{A fracture} could not be excluded.", "uncertain"),
    "to-rule-out": ("MRI was done to rule out {metastases}.", "uncertain"),
    "month-of-may": ("In May 2014 she had {a fracture of L3}.", ""),
    "history-of": ("She had a history of {asthma}.", "historical"),
    "years-ago": ("{Epilepsy} had been diagnosed ten years ago.", "historical"),
    "in-childhood": ("She had {a wrist fracture} in childhood.", "historical"),
    "prior-to": ("Prior to delivery she had {back pain}.", ""),
    "year-old": ("A 34-year-old woman had {back pain}.", ""),
    "will-be": ("{Zoledronic acid} will be given next year.", "planned"),
    "is-planned": ("An infusion of {zoledronate} is planned.", "planned"),
    "recommended": ("In PLO, {bisphosphonates} should be used with care.", "general"),
    "cross-placenta": ("{Bisphosphonates} cross the placenta.", "general"),
    "et-al": ("Novak et al. treated a woman with {teriparatide}.", "general"),
    "cohort": ("In women with PLO {the lumbar spine} is affected most.", "general"),
    "percent": ("{Heparin} had been used in 12% of patients.", "general"),
    "our-patients-not-general": ("All patients received {calcium}.", ""),
    "our-patient": ("Our patient was treated with {teriparatide}.", ""),
    "laboratory-studies": ("Laboratory studies showed {calcium 2.3 mmol/L}.", ""),
    "under-guidance": ("Under CT guidance {a biopsy} was taken.", ""),
    "can-be-seen": ("Figure 2. {Fractures of T8 and T9} can be seen.", ""),
    "excluded-by-mri": ("{Malignancy} was excluded by MRI, which showed {-}fractures of T8.", "negated"),
    "excluded-then-which": ("Malignancy was excluded by MRI, which showed {fractures of T8}.", ""),
    "ruled-out-then-and": ("Myeloma was ruled out and {osteoporosis} was diagnosed.", ""),
    "counted-cohort": ("{Heparin} was used in 4 of 52 patients.", "general"),
    "counted-few": ("We saw {fractures} in three patients.", ""),
    "literature-but-ours": ("Unlike the women in the literature, our patient had {a fracture of L5}.", ""),
    "gapped-infant": ("The mother was given calcium and the infant with {vitamin D}.", "family"),
    "gapped-without-verb": ("She had calcium, and her husband a {vasectomy}.", "family"),
    "father-who": ("The change was found in the father, who had {a wrist fracture} at 51.", "family"),
    "one-of-several": ("Both uncles are well; one takes {alendronate} after {a transplant}.", "family"),
    "behind-one-of-several": ("Both uncles are well; one is a smoker; she was given {alendronate}.", ""),
    "one-of-the-sisters": ("One of the sisters, after {a kidney graft}, takes {calcium}.", "family"),
    "mother-of-an-age": ("The mother has postmenopausal {osteoporosis}.", "family"),
    "mother-with-age": ("The mother, a smoker, had {a hip fracture} at the age of 71.", "family"),
    "mother-new": ("The mother had {a hip fracture} at 36 weeks.", ""),
    "literature": ("{Strontium} has been used in a few reported cases.", "general"),
    "should-but-she": ("She was told that she should take {calcium}.", ""),
}


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without braces, and the offsets of what they enclosed ("{-}" is a separator only)."""
    plain, spans, begin = "", [], 0
    for char in text.replace("{-}", ""):
        if char == "{":
            begin = len(plain)
        elif char == "}":
            spans.append((begin, len(plain)))
        else:
            plain += char
    assert spans, "every example marks at least one statement"
    return plain, spans


def flags_of(context: Context) -> set[str]:
    return {name for name in FLAGS if getattr(context, name)}


def context_at(view: View, start: int, end: int) -> Context:
    sentence = view.sentence_at(start)
    assert sentence is not None
    return context_of(view, sentence, start, end)


@pytest.mark.parametrize(("text", "flags"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_context_of_marked_words(text: str, flags: str) -> None:
    plain, spans = marked(text)
    view = View(plain)
    for start, end in spans:
        assert flags_of(context_at(view, start, end)) == set(flags.split()), plain[start:end]


def test_context_of_cues_are_offsets_of_the_words() -> None:
    plain, [(start, end)] = marked("Later she had no {fever}.")
    assert [plain[a:b] for a, b in context_at(View(plain), start, end).cues] == ["no"]


def test_context_of_word_inside_the_statement_is_no_cue() -> None:
    plain, [(start, end)] = marked("It showed {no fracture} at all.")
    assert not context_at(View(plain), start, end).negated


CHILD_TEXTS = {
    "parent-at-work": ("His father works in manufacturing. A 2-year-old boy was admitted.", True),
    "adult": ("A 29-year-old woman delivered a healthy girl. The infant was well.", False),
    "infant": ("A 3-month-old boy was admitted with seizures. His mother was well.", True),
    "school-child": ("An 8-year-old girl had two fractures.", True),
    "newborn": ("A male newborn was found to have rib fractures.", True),
    "nobody": ("Bone is a tissue.", False),
    "months-postpartum": ("A woman came with her 2-month-old baby.", False),
}


@pytest.mark.parametrize(("text", "expected"), CHILD_TEXTS.values(), ids=CHILD_TEXTS.keys())
def test_patient_is_child_by_first_person(text: str, expected: bool) -> None:
    assert patient_is_child(View(text)) is expected


def test_context_of_mother_is_relative_where_the_patient_is_a_child() -> None:
    text = "A 2-month-old girl had fractures. The mother took {phenytoin}. The infant was given {calcitriol}."
    plain, [mother, infant] = marked(text)
    view = View(plain)
    assert context_at(view, *mother).family
    assert not context_at(view, *infant).family


def test_context_of_sisters_who_are_the_patients() -> None:
    plain, [(start, end)] = marked("We report two sisters with PLO. The elder sister had {a fracture of L1}.")
    assert not context_at(View(plain), start, end).family


SECTIONS = {
    "discussion": ("Discussion", "Teriparatide shortens recovery.", True),
    "discussion-our-patient": ("Discussion", "Our patient took teriparatide.", False),
    "case": ("Case report", "Teriparatide 20 µg was given.", False),
    "introduction": ("1. Introduction", "Teriparatide shortens recovery.", True),
    "case-discussion": ("Case presentation and discussion", "Teriparatide was given.", False),
}


@pytest.mark.parametrize(("section", "text", "general"), SECTIONS.values(), ids=SECTIONS.keys())
def test_context_of_section_makes_general(section: str, text: str, general: bool) -> None:
    view = View(text, [Zone(0, len(text), "paragraph", section, role_of(section))])
    start = text.lower().index("teriparatide")
    assert context_at(view, start, start + 12).general is general


def test_is_general_part_follows_labels_inside_a_paragraph() -> None:
    text = "Background: PLO is rare. Case: She had pain. She took calcium. Conclusion: Calcium helps."
    view = View(text)
    assert [is_general_part(view, s) for s in view.sentences] == [True, False, False, True]


def test_context_of_they_carries_other_authors_on() -> None:
    plain, [(start, end)] = marked("Ozan et al. described two women. They gave {calcitonin} to both.")
    assert context_at(View(plain), start, end).general


def test_clause_bounds_stop_at_strong_boundaries() -> None:
    text = "She took calcium, but the pain went on; tramadol helped."
    view = View(text)
    start = text.index("pain")
    left, right = clause_bounds(view.sentences[0], start, start + 4)
    assert text[left:right].strip() == "the pain went on"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("denied,negations,pre,,NegEx", r"context_cues\.csv, line 2: kind 'negations' is unknown"),
        ("no history,negation;past,pre,,NegEx", r"context_cues\.csv, line 2: kind 'past' is unknown"),
        ("without,negation,forward,,NegEx", r"context_cues\.csv, line 2: direction 'forward' is unknown"),
        ("no,negation,pre,y,NegEx", r"context_cues\.csv, line 2: exact 'y' is unknown"),
        ("no,negation,pre,,", r"context_cues\.csv, line 2: source is empty"),
        ("no,negation,pre,,NegEx\nno,history,pre,,NegEx", "line 3: 'no' stands in .*csv, line 2 already"),
    ],
)
def test_cue_of_unknown_kind_or_direction_is_an_error(row: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        list(CUES.checked(f"cue,kind,direction,exact,source\n{row}\n"))


@pytest.mark.parametrize(
    ("before", "general"),
    [
        pytest.param("Teriparatide is not licensed in pregnancy.", True, id="is"),
        pytest.param(
            "So far alendronate and teriparatide have been the drugs of choice.", True, id="have-been"
        ),
        pytest.param("Various authors described teriparatide as an option.", True, id="described"),
        # near misses: a case may begin so
        pytest.param("Teriparatide was started on the ward.", False, id="done"),
        pytest.param("Her drugs are teriparatide and calcium.", False, id="her"),
        pytest.param("The patient has taken teriparatide since June.", False, id="the-patient"),
        pytest.param("We report on teriparatide, which is new.", False, id="we"),
    ],
)
def test_what_is_so_before_anybody_is_told_of_is_general(before: str, general: bool) -> None:
    text = f"{before} A 31-year-old woman broke T8 and has used a stick since."
    at = text.lower().index("teriparatide")
    assert context_at(View(text), at, at + 12).general is general
