"""Time expressions in sentences of our own: anchor, days and pregnancy."""

from __future__ import annotations

import pytest

from extractors.base import TimeRef
from extractors.text import View
from extractors.time.times import find_times, time_of

#: expression, anchor, days min and max, pregnancy
ONE = [
    ("Pain began 4 weeks after her first delivery.", "delivery", 28, 28, 1),
    ("Twenty days after giving birth she fell.", "delivery", 20, 20, None),
    ("It was worse on the fourth day after the delivery.", "delivery", 4, 4, None),
    ("It spread within the first week after birth.", "delivery", 0, 7, None),
    ("It started about 15 days after LSCS.", "delivery", 15, 15, None),
    ("It began 3 wks PP.", "delivery", 21, 21, None),
    ("It was felt a fortnight after delivery.", "delivery", 14, 14, None),
    ("She was worse five days after the eutocic delivery.", "delivery", 5, 5, None),
    ("It began one and a half months after delivery.", "delivery", 46, 46, None),
    ("It began 1.5 months after delivery.", "delivery", 46, 46, None),
    ("It began 2-3 weeks after delivery.", "delivery", 14, 21, None),
    ("It began two to three months postpartum.", "delivery", 61, 91, None),
    ("It began within 48 hours of a normal labour.", "delivery", 0, 2, None),
    ("It began three months post-partum.", "delivery", 91, 91, None),
    ("On postpartum day 5 she fell.", "delivery", 5, 5, None),
    ("On day 5 after delivery she fell.", "delivery", 5, 5, None),
    ("On the first postpartum day she fell.", "delivery", 1, 1, None),
    ("In the second postpartum month she fell.", "delivery", 30, 61, None),
    ("In the third month of lactation she fell.", "delivery", 61, 91, None),
    ("Between the second and third month after delivery she fell.", "delivery", 30, 91, None),
    ("The day after her caesarean she fell.", "delivery", 1, 1, None),
    ("On the day of delivery she fell.", "delivery", 0, 0, None),
    ("Shortly after delivery she fell.", "delivery", 0, 14, None),
    ("A few days after delivery she fell.", "delivery", 0, 7, None),
    ("In the weeks after birth she fell.", "delivery", 0, 42, None),
    ("Pain since the delivery.", "delivery", 0, 7, None),
    ("Pain while breastfeeding.", "delivery", 0, 365, None),
    ("Pain in the puerperium.", "delivery", 0, 42, None),
    ("Pain in the immediate puerperium.", "delivery", 0, 7, None),
    ("She came when the baby was 3 months old.", "delivery", 91, 91, None),
    ("It began three weeks after her baby was born.", "delivery", 21, 21, None),
    ("It began three months after a caesarean section.", "delivery", 91, 91, None),
    ("It began two weeks after the birth of her second child.", "delivery", 14, 14, 2),
    ("It began two weeks prior to delivery.", "delivery", -14, -14, None),
    ("It began 10 days before giving birth.", "delivery", -10, -10, None),
    ("It began at 32 weeks' gestation.", "gestation", -56, -56, None),
    ("It began at 32 weeks and 4 days of gestation.", "gestation", -52, -52, None),
    ("It began at 36+4 weeks of gestation.", "gestation", -24, -24, None),
    ("It began at 32 4/7 weeks.", "gestation", -52, -52, None),
    ("It began at gestational week 33.", "gestation", -49, -49, None),
    ("It began in week 30 of gestation.", "gestation", -70, -70, None),
    ("It began in the 28th week of her first pregnancy.", "gestation", -91, -84, 1),
    ("It began in the 35th gestational week.", "gestation", -42, -35, None),
    ("It began in the 8th month of pregnancy.", "gestation", -67, -36, None),
    ("It began at seven months gestation.", "gestation", -97, -67, None),
    ("It began in late pregnancy.", "gestation", -84, 0, None),
    ("It began in the third trimester of her second pregnancy.", "gestation", -84, 0, 2),
    ("It began towards the end of the second trimester.", "gestation", -131, -85, None),
    ("It began in the last two weeks of pregnancy.", "gestation", -14, 0, None),
    ("It began one month before the term of her first pregnancy.", "gestation", -30, -30, 1),
    ("It began in the second half of pregnancy.", "gestation", -140, 0, None),
    ("It began at term.", "gestation", -21, 7, None),
    ("She delivered a boy at 39 weeks.", "gestation", -7, -7, None),
    ("It rose after 12 months of treatment.", "baseline", 365, 365, None),
    ("It rose six months later.", "baseline", 183, 183, None),
    ("At the 2-year follow-up she was well.", "baseline", 730, 730, None),
    ("She was treated two years ago.", "baseline", -730, -730, None),
    ("On admission she had fever.", "baseline", 0, 0, None),
    ("She was well three months after onset.", "symptom", 91, 91, None),
    ("She was well at the end of the 12th month.", "baseline", 365, 365, None),
    ("She was well at month 18.", "baseline", 548, 548, None),
    ("At M12 she was well.", "baseline", 365, 365, None),
    ("She was well in the sixth month of therapy.", "baseline", 153, 183, None),
    ("By the end of the second year she was well.", "baseline", 730, 730, None),
    ("At the end of one year she was well.", "baseline", 365, 365, None),
    ("After completing 24 months she was well.", "baseline", 730, 730, None),
    ("The 12-month DXA was better.", "baseline", 365, 365, None),
    ("At the 6th month the T-score was better.", "baseline", 183, 183, None),
    ("It began when Edda was five weeks old.", "delivery", 35, 35, None),
]

