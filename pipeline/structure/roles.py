"""What each section of a paper is for, by its heading: worked out here once and handed on with the blocks.

The words are data (section_words.csv). Some count wherever a heading has them ("Case 1 and discussion"
tells a case), others only where it begins with them ("Discussion of the cases").
"""

from __future__ import annotations

from extractors.rules.book import Book
from extractors.rules.rule import Pattern, Rule
from extractors.rules.words import Vocabulary, Words
from extractors.section import Section
from extractors.text import folded, lower_same_length

_CLASSES = ("general", "case", "lead-in", "aside", "discussion")
WORDS = Vocabulary(
    "pipeline.structure",
    "section_words.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(_CLASSES)},
)
_SLOTS: dict[str, str | Pattern] = {
    "number": r"\W*(?:\d+\.? *)?",
    **{name.replace("-", " "): Words(WORDS, {"class": name}) for name in _CLASSES},
}


def _heading(name: str, phrase: str, says: dict[str, str], *silent: str) -> Rule:
    return Rule(name, phrase, says=says, silent=silent)


_GENERAL = _heading(
    "general section",
    r"\b{general}\b",
    {"Our discussion and outlook": "discussion", "Review of the literature": "review of the literature"},
    "Case report",
    "Introductions",
)
_CASE = _heading(
    "case section",
    r"\b{case}\b",
    {"Presentation": "presentation", "Discussion of the cases": "cases"},
    "Discussion",
)
_LEAD_IN = _heading(
    "lead-in section",
    r"{lead in}",
    {"1. Introduction": "introduction", "Key points": "key points"},
    "Discussion",
)
_ASIDE = _heading(
    "section beside the cases",
    r"^{number}{aside}\b",
    {"2. Methods": "2. methods", "Patients and methods": "patients and methods"},
    "Case 1 and methods",
    "Patients",
)
_DISCUSSION = _heading(
    "discussion",
    r"^{number}{discussion}\b",
    {"4 Comment": "4 comment", "Literature review": "literature"},
    "Case discussion",
)
_RESULTS_DISCUSSED = _heading(
    "results and discussion",
    r"^{number}results\b.{0,20}discussion\b",
    {"Results and discussion": "results and discussion"},
    "Results",
    "Results of the patients before the discussion",
)
#: A book each: one heading may be several things.
BOOKS = tuple(
    Book(f"structure.{name}", rules, _SLOTS, seldom=True)
    for name, rules in (
        ("general", (_GENERAL,)),
        ("case", (_CASE,)),
        ("lead-in", (_LEAD_IN,)),
        ("aside", (_ASIDE,)),
        ("discussion", (_DISCUSSION, _RESULTS_DISCUSSED)),
    )
)
_SAYS = dict(zip(("general", "case", "lead-in", "aside", "discussion"), BOOKS, strict=True))


def role_of(heading: str) -> Section:
    """What a section is for by its heading's words; PLAIN where they do not tell."""
    if not heading:
        return Section.PLAIN
    text = folded(heading)
    lower = lower_same_length(text)
    told = {name for name, book in _SAYS.items() if next(book.in_text(text, lower), None) is not None}
    role = Section.PLAIN
    if "general" in told and "case" not in told:
        role |= Section.GENERAL
    for name, flag in _FLAGS.items():
        if name in told:
            role |= flag
    return role


_FLAGS = {"lead-in": Section.LEAD_IN, "aside": Section.ASIDE, "discussion": Section.DISCUSSION}
