"""Citation numbers that stood raised in print and now stick to words: `uneventful1,3`, `low12.`.

A number at a word's end is a citation unless the word is one that numbers belong to (`week12`,
`type2`: number_words.csv), the word is a name in capitals (T8, FGF23, HbA1c), or a unit follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.structure import vocabulary

_LETTER = "a-z\u00df-\u024f"
_MORE = r"\d{0,2}(?:(?:, ?|[-\u2013])\d{1,3}){0,9}"
_NOT_VALUE = (  # not the start of a decimal, a ratio, a name or a value with its unit
    r"(?![\w/%\u00b0\u00b1^=*+]|[.,:-]\d|-[A-Za-z]"
    r"| ?(?:mg|g|kg|cm|mm|m|ml|dl|l|IU|IE|U|mmol|nmol|pmol|ng|pg|\u00b5g|mcg|mEq|years?|yrs?|months?|weeks?|"
    r"days?|hours?|h|minutes?|min|times|percent|x|\u00d7|to)\b| ?[%\u00b0\u00b1<>=\u2264\u2265])"
)
#: letters before a raised number that make it a citation mark
RAISED_CITATION = re.compile(r"[A-Za-z\u00df-\u024f]{4}$|[a-z]{3}$|[A-Za-z)\]\"']{2}[.,;:)\]]?$|[.,;:]$")

#: digits right behind a letter, a letter and a mark, or a bracket; digits first: a quick search
_STUCK = re.compile(rf"\d(?:(?<=[{_LETTER})\]]\d)|(?<=[{_LETTER}][.,;:]\d)){_MORE}{_NOT_VALUE}")
_WORD_BEFORE = re.compile(rf"(?<!\w)([A-Za-z\u00c0-\u024f]?[{_LETTER}]{{2,}})[.,;:]?$")
_BRACKET_BEFORE = re.compile(r"(?:\((?=[^()\d]{0,40}[A-Za-z]{3})[^()\n]{3,80}\)|\[[A-Za-z ]{3,40}\])$")
_AFTER_UNIT = re.compile(r"(?<=/cm[23]|g/m[23]),\d{1,2}(?:[,-]\d{1,2}){0,5}(?=[\s.;)]|$)")


@cache
def number_words() -> frozenset[str]:
    """Words that a number may belong to without a space, lower case (number_words.csv)."""
    return vocabulary.NUMBER_WORDS.values("word")


def _stuck(match: re.Match[str]) -> str:
    """Nothing for a citation mark, else the digits as they are."""
    numbers, text, start = match.group(), match.string, match.start()
    before = text[max(0, start - 90) : start]
    if before[-1] in ")]":
        return (
            ""
            if text[match.end() : match.end() + 1] in _BOUNDARY and _BRACKET_BEFORE.search(before)
            else numbers
        )
    found = _WORD_BEFORE.search(before)
    if not found:
        return numbers
    word = found[1].lower()
    if word in number_words() or (len(word) < 4 and word not in vocabulary.line_words("short")):
        return numbers
    mark = before[-1] if before[-1] in ".,;:" else ""
    if mark:  # `text.3 Next`, `text,14 and`, but neither `p.23` nor `no:4`
        rest = text[match.end() : match.end() + 2]
        if (
            mark == "."
            and word != "al"
            and rest[:1] not in ("", "\n")
            and not rest[1:].isupper()
            and rest[1:] not in ("", "\n")
        ):
            return numbers
        if mark == ":" or (mark == "," and rest[:1] == ","):
            return numbers
    return ""


_BOUNDARY = ("", " ", ".", ",", ";", ":", ")", "\n")
#: (one of these stands where the pattern matches, pattern, replacement), applied in this order
CITATION_STEPS: tuple[tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (("/cm2,", "/cm3,", "g/m2,", "g/m3,"), _AFTER_UNIT, ""),
    ((), _STUCK, _stuck),
)
