"""Sentences about other authors' patients: a report that is cited, a person introduced beside ours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.person.fact import PersonMention
from extractors.text import Sentence, View
from pipeline.cases.cited import (
    CITATION,
    CITED,
    GOES_ON,
    MOTHERHOOD,
    NEWCOMER,
    OURS,
    RELATIVE,
    SOMEBODY,
    TYPICAL,
)
from pipeline.cases.phrases import COUNTED
from pipeline.paper import BlockKind

#: Not so behind what happened to her: "had suffered a hip fracture at the age of 58".
_INDEFINITE = re.compile(
    r"\b(?:an?|another|one)\s(?:(?!(?:at|in|of|when|after|before|on|by|since|until)\b)[\w-]+\s){0,4}$"
)


def strangers_in(view: View, strangers: set[int]) -> set[int]:
    """Indices of the sentences about other authors' patients.

    `strangers` are sentences known by the ages in them. A sentence that goes on with the persons
    of such a sentence ("One, aged 29 years, ...") is about them, too.
    """
    out: set[int] = set()
    for sentence in view.sentences:
        before = view.sentences[sentence.index - 1] if not sentence.first else None
        follows = before is not None and before.index in out and _goes_on(before.lower, sentence.lower)
        if follows or sentence.index in strangers or cited_elsewhere(view, sentence):
            out.add(sentence.index)
    return out


def _goes_on(before: str, lower: str) -> bool:
    """Whether a sentence goes on with the persons of the one before it.

    Behind a sentence about the patient's relative "she", with her pregnancy or delivery, is the patient.
    """
    if not GOES_ON.says(lower) or OURS.says(lower):
        return False
    return not (MOTHERHOOD.says(lower) and RELATIVE.says(before))


def cited_elsewhere(view: View, sentence: Sentence) -> bool:
    """Whether a sentence reports other authors' patients by its words alone."""
    if COUNTED.first(view, sentence) is not None:
        return True
    if next((f for f in CITED.find(view, sentence) if f.read() is not None), None) is None:
        text = sentence.text
        bracketed = "(" in text or "[" in text
        if not bracketed or CITATION.first(view, sentence) is None or not NEWCOMER.says(sentence.lower):
            return False
    return not OURS.says(sentence.lower)


def is_typical(view: View, sentence: Sentence) -> bool:
    """Whether a sentence makes up a patient: "in a typical case, a 30-year-old woman consults ..."."""
    return any(found.rule is TYPICAL for found in CITED.find(view, sentence))


#: Years: who is this old has a baby of less than that beside her, no other author's patient.
_GROWN, _BABY_BELOW = 14, 3


def _is_own(years: float, ages: set[float]) -> bool:
    """Whether an age is a patient's own, give or take a birthday."""
    return any(abs(years - age) < 1.01 for age in ages)


def other_persons(view: View, persons: Iterable[PersonMention], ages: set[float], first: int) -> set[int]:
    """Indices of sentences that introduce, behind the patient's first words, somebody of another age.

    `ages` are the patients' own ages in years; an age at another event of theirs is told with
    "at the age of" and not with "a 25-year-old woman".
    """
    out: set[int] = set()
    grown = min(ages, default=0) >= _GROWN
    persons = list(persons)
    own = [m.start for m in persons if m.role == "presentation" and m.years and _is_own(m.years, ages)]
    for mention in persons:
        if grown and mention.years is not None and mention.years < _BABY_BELOW:
            continue  # "a mother of a 4-month-old baby"
        if (
            mention.years is None
            or mention.start <= first
            or any(abs(mention.years - a) < 1.01 for a in ages)
        ):
            continue
        sentence = view.sentence_at(mention.start)
        if sentence is None or OURS.says(sentence.lower):
            continue
        if mention.role == "other" and any(sentence.start <= start < mention.start for start in own):
            continue  # "Mrs B, 37 years old, married to a 47-year-old man, presented"
        before = view.lower[max(sentence.start, mention.start - 60) : mention.start]
        if _INDEFINITE.search(before) or view.lower[mention.start : mention.start + 2] in ("a ", "an"):
            out.add(sentence.index)
    return out | {s.index for s in view.sentences if s.start > first and _is_somebody(view, s)}


def _is_somebody(view: View, sentence: Sentence) -> bool:
    """Whether a sentence of the body opens with a person who has not been spoken of."""
    if sentence.zone.kind == BlockKind.ABSTRACT.value:
        return False
    return SOMEBODY.first(view, sentence) is not None and not OURS.says(sentence.lower)
