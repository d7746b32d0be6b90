"""A reference range in a sentence of its own: "PTH was 9 pg/mL. Normal range: 15-65 pg/mL." """

from __future__ import annotations

import re
from dataclasses import replace

from extractors.labs.fact import LabMention
from extractors.labs.si import range_of
from extractors.language.quantities import Reference, flag_of, match_reference, opens_with_range
from extractors.text import Sentence

_OPEN = re.compile(r"[\s(\[]*")
_NEXT = re.compile(r"\s?(?:,|;|/|,?\s?and)\s?(?=[\d<>≤≥])")
_REST = re.compile(r"[\s.,;)\]]*(?:respectively)?[\s.)\]]*")


def with_range_behind(sentence: Sentence, told: list[LabMention], since: int) -> None:
    """Give the values told[since:] of the sentence before the ranges that this sentence consists of."""
    if not opens_with_range(sentence.lower):
        return
    bare = [i for i in range(since, len(told)) if told[i].value is not None and _without_range(told[i])]
    ranges = _ranges(sentence.text) if bare else []
    if len(ranges) == 1 and len(bare) > 1:
        bare = [i for i in bare if ranges[0].unit and told[i].unit == ranges[0].unit]
    if len(ranges) == len(bare):
        for i, reference in zip(bare, ranges, strict=True):
            told[i] = _with_range(told[i], reference)


def _without_range(mention: LabMention) -> bool:
    return mention.ref_low is None and mention.ref_high is None


def _ranges(text: str) -> list[Reference]:
    """The ranges of a sentence that holds nothing else; else none."""
    opened = _OPEN.match(text)
    found = match_reference(text, opened.end() if opened else 0, need_cue=True)
    out: list[Reference] = []
    while found is not None:
        out.append(found)
        joint = _NEXT.match(text, found.end)
        if joint is None:
            break
        found = match_reference(text, joint.end())
    return out if out and _REST.fullmatch(text, out[-1].end) else []


def _with_range(mention: LabMention, printed: Reference) -> LabMention:
    assert mention.value is not None
    unit = mention.unit or printed.unit
    reference = range_of(mention.analyte, printed, mention.value, unit)
    if reference is None:
        return mention
    low, high = reference.low, reference.high
    flag = mention.flag or flag_of(mention.value, mention.comparator, low, high)
    return replace(mention, ref_low=low, ref_high=high, flag=flag, unit=unit)
