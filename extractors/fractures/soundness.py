"""Levels that are said to be sound: "T9 was intact", "sparing L2", "all lumbar vertebrae except L5"."""

from __future__ import annotations

import re

_LESION = r"(?:fractur\w+|collapse|deformit\w+|abnormalit\w+|heights?|compression|involvement)"
_VERTEBRA = (
    r"(?:vertebra(?:e|l)?|bod(?:y|ies)|soma(?:s|ta)?|corp(?:us|ora)|levels?|heights?|segments?|"
    r"also|both|all|themselves)"
)
#: Between a level and its predicate: a bracket, "and the sacrum", "bodies", ", although it lay ..., ".
_SUBJECT = (
    r"\)?(?:\s?\([^()]{0,60}\))?"
    r"(?:,?\sand\s(?:the\s)?[a-z-]+(?:\s[a-z-]+){0,5}?)?"
    rf"(?:\s{_VERTEBRA})*"
    r"(?:\s?,\s(?:although|though|which|lying|despite|in\sbetween|between|located|the|referred|described|"
    r"reported|initially|first|previously|read|thought|said|suspected)\b[^,;]{0,80},)?"
)
_COPULA = (
    r"(?:(?:was|were|is|are|being|remain(?:ed|ing|s)?|appear(?:ed|s)?|look(?:ed|s|ing)?|seem(?:ed|s)?|"
    r"stay(?:ed)?|had|"
    r"showed|has|have|with)\s)?"
    r"(?:(?:completely|otherwise|entirely|still|all|both|of|to\sbe|also|found|have|been|clearly|a|"
    r"largely|relatively|"
    r"quite)\s){0,3}"
    # "were judged by us as normal"
    r"(?:(?:judged|considered|deemed|regarded|interpreted|read|rated|found|reported|classified|described|"
    r"assessed)\s(?:by\s(?:\w+\s){1,3}?)?(?:as\s|to\sbe\s)?(?:(?:still|entirely|completely)\s)?)?"
)
_SOUND = (
    r"(?:normal|intact|preserved|spared|unaffected|unremarkable|uninvolved|unaltered|sound|fine|"
    r"unfractured|"
    r"non-?fractured|(?:(?:only|merely|mildly|just)\s)+osteop[ao]?enic|osteop[ao]?enic\sonly|free\s(?:of|"
    r"from)|"
    r"not\s(?:\w+\s){0,2}(?:fractured|involved|affected|collapsed|deformed|compressed)|"
    rf"without\s(?:(?:any|a|evidence|signs?|of|new|further)\s){{0,4}}{_LESION}|"
    rf"no\s(?:(?:new|signs?|evidence|of|further)\s){{0,4}}{_LESION})"
)
_KEEPS = (
    r"(?:keeps?|kept|retain(?:s|ed)?|maintain(?:s|ed)?|preserve[ds]?|held)\s(?:(?:its|their|a|the|normal|"
    r"full)\s){0,2}"
    r"(?:shapes?|heights?|form|contour|integrity)"
)
_ONLY_SOUND = r"(?:was|were)\s(?:not|(?:the\s)?only\s(?:\w+\s){0,3}(?:normal|spared|intact))"
#: Right behind a level.
SOUND_AFTER = re.compile(
    rf"{_SUBJECT}\s(?:{_COPULA}{_SOUND}|(?:had\s|has\s|have\s)?{_KEEPS}|{_ONLY_SOUND})\b"
)

_EXCEPT = (
    r"sparing(?:\sof)?|spared(?:\sonly)?|except(?:ing)?(?:\s(?:for|at|in|of))?|with\sthe\sexception\sof|"
    r"but\snot|excluding|"
    r"other\sthan|apart\sfrom|aside\sfrom|save\sfor|and\snot|not(?:\s(?:of|at|in))?|instead\sof|"
    r"rather\sthan"
)
_SOUND_NOUN = (
    r"intact|unaffected|uninvolved|preservation\sof|(?:normal|preserved|maintained)"
    r"(?:\s(?:appearances?|shapes?|heights?|contour|vertebral|body|bodies|signal|"
    r"anterior)){0,3}(?:\s(?:of|at|in))?"
)
_NO_LESION = (
    r"(?:no|without)\s(?:(?:any|new|further|additional|evidence|signs?|fresh|other|of|vertebral|"
    r"compression|recent)\s){0,5}"
    rf"{_LESION}(?:\s(?:loss|was|were|seen|visible|present)){{0,2}}\s(?:of|at|in|between|from|involving)"
)
_WHICH = (
    r"(?:the|remaining|adjacent|neighbou?ring|other|intervening|lower|upper|vertebra(?:e|l)?|bod(?:y|ies)|"
    r"levels?|of|at|both)"
)
#: Right before a level.
SOUND_BEFORE = re.compile(rf"\b(?:{_EXCEPT}|{_SOUND_NOUN}|{_NO_LESION})(?:\s{_WHICH})*\s?$")
