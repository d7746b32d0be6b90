"""Reference ranges that a table tells in its caption or below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.labs.cell import Limits, parse_reference
from extractors.labs.labels import find_analyte

#: Between the items of a list of ranges; not within "1,25(OH)2D".
_PARTS = re.compile(r"[;\n]\s*|\.\s(?=[A-Z])|,\s(?:and\s)?(?=[A-Za-z]|\d[\w,]*[(-])")
_LEAD = re.compile(
    r"^\W*(?:the\s)?(?:normal|reference|ref\.?)\s?(?:ranges?|values?|intervals?|limits?)?"
    r"(?:\s(?:are|were|for|in|of)\b(?:\sour laboratory\b)?)?\W+",
    re.I,
)
_CUE = re.compile(r"(?:\breference|\bnormal|\brange|\bref\b\.?|upper limit)[^\d<>]{0,40}", re.I)


def ranges_of(caption: str, notes: Sequence[str]) -> dict[str, Limits]:
    """The limits of each test that a caption or footnote tells: "Normal: Ca 8.6-10.2, PTH 15-65"."""
    found: dict[str, Limits] = {}
    for text in (caption, *notes):
        cued = bool(_CUE.search(text))
        if text is caption and not cued:
            continue
        for part in _PARTS.split(_LEAD.sub("", text)):
            label = find_analyte(part)
            limits = _limits_in(part[label.end :]) if label else None
            if label and limits:
                found.setdefault(label.analyte, limits)
    return found


def range_of_note(words: str) -> Limits | None:
    """The range that a label's own footnote tells ("a Reference range 0.05-0.63")."""
    return _limits_in(words) if _CUE.search(words) else None


def _limits_in(text: str) -> Limits | None:
    cue = _CUE.search(text)
    return parse_reference(text[cue.end() if cue else 0 :].strip(" :=,()"))
