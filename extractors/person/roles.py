"""Whose age it is and when: the patient's at presentation, at another event, or somebody else's."""

from __future__ import annotations

import re

from extractors.language.scopes import opens_as_patient
from extractors.person import role_phrases as phrases
from extractors.person.age_refs import AgeRef
from extractors.person.people import Noun, head_nouns
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue
from extractors.text import Sentence, View

_KIN = frozenset({"kin", "sibling", "offspring"})
_BIRTH_OF = Glue(
    r"\b(?:birth|delivery|delivering|arrival|birth to|bearing) (?:of )?(?:(?:her|a|an|the|his) )?"
    r"(?:(?:first|second|third|fourth|last|only|healthy) ){0,2}$"
)
_STOP = re.compile(r"[;.]")
#: An adult's child is younger than this, where nothing else is said.
_INFANT_YEARS = 3.0


class Introduced:
    """The ages at presentation told so far of the patient who is being described."""

    def __init__(self) -> None:
        self.ages: set[float] = set()
        self._section = ""

    def enter(self, view: View, sentence: Sentence) -> None:
        """Forget the ages where the words since the last age turn to another patient."""
        if sentence.zone.section != self._section:
            self._section = sentence.zone.section
            if phrases.CASE_SECTION.within(self._section.lower()):
                self.ages.clear()
        if phrases.OTHER_PATIENT.first(view, sentence) is not None:
            self.ages.clear()

    def another(self, years: float | None) -> bool:
        """Whether an age differs from those told of this patient."""
        return years is not None and bool(self.ages) and all(abs(years - age) > 0.01 for age in self.ages)


def kin_before(hits: list[Hit[Noun]], lower: str, start: int) -> bool:
    """Whether the nearest person before the age is a relative ("her mother, aged 58")."""
    near = [
        h for h in hits if h.end <= start and start - h.end <= 40 and not _STOP.search(lower, h.end, start)
    ]
    for hit in near[-2:]:
        if _BIRTH_OF.within(lower, hit.start - 60, hit.start):
            continue  # "After the birth of her daughter, a 29-year-old teacher ..."
        possessed = bool(phrases.POSSESSED.within(lower, hit.start - 40, hit.start))
        # only words in the same bracket may stand between: "his mother (primipara, 32 years old)"
        if hit is not near[-1] and "(" not in lower[hit.end : near[-1].start]:
            continue
        if phrases.NUMBERED.behind(lower, hit.end):
            continue  # "Cousin 1: 42 years old" is a patient
        if hit.value.kind in _KIN and hit.value.kind != "sibling" and start - hit.end <= 25:
            return True
        if hit.value.kind == "mother" and possessed:
            return True
    return False


def role_of(
    sentence: Sentence, ref: AgeRef, hits: list[Hit[Noun]], *, child: bool, introduced: Introduced
) -> str:
    """The role of an age: "presentation", "event" or "other".

    `child`: the paper's patient is one.
    """
    lower = sentence.lower
    before = lower[max(0, ref.start - 70) : ref.start]
    after = lower[ref.end : ref.end + 60]
    if _is_others(ref, lower, before, after, hits, child) or (
        introduced.ages and _other_sex(ref, lower, before, hits)
    ):
        return "other"
    if ref.shape == "event":
        return "event"
    if phrases.NOW_BEFORE.within(before) or phrases.NOW_AFTER.behind(after):
        return "event"
    if _is_event(ref, before):
        return "presentation" if _presents(lower, ref) and not introduced.another(ref.years) else "event"
    if introduced.another(ref.years):
        if phrases.PRONOUN_SUBJECT.within(before) or ref.shape == "was":
            return "event"
        if ref.shape in ("aged", "apposed") and before.endswith("(") and phrases.FOLLOW_UP.within(lower):
            return "event"
    return "presentation"


#: Ways of telling an age that a noun for its owner follows.
_BEFORE_NOUN = frozenset({"old", "decade", "word", "newborn", "initial"})


def _is_others(ref: AgeRef, lower: str, before: str, after: str, hits: list[Hit[Noun]], child: bool) -> bool:
    if phrases.GENERIC.within(before) or phrases.MARRIED_TO.within(before):
        return True
    if ref.shape in ("range", "list") or _is_cohort(ref, before, after) or phrases.BORN_TO.within(before):
        return True
    nouns = head_nouns(hits, lower, ref.end) if ref.shape in _BEFORE_NOUN else []
    if nouns:
        last = nouns[-1]
        if last.value.kind != "plural" and opens_as_patient(lower, last.start):
            return False
        if _is_others_noun(last.value, before, ref.years, child):
            return True
        if child and nouns[0].value.kind == "kin":
            return True  # "a 30-year-old father"
        if child and last.value.kind == "child" and not phrases.POSSESSED.within(before):
            return False  # "his mother, 31 years old, brought in a 7-month-old boy"
    elif not child and ref.years is not None and ref.years < _INFANT_YEARS:
        return True
    if any(h.value.kind == "plural" and 0 <= ref.start + _first_figure(ref) - h.end <= 2 for h in hits):
        return True
    return kin_before(hits, lower, ref.start + _first_figure(ref))


def _first_figure(ref: AgeRef) -> int:
    """Where the number stands in an age whose words begin with its owner ("mother, 59 years")."""
    return next((i for i, c in enumerate(ref.text) if c.isdigit()), 0) if ref.shape == "apposed" else 0


def _is_cohort(ref: AgeRef, before: str, after: str) -> bool:
    """Whether an age is a mean or a limit."""
    return bool(
        phrases.COHORT_BEFORE.within(before)
        or phrases.COHORT_AFTER.behind(after)
        or phrases.COHORT_WITHIN.within(ref.text.lower())
    )


def _is_others_noun(noun: Noun, before: str, years: float | None, child: bool) -> bool:
    """Whether the noun behind an age names others than the patient; `before` are the words before the age."""
    possessed = bool(phrases.POSSESSED.within(before)) and not phrases.SAID_OF_PATIENT.within(before)
    if noun.kind in _KIN:
        return possessed or noun.kind == "offspring" or not phrases.INDEFINITE.within(before)
    if noun.kind == "mother":
        return possessed or child
    if noun.kind == "child":
        return not child and (
            possessed or bool(phrases.BEARING.within(before)) or (years or 0) < _INFANT_YEARS
        )
    return noun.kind == "plural" and not phrases.ONE.within(before)


def _other_sex(ref: AgeRef, lower: str, before: str, hits: list[Hit[Noun]]) -> bool:
    """ "He was a 47-year-old man": somebody the sentence before has just spoken of, a donor for one."""
    return bool(phrases.AFTER_PRONOUN.within(before)) and any(
        h.value.sex for h in head_nouns(hits, lower, ref.end)
    )


def _is_event(ref: AgeRef, before: str) -> bool:
    if ref.shape == "aged" and ref.text.lower().startswith("aged"):
        return bool(phrases.WHEN_AGED.within(before))
    return bool(phrases.EVENT_BEFORE.within(before)) and ref.shape in ("old", "of age", "aged")


def _presents(lower: str, ref: AgeRef) -> bool:
    """Whether the clause around an "at the age of" tells the visit and not an earlier event."""
    left = max(lower.rfind(mark, 0, ref.start) for mark in (";", " but ", " and she ", " and he "))
    clause = lower[max(0, left, ref.start - 120) : ref.end + 70]
    return bool(phrases.PRESENTS.within(clause)) and not phrases.PAST.within(clause)
