from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from extractors.base import Context, TimeRef
from extractors.values import fixed


@fixed(frozen=True, slots=True)
class _Pair:
    left: int
    right: int = 0


@fixed(frozen=True, slots=True, eq=False)
class _Thing:
    name: str


def test_fixed_values_are_equal_by_what_they_say_and_have_one_hash() -> None:
    assert _Pair(1) == _Pair(1, 0) != _Pair(2)
    assert len({_Pair(1), _Pair(1, 0), _Pair(2)}) == 2
    assert replace(_Pair(1), right=3) == _Pair(1, 3)


def test_fixed_things_are_told_apart_by_identity() -> None:
    assert _Thing("a") != _Thing("a")
    assert len({_Thing("a"), _Thing("a")}) == 2


def test_fixed_has_no_room_for_further_attributes() -> None:
    with pytest.raises(AttributeError):
        _Pair(1).middle = 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [Context(negated=True, cues=((1, 2),)), TimeRef(0, 4, "then", days_min=3)])
def test_fixed_values_go_to_other_processes(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
