"""The words that stand between sites, measures and values of a densitometry sentence."""

from __future__ import annotations

import re

from extractors.bmd.vocabulary import SLOTS as WORDS
from extractors.rules.rule import Glue

SLOTS = WORDS | {
    "mark": r" |,|/|;|&",
    "preposition": r"(?:at|in|of|for|on|over|from) (?:the |her |his )?(?:(?:region|area|level) of (?:the )?)?"
    r"(?:{before site} (?:the )?){0,6}",
    "side of one": r"(?:left|right|[lr]t?\.?) ",  # "L femoral neck"
    "between values": r"and|or|a|an|of|the|respectively|sd|then|finally|as well as",
    "between sites": r"and|or|at|in|for|the|her|respectively|as well as|of|also|from|{side of site}",
    "density": r"bmd|bone (?:mineral )?density|bone mass|density",
    "earlier": r"(?:(?:initial|baseline|previous|pre-?treatment) )?",
    "of score": r"(?:value of |[tz]-score of )?",
}
#: Between the values of a list.
SEPARATOR = Glue(r"(?:{mark}|\b(?:{between values})\b)*", SLOTS)
#: Between the sites of a list.
SITE_SEPARATOR = Glue(r"(?:{mark}|[()\[\]]|\b(?:{between sites})\b)*", SLOTS)
#: From a value to the site behind it: by a preposition, by a bracket, or with nothing between.
TO_SITE = Glue(
    r" ?(?:sd ?)?,? {preposition}$"
    r"| ?[(\[] ?(?:{preposition}|the |{side of one}|total |both )?$"
    r"| ?/? (?:{side of one}|the )?$",
    SLOTS,
)
TO_SITE_PREPOSITION = Glue(r" ?(?:sd ?)?,? {preposition}", SLOTS)
DENSITOMETRY = Glue(
    r"\bdensitom|\bdxa\b|\bdexa\b|absorptiom|\bdensity {gain}\b|{gain} (?:in|of) density", SLOTS
)
#: What shows that a Z-score is one of bone density and not of height or weight.
_OF_BONE = Glue(r"densit|\bbmd|\bdxa\b|\bdexa\b|absorptiom|osteop|bone mass")
#: Behind a percentage: "12% gain in BMD at the spine".
CHANGE_NOUN = Glue(r"^ (?:{density} )?{gain}(?: (?:in|of) (?:the |her )?{density})?(?= )", SLOTS)
#: The same without a preposition's certainty.
DIRECTLY_TO_SITE = Glue(r" ?(?:sd)? ?[(\[]?(?:at|in|of|for|on|the|left|right|total|both| )*")
#: From a site to the value that it leads: ", at the hip -2.0".
LEADING = Glue(r" ?(?:was|were|of|is|:|=)? ?")
#: A bracket without brackets inside.
PAREN = Glue(r" ?(?:\([^()]*\)|\[[^\[\]]*\])")
#: Before the earlier one of two values: "rose from (a baseline value of) X to Y".
_FROM = Glue(r"\bfrom (?:an? |the )?{earlier}{of score}$", SLOTS)
_FROM_TO = Glue(
    r"\bfrom (?:an? |the )?{earlier}{of score}(?:-|minus )? ?\d[\d.,]* ?(?:g/cm2|mg/cm3|sd)? "
    r"(?:up )?to (?:an? |[tz]-score of |value of ){0,2}$",
    SLOTS,
)
#: What makes a value the later one where one of its kind was told before.
_NOW = Glue(
    r"\b(?:(?:was|were|is|are) (?:then|now)|presently|at present|present|current(?:ly)?|today|"
    r"(?:last|latest|final|most recent) (?:check\w*|visit|scan|control|dxa|dexa|review|examination|"
    r"assessment|measurement|densitometry))\b"
)
#: Before a value: it is that of the score told in the sentence before.
IT_WAS = Glue(
    r"(?:^|, |\bthat )(?:it|this|the (?:value|score|figure)) (?:had |has )?(?:\w+ly )?"
    r"(?:was|were|is|been|risen|fallen|rose|fell|improved|increased|decreased|remained|reached|changed|"
    r"declined|dropped|worsened)(?: \w+ly)?(?: (?:still|only|already|then|now|up|back))?"
    r"(?: (?:to|at|by then))?(?: (?:a|an))? ?$"
    r"|^[^,.;]{0,30}\b(?:later|months|years|year|afterwards),? it (?:had |has )?(?:\w+ly )?"
    r"(?:was|been|risen|fallen|rose|fell|improved|increased|decreased|remained|reached|declined|dropped)"
    r"(?: (?:to|at))? ?$"
)
#: What a follow-up counts from: no treatment of the bone; a birth.
NO_BONE_TREATMENT = Glue(r"{no bone treatment}|\bfall\b", SLOTS)
ABOUT_A_BIRTH = Glue(r"{about a birth}", SLOTS)
#: Words of three letters or more.
WORD = Glue(r"[a-z]{3,}")
#: Between a measure and an integer that is its value ("T-score of -3").
DIRECTLY = Glue(r" ?(?:score)? ?(?:of|was|=|:|is)? ?")
#: Between a value and a measure's name behind it ("-3.0 SD (T-score)").
MEASURE_BEHIND = Glue(r" ?[(\[]?(?:in |for |as )?(?:the )?")
#: Where a clause with a subject of its own begins.
CLAUSE = Glue(r"[;]|\b(?:but|while|whereas)\b|, and |\band the\b")
#: Where one ends that a site told later may still belong to.
OTHER_CLAUSE = Glue(r"[;]|\b(?:but|while|whereas)\b")


def brackets(lower: str) -> list[tuple[int, int]]:
    """Offsets of the insides of brackets, outer ones first; an open one ends with the text."""
    stack: list[int] = []
    out: list[tuple[int, int]] = []
    for i, char in enumerate(lower):
        if char in "([":
            stack.append(i)
        elif char in ")]" and stack:
            out.append((stack.pop(), i))
    out.extend((start, len(lower)) for start in stack)
    return sorted(out)


def without_brackets(gap: str) -> str:
    """Words without the brackets among them."""
    return PAREN.pattern.sub("", gap)


def is_earlier(lower: str, start: int) -> bool:
    """Whether a value at `start` is the earlier one of "rose from X to Y"."""
    return _FROM.within(lower, start - 50, start) is not None


def is_later(lower: str, start: int) -> bool:
    """Whether a value at `start` is the later one of "rose from X to Y"."""
    return _FROM_TO.within(lower, start - 80, start) is not None


def of_bone(lower: str) -> bool:
    """Whether a sentence with a score speaks of bone density."""
    return _OF_BONE.within(lower, 0, len(lower)) is not None


def is_now(lower: str, start: int) -> bool:
    """Whether a value at `start` is said to be that of the last check or of now."""
    return _NOW.within(lower, 0, start) is not None


def whole(glue: Glue, words: str) -> re.Match[str] | None:
    """A phrase that makes up all of some words."""
    return glue.fills(words, 0, len(words))
