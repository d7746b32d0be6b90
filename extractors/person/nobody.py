"""Ages of what is no person: an old fracture, a scan, a forest, an animal."""

from __future__ import annotations

import re

from extractors.person.age_refs import AgeRef
from extractors.person.clues import ANIMAL, CLUE_WORDS, PRONOUN
from extractors.person.people import Noun, phrase_end
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue
from extractors.rules.words import Words
from extractors.text import Sentence, View

_THING_LAST = Glue(r"\b{thing}\W*$", {"thing": Words(CLUE_WORDS, {"class": "thing"})})
_ANIMAL_LAST = Glue(
    r"\b{animal}(?:\W*$|\W+(?:\w+ed|were|fed|given|kept|fell)\b)",
    {"animal": Words(CLUE_WORDS, {"class": "animal"})},
)
_PART_ENDS = re.compile(r",|\s(?:of|and|or)\s")
#: Shapes that a noun for the owner follows.
_BEFORE_NOUN = frozenset({"old", "decade", "word"})
#: Words for people that stand beside an animal's name, too.
_SEX = frozenset({"male", "female"})


def is_of_nobody(view: View, sentence: Sentence, ref: AgeRef, hits: list[Hit[Noun]]) -> bool:
    """Whether an age is told of a thing or an animal; `hits` are the sentence's words for people."""
    lower = sentence.lower
    if ref.shape in _BEFORE_NOUN:
        limit = phrase_end(lower, ref.end)
        part = _PART_ENDS.search(lower, ref.end, limit)
        people = [h.value.word for h in hits if ref.end <= h.start < limit]
        if not people and _THING_LAST.within(lower, ref.end, part.start() if part else limit):
            return True
        return set(people) <= _SEX and _ANIMAL_LAST.within(lower, ref.end, limit) is not None
    if any(h.value.word not in _SEX for h in hits) or PRONOUN.first(view, sentence) is not None:
        return False
    return ANIMAL.first(view, sentence, end=sentence.start + ref.start) is not None
