"""Dated beginnings, worsenings and visits, in sentences of our own.

In each text the words that a mention must cover stand in [square brackets] with what is expected
behind them: [words|role min..max symptom]. A text without brackets must tell nothing.
"""

from __future__ import annotations

import re

import pytest
import spacy

from extractors.base import mentions
from extractors.onset.table import is_onset_label, parse_onset_cell

MARK = re.compile(
    r"\[(?P<words>[^\]|]+)\|(?P<role>\w+) (?P<low>-?\d+)\.\.(?P<high>-?\d+)(?: (?P<symptom>[\w ]+))?\]"
)

TOLD = [
    # other events of a pregnancy
    "After her baby was born, she [noticed back pain 2 weeks after delivery|onset 14..14 back pain].",
    "[Back pain began while lifting her boy 3 weeks after delivery|onset 21..21 back pain].",
    "[Pre-eclampsia developed at 34 weeks of gestation|onset -42..-42 preeclampsia] and labour was induced.",
    "[Gestational diabetes was noted at 26 weeks of gestation|onset -98..-98 gestational diabetes].",
    # as clinical notes write it
    "[Hip pain at 34/40|onset -42..-42 hip pain] was her first complaint.",
    "[Back pain since 2/52 PN|onset 14..14 back pain].",
    "[Back pain began 3/12 post partum|onset 91..91 back pain].",
    "A 31-year-old farmer's wife had low back pain, which [had begun six weeks after delivery|"
    "onset 42..42 low back pain].",
    "Her only drug was a pregnancy supplement. [At 30 weeks she began to feel groin pain|"
    "onset -70..-70 groin pain], and at 33 weeks she was using crutches.",
    "After the delivery in the 37th week the [pain increased|worsening 0..42 pain].",
    "A 31-year-old primipara had [back pain which had developed while lifting her 3-month-old son|"
    "onset 91..91 back pain].",
    "A 29-year-old [mother of a 2-month-old infant came with back pain|presentation 61..61 back pain].",
    "She was delivered of a healthy boy at 38 weeks. [On the third day she noticed back pain|"
    "onset 3..3 back pain].",
    "The primigravida was [admitted at 36 weeks for back pain|presentation -28..-28 back pain] of "
    "[2 weeks duration|onset -42..-42 back pain].",
    "She was [seen because of back pain 11 weeks after the birth|presentation 77..77 back pain] of her "
    "child. She had been [well until 7 weeks earlier|onset 28..28 back pain].",
    # counted from a birth or a pregnancy that the words before tell
    "She had a caesarean section. On the [second day after it she felt a sudden pain in her back|"
    "onset 2..2 back pain].",
    "She delivered a healthy boy. [At two months she noticed sudden back pain|onset 61..61 back pain] on "
    "lifting him.",
    "A primigravida of 31 was admitted. [At 30 weeks she had begun to feel low back pain|"
    "onset -70..-70 low back pain].",
    "She got pregnant by IVF. [From the seventh month on she suffered from hip pain|"
    "onset -97..-67 hip pain].",
    "In her ninth pregnancy she [noticed back pain in week 36|onset -28..-28 back pain].",
    "She [noticed back pain at day 3 after C-section|onset 3..3 back pain].",
    "The patient was [seen at D10 postpartum with back pain|presentation 10..10 back pain].",
    "Seen on PPD 5, she [complained of back pain|onset 5..5 back pain].",
    "Three weeks after Mia was born, she [felt pain in her back|onset 21..21 back pain].",
    "She [experienced back pain within days of childbirth|onset 0..7 back pain].",
    "A woman who nursed her child had [severe back pain three weeks after birth|onset 21..21 back pain].",
    "Three weeks after his birth [my back began to hurt|onset 21..21 back pain].",
    "[Six weeks after giving birth she complained of back pain|presentation 42..42 back pain] which had "
    "[begun three weeks earlier|onset 21..21 back pain].",
    # after delivery, days to months
    "Nine days after delivery she [developed acute low back pain|onset 9..9 low back pain].",
    "[Low back pain appeared two weeks after|onset 14..14 low back pain] an uneventful vaginal delivery.",
    "The patient noticed [back pain 3 months post partum|onset 91..91 back pain].",
    "Her [backache had begun six weeks after the birth|onset 42..42 back pain] of twins.",
    "She [experienced sudden lumbar pain on the fifth postpartum day|"
    "onset 5..5 low back pain] while lifting the pram.",
    "On postpartum day 12 she [felt a sharp pain in her back|onset 12..12 back pain].",
    "[Thoracic pain started 20 days after LSCS|onset 20..20 back pain].",
    "One and a half months following childbirth, [pain in both hips set in|onset 46..46 hip pain].",
    "In the second month after delivery she [noticed progressive loss of height|onset 30..61 height loss].",
    "[Dorsalgia commenced shortly after delivery|onset 0..14 back pain].",
    "Her symptoms [began the day after the caesarean section|onset 1..1 symptoms].",
    "Within 48 hours of delivery she [complained of severe back pain|onset 0..2 back pain].",
    "[Groin pain occurred 2-3 weeks after delivery|onset 14..21 groin pain].",
    "[Lumbago had been present since the tenth day after delivery|onset 10..10 low back pain].",
    "The onset of [back pain was dated to three weeks postnatally|onset 21..21 back pain].",
    "Ten weeks after giving birth, [severe pelvic pain developed|onset 70..70 pelvic pain].",
    "[Rib pain arose when the baby was 2 months old|onset 61..61 rib pain].",
    "[Back pain during lactation|onset 0..365 back pain] was her first complaint.",
    "She has suffered from [low back pain since the birth|onset 0..7 low back pain] of her first child.",
    "She had [back pain since 2 months after cesarean delivery|onset 61..61 back pain].",
    "Five weeks postpartum [her back gave way|onset 35..35 fracture event] as she lifted the cot.",
    "[Interscapular pain, first felt a fortnight after delivery|"
    "onset 14..14 back pain], was ascribed to posture.",
    # in gestation
    "At 31 weeks of gestation she [noticed pain in the right hip|onset -63..-63 hip pain].",
    "[Low back pain started in the third trimester|onset -84..0 low back pain] of pregnancy.",
    "In the eighth month of pregnancy she [developed thoracolumbar pain|onset -67..-36 back pain].",
    "[Groin pain set in at 32+4 weeks|onset -52..-52 groin pain] of gestation.",
    "[Back pain began during the last trimester|onset -84..0 back pain] of her first pregnancy.",
    "She [felt pain in both groins in the last month of pregnancy|onset -30..0 groin pain].",
    "During the 35th gestational week, [sacral pain appeared|onset -42..-35 pelvic pain].",
    "In late pregnancy she had [experienced mild backache|onset -84..0 back pain].",
    "At 7 months' gestation the patient [suffered a sudden back pain|onset -97..-67 back pain].",
    "In gestational week 33 she [noted stabbing low-back pain|onset -49..-49 low back pain].",
    "[Pain in the left groin began near term|onset -28..0 groin pain].",
    # beginning and worsening
    (
        "[Back pain began at 34 weeks of gestation|onset -42..-42 back pain] and "
        "[became unbearable three days after delivery|worsening 3..3 back pain]."
    ),
    (
        "She [noticed low backache in the third trimester|onset -84..0 low back pain]; "
        "[it worsened markedly two weeks after delivery|worsening 14..14 low back pain]."
    ),
    (
        "[Hip pain started in the seventh month of pregnancy|onset -97..-67 hip pain]. "
        "One week after delivery [it was aggravated|worsening 7..7 hip pain] and she could not stand."
    ),
    "[Her pain was exacerbated on the fourth postpartum day|worsening 4..4 pain].",
    "[The back pain intensified one month after delivery|worsening 30..30 back pain].",
    "After discharge the back pain persisted, and [6 weeks after delivery it became so severe|"
    "worsening 42..42 back pain] that she stopped work.",
    # a visit: only where nothing better is told
    "She [presented four months after delivery|presentation 122..122 back pain] with severe back pain.",
    "The woman was [referred to us at 5 months postpartum|presentation 152..152].",
    "She [visited our clinic 10 weeks after delivery|presentation 70..70].",
    "The patient [was admitted on the 40th day after delivery|"
    "presentation 40..40 low back pain] because of low back pain.",
    "[MRI performed three months after delivery|presentation 91..91] showed that she had fractures of T11 "
    "and L1.",
    "Three months after delivery she [was diagnosed|presentation 91..91] with vertebral fractures.",
    (
        "She [presented 3 months after delivery|presentation 91..91 back pain] with back pain that had "
        "[started two weeks postpartum|onset 14..14 back pain]."
    ),
    # counted from what was told before
    "She underwent cesarean section at 37+2 weeks. [Ten days after the operation she felt abrupt low back "
    "pain|onset 10..10 low back pain].",
    "She gave birth to a healthy girl. [The next day she noticed severe back pain|onset 1..1 back pain].",
    "She delivered on Monday. [Fever followed on the next day|onset 1..1 fever].",
    "Fever was followed by [chills at 30 weeks of gestation|onset -70..-70 chills].",
    "She gave birth to a girl. No treatment was given. [The next day she noticed back pain|onset 1..1].",
    "She delivered a girl and received an epidural block. [The next day back pain began|onset 1..1].",
    "She delivered a girl. Her haemoglobin fell to 9 g/dL. [The next day back pain began|onset 1..1].",
    "Two weeks after delivery she fell. [The next day she noticed severe back pain|onset 15..15].",
    "Six weeks after delivery she was put on calcium. [Two weeks later hip pain began|onset 56..56].",
    (
        "[Back pain appeared two weeks after delivery|onset 14..14 back pain]. "
        "[One week later she could no longer walk|worsening 21..21]."
    ),
    (
        "[The pain began eight weeks after birth|onset 56..56 pain]. She took paracetamol. "
        "[At four months it was so bad|worsening 122..122 pain] that she could not sit."
    ),
    (
        "She was referred at 29 weeks of gestation. "
        "[Since week 26 she had had pain in the left groin|onset -98..-98 groin pain]."
    ),
    # words between and around
    "[Severe mid-back pain, for which she took ibuprofen, had appeared five weeks after delivery|"
    "onset 35..35 back pain].",
    "Twelve days after giving birth by cesarean section under spinal anaesthesia, a [very severe low back "
    "pain suddenly occurred|onset 12..12 low back pain].",
    "With no previous illness, the patient was admitted for [back pain that appeared 1 month after "
    "delivery|onset 30..30 back pain].",
    "[Pain in the right buttock had come on gradually from about week 5 postpartum|"
    "onset 35..35 buttock pain].",
    "[Back pain occurred 4 weeks after her second delivery|onset 28..28 back pain].",
    # reckoned, nested, shared
    "She was [admitted at 5 months postpartum|presentation 152..152 back pain] with a [3-month history of "
    "back pain|onset 61..61 back pain].",
    (
        "During her first pregnancy she had [experienced back pain in the third trimester|"
        "onset -84..0 back pain]; in the second "
        "pregnancy [the pain recurred at 36 weeks of gestation|onset -28..-28 pain]."
    ),
    "Two sisters had [back pain starting 2 weeks and|onset 14..14 back pain] [3 months post partum|"
    "onset 91..91 back pain], respectively.",
    (
        "Her [hip pain began in the 6th month of gestation|onset -128..-97 hip pain] and gradually worsened; "
        "she used crutches from the 34th week."
    ),
    "She was well until [3 months postpartum, when she developed acute back pain|onset 91..91 back pain].",
    "Postpartum, [the back pain increased|worsening 0..42 back pain].",
    "Two months before admission, i.e. [one month after delivery, she had begun to suffer from back pain|"
    "onset 30..30 back pain].",
    "She [developed low back pain at 37 weeks|onset -21..-21 low back pain], was treated with bed rest, "
    "and delivered at 40 weeks.",
    "She [lost 7 cm in height within 3 months of delivery|onset 0..91 height loss].",
]

