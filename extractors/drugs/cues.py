"""Cue words around a drug's name: where they stand, and what may stand between them and the name.

A cue book's rules find words anywhere in a sentence; each reads to a `Between`. Whether a cue concerns
a drug is decided here, by its place: once a sentence for finding, once a drug for asking.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from extractors.drugs.vocabulary import CUE_CLASSES, cue_words
from extractors.rules.book import Book
from extractors.rules.rule import Rule, Slots, expand
from extractors.rules.words import Words
from extractors.text import LONGEST_SENTENCE, Sentence, View

_KEY = "drugs.cues"


@dataclass(frozen=True, eq=False)
class Between:
    """What may stand between a cue and the drug: a phrase for all of it, at most so many characters.

    Without a phrase anything may."""

    name: str
    words: str
    most: int = 200
    slots: Slots = field(default_factory=dict)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(expand(self.words, self.slots, self.name))

    def fits(self, lower: str, start: int, end: int) -> bool:
        """Whether lower[start:end] may stand between."""
        if end - start > self.most:
            return False
        return not self.words or self._pattern.fullmatch(lower, start, end) is not None

    def __repr__(self) -> str:
        return f"Between({self.name})"


#: Anything.
FAR = Between("anything", "", LONGEST_SENTENCE)
#: The cue stands beside the name.
NEXT = Between("nothing", "", 0)
SPACE = Between("a space", " ?")
#: Nothing but how much of it, how often and how: "calcitonin 200 IU/d, stopped after ...".
REGIMEN = Between(
    "a regimen",
    r"(?:[ /](?:\d[\d.,]*|[mµu]?g|mcg|iu|ie|units?|[udw]|days?|weeks?|wk|months?|mo|daily|weekly|"
    r"monthly|yearly|a|"
    r"per|every|twice|once|thrice|nasal|spray|oral(?:ly)?|iv|sc|im|po|od|bd|bid|tid)\b)*+,?\s?",
    most=60,
)
#: Between the members of a list.
JOIN = Between(
    "the joint of a list",
    r"\)?\s*+(?:\([^)]{0,30}\)\s*+)?(?:(?:[,/+&-]|{join}|,\s*(?:and|or|with|plus|nor))\s*+)?"
    r"(?:{join word}\s++){0,3}",
    most=100,
    slots={"join": cue_words("join"), "join word": cue_words("join word")},
)


def cue_book(name: str, rules: tuple[Rule, ...], parts: Mapping[str, str] | None = None) -> Book:
    """A book of cues; `parts` are slots of its own, the others are classes of cue_words.csv."""
    phrases = " ".join(rule.phrase for rule in rules)
    own: dict[str, str | Words] = {told: cue_words(told) for told in CUE_CLASSES if f"{{{told}}}" in phrases}
    return Book(name, rules, own | dict(parts or {}), seldom=True)


class Cue(NamedTuple):
    """A cue at [start, end) of its sentence, and what may stand between it and a drug."""

    start: int
    end: int
    between: Between
    rule: str


def cue(name: str, phrase: str, between: Between, says: tuple[str, ...], silent: tuple[str, ...]) -> Rule:
    """A rule whose reading is what may stand between its words and the drug."""

    def read(match: re.Match[str]) -> Between:
        return between

    return Rule(name, phrase, read, says=dict.fromkeys(says, between), silent=silent)


def cues(view: View, sentence: Sentence, book: Book) -> tuple[Cue, ...]:
    """The cues of a book in a sentence, in order; looked for once."""
    known = view.cache.get((_KEY, sentence.index))
    if known is None:
        known = view.cache[_KEY, sentence.index] = {}
    found: tuple[Cue, ...] | None = known.get(book.name)
    if found is None:
        base = sentence.start
        every = [Cue(f.start - base, f.end - base, f.read(), f.rule.name) for f in book.find(view, sentence)]
        if len(every) > 1:
            every.sort(key=_begin)
        found = known[book.name] = tuple(every)
    return found


def _begin(cue: Cue) -> tuple[int, int]:
    return cue.start, cue.end


def before(view: View, sentence: Sentence, book: Book, since: int, name: int) -> Cue | None:
    """The last cue in [since, name) that leads to a drug's name at `name`; offsets of the sentence."""
    known = cues(view, sentence, book)
    for i in range(bisect_left(known, (name,)) - 1, -1, -1):
        cue = known[i]
        if cue.start < since:
            return None
        if cue.end <= name and cue.between.fits(sentence.lower, cue.end, name):
            return cue
    return None


def after(view: View, sentence: Sentence, book: Book, name: int, until: int) -> Cue | None:
    """The first cue in [name, until) that a drug's name ending at `name` leads to."""
    known = cues(view, sentence, book)
    for i in range(bisect_left(known, (name,)), len(known)):
        cue = known[i]
        if cue.start >= until:
            return None
        if cue.end <= until and cue.between.fits(sentence.lower, name, cue.start):
            return cue
    return None
