"""The course of one patient, from moments to months."""

from __future__ import annotations

import pytest

from extractors.base import Context, Mention, Since, TimeRef
from extractors.time.dates import DATE
from extractors.timeline.moments import (
    AGAIN,
    BEGIN,
    BONE,
    BORN,
    ELSE,
    MAIN,
    NUMBERED,
    ONSET,
    TIME,
    VISIT,
    WEANED,
    Moment,
)
from extractors.timeline.timeline import Timeline

Months = tuple[float | None, float | None]

VISITED = Moment(100, "text", VISIT, days=(91, 91))
TERIPARATIDE = Moment(500, "text", BEGIN, name="teriparatide", rank=MAIN, lasts=(548, 548))


def counted(event: str, days: int, at: int = 600, words: str = "later") -> TimeRef:
    return TimeRef(at, at + 5, words, "baseline", phase="follow-up", since=Since(event, days, days))


def born(days: int, high: int | None = None, at: int = 600) -> TimeRef:
    return TimeRef(at, at + 5, "after birth", "delivery", days, days if high is None else high)


def result(time: TimeRef | None, at: int = 620, historical: bool = False) -> Mention:
    return Mention(start=at, end=at + 3, rule="", time=time, context=Context(historical=historical))


def test_a_result_without_a_time_is_of_the_visit() -> None:
    course = Timeline.of([VISITED, TERIPARATIDE])
    assert course.months(result(None, 300), "text") == (3.0, 0.0)
    assert course.months(result(None, 300, historical=True), "text") == (None, None)


def test_of_two_visits_the_one_before_it_counts() -> None:
    course = Timeline.of([VISITED, Moment(300, "text", VISIT, days=(183, 183)), TERIPARATIDE])
    assert course.months(result(None, 200), "text") == (3.0, -3.0)
    assert course.months(result(None, 400), "text") == (6.0, 0.0)
    assert course.months(result(None, 9000), "table") == (6.0, 0.0)


@pytest.mark.parametrize(
    ("event", "days", "months"),
    [
        ("treatment", 365, (15.0, 12.0)),
        ("course", 365, (15.0, 12.0)),
        ("visit", 365, (15.0, 12.0)),
        ("end", 730, (45.0, 42.0)),
        ("then", 183, (9.0, 6.0)),
        ("symptom", 30, (None, None)),
    ],
)
def test_what_a_time_is_counted_from(event: str, days: int, months: Months) -> None:
    course = Timeline.of([VISITED, TERIPARATIDE])
    assert course.months(result(counted(event, days)), "text") == months


def test_a_treatment_may_begin_later_than_the_visit() -> None:
    begun = Moment(500, "text", BEGIN, born(183, at=480), name="zoledronic acid", rank=MAIN)
    course = Timeline.of([VISITED, begun])
    assert course.months(result(None, 300), "text") == (3.0, -3.0)
    assert course.months(result(counted("then", 365)), "text") == (18.0, 12.0)
    assert course.course_of("zoledronic acid") == (6.0, None)


def test_later_is_counted_from_what_was_told_just_before() -> None:
    first = counted("course", 365, at=600)
    moments = [VISITED, TERIPARATIDE, Moment(620, "text", TIME, first)]
    second = counted("then", 365, at=700)
    assert Timeline.of(moments).months(result(second, 720), "text") == (27.0, 24.0)


def test_a_visit_may_be_told_by_what_came_before_it() -> None:
    pain = Moment(50, "text", ONSET, days=(14, 14))
    seen = Moment(80, "text", VISIT, counted("then", 77, at=80))
    course = Timeline.of([pain, seen, TERIPARATIDE])
    assert course.months(result(None, 300), "text") == (3.0, 0.0)


def test_the_words_of_a_time_may_name_the_drug() -> None:
    denosumab = Moment(700, "text", BEGIN, counted("end", 0, at=680), name="denosumab", rank=MAIN)
    course = Timeline.of([VISITED, TERIPARATIDE, denosumab])
    words = counted("treatment", 365, at=800, words="after 12 months of denosumab")
    assert course.months(result(words, 830), "text") == (33.0, 30.0)
    assert course.order == {"teriparatide": 1, "denosumab": 2}


def test_calcium_is_the_treatment_where_bone_is_ill_and_nothing_else_is_given() -> None:
    calcium = Moment(500, "text", BEGIN, name="calcium", rank=ELSE)
    assert Timeline.of([VISITED, calcium]).months(result(None, 300), "text") == (3.0, None)
    ill = Moment(200, "text", BONE)
    assert Timeline.of([VISITED, calcium, ill]).months(result(None, 300), "text") == (3.0, 0.0)
    assert Timeline.of([VISITED, calcium, ill, TERIPARATIDE]).main == "teriparatide"


def test_what_is_told_vaguely_has_no_month() -> None:
    course = Timeline.of([TERIPARATIDE])
    assert course.months(result(born(0, 183)), "text") == (None, None)
    assert course.months(result(born(61, 91)), "text")[0] == 2.5
    # told vaguely, and the visit lies within: it is that of the visit
    assert Timeline.of([VISITED]).months(result(born(0, 365)), "text") == (3.0, None)


def test_a_table_counts_from_the_treatment_and_the_abstract_adds_what_the_text_leaves_out() -> None:
    seen = Moment(10, "abstract", VISIT, days=(61, 61))
    course = Timeline.of([seen, TERIPARATIDE])
    assert course.months(result(counted("course", 365), 5000), "table") == (14.0, 12.0)


def test_the_nursing_of_an_earlier_child_dates_no_visit() -> None:
    first, second = (Moment(at, "text", NUMBERED, name=name) for at, name in ((10, "1"), (60, "2")))
    weaned = Moment(20, "text", WEANED, days=(426, 426), name="1")
    seen = Moment(100, "text", WEANED)
    assert Timeline.of([first, weaned, second, seen]).weaned() is None
    assert Timeline.of([first, weaned]).weaned() == 426


def test_an_episode_of_a_later_birth_counts_from_that_birth() -> None:
    def on(day: int, at: int) -> TimeRef:
        return TimeRef(at, at + 9, "a date", DATE, day, day)

    days = ((10, 1000), (300, 2500))
    births = [Moment(at, "text", BORN, days=(0, 0), time=on(day, at)) for at, day in days]
    drugs = [
        Moment(at, "text", BEGIN, name=name, rank=MAIN, time=on(day, at), explicit=True)
        for at, name, day in ((100, "risedronate", 1090), (500, "teriparatide", 2560))
    ]
    told = Timeline.of([*births, *drugs, Moment(250, "text", AGAIN)])
    assert told.months(result(on(1060, 60), 70), "text") == (2.0, -1.0)
    assert told.months(result(on(2530, 400), 410), "text") == (1.0, -1.0)