NOTHING = [
    # the child's
    "He developed jaundice three days after delivery.",
    "A boy was born at 38 weeks and developed seizures 2 days after delivery.",
    "The second twin had respiratory distress on the first day after birth.",
    # a disease that was there
    "Her cardiomyopathy at 30 weeks of gestation was stable.",
    # kept under observation
    "With her cardiomyopathy at 30 weeks of gestation she was followed by a cardiologist.",
    # what follows a treatment, an operation or a fall is not counted from the birth
    "She delivered on Monday and was given zoledronate on Wednesday. Fever followed on the next day.",
    "She gave birth to twins. Denosumab was injected on the ward. The following day myalgia began.",
    "She delivered at term. She fell in the bathroom. The next day she noticed severe back pain.",
    "She had a caesarean section. Vertebroplasty was performed. Two days later she felt abrupt rib pain.",
    "She gave birth to a girl. She was fitted with a brace. Ten days later leg pain began.",
    "She delivered a boy and underwent hip surgery. Three days later fever developed.",
    "She was delivered of a son. A blood transfusion was given; the following day she developed chills.",
    "Six months after delivery she was given zoledronic acid 5 mg. Fever followed on the next day.",
    "She delivered at 38 weeks. She wore a brace. At three months back pain began.",
    "In most series back pain starts before the eighth week after delivery.",
    "She delivered a healthy boy at 39 weeks of gestation.",
    "Proteinuria rose at 34 weeks of gestation.",
    "She had no back pain during pregnancy.",
    "Treatment was started 4 months postpartum and the pain resolved.",
    "She delivered and was treated for back pain. At 3 months the T-score was -2.9.",
    "She denied back pain in the third trimester.",
    "The pain resolved eight weeks after delivery.",
    "Her back pain had disappeared 6 months after delivery.",
    "She stopped breastfeeding five months after delivery.",
    "Teriparatide was started three months after delivery.",
    "BMD measured 12 months after delivery was 0.81 g/cm2.",
    "She received heparin from the 12th week of gestation until delivery.",
    "The disorder usually occurs in the third trimester or early puerperium.",
    "The infant was born at 38 weeks and weighed 3100 g.",
    "Serum calcium was 2.3 mmol/L two months after delivery.",
    "She breastfed for 8 months after delivery.",
    "A 45-year-old man had back pain for three weeks.",
    "Fetal growth restriction was detected at 30 weeks.",
    "Most women present with back pain in late pregnancy or the first weeks postpartum.",
    "On average, symptoms began two months after delivery.",
    "Kim et al. described a woman who developed back pain 2 weeks after delivery.",
    "The patient had a caesarean section at 37 weeks due to severe hip pain.",
    "The pain persisted after delivery.",
    "Menses returned 9 months after delivery.",
]


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("casebook.onset")
    return pipeline


