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
        r"(?:{of a fracture} ){0,4}(?:fractures?|fx)\b"
        r"(?: (?:of|in|at) (?:the |her |his )?(?:[\w-]+ ){0,2}{broken bone}\b)?"
    ),
    "years": r"\d{1,2}|{number word}",
    "young": r"\d|1\d|2[0-5]|a child|a teenager|{number word}",
    "in youth": (
        r"(?:at (?:the )?age(?: of)? (?:{young})|(?:in|during) (?:her |his )?(?:early )?(?:childhood|"
        r"adolescence|"
        r"youth|teens)|as an? (?:child|teenager|adolescent|schoolgirl|schoolboy|student|toddler)|"
        r"when (?:she|he) was (?:{young})(?: years old)?)"
    ),
    "in the past": (
        r"(?:at (?:the )?age(?:d| of)? (?:of )?{years}|(?:in|during) (?:her |his )?(?:early )?(?:childhood|"
        r"adolescence|youth|teens)|as an? (?:child|teenager|adolescent|schoolgirl|schoolboy|student)|when "
        r"(?:she|he) was (?:{years}|a child|"
        r"a teenager)|{years} years (?:ago|earlier|before|previously)|"
        r"at (?:\d|1\d|2[0-5])(?=[.,;)]|$| and\b| years\b(?! after)))"
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


def _broken_in_youth(m: re.Match[str]) -> Told:
    words = re.sub(r"^(?:sustained|suffered|had|experienced) (?:from )?(?:an? )?", "", words_of(m, "what"))
    return Told(PREVIOUS_FRACTURE, detail=words)


RULES = (
    Rule(
        "no former fracture",
        r"\b(?:no|without(?: an?y?)?|denied(?: any)?|negative for|nor|never had|never sustained) "
        r"(?:(?:{before fracture}|,|and|or) ?){1,9}(?:fractures?|broken bones?)\b"
        r"(?! (?:lines?|gap|since|thereafter|afterwards|during (?:the )?(?:follow|treat|observ)\w*)\b|"
        r" (?:(?:has|have|had|were) )?(?:occurred|developed|happened|recurred|appeared)\b)",
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
        r"fractured (?:a|any|anything)|had (?:a|any) (?:\w+ )?fractures?)|"
        r"\b(?:not|never) (?:(?:suffered|sustained|had|experienced|broken)(?: from)?(?: any| an?)? "
        r"(?:{of a fracture} ){0,3}(?:fractures?|bones?)|fractured) "
        r"(?:before|previously|in (?:her|his) life|in the past|until (?:then|now|this)|earlier|prior to)\b|"
        r"\bno (?:{of a fracture} ){0,3}fractures? (?:before|previously|in the past|prior to) "
        r"(?:(?:the|this|her) )?(?:pregnancy|then|delivery|presentation|event|[.,;]|$)|"
        r"\b(?:previously|before (?:this|that|then)|in the past|until then),? (?:she|he|the patient) had "
        r"(?:(?:had|sustained|suffered) )?no (?:{of a fracture} ){0,3}fractures?\b",
        always(_NONE),
        says={
            "She had never broken a bone.": _NONE,
            "She had not suffered any fracture in her life.": _NONE,
            "She had never fractured before.": _NONE,
            "Previously she had had no fractures.": _NONE,
            "She reported no fractures prior to this pregnancy.": _NONE,
        },
        silent=("She had broken a bone.", "She had not fractured her hip.", "no fractures before treatment"),
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
        r"\b(?:previous|prior|past|earlier|former|remote|previously (?:had|sustained|suffered)) (?:an? )?"
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
    Rule(
        "in youth a fracture",
        r"\b{in youth},? (?:she|he|the patient) (?:(?:had|also|once) ){0,2}(?P<what>"
        r"(?:sustained|suffered|had|broke|broken|fractured|experienced)(?: (?:an?|two|three|several|from))? "
        r"(?:(?:her|his|the) (?:[\w-]+ ){0,2}{broken bone}\b|(?:{of a fracture} ){0,4}fractures?"
        r"(?: (?:of|in|at) (?:the |her |his )?(?:[\w-]+ ){0,2}{broken bone}\b)?))",
        _broken_in_youth,
        says={
            "At the age of 9 she sustained a fracture of her forearm.": Told(
                PREVIOUS_FRACTURE, detail="fracture of her forearm"
            ),
            "As a schoolgirl, she broke her collarbone.": Told(
                PREVIOUS_FRACTURE, detail="broke her collarbone"
            ),
        },
        silent=("At the age of 34 she sustained a fracture of L1.", "As a child she had measles."),
    ),
)
#: Former fractures told or denied; where two overlap the earlier rule's counts.
BOOK = Book("history.former fractures", RULES, _SLOTS)
