"""Lists that go through the patients one by one: "T-scores were -3.5 and -2.9, respectively"."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence

from extractors.base import Mention
from extractors.bmd.fact import BmdMention
from extractors.drugs.fact import DrugMention
from extractors.labs.fact import LabMention
from extractors.onset.fact import OnsetMention
from extractors.person.fact import PersonMention
from extractors.text import Sentence, View
from pipeline.cases.casemap import CaseMap
from pipeline.cases.everybody import EVERYBODY
from pipeline.cases.markers import single_names


def respective_owners(cases: CaseMap, view: View, found: Sequence[Mention]) -> list[int | None]:
    """Which patient each mention is about, by a list that goes through them; None where none does.

    Only where the sentence is about no single patient, and where as many values of one kind stand
    in it as the series has patients.
    """
    count = len(cases.cases)
    out: list[int | None] = [None] * len(found)
    if count < 2:
        return out
    lists: dict[tuple[int, Hashable], list[int]] = {}
    for number, mention in enumerate(found):
        place = mention.listed if isinstance(mention, PersonMention) else None
        if place is not None and place[1] == count:
            out[number] = place[0] - 1
            continue
        sentence = view.sentence_at(mention.start)
        if sentence is None or "respective" not in sentence.lower:
            continue
        if len(cases.at(mention.end - 1)) == 1 and not _after_all(view, sentence, count):
            continue
        kind = _kind(mention)
        if kind is not None:
            lists.setdefault((sentence.index, kind), []).append(number)
    for members in lists.values():
        if len(members) == count:
            in_order = sorted(members, key=lambda number: (found[number].end, found[number].start))
            for place_in_list, number in enumerate(in_order):
                out[number] = place_in_list
    return out


def _after_all(view: View, sentence: Sentence, count: int) -> bool:
    """Whether a sentence that names no patient goes on after one about all of them in its paragraph."""
    if _ONE_PERSON.search(sentence.lower) or single_names(sentence.text):
        return False
    before = view.previous(sentence)
    while before is not None:
        if EVERYBODY.says(before.lower):
            return True
        named = {name.number for name in single_names(before.text)}
        if len(named) == count:
            return True  # "The first had a fracture of T10, the second one of L1. T-scores were ..."
        if named or _ONE_PERSON.search(before.lower):
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