def parse(marked: str) -> tuple[str, list[tuple[int, int, str, int, int, str | None]]]:
    text, expected, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        text += match["words"]
        expected.append(
            (start, len(text), match["role"], int(match["low"]), int(match["high"]), match["symptom"])
        )
        at = match.end()
    return text + marked[at:], expected


@pytest.mark.parametrize("marked", TOLD, ids=range(len(TOLD)))
def test_onset_told(nlp, marked):
    text, expected = parse(marked)
    assert expected
    found = [m for m in mentions(nlp(text), "onset") if m.context.about_patient]
    got = [(m.role, m.days_min, m.days_max) for m in found]
    assert sorted(got) == sorted((role, low, high) for _, _, role, low, high, _ in expected)
    for start, end, role, low, high, symptom in expected:
        match = next(m for m in found if (m.role, m.days_min, m.days_max) == (role, low, high))
        assert match.start < end and match.end > start
        if symptom is not None:
            assert match.symptom == symptom


def test_onset_of_a_note_needs_no_symptom(nlp):
    (found,) = mentions(nlp("A 31-year-old woman. Onset 3 weeks postpartum. One fracture."), "onset")
    assert (found.role, found.days_min, found.symptom) == ("onset", 21, "")


@pytest.mark.parametrize("text", NOTHING, ids=range(len(NOTHING)))
def test_onset_nothing_told(nlp, text):
    found = [m for m in mentions(nlp(text), "onset") if m.context.about_patient and not m.context.negated]
    assert found == []


