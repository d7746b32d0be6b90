"""The words that stand between sites, measures and values of a densitometry sentence."""

from __future__ import annotations

import re

_SEPARATING = r"\s|,|/|;|&"
#: Between the values of a list.
SEPARATOR = re.compile(
    rf"(?:{_SEPARATING}|\b(?:and|or|a|an|of|the|respectively|sd|then|finally|as\swell\sas)\b)*"
)
#: Between the sites of a list.
SITE_SEPARATOR = re.compile(
    rf"(?:{_SEPARATING}|[()\[\]]|\b(?:and|or|at|of|in|for|the|left|right|both|bilateral|total|her|"
    r"respectively|as\swell\sas|region|regions|also|from)\b)*"
)
_BEFORE_SITE = (
    r"(?:level\sof|left|right|both|her|his|region|regions|total|non-?dominant|dominant|mean|entire|"
    r"bilateral|lower|upper|level|ap|pa)"
)
_PREPOSITION = rf"(?:at|in|of|for|on|over|from)\s(?:the\s)?(?:{_BEFORE_SITE}\s(?:the\s)?)*"
#: From a value to the site behind it: by a preposition, by a bracket, or with nothing between.
TO_SITE = re.compile(
    rf"\s?(?:sd\s?)?,?\s{_PREPOSITION}$"
    rf"|\s?[(\[]\s?(?:{_PREPOSITION}|the\s|left\s|right\s|total\s|both\s)?$"
    r"|\s?/?\s(?:left\s|right\s|the\s)?$"
)
TO_SITE_PREPOSITION = re.compile(rf"\s?(?:sd\s?)?,?\s{_PREPOSITION}")
DENSITOMETRY = re.compile(r"\bdensitom|\bdxa\b|\bdexa\b|absorptiom")
#: Behind a percentage: "12% gain in BMD at the spine".
CHANGE_NOUN = re.compile(
    r"^\s(?:gain|increase|increment|improvement|rise|loss|decrease|decline|reduction|drop|change|recovery)"
    r"(?:\s(?:in|of)\s(?:the\s|her\s)?(?:bmd|bone\s(?:mineral\s)?density|bone\smass|density))?(?=\s)"
)
#: The same without a preposition's certainty.
DIRECTLY_TO_SITE = re.compile(r"\s?(?:sd)?\s?[(\[]?(?:at|in|of|for|on|the|left|right|total|both|\s)*")
#: From a site to the value that it leads: ", at the hip -2.0".
LEADING = re.compile(r"\s?(?:was|were|of|is|:|=)?\s?")
#: A bracket without brackets inside.
PAREN = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
#: Before the earlier one of two values: "rose from (a baseline value of) X to Y".
FROM = re.compile(
    r"\bfrom\s(?:an?\s|the\s)?(?:initial\s|baseline\s|previous\s|pre-?treatment\s)?"
    r"(?:value\sof\s|[tz]-score\sof\s)?$"
)
#: Words of three letters or more, and those of them that keep to densitometry.
UNKNOWN_WORD = re.compile(r"[a-z]{3,}")
KNOWN = frozenset(
    """was were had has have been the and are with for than from that this which its their score scores
    value values measured showed showing revealed demonstrated disclosed respectively corresponding
    mean average total left right both baseline months month year years after before treatment
    follow follow-up therapy remained remains stable improved improvement increased increasing rose
    risen reached reaching only still now then initial initially subsequently later time lowest
    worst equal below above standard deviation deviations deviated normal low lower higher decreased
    reduced up down dxa dexa scan dual energy absorptiometry x-ray xray results result bone mineral
    density bmd hologic lunar ge prodigy discovery consistent osteoporosis osteopenia range reported
    found recorded calculated obtained region regions respective postpartum delivery weaning end
    starting cessation while whereas who also but age matched adjusted same site sites spine hip
    lumbar femoral neck approximately about level levels current previous first second third fourth
    last one two three within according indicating severe marked markedly considerable considerably
    significantly slightly gradually further rising fell fallen dropped dropping declined climbing
    climbed changed corresponded corresponds came""".split()
)


#: Between a measure and an integer that is its value ("T-score of -3").
DIRECTLY = re.compile(r"\s?(?:score)?\s?(?:of|was|=|:|is)?\s?")
#: Between a value and a measure's name behind it ("-3.0 SD (T-score)").
MEASURE_BEHIND = re.compile(r"\s?[(\[]?(?:in\s|for\s|as\s)?(?:the\s)?")
#: Where a clause with a subject of its own begins.
CLAUSE = re.compile(r"[;]|\b(?:but|while|whereas)\b|,\sand\s|\band\sthe\b")


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


def is_earlier(lower: str, start: int) -> bool:
    """Whether a value at `start` is the earlier one of "rose from X to Y"."""
    return bool(FROM.search(lower[max(0, start - 50) : start]))


_FROM_TO = re.compile(
    r"\bfrom\s(?:an?\s|the\s)?(?:(?:initial|baseline|previous|pre-?treatment)\s)?(?:value\sof\s|[tz]-score\sof\s)?"
    r"(?:[-−–]|minus\s)?\s?\d[\d.,]*\s?(?:g/cm2|mg/cm3|sd)?\s(?:up\s)?to\s(?:an?\s|[tz]-score\sof\s|value\sof\s){0,2}$"
)


def is_later(lower: str, start: int) -> bool:
    """Whether a value at `start` is the later one of "rose from X to Y"."""
    return bool(_FROM_TO.search(lower[max(0, start - 80) : start]))
