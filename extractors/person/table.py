"""Ages, builds and parities in table cells, and the labels of their rows and columns."""

from __future__ import annotations

import re

from extractors.person.ages import NUMBER, find_ages, find_initials, to_years

_PLAIN = re.compile(
    rf"\s*(?P<n>{NUMBER})\s*(?P<u>years?|yrs?|y\.?o?|y/o|months?|mos?|m|weeks?|wks?|w|"
    rf"days?|d)?\.?(?:\s?old)?\s*(?:[,/(]\s?(?:fe?male|f|m|woman|man)\)?)?\s*$"
)
_UNIT_OF_LABEL = re.compile(r"\(?\b(?P<u>months?|mos?|weeks?|days?)\b\)?")
_NOT_THIS_AGE = re.compile(
    r"gestation|bone\sage|\bfirst\b|menarche|menopause|onset|fracture(?!\s?\()|diagnos|death|infant|baby|"
    r"child|newborn|patern|husband|mother|father|range|mean|group|delivery\sof|surgery|last|follow"
)
_AGE_AT_VISIT = re.compile(r"^age\s(?:at|on)\s(?:presentation|admission|diagnosis\sof\splo)")
_OTHER_BUILD = re.compile(r"loss|lost|birth|gain|pre-?pregnan|infant|baby|newborn|before|vertebra")
_LABELS = (
    ("age", re.compile(r"^(?:(?:maternal|patient'?s?|current)\s)?age\b")),
    ("bmi", re.compile(r"\bbmi\b|body[\s-]mass[\s-]index")),
    (
        "height",
        re.compile(
            r"^(?:body\s|patient'?s?\s|current\s)?(?:height|stature|ht)\b(?!\s(?:loss|lost|"
            r"decrease|reduction|change))"
        ),
    ),
    (
        "weight",
        re.compile(
            r"^(?:body\s|patient'?s?\s|current\s)?(?:weight|wt|bw)\b(?!\s(?:loss|gain|change|"
            r"bearing))"
        ),
    ),
    ("gravida", re.compile(r"^(?:gravida|gravidity|number\sof\spregnanc|no\.?\sof\spregnanc|pregnancies)")),
    (
        "para",
        re.compile(
            r"^(?:para\b|parity|number\sof\s(?:deliver|births|children)|no\.?\sof\s(?:deliver|"
            r"births|children)|deliveries)"
        ),
    ),
    ("sex", re.compile(r"^(?:sex|gender)\b")),
)


def parse_age(text: str, label: str = "") -> tuple[float | None, str]:
    """Decimal years and the words as printed, for a cell under an age label; (None, text) for a decade.

    A unit in the label ("Age (months)") holds for bare numbers; years otherwise.
    """
    body = text.strip()
    lower = body.lower()
    unit = _UNIT_OF_LABEL.search(label.lower())
    plain = _PLAIN.match(lower)
    if plain:
        years = to_years(plain["n"], plain["u"] or (unit["u"] if unit else None))
        return (None if years is None else round(years, 4)), body
    for ref in (*find_initials(body), *find_ages(body, lower)):
        if ref.shape not in ("range", "list"):
            return ref.years, ref.text
    return None, body


def person_field(label: str) -> str | None:
    """Which column of the cases table a label names; age, sex, height, weight, bmi, gravida, para."""
    lower = re.sub(r"\s+", " ", label.strip().lower())
    for field, pattern in _LABELS:
        if pattern.search(lower):
            if field == ("age") and _NOT_THIS_AGE.search(lower) and not _AGE_AT_VISIT.search(lower):
                return None
            if field in ("height", "weight") and _OTHER_BUILD.search(lower):
                return None
            return field
    return None
