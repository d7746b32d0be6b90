from __future__ import annotations

import pytest

from extractors.drugs.frequency import Frequency, find_frequencies
from extractors.text import View

FORMS = {
    "70 mg/week": "weekly",
    "70 mg once a week": "weekly",
    "once daily": "daily",
    "5 mg o.d.": "daily",
    "5 mg OD": "daily",
    "5 mg q.d.": "daily",
    "5 mg hs": "daily",
    "at night": "daily",
    "every morning": "daily",
    "2 g/24 h": "daily",
    "5 mg/kg/day": "daily",
    "b.i.d.": "twice daily",
    "BD": "twice daily",
    "twice a day": "twice daily",
    "2x1": "twice daily",
    "1-0-1": "twice daily",
    "every 12 hours": "twice daily",
    "12/12 h": "twice daily",
    "50 mg x 2": "twice daily",
    "t.i.d.": "three times daily",
    "TDS": "three times daily",
    "thrice daily": "three times daily",
    "3 times per day": "three times daily",
    "q8h": "three times daily",
    "four times a day": "four times daily",
    "every 6 hours": "four times daily",
    "every 4 hours": "every 4 hours",
    "every other day": "every other day",
    "on alternate days": "every other day",
    "every second day": "every other day",
    "twice a week": "twice weekly",
    "three times weekly": "three times weekly",
    "every other week": "every 2 weeks",
    "fortnightly": "every 2 weeks",
    "every 14 days": "every 2 weeks",
    "every 28 days": "every 4 weeks",
    "monthly": "monthly",
    "once a month": "monthly",
    "every three months": "every 3 months",
    "3-monthly": "every 3 months",
    "quarterly": "every 3 months",
    "3 mg/3 months": "every 3 months",
    "every six months": "every 6 months",
    "six-monthly": "every 6 months",
    "twice yearly": "every 6 months",
    "once-yearly": "yearly",
    "every 12 months": "yearly",
    "per year": "yearly",
    "annual infusion": "yearly",
    "a single dose": "once",
    "one infusion": "once",
    "30 mg stat": "once",
    "30 mg IV x1": "once",
    "was given once.": "once",
    "as needed": "as needed",
    "prn": "as needed",
    "when required": "as needed",
    "as and when needed": "as needed",
    "30 mg yearly": "yearly",
    "5 mg/yr": "yearly",
    "5 mg/y": "yearly",
    "at 6-month intervals": "every 6 months",
    "at yearly intervals": "yearly",
    "in the morning and at bedtime": "twice daily",
    "with every meal": "three times daily",
    "tiw": "three times weekly",
    "q6mo": "every 6 months",
}
NONE = [
    "two days later",
    "a week later",
    "for a month",
    "over a year",
    "Once she walked",
    "on day 4",
    "x 3 days",
    "L1-2-3",
]


def found(text: str) -> list[Frequency]:
    view = View(text)
    return [f for sentence in view.sentences for f in find_frequencies(view, sentence)]


@pytest.mark.parametrize(("text", "expected"), FORMS.items(), ids=FORMS.keys())
def test_frequency_normal_form(text: str, expected: str) -> None:
    assert [f.text for f in found(text)] == [expected]


@pytest.mark.parametrize("text", NONE, ids=NONE)
def test_frequency_none(text: str) -> None:
    assert found(text) == []


def test_frequency_offsets_point_at_the_words() -> None:
    text = "alendronate 70 mg once a week"
    [only] = found(text)
    assert text[only.start : only.end] == "once a week"
