"""How many vertebrae are broken, where a number alone is told: "five vertebral fractures"."""

from __future__ import annotations

import re

from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_count
from extractors.rules.rule import Glue

#: Cervical, thoracic and lumbar vertebrae.
MOST = 24
_SLOTS = ATOMS | {
    "few": r"\d{1,2}|{number word}",
    # no number of a grade, a case, a figure; no part of a range or a date
    "no count": (
        r"(?<![\w.,/+-])(?<!grade )(?<!type )(?<!case )(?<!patient )(?<!figure )(?<!fig\. )(?<!table )"
    ),
    "of it": (
        r"(?:(?:acute|recent|old|fresh|severe|mild|moderate|symptomatic|osteoporotic|fragility|insufficiency|"
        r"spontaneous|thoracic|lumbar|thoracolumbar|dorsal|compression|wedge|biconcave|vertebral|spinal|"
        r"contiguous|adjacent|different|distinct|separate|atraumatic|low-trauma|collapsed|fractured),? )"
    ),
    "bones": r"fractures|vertebrae|(?:vertebral )?bodies|levels|collapses|deformities|vertebral fractures",
}
_BEFORE = Glue(r"{no count}\b(?P<n>{few}) {of it}{0,5}$", _SLOTS)
_INSIDE = Glue(r"(?: of| in| at)? (?:the )?{no count}\b(?P<n>{few}) {of it}{0,4}(?:{bones})\b", _SLOTS)
_BEHIND = Glue(
    r",? (?:at|of|in|involving|affecting) (?:a total of |the )?(?P<n>{few}) {of it}{0,4}(?:{bones})\b", _SLOTS
)
_PLURAL = Glue(r"\b(?:{bones})\b", _SLOTS)
_REACH = 60


def counted(lower: str, start: int, end: int) -> tuple[int | None, int, int]:
    """How many vertebrae the words [start, end) of a sentence in lower case break, and the words with the
    number; None and the same words where no number is told."""
    before = _BEFORE.within(lower, start - _REACH, start) if _PLURAL.within(lower, start, end) else None
    inside = _INSIDE.within(lower, start, end)
    behind = _BEHIND.behind(lower, end)
    for match in (before, inside, behind):
        number = _number(match)
        if match is not None and number is not None:
            return number, min(start, match.start("n")), max(end, match.end())
    return None, start, end


def _number(match: re.Match[str] | None) -> int | None:
    value = parse_count(match["n"]) if match else None
    return int(value) if value is not None and 1 < value <= MOST else None