NONE = [
    "A 45-year-old man had back pain.",
    "She had had pain for three weeks.",
    "He had a 2-year history of cough.",
    "The long-term outcome is unknown.",
    "Labels were printed in three colours.",
    "At the eighth month she felt tired.",
    "It began when she was 14 years old.",
]


def times(text: str) -> list[TimeRef]:
    view = View(text)
    return [time for sentence in view.sentences for time in find_times(view, sentence)]


@pytest.mark.parametrize(("text", "anchor", "low", "high", "pregnancy"), ONE, ids=[t[:50] for t, *_ in ONE])
def test_times_one(text, anchor, low, high, pregnancy):
    (time,) = times(text)
    assert (time.anchor, time.pregnancy) == (anchor, pregnancy)
    assert time.days_min is not None
    assert time.days_max is not None
    assert abs(time.days_min - low) <= 1
    assert abs(time.days_max - high) <= 1
    assert text[time.start : time.end] == time.text


@pytest.mark.parametrize("text", NONE)
def test_times_none(text):
    assert times(text) == []


def test_times_bare_weeks_are_those_of_the_pregnancy_told_before():
    found = times("A primigravida had hip pain. At 34 weeks the pain had worsened.")
    assert [(t.anchor, t.days_min) for t in found] == [("gestation", -42)]


def test_times_bare_weeks_after_a_birth_are_follow_up():
    found = times("A primigravida was delivered of a boy. At 34 weeks the pain had gone.")
    assert [(t.anchor, t.phase) for t in found][-1] == ("baseline", "follow-up")


def test_times_in_order_and_apart():
    found = times("Pain began at 34 weeks of gestation and was worse three days after delivery.")
    assert [t.anchor for t in found] == ["gestation", "delivery"]
    assert found[0].end <= found[1].start


def test_times_shared_by_a_list():
    found = times("Pain started 3 weeks and 2 months post partum, respectively.")
    assert [(t.days_min, t.days_max) for t in found] == [(21, 21), (61, 61)]


def test_times_follow_up_has_its_phase():
    (time,) = times("At the last follow-up she was well.")
    assert (time.phase, time.days_min) == ("follow-up", None)


def governing(text: str, words: str) -> TimeRef | None:
    view = View(text)
    start = text.index(words)
    sentence = view.sentence_at(start)
    assert sentence is not None
    return time_of(view, sentence, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Two months after delivery, calcium was 2.1 mmol/l.", "2.1", "Two months after delivery"),
        ("Calcium was 2.1 mmol/l after 6 months of treatment.", "2.1", "after 6 months of treatment"),
        ("Six months later she was well. Calcium was 2.3 mmol/l.", "2.3", "Six months later"),
        ("Calcium was 2.3 mmol/l.", "2.3", None),
        ("ALP was 62 U/L (normal up to 85) on testing.", "62 U/L (normal up to 85)", None),
    ],
    ids=["before", "after", "carried", "none", "limit"],
)
def test_time_of_the_governing_one(text, words, expected):
    time = governing(text, words)
    assert (time.text if time else None) == expected
