"""Cue words that tell whether a vertebral level or a bone is said to be fractured.

Fracture terms follow the semiquantitative reading of vertebral fractures (Genant et al., J Bone
Miner Res 1993;8:1137: wedge, biconcave and crush deformity, height loss) and the vocabulary of
radiology reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Fracture terms of more than one form; single words are in cues.csv.
HEIGHT_LOSS = re.compile(
    r"\b(?:(?:loss|reduction|decrease|diminution)\s(?:of|in)\s(?:the\s)?(?:\w+\s){0,3}heights?\b"
    r"|(?:reduced|decreased|diminished|lost)\s(?:in\s|(?!of\s)[\w%-]+\s){0,3}(?:of\s(?:its|their|the)\s)?(?:\w+\s){0,1}heights?\b"
    r"|heights?\s(?:loss|reduction|decrease|(?:was|were)\s(?:lost|reduced|decreased))"
    r"|end-?\s?plate\sdepressions?|depress(?:ed|ions?)\b(?=[^.;]{0,30}(?:end-?\s?plate|vertebra|deformit|fractur)))"
)
#: Words of the patient's stature, whose loss is no vertebra's.
STATURE = re.compile(r"\b(?:body|standing|her|his|patient's|total)\s(?:height|stature)\b|\d\s?cm\b")
#: The level is said to be sound: after it ...
SOUND_AFTER = re.compile(
    r"\)?(?:\s?\((?:[^()]{0,60})\))?(?:,?\sand\s(?:the\s)?(?:[a-z-]+\s?){1,6}?(?=\s))?(?:\s(?:vertebra(?:e|l)?|bod(?:y|ies)|levels?|heights?|segments?|also|both|all|themselves|themselves))*"
    r"(?:\s?,\s(?:although|though|which|lying|despite|in\sbetween|between|located|the)[^,;]{0,80},)?"
    r"\s(?:(?:was|were|is|are|being|remain(?:ed|ing|s)?|appear(?:ed|s)?|look(?:ed|s|ing)?|seem(?:ed|s)?|stay(?:ed)?|had|showed|has|have|with)\s)?"
    r"(?:(?:completely|otherwise|entirely|still|all|both|of|to\sbe|also|found|have|been|clearly|a|largely|relatively|quite)\s){0,3}"
    r"(?:normal|intact|preserved|spared|unaffected|unremarkable|(?:only\s|merely\s|mildly\s|just\s)+osteop[ao]?enic|osteop[ao]?enic\sonly|fine\b|uninvolved|unaltered|unchanged\sand\snormal|sound|unfractured|non-?fractured|not\s(?:\w+\s){0,2}(?:fractured|involved|affected|collapsed|deformed|compressed)"
    r"|without\s(?:(?:any|a|evidence|sign|signs|of|new|further)\s){0,4}(?:fractur\w+|collapse|deformit\w+|abnormalit\w+|height|compression)|free\s(?:of|from)|no\s(?:(?:new|sign|signs|evidence|of|further)\s){0,4}(?:fractur\w+|collapse|deformit\w+|height|abnormalit\w+|compression)"
    r"|(?:keep|kept|retain(?:s|ed)?|maintain(?:s|ed)?|preserv(?:e|es|ed)|held)\s(?:(?:its|their|a|the|normal|full)\s){0,2}(?:shapes?|heights?|form|contour|integrity|bodies))\b"
    r"|(?:\s(?:vertebra(?:e|l)?|bod(?:y|ies)|levels?))*\s(?:keep|kept|retain(?:s|ed)?|maintain(?:s|ed)?|preserve[ds]?)\s(?:(?:its|their|a|the|normal|full)\s){0,2}(?:shapes?|heights?|form|contour|integrity)\b"
    r"|\s(?:vertebra\w*\s)?(?:was|were)\s(?:not\b|(?:the\s)?only\s(?:\w+\s){0,3}(?:normal|spared|intact))"
)
#: ... or before it.
SOUND_BEFORE = re.compile(
    r"(?:\b(?:sparing(?:\sof)?|spared(?:\sonly)?|except(?:ing)?(?:\sfor|\sat|\sin|\sof)?|with\sthe\sexception\sof|but\snot|excluding|other\sthan|apart\sfrom|aside\sfrom|save\sfor|and\snot|not(?:\sof|\sat|\sin)?"
    r"|intact|unaffected|(?:normal|preserved|maintained)(?:\s(?:(?:appearance|appearances|shape|shapes|height|heights|contour|vertebral|body|bodies|signal|anterior)\s?){1,3}(?:of|at|in))?|uninvolved|uninvolvement\sof|preservation\sof"
    r"|instead\sof|rather\sthan|no\s(?:(?:new|further|additional|evidence|signs?|fresh|other|of|vertebral|compression|recent)\s){0,5}(?:fractur\w+|collapse|deformit\w+|height\sloss|compression)(?:\s(?:was|were)\s\w+)?\s(?:of|at|in|between|from|involving|was\sseen\s\w+)"
    r"|without\s(?:(?:any|evidence|new|further|signs?|of)\s){0,4}(?:fractur\w+|collapse|deformit\w+|involvement)\s(?:of|at|in|between|from))"
    r"(?:\s(?:the|remaining|adjacent|neighbou?ring|other|intervening|lower|upper|vertebra(?:e|l)?|bod(?:y|ies)|levels?|of|at|both))*\s?)$"
)
#: A fracture that is only feared, prevented, counted or sought.
NOT_A_FACT = re.compile(
    r"(?:\b(?:risks?\s(?:of|for)|prevent(?:s|ed|ing|ion)?(?:\sof)?|likelihood\sof|prone\sto|incidence\sof|prevalence\sof|rates?\sof|probability\sof|susceptib\w+\sto|predispos\w+\sto|reduc(?:e|es|ing)|"
    r"protect\w*\s(?:from|against)|avoid(?:ing)?|possib(?:le|ility)(?:\sof)?|suspect(?:ed|ing)?|suspicio(?:n|us)(?:\sof|\sfor)?|simulat\w+|imminent|impending|fear\sof|to\s(?:exclude|rule\sout|look\sfor)|"
    r"without|no|not|nor|never|neither|denied|denies|absence\sof|negative\sfor)"
    r"(?:\s(?:a|an|any|the|new|further|additional|of|other|future|subsequent|recent|acute|old|fresh|more|evidence|signs?|vertebral|history|spinal|fragility|osteoporotic|compression|incident|stress|insufficiency|pathological|hip|another)){0,6}\s)$"
)
#: After "fracture": something else than the event.
NOT_THE_EVENT = re.compile(
    r"\s(?:risk|prevention|liaison|table|threshold|healing|union|callus|prediction|probability|assessment|rates?|incidence|reduction|clinic|service|history|gap|unit|surgery|fixation|care)\b"
)
#: After it too: a fracture that was thought of.
ONLY_THOUGHT = re.compile(
    r"\s(?:(?:was|were)\s)?(?:(?:initially|first|at\sfirst|clinically)\s)?(?:suspected|feared|thought\sof|considered\sbut|ruled\sout|excluded)\b"
)
#: Starts a sentence that goes on about the fractures of the one before.
ANAPHORA = re.compile(
    r"^(?:(?:they|these|it|this|those|the\s(?:affected|involved|fractured|collapsed|injured|respective|following)\s?\w*|affected|involved|"
    r"(?:the\s)?(?:levels?|sites?|fractures?|lesions?|deformities|vertebrae|bodies|locations?)|involving|namely|(?:all|both|most)\s(?:of\s(?:these|them)|were))\b)"
)
_LINE_BREAK = re.compile(r"[;]|\b(?:but|whereas|while|however|although|though)\b|(?<=\S)\.\s")

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
            r"\b(?:radiogra\w+|x-?\s?rays?|roentgen\w*|plain\s(?:films?|images?|views?)|lateral\s(?:films?|views?)|films?|skiagram)\b"
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
_OLD = re.compile(
    r"\b(?:old|older|healed|previous|prior|chronic|consolidated|pre-?existing|long-?standing|known)\b"
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
