"""Lists that go through the patients one by one: "T-scores were -3.5 and -2.9, respectively"."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from extractors.base import Context, Mention
from extractors.bmd.fact import BmdMention
from extractors.drugs.fact import DrugMention
from extractors.labs.fact import LabMention
from extractors.onset.fact import OnsetMention
from extractors.person.fact import PersonMention
from extractors.text import Sentence, View
from pipeline.cases.assign import CaseMap
from pipeline.cases.markers import EVERYBODY, opening_label, single_names

#: An age out of a list yields to one that is told of the patient alone.
_LISTED_CERTAINTY = 0.7


def respective_owners(cases: CaseMap, view: View, found: Sequence[Mention]) -> dict[int, int]:
    """Which patient each mention of a "respectively" list is about: id(mention) -> index of the patient.

    Only where the sentence is about no single patient, and where as many values of one kind stand
    in it as the series has patients.
    """
    count = len(cases.cases)
    if count < 2:
        return {}
    lists: dict[tuple[int, Hashable], list[Mention]] = {}
    out: dict[int, int] = {}
    for mention in found:
        place = mention.listed if isinstance(mention, PersonMention) else None
        if place is not None and place[1] == count:
            out[id(mention)] = place[0] - 1
            continue
        sentence = view.sentence_at(mention.start)
        if sentence is None or "respective" not in sentence.lower:
            continue
        if len(cases.at(mention.end - 1)) == 1 and not _after_all(view, sentence):
            continue
        kind = _kind(mention)
        if kind is not None:
            lists.setdefault((sentence.index, kind), []).append(mention)
    for members in lists.values():
        if len(members) == count:
            out.update({id(m): i for i, m in enumerate(sorted(members, key=lambda m: (m.end, m.start)))})
    return out


def _after_all(view: View, sentence: Sentence) -> bool:
    """Whether a sentence that names no patient goes on after one about all of them in its paragraph."""
    if _ONE_PERSON.search(sentence.lower) or single_names(sentence.text):
        return False
    before = view.previous(sentence)
    while before is not None:
        if EVERYBODY.search(before.text):
            return True
        if _ONE_PERSON.search(before.lower) or single_names(before.text):
            return False
        before = view.previous(before)
    return False


_ONE_PERSON = re.compile(r"\b(?:she|he|her|his|the patient)\b")


def _kind(mention: Mention) -> Hashable | None:
    """What a list's values must have in common."""
    if isinstance(mention, BmdMention):
        return ("bmd", mention.measure, mention.site, mention.region)
    if isinstance(mention, LabMention):
        return ("lab", mention.analyte, mention.value is None)
    if isinstance(mention, DrugMention):
        return ("drug", mention.drug)
    if isinstance(mention, OnsetMention):
        return ("onset", mention.role)
    if isinstance(mention, PersonMention) and mention.years is not None:
        return "age"
    return None


def as_patients(cases: CaseMap, view: View, mention: Mention, listed: bool) -> Mention:
    """A mention read anew in the light of who the patients are.

    An age in a list that goes through the patients is one at presentation; a patient who is
    introduced as somebody's relative ("Patient B, his sister, was 37") is no relative of the case.
    """
    if listed and isinstance(mention, PersonMention) and mention.role == "other":
        return replace(mention, role="presentation", context=Context(), certainty=_LISTED_CERTAINTY)
    other = isinstance(mention, PersonMention) and mention.role == "other" and mention.years is not None
    if cases.kin and other and _KIN_BEHIND.match(view.lower, mention.end):
        return replace(mention, context=Context(), **_presented(mention))
    if mention.context.family and cases.kin and cases.at(mention.end - 1):
        return replace(mention, context=replace(mention.context, family=False), **_presented(mention))
    if mention.context.family and len(cases.cases) > 1:
        sentence = view.sentence_at(mention.start)
        if sentence and _INTRODUCED.match(sentence.text) and opening_label(sentence.text):
            return replace(mention, context=replace(mention.context, family=False))
    return mention


def _presented(mention: Mention) -> dict[str, Any]:
    """The role of an age whose bearer turns out to be a patient."""
    return {"role": "presentation"} if isinstance(mention, PersonMention) and mention.role == "other" else {}


#: "her 26-year-old sister"
_KIN_BEHIND = re.compile(r"\s(?:sister|brother|twin|sibling)\b")
_INTRODUCED = re.compile(
    (
        r"^.{0,24}?,\s(?:his|her|the|a)\s(?:[\w'-]+\s){0,3}(?:sister|brother|mother|daughter|son|twin|"
        r"cousin|aunt|father)\b"
    ),
    re.IGNORECASE,
)
