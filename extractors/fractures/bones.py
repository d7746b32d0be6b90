"""Bones and their parts as a text names them, with their side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.fractures.vocabulary import SLOTS as WORDS
from extractors.fractures.vocabulary import bone_names, bones, pieces, sides
from extractors.language.words import SLOTS as LANGUAGE
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
    level: str = ""

    @property
    def spine(self) -> bool:
        """Whether it is a part of the spine without a level."""
        return bones()[self.site].spine and not self.level


SLOTS = WORDS | {
    **{name: LANGUAGE[name] for name in ("finite verb", "auxiliary verb")},
    "years": r" years?(?: old| of age)?| months",
    "age word": r"\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "youth": r"childhood|adolescence|youth|infancy",
    "at an age": r"(?:at|in|aged) (?:the age of |age )?(?:{age word}|{youth})(?:{years})?",
    "adjective": r"{bone adjective}|{at an age}|\d{1,2}(?:st|nd|rd|th)?",
    "her": r"her|his|the",
    "its noun": r"(?:(?:fractures?|bones?|shafts?)(?: |(?=,)))?",
    "joining": r"and|or|as well as|plus|including",
    # a word of a noun group that nothing is known of: "Pauwels", "plateau"
    "plain": (
        r"(?!(?:{function word}|{other finding}|{hardware}|{finite verb}|{auxiliary verb}|\w+ing)\b)"
        r"[a-z](?:[\w'.-]*\w)?(?<!ed)\b"
    ),
    "of the group": r"(?!{joining}\b)(?>{adjective}\b|{plain})",
    "numbers": r"(?: \d[\d ,-]{0,12}(?:(?:and|to) \d{1,2})?(?=[ ,(]))?",
    "whole piece": r"(?:surgical |anatomical )?(?P<piece>neck|head|shaft|diaphysis)",
    "end piece": r"(?P<end>distal|proximal|lower|upper) (?:third|end|part|half|metaphysis|epiphysis)",
    "of a foot": r"toes?|hallux|hallucis|foot|feet|metatars\w+",
    "of a hand": r"fingers?|thumbs?|hands?|digits?|metacarp\w+|pollex",
}
_SIDE_WITHIN = Glue(r"\b(?:left|right|both)\b")
_SIDE_BEFORE = Glue(
    r"(?<![\w/])(?P<told>{side}|{before})\b"
    r"(?:[\s,()-]{1,4}(?:{adjective}|{her}|of|in|to|fractures?|sided)\b){0,9}"
    r"(?:[\s-]{1,4}{of the group}){0,4}[\s)-]{0,4}$",
    SLOTS,
)
_SIDE_BEHIND = Glue(
    r"{numbers} ?{its noun}(?:, |\()?(?:on {her} )?(?P<told>{side}|{behind})(?: side|\))?"
    r"(?![\s-]+(?:(?:and|of|in) (?:{her} )?)?(?:{of the group}|@))",
    SLOTS,
)
#: "Fracture neck of femur (L)".
_SIDE_LETTER = Glue(r" ?\((?P<told>l|r|lt|rt)\.?\)")
_LEFT_OR_RIGHT = Glue(r"\b(?:left|right)\b")
_PIECE_OF = Glue(r"\b(?:{whole piece}|{end piece}) of (?:{her} )?(?:left |right |both )?$", SLOTS)
_PIECES = {"lower": "distal", "upper": "proximal", "diaphysis": "shaft"}
_UPPER = Glue(r"\b(?P<told>left|right) (?:\w+ ){0,2}?{upper limb}\b", SLOTS)
_LOWER = Glue(r"\b(?P<told>left|right) (?:\w+ ){0,2}?{lower limb}\b", SLOTS)
_BOTH = Glue(r"\b(?:both|bilateral\w*)\b")
#: Behind an unsided bone in its clause: "of the femoral necks were seen bilaterally".
_BILATERALLY = Glue(r"(?: (?!and\b|with\b|or\b)[\w-]+){0,6} (?:bilaterally|on both sides)\b")
_PHALANX = "phalanx"
_FOOT, _HAND = Glue(r"\b(?:{of a foot})\b", SLOTS), Glue(r"\b(?:{of a hand})\b", SLOTS)


def find_sites(text: str) -> list[SiteRef]:
    """Every bone that a cell or label names, with its side; vertebrae without a level are spine."""
    plain = folded(text)
    lower = lower_same_length(plain)
    return _sites(bone_names().find(plain, lower), lower, 0)


def sites_in(view: View, sentence: Sentence) -> list[SiteRef]:
    """The same of a sentence, with offsets in the sentence."""
    return _sites(bone_names().in_sentence(view, sentence), sentence.lower, sentence.start)


def _sites(hits: Iterable[Hit[str]], lower: str, base: int) -> list[SiteRef]:
    found: list[tuple[int, int, str]] = []
    for hit in hits:
        start, end, site = hit.start - base, hit.end - base, hit.value
        piece = _PIECE_OF.within(lower, start - 50, start)
        if piece is not None and (named := _piece(piece, site)):
            start, site = piece.start(), named
        found.append((start, end, _toe_or_finger(lower, start) if site == _PHALANX else site))
    others = masked(lower, found, "@")
    return [SiteRef(start, end, site, _side(lower, others, start, end)) for start, end, site in found]


def side_at(lower: str, start: int, end: int) -> str:
    """The side of a fracture named at [start, end) of a sentence: "a right AFF"."""
    return _side(lower, lower, start, end)


def side_of_limb(lower: str, site: SiteRef) -> str:
    """The side of an unsided limb bone, where all that its sentence says of sides is that of the limb.

    "Pain in the left groin; a fracture of the femoral shaft was found."
    """
    limb = bones()[site.site].limb
    if site.side or not limb:
        return site.side
    told = {m.group() for m in _LEFT_OR_RIGHT.pattern.finditer(lower)}
    if not told and _BILATERALLY.behind(lower, site.end):
        return "bilateral"
    found = (_UPPER if limb == "upper" else _LOWER).within(lower, 0, site.start)
    return found["told"] if found and len(told) == 1 and not _BOTH.within(lower, 0, len(lower)) else ""


def masked(lower: str, places: Iterable[tuple[int, int, str]], mark: str) -> str:
    """A sentence with each place (start, end, what it is) as a run of one mark, of the same length."""
    chars = list(lower)
    for start, end, _ in places:
        chars[start:end] = mark * (end - start)
    return "".join(chars)


def _toe_or_finger(lower: str, start: int) -> str:
    """Of which limb a phalanx is: the words behind it say so, else those before it."""
    for glue, site in ((_FOOT, "toe"), (_HAND, "finger")):
        if glue.within(lower, start, min(len(lower), start + 60)):
            return site
    if _FOOT.within(lower, 0, start) and not _HAND.within(lower, 0, start):
        return "toe"
    return "finger" if _HAND.within(lower, 0, start) else _PHALANX


def _piece(match: re.Match[str], bone: str) -> str | None:
    """The site of "neck of the left <bone>", "distal third of the <bone>"."""
    told = match["piece"] or match["end"]
    if (bone, "distal") not in pieces():
        return None  # no long bone
    return pieces().get((bone, _PIECES.get(told, told)), bone)


def _side(lower: str, others: str, start: int, end: int) -> str:
    """The side of the bone at [start, end); `others` is the sentence with all its bones masked."""
    within = _SIDE_WITHIN.within(lower, start, end)
    if within:
        return sides()[within.group()]
    before = _SIDE_BEFORE.within(others, start - 70, start)
    if before:
        told = {m.group() for m in _LEFT_OR_RIGHT.pattern.finditer(before.group())}
        return told.pop() if len(told) == 1 else "bilateral" if told else sides()[before["told"]]
    behind = _SIDE_BEHIND.behind(others, end)
    if behind:
        return sides()[behind["told"]]
    letter = _SIDE_LETTER.behind(others, end)
    return {"l": "left", "r": "right"}[letter["told"][0]] if letter else ""
