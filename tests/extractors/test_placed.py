"""Tellings of one fact are put together as if each was compared with every other one, but faster."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from extractors.base import Context, TimeRef
from extractors.labs.fact import LabMention
from extractors.onset.fact import OnsetMention
from extractors.placed import Placed, group
from extractors.registry import facts

_SAME = {fact.table: fact.same for fact in facts()}


def _time(rng: random.Random, start: int) -> TimeRef | None:
    days = rng.choice((None, 0, 14, 28, 42))
    phase = rng.choice(("", "baseline", "follow-up"))
    return rng.choice((None, TimeRef(start, start + 1, "then", "delivery", days, days, phase)))


def _lab(rng: random.Random, start: int) -> LabMention:
    return LabMention(
        start=start,
        end=start + 1,
        rule="r",
        time=_time(rng, start),
        analyte=rng.choice(("calcium", "albumin")),
        context=Context(historical=rng.random() < 0.2, cues=((start, start + 1),)),
        specimen=rng.choice(("", "serum", "urine")),
        value=rng.choice((9.1, 9.12, 9.14, 9.0, 33.0)),
    )


def _onset(rng: random.Random, start: int) -> OnsetMention:
    low = rng.choice((-84, 0, 20, 30))
    return OnsetMention(
        start=start,
        end=start + 1,
        rule="r",
        symptom="pain",
        anchor="delivery",
        pregnancy=rng.choice((None, 1, 2)),
        days_min=low,
        days_max=low + rng.choice((0, 10, 84)),
        role=rng.choice(("onset", "worsening")),
    )


def plain(placed: list[Placed[Any]], same: Callable[[Any, Any], bool]) -> list[list[Placed[Any]]]:
    groups: list[list[Placed[Any]]] = []
    for one in placed:
        home = next((g for g in groups if all(same(one, other) for other in g)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


@pytest.mark.parametrize(("table", "make"), [("labs", _lab), ("onset", _onset)])
@pytest.mark.parametrize("seed", range(40))
def test_groups_are_those_of_comparing_all(table: str, make: Callable[..., Any], seed: int) -> None:
    rng = random.Random(seed)
    found: list[Placed[Any]] = [
        Placed(make(rng, start), table, rng.choice(("text", "table", "abstract")), "", None)
        for start in range(60)
    ]
    assert group(found, _SAME[table]) == plain(found, _SAME[table])


def test_tellings_alike_are_not_compared_with_each_other() -> None:
    asked = 0

    def same(a: Placed[LabMention], b: Placed[LabMention]) -> bool:
        nonlocal asked
        asked += 1
        return a.mention.value == b.mention.value

    found = [
        LabMention(start=n, end=n + 1, rule="r", analyte="calcium", value=float(n % 5)) for n in range(1000)
    ]
    placed = [Placed(mention, "labs", "table", "", None) for mention in found]
    assert [len(members) for members in group(placed, same)] == [200] * 5
    assert asked < 1100
