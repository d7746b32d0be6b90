"""Levels that are said to be sound: "T9 was intact", "sparing L2", "all lumbar vertebrae except L5"."""

from __future__ import annotations

from extractors.fractures.vocabulary import SLOTS as WORDS
from extractors.rules.rule import Glue

SLOTS = WORDS | {
    # between a level and its predicate: a bracket, "and the sacrum", "bodies", ", although it lay ..., "
    "bracket": r"\)?(?: ?\([^()]{0,60}\))?",
    "and another": r"(?:,? and (?:the )?[a-z-]+(?: [a-z-]+){0,5}?)?",
    "in commas": r"(?: ?, {aside}\b[^,;]{0,80},)?",
    "subject": r"{bracket}{and another}(?: {sound subject})*{in commas}",
    # "were judged by us as normal"
    "judgement": (r"(?:{judged} (?:by (?:\w+ ){1,3}?)?(?:as |to be )?(?:(?:still|entirely|completely) )?)?"),
    "was": r"(?:{copula} )?(?:{adverb} ){0,3}{judgement}",
    "only osteopenic": r"(?:(?:only|merely|mildly|just) )+osteop[ao]?enic",
    "not fractured": r"not (?:\w+ ){0,2}(?:fractured|involved|affected|collapsed|deformed|compressed)",
    "without lesion": (
        r"without (?:(?:any|a|evidence|signs?|of|new|further) ){0,4}"
        r"(?:{lesion}{its own}|"
        r"(?:(?:pathological|abnormal|relevant|particular|significant|specific|other) )?"
        r"{no finding}{its own})"
    ),
    "no lesion": r"no (?:(?:new|signs?|evidence|of|further) ){0,4}{lesion}{its own}",
    # "fractures of L2 and L3 without involvement of L5", "of the canal": those of L2 and L3 stand
    "its own": (
        r"(?!\w* (?:of|on|upon) (?!(?:the |its |their |this |that )?(?:vertebra|bod(?:y|ies)|levels?)))"
    ),
    "is sound": r"{sound}|{only osteopenic}|{not fractured}|{without lesion}|{no lesion}",
    # "T10 with preserved disc spaces": what lies beside a fractured level
    "part beside it": (
        r"(?:(?:intervertebral|adjacent|both|posterior|spinal|neural) )?"
        r"(?:discs?|disks?|endplates?|pedicles?|facets?|elements?|walls?|arch(?:es)?|canal|cord|alignment)"
    ),
    "keeps": r"keeps?|kept|retain(?:s|ed)?|maintain(?:s|ed)?|preserve[ds]?|held",
    "keeps shape": (
        r"{keeps} (?:(?:its|their|a|the|normal|full) ){0,2}(?:shapes?|heights?|form|contour|integrity)"
    ),
    "only sound one": r"(?:was|were) (?:not|(?:the )?only (?:\w+ ){0,3}(?:normal|spared|intact))",
    "normal shape": (
        r"(?:normal|preserved|maintained)"
        r"(?: (?:appearances?|shapes?|heights?|contour|vertebral|body|bodies|signal|anterior)){0,3}"
        r"(?: (?:of|at|in))?"
    ),
    "no lesion of": (
        r"(?:no|without) (?:(?:any|new|further|additional|evidence|signs?|fresh|other|of|vertebral|"
        r"compression|recent) ){0,5}{lesion}(?: (?:loss|was|were|seen|visible|present)){0,2}"
        r" (?:of|at|in|between|from|involving)"
    ),
}
#: Right behind a level.
SOUND_AFTER = Glue(
    r"{subject}(?: |: ?| ?[-=] ?)(?:{was}(?:{is sound})(?! {part beside it}\b)|"
    r"(?:had |has |have )?{keeps shape}|{only sound one})\b",
    SLOTS,
)
#: Between a group and the level left out of it.
ALL_BUT = Glue(
    r"(?: (?:{vertebra}))?,? (?:but|save|bar|except)(?: (?:for|only))? (?:the (?:one|level) )?(?:at )?", SLOTS
)
#: The same by an ordinal: "all lumbar vertebrae except the fifth".
ALL_BUT_THE_NTH = Glue(
    r"(?: (?:{vertebra}))?,? (?:but|save|bar|except|excluding|excepting|apart from|other than|"
    r"with the exception of)(?: (?:for|only))? the (?P<nth>first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|eleventh|twelfth|[1-9](?:st|nd|rd|th)|1[0-2]th)\b(?! (?:thoracic|lumbar|dorsal))",
    SLOTS,
)
#: Right before a level.
SOUND_BEFORE = Glue(
    r"\b(?:{except}|{sound noun}|{normal shape}|{no lesion of})(?: {which})* ?$|"
    r"(?:^|[.;:,] )(?:normal|intact|spared|preserved|unremarkable|{not fractured})"
    r"(?: (?:levels|vertebrae|bodies))? ?[:=] ?$",
    SLOTS,
)
