"""What a paper begins with before it tells of anybody: the disease and its treatment in general."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.language.words import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import View

_KINDS = frozenset({"paragraph", "abstract"})

SOMEBODY = Book(
    "language.somebody",
    (
        Rule(
            "somebody of an age",
            r"\b(?:years?|yrs?|months?|weeks?|days?)[- ]?(?:old|of age)\b|\baged? (?:about |of )?\d|"
            r"\b\d\d(?: ?(?:yo|[fm])|[- ]year)\b",
            says={"A 30-year-old had pain.": "30-year", "a woman aged 31": "aged 3", "34F with pain": "34f"},
            silent=("Fractures at a young age are rare.",),
        ),
        Rule(
            "somebody called so",
            r"\b(?:she|her|herself|he|his|himself|mrs|mr|ms|i|my|we|our|us|both)\b",
            says={"She fell.": "she", "Mrs B. was seen.": "mrs", "We report a case.": "we"},
            silent=("The disease is rare.",),
        ),
        Rule(
            "one patient",
            r"\b(?:(?:the|this|these) (?:[\w'-]+ )?|an? (?:[\w'/-]+ ){0,4}?|"
            r"(?:another|first|second) (?:[\w'-]+ ){0,2}?)(?:{person}|{people})\b|"
            r"\b(?:patient|baby|mother)\b|\b(?:{number word}|\d{1,2}) (?:[\w'/-]+ ){0,3}?{people}\b",
            says={"The patient was well.": "the patient", "a healthy young woman": "a healthy young woman"},
            silent=("Most patients are young.", "The use of steroids in women is frequent."),
        ),
    ),
    SLOTS,
)
#: What is so or was reported, rather than done: a case may begin with what was done ("MRI was performed").
GENERALITIES = Book(
    "language.generalities",
    (
        Rule(
            "so in general",
            r"\b(?:{general verb}|{publication})\b",
            says={"It is rare.": "is", "Such drugs were tried by some authors.": "authors"},
            silent=("MRI was performed.",),
        ),
    ),
    SLOTS,
)
DONE = Book(
    "language.done",
    (
        Rule(
            "done or seen once",
            r"\b{event verb}\b|\b(?:was|were) (?:[a-z]+ly )?{done}\b",
            says={"MRI revealed a fracture.": "revealed", "A scan was taken.": "was taken"},
            silent=("It is rare.",),
        ),
    ),
    SLOTS,
)
BOOKS = (SOMEBODY, GENERALITIES, DONE)


def background(view: View, people: Iterable[int]) -> frozenset[int]:
    """The general sentences (by index) of running text before the first that speaks of somebody.

    `people` are offsets at which somebody is told of by an age. None where nobody is spoken of at all.
    """
    first = min(people, default=len(view.lower))
    early: list[int] = []
    for sentence in view.sentences:
        if sentence.zone.kind not in _KINDS:
            continue
        if sentence.end > first or SOMEBODY.first(view, sentence) is not None:
            return frozenset(early)
        if GENERALITIES.first(view, sentence) is not None and DONE.first(view, sentence) is None:
            early.append(sentence.index)
    return frozenset()
