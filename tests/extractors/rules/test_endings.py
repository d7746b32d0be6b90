"""Words right before a place, matches from left to right, words of any ending."""

from __future__ import annotations

from functools import cached_property

import pytest

from extractors.rules.book import Book
from extractors.rules.endings import Endings
from extractors.rules.rule import Rule
from extractors.rules.words import Vocabulary, VocabularyError, Words, _Read, spelled
from extractors.text import View


class Listed(Vocabulary):
    """Its columns are its words: no file."""

    @cached_property
    def _now(self) -> _Read:
        return _Read(tuple({"word": word} for word in self.columns))


def listed(*words: str) -> Endings:
    return Endings(Words(Listed("tests", "none.csv", words, ("word",))))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the serum ", "serum"),
        ("high levels of ", "levels of"),
        ("in (24-h ", "24-h"),
        ("subserum ", ""),
        ("serum of ", ""),
        ("", ""),
    ],
)
def test_endings_find_the_longest_phrase_before_a_place(text: str, found: str) -> None:
    end = len(text) - 1
    at = listed("serum", "level(s) of", "24-h", "h").before(text, end)
    assert (text[at:end] if at >= 0 else "") == found


def test_a_last_word_of_any_ending_is_an_error() -> None:
    with pytest.raises(VocabularyError, match="supplement"):
        listed("oral supplement*").before("oral supplements ", 16)


def test_a_star_is_any_ending() -> None:
    assert spelled("supplement*") == r"supplement\w*"


BOOK = Book(
    "tests.order",
    (Rule("long", "not {word}"), Rule("short", "{word}"), Rule("tail", "b c")),
    {"word": "a|b"},
)


def test_leftmost_matches_do_not_overlap_and_the_earlier_rule_counts() -> None:
    view = View("not a, b c, a, not b c")
    (sentence,) = view.sentences
    found = [(f.rule.name, view.text[f.start : f.end]) for f in BOOK.leftmost(view, sentence)]
    assert found == [("long", "not a"), ("short", "b"), ("short", "a"), ("long", "not b")]
    blanked = [f.rule.name for f in BOOK.leftmost(view, sentence, "      " + sentence.lower[6:])]
    assert blanked == ["short", "short", "long"]
    assert [f.rule.name for f in BOOK.leftmost_in("b c", "b c")] == ["short"]
