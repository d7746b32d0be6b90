"""Relatives who are both patients: two sisters, two brothers, a mother and her child.

Elsewhere a relative is nobody's fact. Here the paper says that it is about them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.text import Sentence, View
from pipeline.cases.phrases import BESIDE, KIN, RELATIVES, announced
from pipeline.paper import BlockKind

#: "A 29-year-old woman ... Her 26-year-old sister ...": the first has no name.
_FIRST = re.compile(
    r"\b(?:the|our|this)\s(?:index\s|first\s)?(?:patient|case|proband)\b(?!'s)|"
    r"\ban?\s(?:[\w-]+\s){0,2}\d\d[- ]year[- ]old",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"\b(?:her|his|the patient's)\s(?:[\w-]+,?\s){0,2}?(?:brother|sister|sibling|twin)\b"
    r"(?!\s(?:had no|was healthy))",
    re.I,
)
#: "A 26-year-old woman delivered a boy": the mother, before she is called so.
_WOMAN = re.compile(
    r"\ban?\s(?:[\w-]+\s){0,2}\d\d[- ]years?[- ]old,?\s(?:[\w-]+\s){0,3}?"
    r"(?:woman|lady|patient|primi\w+|multi\w+|g\d)\b",
    re.IGNORECASE,
)
_PAIRS = ({"elder", "younger"}, {"proband", "elder"}, {"proband", "younger"}, {"child", "mother"})
#: A name this near to the beginning (characters) makes its bearer the sentence's subject.
_LEADING = 45
_FIRST_ZONES = 4


@dataclass(frozen=True, slots=True)
class Relative:
    """One of two related patients: the name as printed, its offset, and what else names the person."""

    label: str
    start: int
    pattern: re.Pattern[str]


_PEDIGREE = re.compile(r"\s?\((?P<id>[IVX]{1,4}[-:.]\d{1,2})\b")


def kin_patients(view: View) -> list[Relative]:
    """Two related patients in order of appearance; empty if the paper is not about relatives.

    A pedigree number behind a name ("the proband (II-3)") names the person from then on.
    """
    if not announced(KIN, view, _FIRST_ZONES):
        return []
    found: dict[str, Relative] = {}
    for sentence in view.sentences:
        if sentence.zone.kind == BlockKind.TITLE.value:
            continue
        for named in RELATIVES.within(sentence.lower):
            key = named.rule.name
            if key not in found:
                number = _PEDIGREE.match(sentence.text, named.end)
                phrase = RELATIVES.pattern(key).pattern
                whole = re.compile(f"{phrase}|\\b{re.escape(number['id'])}\\b" if number else phrase, re.I)
                words = sentence.text[named.start : named.end]
                found[key] = Relative(words, sentence.start + named.start, whole)
    if {"child", "mother"} <= set(found):
        found["mother"] = _introduced(view, found["mother"])
    for pair in _PAIRS:
        if pair <= set(found):
            return sorted((found[k] for k in pair), key=lambda r: r.start)
    return _unnamed(view)


def _introduced(view: View, mother: Relative) -> Relative:
    """The mother with the words by which she is introduced before she is called so, if she is."""
    woman = _WOMAN.search(view.text, 0, mother.start)
    if woman is None:
        return mother
    whole = re.compile(f"{mother.pattern.pattern}|{_WOMAN.pattern}", re.IGNORECASE)
    return Relative(mother.label, woman.start(), whole)


def _unnamed(view: View) -> list[Relative]:
    """A patient introduced by age alone, and "her sister" who is told behind with an age of her own."""
    first: Relative | None = None
    for sentence in view.sentences:
        if sentence.zone.kind == BlockKind.TITLE.value:
            continue
        if first is None:
            match = _FIRST.search(sentence.text)
            if match:
                first = Relative("", sentence.start + match.start(), _FIRST)
            continue
        second = _SECOND.search(sentence.text)
        if second and second.start() < _LEADING and _AGED.search(sentence.text):
            return [first, Relative(second.group(), sentence.start + second.start(), _SECOND)]
    return []


_AGED = re.compile(r"\b\d\d[- ]?years?[- ]old\b|\baged\s\d\d\b", re.I)


def kin_parts(sentence: Sentence, relatives: list[Relative]) -> list[tuple[int, int | None]]:
    """Parts of a sentence, cut at semicolons, as (offset, index of the relative it is about or None)."""
    cuts = [0, *(m.end() for m in re.finditer(r";\s", sentence.text)), len(sentence.text)]
    return [
        (sentence.start + begin, _subject(sentence.text[begin:end], relatives))
        for begin, end in pairwise(cuts)
    ]


def _subject(part: str, relatives: list[Relative]) -> int | None:
    first: tuple[int, int] | None = None
    for index, relative in enumerate(relatives):
        match = relative.pattern.search(part)
        if match and match.start() < _LEADING and (first is None or match.start() < first[0]):
            first = (match.start(), index)
    return first[1] if first else None


def speaks_beside(view: View, sentence: Sentence) -> bool:
    """Whether a sentence speaks of further relatives: their words stay nobody's."""
    return BESIDE.first(view, sentence) is not None
