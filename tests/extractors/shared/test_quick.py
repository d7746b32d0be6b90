from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.shared.quick import any_of, at_word

WORDS = r"was|were|is|shows?|reveal(?:s|ed)|with(?:out)?[\s|-]no|2nd"


@given(st.text(alphabet="washoreviltun d2-|\n", max_size=60))
def test_at_word_finds_what_the_plain_pattern_finds(text: str) -> None:
    plain, quick = re.compile(rf"\b(?:{WORDS})\b"), re.compile(at_word(WORDS) + r"\b")
    assert [m.span() for m in quick.finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_at_word_needs_a_word_s_edge() -> None:
    assert re.search(at_word("was|is"), "the biopsis flawas") is None


@pytest.mark.parametrize("alternatives", [r"was|\bis", "was|(?:a|b)", "a?b", "was|"], ids=str)
def test_at_word_refuses_what_it_cannot_look_for(alternatives: str) -> None:
    with pytest.raises(ValueError, match="plain letter"):
        at_word(alternatives)


def test_any_of_tells_whether_one_stands_there() -> None:
    assert any_of("her spine", ("hip", "spine"))
    assert not any_of("her spine", ("hip", "wrist"))
