"""Fractures that the patient had before: told, or denied."""

from __future__ import annotations

import re

from extractors.history.fact import ABSENT, PREVIOUS_FRACTURE
from extractors.history.told import Told, always, words_of
from extractors.history.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Rule

_NONE = Told(PREVIOUS_FRACTURE, ABSENT)
_SLOTS = SLOTS | {
    "a fracture": (
        r"(?:{of a fracture} ){0,4}fractures?"
        r"(?: (?:of|in|at) (?:the |her |his )?(?:[\w-]+ ){0,2}{broken bone}\b)?"
    ),
    "years": r"\d{1,2}|{number word}",
    "in the past": (
        r"(?:at (?:the )?age(?:d| of)? (?:of )?{years}|(?:in|during) (?:her |his )?(?:early )?(?:childhood|"
        r"adolescence|youth)|as an? (?:child|teenager|adolescent)|when (?:she|he) was (?:{years}|a child|"
        r"a teenager)|{years} years (?:ago|earlier|before|previously)|"
        r"at (?:\d|1\d|2[0-5])(?=[.,;)]|$| and\b))"
    ),
}


def _no_fracture(m: re.Match[str]) -> Told | None:
    """No former fracture; not where only the family's are denied, nor "a pregnancy without any fractures"."""
    if re.fullmatch(r"without (?:any |an? )?fractures?", m[0]):
        return None
    if re.search(r"\bfamily (?:\w+ ){0,3}$", m.string[: m.start()]):
        return None
    own = "famil" not in m[0] or re.search(r"\b(?:personal|individual|past|previous|prior)\b", m[0])
    return _NONE if own else None


def _broken(m: re.Match[str]) -> Told:
    return Told(PREVIOUS_FRACTURE, detail=words_of(m, "what"))


RULES = (
    Rule(
        "no former fracture",
        r"\b(?:no|without(?: an?y?)?|denied(?: any)?|negative for|nor|never had|never sustained) "
        r"(?:(?:{before fracture}|,|and|or) ?){1,9}(?:fractures?|broken bones?)\b(?! (?:lines?|gap)\b)",
        _no_fracture,
        says={
            "She had no previous fractures.": _NONE,
            "There was no history of fragility fracture.": _NONE,
            "no personal or family history of fracture": _NONE,
        },
        silent=("No fracture was seen.", "no family history of fracture", "no new fractures"),
    ),
    Rule(
        "never broken a bone",
        r"\bnever (?:had )?(?:broken (?:a|any) bones?|sustained an?y? (?:\w+ )?fractures?|"
        r"fractured (?:a|any|anything)|had (?:a|any) (?:\w+ )?fractures?)",
        always(_NONE),
        says={"She had never broken a bone.": _NONE},
        silent=("She had broken a bone.",),
    ),
    Rule(
        "history of a fracture",
        r"\b(?<!family )history of (?:an? |two |three |several |multiple )?(?:previous |prior |childhood )?"
        r"(?P<what>{a fracture})(?! (?:risk|healing))",
        _broken,
        says={
            "She had a history of a wrist fracture.": Told(PREVIOUS_FRACTURE, detail="wrist fracture"),
        },
        silent=("no history of the patient", "a family history of hip fracture"),
    ),
    Rule(
        "previous fracture",
        r"\b(?:previous|prior|past|earlier|former|previously (?:had|sustained|suffered)) (?:an? )?"
        r"(?P<what>{a fracture})(?! (?:risk|healing))",
        _broken,
        says={"She had a previous wrist fracture.": Told(PREVIOUS_FRACTURE, detail="wrist fracture")},
        silent=("prior to the fracture", "the previous visit"),
    ),
    Rule(
        "fracture in youth",
        r"\b(?P<what>(?:{of a fracture} ){0,4}(?:fractures?|fractured|broken|broke)(?: [\w'-]+){0,12}?),? "
        r"{in the past}",
        _broken,
        says={
            "She had broken her wrist at the age of 12.": Told(PREVIOUS_FRACTURE, detail="broken her wrist"),
            "She had a wrist fracture at 12.": Told(PREVIOUS_FRACTURE, detail="wrist fracture"),
        },
        silent=("The fracture healed within 3 months.", "She was seen at the age of 12."),
    ),
)
#: Former fractures told or denied; where two overlap the earlier rule's counts.
BOOK = Book("history.former fractures", RULES, _SLOTS)
