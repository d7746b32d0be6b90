"""The words that stand between sites, measures and values of a densitometry sentence."""

from __future__ import annotations

import re

SEPARATOR = re.compile(
    r"\s?(?:\s|,|/|;|&|\b(?:and|or|a|an|of|the|respectively|sd|then|finally|as\swell\sas)\b)*\s?"
)
SITE_SEPARATOR = re.compile(
    r"(?:\s|,|/|;|&|[()\[\]]|\b(?:and|or|at|of|in|for|the|left|right|both|bilateral|total|her|respectively|as\swell\sas|region|regions|also|from)\b)*"
)
PREPOSITION = r"(?:at|in|of|for|on|over|from)\s(?:the\s)?(?:(?:level\sof|left|right|both|her|his|region|regions|total|non-?dominant|dominant|mean|entire|bilateral|lower|upper|level|ap|pa)\s(?:the\s)?)*"
TO_SITE = re.compile(
    rf"\s?(?:sd\s?)?,?\s{PREPOSITION}$|\s?[(\[]\s?(?:{PREPOSITION}|the\s|left\s|right\s|total\s|both\s)?$|\s?/?\s(?:left\s|right\s|the\s)?$"
)
TO_SITE_PREPOSITION = re.compile(rf"\s?(?:sd\s?)?,?\s{PREPOSITION}")
PAREN = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
FROM = re.compile(
    r"\bfrom\s(?:an?\s|the\s)?(?:initial\s|baseline\s|previous\s|pre-?treatment\s)?(?:value\sof\s|t-score\sof\s|z-score\sof\s)?$"
)
UNKNOWN_WORD = re.compile(r"[a-z]{3,}")
KNOWN = frozenset(
    """was were had has have been the and are with for than from that this which its their score scores value values
    measured showed showing revealed demonstrated disclosed respectively corresponding mean average total left right both
    baseline months month year years after before treatment follow follow-up therapy remained remains stable improved improvement
    increased increasing rose risen reached reaching only still now then initial initially subsequently later time lowest worst
    equal below above standard deviation deviations deviated normal low lower higher decreased reduced up down dxa dexa scan
    dual energy absorptiometry x-ray xray results result were bone mineral density bmd hologic lunar ge prodigy discovery
    consistent osteoporosis osteopenia range reported found recorded calculated obtained region regions respective
    postpartum delivery weaning end starting cessation while whereas who also but age matched adjusted same site sites
    spine hip lumbar femoral neck approximately about level levels current previous first second third fourth last one two three
    within according indicating severe marked markedly considerable considerably significantly slightly gradually further
    rising fell fallen dropped dropping declined climbing climbed changed corresponded corresponds came""".split()
)


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
