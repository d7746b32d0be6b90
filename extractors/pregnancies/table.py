"""Deliveries and nursing in tables: `Mode of delivery | vaginal | CS`, `Breastfeeding (months) | 6 | no`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors.language.numbers import NUMBER, parse_number
from extractors.pregnancies.fact import NO, YES, PregnancyMention
from extractors.pregnancies.vocabulary import SLOTS
from extractors.rules.rule import Glue, Relation
from extractors.tables import Cell, TableReader
from extractors.text import folded, lower_same_length
from extractors.time.durations import TERM_DAYS, gestation_days, unit_days

CELL = Relation(
    "cell",
    "A cell under a label that names a field of a pregnancy holds its value.",
    says={
        "Patient | Mode of delivery\n1 | vaginal\n2 | CS": {"delivery_mode": "caesarean"},
        "Patient | Breastfeeding (months)\n1 | 6\n2 | no": {"breastfeeding_days": 183},
        "Patient | Birth weight (g)\n1 | 3200\n2 | 2900": {"infant_weight_g": 3200},
        "Patient | Gestational week at delivery\n1 | 39+2\n2 | 36": {"gestation_days": 275},
        "Patient | Months of breastfeeding\n1 | 6\n2 | no": {"breastfeeding_days": 183},
    },
    silent=(
        "Patient | Delivery\n1 | yes\n2 | no",
        "Patient | Breastfeeding (months)\n1 | n.r.\n2 | n.r.",
        "Patient | Weight (kg)\n1 | 52\n2 | 61",
        "Patient | Gestational age at onset (weeks)\n1 | 32\n2 | 36",
        "Patient | Gestational week at delivery\n1 | 37-38\n2 | unknown",
    ),
    of="table",
)
_NURSED = "nursed"
_NURSING = r"(?:breast-?\s?feeding|lactation|nursing)"
_CHILD = r"(?:infant|neonat(?:e|al)|newborn|baby|child)"
_BIRTH = r"(?:delivery|birth|childbirth|parturition)"
_IN_GESTATION = r"(?:gestational |pregnancy )?weeks?(?: of (?:gestation|pregnancy))?"
_IN_WEEKS = r"(?:,? ?\(?(?:in )?(?:weeks|wks?|w)\)?)?"
_LABELS = (
    (
        "mode",
        re.compile(
            r"(?:mode|type|route|method|way)s? of (?:delivery|birth|labou?r)|delivery|"
            r"(?:delivery|birth) (?:mode|type|route|method)"
        ),
    ),
    (
        _NURSED,
        re.compile(
            rf"(?:(?:duration|length|period|time) of )?{_NURSING}"
            r"(?: (?:duration|period|time|length))?"
            r"(?:(?:,? ?\(?|,? in )(?P<unit>months?|weeks?|mos?|wks?)\)?| \(yes/no\))?"
        ),
    ),
    (_NURSED, re.compile(rf"(?P<unit>months?|weeks?) of {_NURSING}")),
    (
        "weight",
        re.compile(
            rf"(?:{_CHILD}(?:'?s)? (?:birth ?-?)?weight|birth ?-?weight(?: of (?:the )?{_CHILD})?|"
            rf"weight (?:at birth|of (?:the )?{_CHILD})),? ?\(?(?P<unit>k?g)\)?"
        ),
    ),
    (
        "gestation",
        re.compile(
            rf"(?:gestation(?:al age)?|ga|{_IN_GESTATION}) (?:at|of) (?:the )?{_BIRTH}{_IN_WEEKS}|"
            rf"{_BIRTH},? ?\(?(?:gestational age|ga|{_IN_GESTATION})\)?{_IN_WEEKS}"
        ),
    ),
)
_MODES = tuple(
    (mode, Glue(rf"\b(?:{{{mode}}})\b", SLOTS)) for mode in ("caesarean", "instrumental", "vaginal")
)
_SHORT = {"cs": "caesarean", "c/s": "caesarean", "vd": "vaginal", "nd": "vaginal", "vaginal": "vaginal"}
_NUMBER = re.compile(NUMBER)
#: "38+3", "38 3/7", "38w3d", "38 weeks and 3 days"; no range
_WEEKS = re.compile(
    r"(\d{2})(?: ?\+ ?([0-6])| ([0-6])/7| ?w(?:ee)?ks? (?:and )?([0-6]) days?| ?w ?([0-6]) ?d)?"
    r"(?! ?[-~/.\d]| to\b)"
)
_LONGEST = 60


def _field(text: str) -> tuple[str, str] | None:
    """What a label names, and the unit that it prints; None for any other label."""
    lower = lower_same_length(folded(text)).strip(" .:") if len(text) <= _LONGEST else ""
    for name, pattern in _LABELS:
        match = pattern.fullmatch(lower)
        if match:
            return name, match.groupdict().get("unit") or ""
    return None


def _of_cell(cell: Cell, label: tuple[str, str]) -> Iterator[PregnancyMention]:
    words = lower_same_length(folded(cell.text)).strip()
    told = _READERS[label[0]](words, label[1])
    if told:
        start, end = cell.trimmed
        yield PregnancyMention(start=start, end=end, rule=CELL.name, pregnancy=cell.pregnancy, **told)


def _mode(words: str, unit: str) -> dict[str, Any]:
    mode = _SHORT.get(words) or next((m for m, glue in _MODES if glue.within(words)), None)
    return {"delivery_mode": mode} if mode else {}


def _nursed(words: str, unit: str) -> dict[str, Any]:
    if words in ("no", "none", "0", "never"):
        return {"breastfeeding": NO}
    if words in ("yes", "+"):
        return {"breastfeeding": YES}
    match = re.fullmatch(rf"(?P<n>{NUMBER}) ?(?P<unit>months?|weeks?|mo|wks?)?", words)
    printed = match["unit"] or unit if match else ""
    if match is None or not printed:
        return {}
    return {"breastfeeding": YES, "breastfeeding_days": round(parse_number(match["n"]) * unit_days(printed))}


def _weight(words: str, unit: str) -> dict[str, Any]:
    match = _NUMBER.fullmatch(words)
    return {"infant_weight_g": round(parse_number(words) * (1000 if unit == "kg" else 1))} if match else {}


def _gestation(words: str, unit: str) -> dict[str, Any]:
    match = _WEEKS.match(words)
    before = gestation_days(match[1]) if match else None
    if match is None or before is None:
        return {}
    return {"gestation_days": TERM_DAYS + before + sum(int(days) for days in match.groups()[1:] if days)}


_READERS = {"mode": _mode, _NURSED: _nursed, "weight": _weight, "gestation": _gestation}
TABLE = TableReader(label=_field, cell=_of_cell)
