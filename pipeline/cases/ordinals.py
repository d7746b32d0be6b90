"""Patients of a series named by their place in it: "the second patient", "the third had", "the last two"."""

from __future__ import annotations

import re

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View
from pipeline.cases.phrases import SLOTS

#: A place that only the number of patients tells.
_LAST, _OTHER, _NEXT = "last", "other", "next"
_RELATIVE = {"final": _LAST, _LAST: _LAST, _OTHER: _OTHER, _NEXT: _NEXT}
_OF_TWO = {"former": 1, "latter": 2}
_ORDINAL_SLOTS = {**SLOTS, "relative place": "|".join(_RELATIVE)}


def _place(match: re.Match[str]) -> int | str | None:
    """A patient's number in the series, or the word that stands for it."""
    word = match["which"]
    return _RELATIVE.get(word) or parse_ordinal(word)


#: "The second patient", "our third case", "in the first case".
NARRATIVE = Book(
    "cases.narrative",
    (
        Rule(
            "the second patient",
            r"\b(?:the|our|this|my) (?P<which>{ordinal}|{relative place}) (?:{told as} )?{one of a series}\b",
            _place,
            says={
                "Our third case was seen.": 3,
                "The last reported patient left.": _LAST,
                "In the 2nd woman": 2,
            },
            silent=("The second pregnancy", "At the last visit"),
        ),
        Rule(
            "second patient opens",
            r"^(?P<which>{ordinal}) (?:case|patient)\b",
            _place,
            says={"Second patient: a nurse": 2},
            silent=("She was the second nurse.",),
        ),
    ),
    _ORDINAL_SLOTS,
)
#: "The third, aged 33, ...", "the second had ...": an ordinal that stands for a patient.
ELLIPTIC = Book(
    "cases.elliptic",
    (
        Rule(
            "the second had",
            r"\bthe (?P<which>{ordinal}|other)(?=, | (?:one )?(?:{befell the second}\b|\())",
            _place,
            says={
                "The second had none.": 2,
                "The third, aged 33, fell.": 3,
                "the other one took calcium": _OTHER,
            },
            silent=("The second week had passed.", "The second vertebra"),
        ),
        Rule(
            "in the second",
            r"\bin the (?P<which>{ordinal})(?= ?(?:and\b|,|;|\.|$))",
            _place,
            says={"It was low in the first and high": 1, "Nothing was found in the third.": 3},
            silent=("In the third week",),
        ),
    ),
    _ORDINAL_SLOTS,
)
#: "... and the second calcitriol": what the first clause says of the first patient goes on.
GAPPED = Book(
    "cases.gapped",
    (
        Rule(
            "and the second calcitriol",
            r"(?:\b(?:and|while|whereas|but)|[,;]) the (?P<which>{ordinal}) (?!{no patient}\b)[a-z]",
            _place,
            says={"The first took calcium and the second calcitriol.": 2, "one of T8, the second of L1": 2},
            silent=("and the second week", "and the second lumbar vertebra", ", the third vertebra"),
        ),
    ),
    _ORDINAL_SLOTS,
    seldom=True,
)
#: "The first two patients", "the last three".
SEVERAL = Book(
    "cases.some by place",
    (
        Rule(
            "the first two",
            r"\bthe (?P<end>first|last|other) (?P<count>two|three|four|five)\b"
            r"(?! (?:weeks|months|days|years|lumbar|thoracic|doses))",
            lambda m: (m["end"], int(parse_count(m["count"]) or 0)),
            says={"The first two patients": ("first", 2), "in the last three": ("last", 3)},
            silent=("In the first two weeks", "The first fracture"),
        ),
    ),
    _ORDINAL_SLOTS,
    seldom=True,
)
#: Of two patients: "the former had ..., the latter ...".
PAIR = Book(
    "cases.former and latter",
    (
        Rule(
            "the latter had",
            r"\bthe (?P<which>former|latter)(?=,? (?:{done by a patient}|aged)\b)",
            lambda m: _OF_TWO[m["which"]],
            says={"The former had pain.": 1, "the latter, aged 30, fell": 2},
            silent=("The latter was due to calcium.", "the latter two"),
        ),
        Rule(
            "the latter a fracture",
            r"\bthe (?P<which>former|latter)(?= (?:an? |\w+ fractures?\b))",
            lambda m: _OF_TWO[m["which"]],
            says={"and the latter a fracture of L1": 2},
            silent=("The latter was due to calcium.",),
        ),
    ),
    _ORDINAL_SLOTS,
    seldom=True,
)
BOOKS = (NARRATIVE, ELLIPTIC, GAPPED, SEVERAL, PAIR)


def by_place(lower: str) -> list[tuple[int, int, int]]:
    """Patients that a sentence (lower case) names by an ordinal: where, and the number, none overlapping."""
    out: list[tuple[int, int, int]] = []
    for book in (NARRATIVE, ELLIPTIC):
        for found in book.within(lower):
            number = found.read()
            if isinstance(number, int) and all(found.start >= b or found.end <= a for a, b, _ in out):
                out.append((found.start, found.end, number))
    return out


def gapped(lower: str) -> list[tuple[int, int, int]]:
    """Patients whose verb is left out behind another one's, as `by_place`."""
    return [(*f.match.span("which"), f.read()) for f in GAPPED.within(lower) if f.read()]


def former_and_latter(lower: str, count: int) -> list[tuple[int, int, int]]:
    """Which of two patients a sentence names as the former and the latter, as `by_place`; none of more.

    Only where one of them does what a patient does: both may as well be levels or drugs.
    """
    found = list(PAIR.within(lower)) if count == len(_OF_TWO) else []
    if not any(f.rule is PAIR.rules[0] for f in found):
        return []
    return [(f.start, f.end, f.read()) for f in found]


def several(lower: str, count: int) -> set[int]:
    """Places in a series of `count` patients that "the first two" or "the last three" mean."""
    found = next(SEVERAL.within(lower), None)
    if found is None:
        return set()
    end, number = found.read()
    places = range(1, number + 1) if end == "first" else range(count - number + 1, count + 1)
    return set(places) if number < count else set()


def may_count(view: View, sentence: Sentence) -> bool:
    """Whether a sentence names a patient by an ordinal, or opens with an ordinal alone."""
    if NARRATIVE.first(view, sentence) is not None:
        return True
    return ELLIPTIC.possible(view, sentence) and _elliptic_opening(sentence.lower) is not None


def _elliptic_opening(lower: str) -> int | str | None:
    found = min(ELLIPTIC.within(lower), key=lambda f: f.start, default=None)
    return found.read() if found is not None and found.start == 0 else None


def narrative_number(lower: str, known: int) -> int | None:
    """The patient that "the second patient" means; "the last" and "the other" need the count known."""
    first = min(NARRATIVE.within(lower), key=lambda f: f.start, default=None)
    place = first.read() if first is not None else _elliptic_opening(lower) if known else None
    if isinstance(place, int) or place is None:
        return place
    if place == _LAST and known >= 2:
        return known
    return 2 if place == _OTHER and known == 2 else None