@pytest.mark.parametrize(
    ("text", "pregnancy"),
    [
        ("Back pain occurred four weeks after her second delivery.", 2),
        ("In the third trimester of her first pregnancy she noticed back pain.", 1),
        ("Back pain began two weeks after the birth of her third child.", 3),
        ("During her second pregnancy she experienced back pain at 30 weeks of gestation.", 2),
        ("Back pain began two weeks after delivery.", None),
    ],
    ids=["delivery", "trimester", "child", "nested", "untold"],
)
def test_onset_pregnancy(nlp, text, pregnancy):
    assert [m.pregnancy for m in mentions(nlp(text), "onset")] == [pregnancy]


def test_onset_reads_endless_sentences_in_parts(nlp):
    text = "pain began three weeks after delivery and " * 100
    assert len(mentions(nlp(text), "onset")) > 95  # some are cut in two


def test_onset_offsets_are_absolute(nlp):
    text = "A first sentence. Back pain began two weeks after delivery."
    (mention,) = mentions(nlp(text), "onset")
    assert text[mention.start : mention.end] == "Back pain began two weeks after delivery"


@pytest.mark.parametrize(
    ("cell", "label", "days"),
    [
        ("4", "Onset of symptoms (weeks after delivery)", (28, 28)),
        ("2.5", "Onset after delivery, months", (76, 76)),
        ("2 months pp", "Time of onset", (61, 61)),
        ("1 month postpartum", "Onset", (30, 30)),
        ("Day 3 postpartum", "Onset of pain", (3, 3)),
        ("Week 30 of gestation", "Onset of pain", (-70, -70)),
        ("32 wk gestation", "Onset", (-56, -56)),
        ("32", "Onset of pain (gestational week)", (-56, -56)),
        ("3rd trimester", "Onset", (-84, 0)),
        ("8th month of pregnancy", "Onset", (-67, -36)),
        ("7", "Onset (month of pregnancy)", (-97, -67)),
        ("2-3", "Onset (months postpartum)", (61, 91)),
        ("immediately after delivery", "Onset of symptoms", (0, 14)),
        ("at delivery", "Onset", (0, 0)),
        ("2 weeks before delivery", "Onset", (-14, -14)),
        ("-2", "Onset (weeks from delivery)", (-14, -14)),
        ("two weeks after birth", "Onset of back pain", (14, 14)),
        ("4", "Onset", None),
        ("n.a.", "Onset (weeks after delivery)", None),
        ("", "Onset (weeks after delivery)", None),
    ],
)
def test_cells_parse_onset_cell(cell, label, days):
    assert parse_onset_cell(cell, label) == days


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Onset (week)", True),
        ("Onset of symptoms (weeks after delivery)", True),
        ("Time of onset", True),
        ("Symptom onset after delivery (weeks)", True),
        ("Start of pain", True),
        ("Age at onset (years)", False),
        ("Onset of treatment", False),
        ("Duration of lactation (months)", False),
        ("Fractured vertebrae", False),
    ],
)
def test_cells_is_onset_label(label, expected):
    assert is_onset_label(label) is expected
