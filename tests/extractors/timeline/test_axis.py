"""Events a known number of days apart."""

from __future__ import annotations

from extractors.timeline.axis import Axis


def test_a_chain_of_links_is_added_up_in_both_directions() -> None:
    axis = Axis()
    axis.put("visit", "delivery", (61, 91))
    axis.put("begin", "visit", (14, 14))
    assert axis.between("delivery", "begin") == (75, 105)
    assert axis.between("begin", "delivery") == (-105, -75)


def test_what_is_not_linked_cannot_be_worked_out() -> None:
    axis = Axis()
    axis.put("visit", "delivery", (61, 61))
    axis.put("end", "begin", (365, 365))
    assert axis.between("delivery", "end") is None
    axis.put("begin", "visit")
    assert axis.between("delivery", "end") == (426, 426)


def test_the_first_word_counts() -> None:
    axis = Axis()
    axis.put("visit", "delivery", (61, 61))
    axis.put("visit", "delivery", (365, 365))
    assert axis.between("delivery", "visit") == (61, 61)
