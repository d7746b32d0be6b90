"""Fractures of earlier life: of childhood, of an age long past, said to be years old."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.fractures.cues import Cue
from extractors.fractures.vocabulary import SLOTS
from extractors.language.context import patient_is_child
from extractors.language.numbers import parse_count
from extractors.rules.rule import Glue
from extractors.text import Sentence, View

#: When a fracture of earlier life was: "had broken her ankle at the age of ten", "as a child".
_LONG_AGO = Glue(
    r"\bhad (?:\w+ ){0,2}?(?:broken|fractured|sustained|suffered|had)\b[^;]*"
    r"\b(?:at (?:the )?age|aged)\b"
    r"|\bwhen (?:she|he) was "
    r"(?:a (?:\w+ )?(?:child|girl|boy|teenager|toddler|student)|\w+ years|\d{1,2}|{number word}|still)\b"
    r"(?! (?:weeks?|months?|days?)\b)"
    r"|\bas an? (?:young |small |little )?(?:{young one})\b"
    r"|\b(?:in|during|since) (?:(?:her|his|early|late) ){0,2}(?:{youth})\b"
    r"|\b(?:{youth}|teenage) (?:\w+ ){0,3}?fractur",
    SLOTS
    | {
        "young one": (
            r"child|girl|boy|teenager|adolescent|toddler|infant|schoolgirl|schoolboy|school child|kid|pupil|"
            r"youngster|youth"
        ),
        "youth": r"childhood|adolescence|infancy|youth|teens|girlhood|boyhood",
    },
)
#: At what age something broke: "a left ankle fracture at age 15", "broke her wrist (aged 9)".
_BROKE_AT = Glue(
    r"\b(?:fractur\w*|broke|broken)\b[^;]{0,60}?[ (,]"
    r"(?:(?:at (?:the )?age(?: of)?|aged?) (?P<age>{count})|"
    r"at (?P<bare>{count})(?: years)?(?=[,.);]|$| and ))"
    r"(?! ?(?:weeks?|months?|days?|hours?|levels?|sites?|percent|%))",
    SLOTS,
)
_AGE = Glue(r"\b(?P<age>\d{1,2})[ -]?(?:years?|yrs?|y)[ /.-]?(?:old|o)\b|\baged (?P<aged>\d{2})\b")
_PART_ENDS = Glue(
    r";|,? \b(?:but|while|whereas)\b|\b(?:reported|recalled|stated|said|remembered|mentioned)(?: that)?\b|"
    r",? \b(?:and|who) (?=(?:she |he )?(?:had|has) )"
)
#: Between an age of before and the present one are so many years at least.
_APART = 2

#: Before a fracture's word, and behind it or its level: it is years old itself.
_YEARS_OLD = Glue(
    r"\b{count}(?: ?(?:-|to) ?{count})?[ -]years?[ -]old (?:(?:{epithet}|{nature}|{degree}),? ){0,3}$", SLOTS
)
_WAS_YEARS_OLD = Glue(
    r"[^.;,]{0,25} (?:was|were|is|being) (?:(?:about|over|at least|then|now) )?{count} years? old\b", SLOTS
)
_YEARS_OLD_REACH = 60
#: "an old fracture of T12 and a fresh one of L3": the second is new.
_FRESH = Glue(
    r"\b(?:fresh|new|recent|acute|another|subacute) (?:\w+ ){0,3}?(?:ones?|fractur\w+)\b[^;]*$"
    r"|\b(?:fresh|recent|acute) (?:at|in|of) [^;]*$"
)


def is_long_ago(view: View, sentence: Sentence, start: int) -> bool:
    """Whether the part of a sentence around a bone at `start` tells of a fracture of earlier life."""
    left, right = _part(sentence.lower, start)
    lower = sentence.lower[left:right]
    if _LONG_AGO.within(lower, 0, len(lower)):
        return True
    at = _BROKE_AT.within(lower, 0, len(lower))
    if at is None or patient_is_child(view):
        return False
    then, now = parse_count(at["age"] or at["bare"]), _age_before(view, sentence)
    return then is not None and now is not None and then <= now - _APART


def _part(lower: str, start: int) -> tuple[int, int]:
    """The words between the nearest semicolons, or words that begin a contrast, around a place."""
    left, right = 0, len(lower)
    for end in _PART_ENDS.pattern.finditer(lower):
        if end.end() <= start:
            left = end.end()
        elif end.start() >= start:
            return left, end.start()
    return left, right


def _age_before(view: View, sentence: Sentence) -> float | None:
    """The first age of years that the text tells up to a sentence."""
    for s in view.sentences[: sentence.index + 1]:
        told = _AGE.within(s.lower, 0, len(s.lower))
        if told is not None:
            return float(told["age"] or told["aged"])
    return None


def is_years_old(lower: str, end: int, cue: Cue) -> bool:
    """Whether a fracture is said to be years old: "a 3-year-old fracture of L1"."""
    return (
        _YEARS_OLD.within(lower, cue.start - _YEARS_OLD_REACH, cue.start) is not None
        or _WAS_YEARS_OLD.behind(lower, max(end, cue.end)) is not None
    )


def is_fresh_again(lower: str, start: int, cues: Sequence[tuple[int, int]]) -> bool:
    """Whether words of history before a bone are ended by a fresh fracture ("old at T12 and fresh at L3").

    `cues` are the words of its context, offsets in the sentence.
    """
    behind = max((end for _, end in cues if end <= start), default=None)
    return behind is not None and _FRESH.within(lower, behind, start) is not None
