"""The strength of a drug that is dosed by it: "hydrocortisone 1% ointment", "sevoflurane (2%)".

What is put on skin or eye and what is breathed in has no other dose; that of an infusion is its volume.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.drugs.anchors import Anchor
from extractors.drugs.doses import Dose
from extractors.drugs.vocabulary import Drug, cue_words
from extractors.language.numbers import parse_number

_NUMBER = r"\d{1,2}(?:[.,]\d{1,3})?"
_PERCENT = rf"({_NUMBER})(?:\s?(?:-{{1,3}}|to)\s?{_NUMBER})?\s?%"
_BEFORE = re.compile(rf"(?<![\w.,/:-]){_PERCENT}\s$")
_BEHIND = re.compile(
    rf"\s?(?:(?:(?:eye|ear|nasal)\s)?(?:drops|ointment|cream|gel|lotion|spray|solution|patch)\s)?"
    rf"(?:(?:at|of)\s)?[(\[]?\s?{_PERCENT}"
    r"(?!\s(?:of (?:the |all )?(?:patients|cases|eyes)|reduc|improv|increas|decreas))"
)
_BEFORE_WITHIN = 18
#: Routes of what has its effect where it is put.
_LOCAL = frozenset({"topical", "vaginal", "intranasal", "transdermal"})


def add_strengths(lower: str, anchors: Sequence[Anchor], drugs: Sequence[Drug]) -> None:
    """Give the drugs without a dose that are dosed by strength the one that stands beside their name."""
    if "%" not in lower:
        return
    for anchor, drug in zip(anchors, drugs, strict=True):
        if anchor.dose is None and _is_dosed_so(anchor, drug):
            found = _BEHIND.match(lower, anchor.name_end)
            since = max(0, anchor.name_start - _BEFORE_WITHIN)
            found = found or _BEFORE.search(lower, since, anchor.name_start)
            if found:
                anchor.dose = Dose(found.start(1), found.end(), parse_number(found[1]), "%")
                anchor.widen(found.start(1), found.end())


def _is_dosed_so(anchor: Anchor, drug: Drug) -> bool:
    local = anchor.route is not None and anchor.route.text in _LOCAL
    return local or drug.name in cue_words("breathed anaesthetic").words
