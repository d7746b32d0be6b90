"""Whose each mention is, once the patients are known, and as what it counts for them.

What an extractor said of its words stays as it is; what the paper's patients make of it is said here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.base import Mention
from extractors.history.fact import HistoryMention
from extractors.language.parts import story_of
from extractors.person.fact import PersonMention
from extractors.text import View
from extractors.values import fixed
from pipeline.cases.casemap import CaseMap
from pipeline.cases.markers import opening_label
from pipeline.cases.respective import respective_owners

#: An age out of a list yields to one that is told of the patient alone.
_LISTED_CERTAINTY = 0.7
#: "her 26-year-old sister"
_KIN_BEHIND = re.compile(r"\s(?:sister|brother|twin|sibling)\b")
_INTRODUCED = re.compile(
    (
        r"^.{0,24}?,\s(?:his|her|the|a)\s(?:[\w'-]+\s){0,3}(?:sister|brother|mother|daughter|son|twin|"
        r"cousin|aunt|father)\b"
    ),
    re.IGNORECASE,
)


@fixed(frozen=True, slots=True)
class Whose:
    """A mention and whose it is.

    `patients` are places among the cases, None where the offset tells. `counts`: it is about a patient at
    all. `presents`: the age of "another person" who turns out to be one of the patients. `certainty`: how
    sure it is, at most, that it is told of them.
    """

    component: str
    mention: Mention
    patients: tuple[int, ...] | None = None
    counts: bool = True
    presents: bool = False
    certainty: float = 1.0


def whose(cases: CaseMap, view: View, told: Sequence[tuple[str, Mention]]) -> list[Whose]:
    """Whose the mentions of the prose are; `told` holds them with their components."""
    listed = respective_owners(cases, view, [mention for _, mention in told])
    out = []
    for (component, mention), owner in zip(told, listed, strict=True):
        other = isinstance(mention, PersonMention) and mention.role == "other"
        if owner is not None and other:
            out.append(Whose(component, mention, (owner,), presents=True, certainty=_LISTED_CERTAINTY))
            continue
        patients: tuple[int, ...] | None = None if owner is None else (owner,)
        if _is_of_all_kin(cases, view, mention):
            patients = tuple(range(len(cases.cases)))
        relative = _is_relative_and_patient(cases, view, mention)
        counts = mention.context.about_patient or (relative and not mention.context.general)
        counts = counts or _is_introduced(cases, view, mention)
        out.append(Whose(component, mention, patients, counts, relative and other))
    return out


def _is_of_all_kin(cases: CaseMap, view: View, mention: Mention) -> bool:
    """Whether words that are nobody's tell of a relative of all patients, who are relatives themselves."""
    if not isinstance(mention, HistoryMention) or not mention.relative or mention.context.general:
        return False
    return not cases.at(mention.end - 1) and (cases.kin or story_of(view).sibling_patients)


def _is_relative_and_patient(cases: CaseMap, view: View, mention: Mention) -> bool:
    """Whether words about a relative are about a patient, the patients being relatives."""
    if not cases.kin:
        return False
    aged = isinstance(mention, PersonMention) and mention.role == "other" and mention.years is not None
    if aged and _KIN_BEHIND.match(view.lower, mention.end):
        return True
    return mention.context.family and bool(cases.at(mention.end - 1))


def _is_introduced(cases: CaseMap, view: View, mention: Mention) -> bool:
    """Whether a patient is introduced as somebody's relative ("Patient B, his sister, was 37")."""
    context = mention.context
    if not context.family or context.general or len(cases.cases) < 2:
        return False
    sentence = view.sentence_at(mention.start)
    return bool(sentence and _INTRODUCED.match(sentence.text) and opening_label(sentence.text))
