"""Keys and their answers: "Heparin: none, levothyroxine: yes". An answer is about its own key alone."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.language.words import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

_ANSWER = Rule(
    "answer",
    r"(?:[:=]|(?<= )[-–—](?= )) ?(?P<answer>(?P<yes>yes|present)|{answer no})"
    r"(?: {behind an answer})*(?= ?(?:[.,;(]|[-–—] |$))",
    says={
        "Heparin: none": ": none",
        "oral steroids - never used.": "- never used",
        "Levothyroxine = yes, 50 µg": "= yes",
        "Vitamin D: no supplements": ": no supplements",
    },
    silent=("The plan: no heparin", "No steroids: her asthma was mild."),
)
#: Asked of single sentences only.
BOOK = Book("language.answer", (_ANSWER,), SLOTS, seldom=True)
_KEY = Glue(r"[^,;:=.()]{2,60}$")
_KEY_WITHIN = 60
_MARKS = (":", "=", " - ", " – ", " — ")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer at [start, end) of its sentence to the key that begins at `key`."""

    key: int
    start: int
    end: int
    yes: bool


def find(lower: str) -> list[Answer]:
    """The answered keys of a sentence, in order."""
    if not any(mark in lower for mark in _MARKS):
        return []
    out: list[Answer] = []
    for match in BOOK.pattern(_ANSWER.name).finditer(lower):
        key = _KEY.within(lower, match.start() - _KEY_WITHIN, match.start())
        if key:
            out.append(Answer(key.start(), match.start("answer"), match.end(), match["yes"] is not None))
    return out
