"""Cue words that tell whether a vertebral level or a bone is said to be fractured.

Fracture terms follow the semiquantitative reading of vertebral fractures (Genant et al., J Bone
Miner Res 1993;8:1137: wedge, biconcave and crush deformity, height loss) and the vocabulary of
radiology reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLATE = r"(?:(?:end|deck|cover|base|upper|lower|superior|inferior|vertebral)[\s-]?(?:vertebral\s)?plates?)"
#: Fracture terms of more than one form; single words are in cues.csv.
HEIGHT_LOSS = re.compile(
    r"\b(?:(?:loss|reduction|decrease|diminution)\s(?:of|in)\s(?:the\s)?(?:\w+\s){0,3}heights?\b"
    r"|(?:reduced|decreased|diminished|lost)\s(?:in\s|(?!of\s)[\w%-]+\s){0,3}(?:of\s(?:its|their|"
    r"the)\s)?(?:\w+\s){0,1}heights?\b"
    r"|heights?\s(?:loss|reduction|decrease|(?:was|were)\s(?:lost|reduced|decreased))"
    # "the height of T9 was reduced", "T7 had lost 30% and T8 half of its height": the levels follow the cue
    r"|heights?\b(?=\s(?:of|at|in)\s[^.;]{2,70}?\s(?:was|were|is|are|had|has|have)\s(?:\w+\s){0,2}"
    r"(?:reduced|decreased|diminished|lost|lowered|compressed)\b)"
    r"|lost\b(?=\s[^.;]{2,60}?\b(?:of|in)\s(?:its|their|the)\s(?:\w+\s){0,2}heights?\b)"
    rf"|{_PLATE}\s(?:depressions?|impressions?|infractions?|indentations?)"
    rf"|impress(?:ed|ions?)\b(?=[^.;]{{0,25}}{_PLATE})"
    rf"|depress(?:ed|ions?)\b(?=[^.;]{{0,30}}(?:{_PLATE}|vertebra|deformit|fractur)))"
)
#: Words of the patient's stature, whose loss is no vertebra's.
STATURE = re.compile(r"\b(?:body|standing|her|his|patient's|total)\s(?:height|stature)\b|\d\s?cm\b")
_FEARED = (
    r"risks?\s(?:of|for)|likelihood\sof|prone\sto|incidence\sof|prevalence\sof|rates?\sof|"
    r"probability\sof|fear\sof|"
    r"susceptib\w+\sto|predispos\w+\sto|imminent|impending"
)
_PREVENTED = r"prevent(?:s|ed|ing|ion)?(?:\sof)?|reduc(?:e|es|ing)|protect\w*\s(?:from|against)|avoid(?:ing)?"
_SOUGHT = (
    r"possib(?:le|ility)(?:\sof)?|suspect(?:ed|ing)?|suspicio(?:n|us)(?:\sof|\sfor)?|simulat\w+|"
    r"to\s(?:exclude|rule\sout|look\sfor)"
)
_DENIED = r"without|no|not|nor|never|neither|denied|denies|absence\sof|negative\sfor"
_EPITHET = (
    r"(?:a|an|any|the|new|further|additional|of|other|another|future|subsequent|recent|acute|old|fresh|"
    r"more|evidence|"
    r"signs?|history|vertebral|spinal|hip|fragility|osteoporotic|compression|incident|stress|"
    r"insufficiency|pathological)"
)
#: A fracture that is only feared, prevented, counted or sought.
NOT_A_FACT = re.compile(rf"\b(?:{_FEARED}|{_PREVENTED}|{_SOUGHT}|{_DENIED})(?:\s{_EPITHET}){{0,6}}\s$")
#: After "fracture": something else than the event.
NOT_THE_EVENT = re.compile(
    r"\s(?:risk|prevention|liaison|table|threshold|healing|union|callus|prediction|probability|"
    r"assessment|rates?|"
    r"incidence|reduction|clinic|service|history|gap|unit|surgery|fixation|care)\b"
)
#: After it too: a fracture that was thought of.
ONLY_THOUGHT = re.compile(
    r"\s(?:(?:was|were)\s)?(?:(?:initially|first|at\sfirst|clinically)\s)?"
    r"(?:suspected|feared|thought\sof|considered\sbut|ruled\sout|excluded)\b"
)
#: Starts a sentence that goes on about the fractures of the one before.
ANAPHORA = re.compile(
    r"(?:they|these|it|this|those|the\s(?:affected|involved|fractured|collapsed|injured|respective|"
    r"following)|"
    r"affected|involved|involving|namely|(?:all|both|most)\s(?:of\s(?:these|them)|were)|"
    r"(?:the\s)?(?:levels?|sites?|fractures?|lesions?|deformities|vertebrae|bodies|locations?))\b"
)
_MODALITIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "mri",
        re.compile(
            r"\b(?:mri|mr|magnetic\sresonance|t[12]-?\s?weighted|t[12]-?w|stir|fat-?\s?suppress\w*)\b"
        ),
    ),
    ("ct", re.compile(r"\b(?:ct|computed\stomograph\w+|computeri[sz]ed\stomograph\w+|cat\sscan)\b")),
    (
        "bone scan",
        re.compile(r"\b(?:bone\sscan\w*|bone\sscintigra\w+|scintigra\w+|technetium|tc-?99m?|bone\sspect)\b"),
    ),
    (
        "radiograph",
        re.compile(
            r"\b(?:radiogra\w+|x-?\s?rays?|roentgen\w*|plain\s(?:films?|images?|views?)|"
            r"lateral\s(?:films?|views?)|films?|skiagram)\b"
        ),
    ),
    ("dxa", re.compile(r"\b(?:vfa|vertebral\sfracture\sassessment|dxa|dexa|absorptiometry)\b")),
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pseudofracture", re.compile(r"\b(?:pseudo-?fractures?|looser(?:'s)?\szones?)\b")),
    ("atypical", re.compile(r"\batypical\b")),
    ("insufficiency", re.compile(r"\binsufficiency\b")),
    ("fragility", re.compile(r"\b(?:fragility|osteoporotic|low-?\s?(?:trauma|energy))\b")),
    ("stress", re.compile(r"\b(?:stress|fatigue|march)\s(?:\w+\s)?(?:fracture|reaction)")),
    ("pathological", re.compile(r"\bpathologic(?:al)?\b")),
    ("burst", re.compile(r"\bburst\b")),
    ("wedge", re.compile(r"\bwedg\w+")),
    ("biconcave", re.compile(r"\b(?:biconcav\w+|cod-?fish\w*)")),
    ("crush", re.compile(r"\bcrush\w*")),
    ("compression", re.compile(r"\bcompress\w+")),
    ("collapse", re.compile(r"\bcollaps\w+")),
    ("height loss", re.compile(r"\b(?:heights?\sloss|loss\sof\s(?:\w+\s){0,3}heights?)\b")),
)
_OLD = re.compile(  # not the "old" of an age
    r"\b(?:(?<!-)(?<!years\s)(?<!year\s)(?<!yrs\s)(?<!yr\s)old|older|healed|previous|prior|chronic|consolidated|pre-?existing|long-?standing|known)\b"
)
_NEW = re.compile(r"\b(?:new|fresh|recent|acute|further|additional|incident|subsequent|active|another)\b")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a fracture was seen: modality, kind and age, "" where not told."""

    modality: str = ""
    kind: str = ""
    age: str = ""


def nearest(patterns: tuple[tuple[str, re.Pattern[str]], ...], lower: str, start: int, end: int) -> str:
    """The name whose pattern stands nearest to [start, end) in a sentence, "" if none does."""
    best, best_distance = "", 10**6
    for name, pattern in patterns:
        for match in pattern.finditer(lower):
            distance = max(start - match.end(), match.start() - end, 0)
            if distance < best_distance:
                best, best_distance = name, distance
    return best


def manner(lower: str, start: int, end: int, cue: tuple[int, int] | None) -> Manner:
    """Modality, kind and age of the fracture told by a cue for the words [start, end)."""
    if cue is None:
        return Manner(nearest(_MODALITIES, lower, start, end))
    left, right = max(0, cue[0] - 45), min(len(lower), cue[1] + 25)
    near = lower[left:right]
    age = ""
    before = lower[max(0, cue[0] - 40) : cue[1]]
    for name, pattern in (("old", _OLD), ("new", _NEW)):
        if pattern.search(re.split(r"[;,]|\band\b", before)[-1]):
            age = name
    return Manner(
        nearest(_MODALITIES, lower, start, end), nearest(_KINDS, near, cue[0] - left, cue[1] - left), age
    )
