"""What a worker tells of the paper in hand: it is always among those told last, and seldom told."""

from __future__ import annotations

import pytest

from pipeline.scale.hands import MOST, SLOW_SECONDS, Hands

PAPERS = [f"paper-{number:02}" for number in range(2 * MOST + 5)]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_quick_papers_are_told_many_at_a_time(clock: Clock) -> None:
    told: list[tuple[str, ...]] = []
    hands = Hands(PAPERS, told.append, clock=clock)
    for paper in PAPERS:
        hands.take(paper)
        clock.now += SLOW_SECONDS / 2
        hands.look()
        assert paper in told[-1]
    assert [len(one) for one in told] == [MOST, MOST, 5]


def test_a_slow_paper_is_told_alone_and_the_next_one_at_once(clock: Clock) -> None:
    told: list[tuple[str, ...]] = []
    hands = Hands(PAPERS, told.append, clock=clock)
    hands.take(PAPERS[0])
    hands.take(PAPERS[3])
    for _ in range(3):
        clock.now += SLOW_SECONDS
        hands.look()
    assert told[1:] == [(PAPERS[3],)]
    hands.take(PAPERS[4])
    assert told[2:] == [tuple(PAPERS[4 : 4 + MOST])]


def test_with_care_each_paper_is_told(clock: Clock) -> None:
    told: list[tuple[str, ...]] = []
    hands = Hands(PAPERS, told.append, careful=True, clock=clock)
    for paper in PAPERS:
        hands.take(paper)
        hands.look()
    assert told == [(paper,) for paper in PAPERS]
