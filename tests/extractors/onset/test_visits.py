"""A beginning reckoned from a visit that is dated by how long ago the birth was."""

import pytest

from extractors import registry
from extractors.text import View

RECKONED = {
    "She complained of severe backache of 3 weeks duration; she had delivered 2 months ago.": 40,
    "The woman, who had delivered 2 months ago, complained of severe backache for 3 weeks.": 40,
    "She came with a 3-week history of back pain. She had given birth two months earlier.": 40,
    "Two months after childbirth she reported back pain since 3 weeks.": 40,
    "Her last delivery was 8 weeks before admission. On admission she reported back pain for 6 weeks.": 14,
}
SEEN = {
    "She presented with acute low back pain. Four weeks ago she had delivered her second baby.": 28,
    "A woman s/p vaginal delivery 4 weeks ago presented with acute low back pain.": 28,
    "She had been brought in because of back pain. She had had a caesarean three weeks before.": 21,
}
#: Texts with the day from delivery that nothing in them may be dated to.
NOT_DATED = {
    "Her back pain grew worse during pregnancy; she had delivered 6 months before admission.": 183,
    "She had delivered 5 years ago. She complained of back pain.": 1826,
    "She had delivered. She was seen with back pain. Her sister had fallen 4 weeks ago.": 28,
    "Her back pain had developed gradually after giving birth one year ago.": 365,
}


def told(text: str) -> list[tuple[int, int, str]]:
    view = View(text)
    return [(m.days_min, m.days_max, m.role) for m in registry.component("onset").find(view)]


@pytest.mark.parametrize(("text", "day"), RECKONED.items())
def test_beginning_lies_so_long_before_the_visit(text: str, day: int) -> None:
    assert (day, day, "onset") in told(text)


@pytest.mark.parametrize(("text", "day"), SEEN.items())
def test_visit_lies_so_long_after_the_birth(text: str, day: int) -> None:
    assert (day, day, "presentation") in told(text)


@pytest.mark.parametrize(("text", "day"), NOT_DATED.items())
def test_birth_long_ago_dates_nothing_else(text: str, day: int) -> None:
    assert day not in [low for low, _, _ in told(text)]


def test_birth_told_before_is_what_later_counts_from() -> None:
    assert (14, 14, "onset") in told("She had her first child in May. Two weeks later back pain began.")
