"""Bones and their parts as a text names them, with their side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.fractures.vocabulary import SLOTS as WORDS
from extractors.fractures.vocabulary import bone_names, bones, pieces, sides
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue
from extractors.text import Sentence, View, folded, lower_same_length


@dataclass(frozen=True, slots=True)
class SiteRef:
    """A bone named at [start, end); `side` is left, right, bilateral or "" where not told."""

    start: int
    end: int
    site: str
    side: str

    @property
    def spine(self) -> bool:
        """Whether it is a part of the spine without a level."""
        return bones()[self.site].spine


SLOTS = WORDS | {
    "years": r" years?(?: old| of age)?| months",
    "age word": r"\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "youth": r"childhood|adolescence|youth|infancy",
    "at an age": r"(?:at|in|aged) (?:the age of |age )?(?:{age word}|{youth})(?:{years})?",
    "adjective": r"{bone adjective}|{at an age}|\d{1,2}(?:st|nd|rd|th)?",
    "her": r"her|his|the",
    "numbers": r"(?: \d[\d ,-]{0,12}(?:(?:and|to) \d{1,2})?(?=[ ,(]))?",
    "limb": r"femur|femor|rib|wrist|hip|tibia|radius|humerus|ankle|foot|leg|arm|neck|\d",
    "whole piece": r"(?:surgical |anatomical )?(?P<piece>neck|head|shaft|diaphysis)",
    "end piece": r"(?P<end>distal|proximal|lower|upper) (?:third|end|part|half|metaphysis|epiphysis)",
}
_SIDE_WITHIN = Glue(r"\b(?:left|right|both)\b")
_SIDE_BEFORE = Glue(
    r"\b(?P<told>{side}|{before})\b"
    r"(?:[\s,-]{1,4}(?:{adjective}|{her}|of|in|to|fractures?|sided)){0,9}[\s-]{0,4}$",
    SLOTS,
)
_SIDE_BEHIND = Glue(
    r"{numbers} ?(?:\w+ )?(?:, |\()?(?:on {her} )?(?P<told>{side}|{behind})(?: side|\))?"
    r"(?![\s-]+(?:and )?\w*{limb})",
    SLOTS,
)
_LEFT_OR_RIGHT = Glue(r"\b(?:left|right)\b")
_PIECE_OF = Glue(r"\b(?:{whole piece}|{end piece}) of (?:{her} )?(?:left |right |both )?$", SLOTS)
_PIECES = {"lower": "distal", "upper": "proximal", "diaphysis": "shaft"}


def find_sites(text: str) -> list[SiteRef]:
    """Every bone that a cell or label names, with its side; vertebrae without a level are spine."""
    plain = folded(text)
    lower = lower_same_length(plain)
    return _sites(bone_names().find(plain, lower), lower, 0)


def sites_in(view: View, sentence: Sentence) -> list[SiteRef]:
    """The same of a sentence, with offsets in the sentence."""
    return _sites(bone_names().in_sentence(view, sentence), sentence.lower, sentence.start)


def _sites(hits: Iterable[Hit[str]], lower: str, base: int) -> list[SiteRef]:
    out = []
    for hit in hits:
        start, end, site = hit.start - base, hit.end - base, hit.value
        piece = _PIECE_OF.within(lower, start - 50, start)
        if piece is not None and (named := _piece(piece, site)):
            start, site = piece.start(), named
        out.append(SiteRef(start, end, site, _side(lower, start, end)))
    return out


def _piece(match: re.Match[str], bone: str) -> str | None:
    """The site of "neck of the left <bone>", "distal third of the <bone>"."""
    told = match["piece"] or match["end"]
    if (bone, "distal") not in pieces():
        return None  # no long bone
    return pieces().get((bone, _PIECES.get(told, told)), bone)


def _side(lower: str, start: int, end: int) -> str:
    within = _SIDE_WITHIN.within(lower, start, end)
    if within:
        return sides()[within.group()]
    before = _SIDE_BEFORE.within(lower, start - 70, start)
    if before:
        both = {m.group() for m in _LEFT_OR_RIGHT.pattern.finditer(before.group())}
        return "bilateral" if len(both) == 2 else sides()[before["told"]]
    behind = _SIDE_BEHIND.behind(lower, end, min(len(lower), end + 40))
    return sides()[behind["told"]] if behind else ""
