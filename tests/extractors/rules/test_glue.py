"""Phrases matched at a place, and books asked about a label."""

from __future__ import annotations

import pytest

from extractors.person import parity
from extractors.rules.rule import Glue, RuleError

SLOTS = {"side": "left|right"}


def test_glue_is_matched_at_a_place_alone() -> None:
    glue = Glue(r" of the {side:side}", SLOTS)
    text = "neck of the left femur"
    found = glue.behind(text, 4)
    assert found is not None and found["side"] == "left"
    assert glue.behind(text, 3) is None
    assert glue.behind(text, 4, 14) is None
    assert glue.fills(text, 4, 16) and not glue.fills(text, 4, 17)


def test_glue_with_an_end_stands_right_before_it() -> None:
    glue = Glue(r"\b{side} $", SLOTS)
    text = "the left hip"
    assert glue.within(text, 0, 9)
    assert glue.within(text, -40, 9)
    assert glue.within(text, 0, 8) is None


def test_glue_with_an_unknown_slot_says_which() -> None:
    with pytest.raises(RuleError, match="no slot 'bone'"):
        Glue("of the {bone}", SLOTS).behind("of the hip", 0)


def test_book_reads_a_label() -> None:
    label = "Parity (G2P1)"
    (found,) = [f for f in parity.BOOK.in_text(label, label.lower()) if f.rule.name == "parity G P"]
    assert label[found.start : found.end] == "G2P1"
    assert found.read() == parity.Parity(2, 1)
