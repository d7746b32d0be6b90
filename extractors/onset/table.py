"""Onset in table cells: "4" under "Onset (weeks after delivery)", "3rd trimester", "32 wk gestation"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.base import TimeRef
from extractors.language.numbers import ORDINAL, WORD_NUMBER, parse_count, parse_ordinal
from extractors.onset.fact import OnsetMention
from extractors.onset.words import SYMPTOM, lexicon
from extractors.rules.rule import Relation
from extractors.tables import Cell, TableReader, Words
from extractors.text import View
from extractors.time import durations as du
from extractors.time.times import find_times

CELL = Relation(
    "table",
    "A cell under a label that announces the onset holds its time.",
    says={
        "Case | Onset (weeks after delivery)\n1 | 4\n2 | 8": {"days_min": 28, "anchor": "delivery"},
        "Case | Onset of pain\n1 | 32 wk gestation\n2 | 2 months": {"days_min": -56, "anchor": "gestation"},
    },
    silent=("Case | Age at onset (years)\n1 | 31\n2 | 28", "Case | Onset\n1 | 4\n2 | 8"),
    of="table",
)
TIMELINE = Relation(
    "timeline",
    "The first symptom of a timeline begins at the time of its row.",
    says={
        "Time | Event\n3 weeks postpartum | Sudden back pain\n2 months postpartum | MRI of the spine": {
            "days_min": 21, "symptom": "back pain"
        },
    },
    silent=("Time | Event\n3 weeks postpartum | Free of pain\n2 months postpartum | MRI of the spine",),
    of="table",
)  # fmt: skip
#: Words that tell that a symptom was not there, or was there before.
_NO_START = (
    "no ", "free", "without", "improv", "resol", "less ", "relie", "disappear", "persist", "denie", "subsid"
)  # fmt: skip
_LABEL = re.compile(
    r"\bonset\b|\b(?:time|start|beginning|first\sappearance|appearance|"
    r"timing)\sof\s(?:the\s)?(?:first\s)?(?:symptoms?|(?:back\s|low\sback\s|bone\s)?pain|complaints?|"
    r"fractures?)|"
    r"\bsymptoms?\s(?:start|began|first|debut)|\bfirst\ssymptoms?\b|\bpain\s(?:since|began|started)\b"
)
_NOT_LABEL = re.compile(
    r"\bage\b|\bdisease\sonset\sage|\bmenarche|\bmenopause|\btreatment\sonset|"
    r"\bonset\sof\s(?:treatment|therapy|action)|\bduration\b"
)
_UNIT = re.compile(r"\b(?P<unit>days?|weeks?|wks?|months?|mos?|mths?)\b")
_GESTATION = re.compile(
    r"^g\.?$|gestation|pregnan|trimester|\bgw\b|\bga\b|amenorrh|antepartum|ante-?natal|prenatal"
)
_BEFORE = re.compile(r"\b(?:before|prior\sto|pre-?delivery|ante-?partum)\b")
_AFTER = re.compile(
    r"\b(?:after|post-?\s?partum|post-?\s?natal|pp\b|post-?\s?delivery|following|since|"
    r"postnatally|p\.p)"
)
_NUMBER = re.compile(
    rf"\s*(?:~|about\s|approx\.?\s|ca\.?\s)?(?P<n>[-+]?\d{{1,3}}(?:\.\d)?|"
    rf"{WORD_NUMBER})(?:\s?(?:-|to)\s?(?P<upto>\d{{1,3}}))?\s*(?P<unit>d|days?|w|wks?|weeks?|mo|mos?|"
    rf"months?|mths?)?\.?\s*(?P<rest>.*)$"
)
_NTH = re.compile(rf"\s*(?P<n>{ORDINAL})\s(?P<unit>day|week|month)s?\b\s*(?P<rest>.*)$")
_AT_BIRTH = re.compile(
    r"\s*(?:at|immediately\safter|day\sof|immediate(?:ly)?|on|"
    r"during)?\s?(?:the\s)?(?:delivery|birth|labou?r|parturition|childbirth|post-?partum)\s*$"
)
#: Letters that say something which nobody explains: "8 mo X".
_UNKNOWN = re.compile(r"(?!g\b|pp\b|ga\b|gw\b)[a-z]{1,3}\.?")
#: "2 months" without a word on the anchor is read as after delivery, "32 weeks" or more as gestation.
_GESTATION_FROM_WEEKS = 20


def is_onset_label(text: str) -> bool:
    """Whether a row or column label names the time of onset of the symptoms."""
    lower = text.lower()
    return bool(_LABEL.search(lower)) and not _NOT_LABEL.search(lower)


def parse_onset_cell(text: str, label: str) -> tuple[int, int] | None:
    """Days from delivery (min, max; negative before) of a cell under an onset label, None if it tells none.

    Unit and anchor come from the cell, else from the label, else weeks after delivery are not assumed:
    a bare number under a label without a unit is unreadable.
    """
    cell, head = text.strip().lower(), label.lower()
    if not cell:
        return None
    view = View(cell)
    for sentence in view.sentences[:1]:
        for ref in find_times(view, sentence):
            if (
                ref.anchor in ("delivery", "gestation")
                and ref.days_min is not None
                and ref.days_max is not None
            ):
                return ref.days_min, ref.days_max
    if _AT_BIRTH.match(cell):
        return 0, (0 if "at" in cell or "day of" in cell or "during" in cell else 7)
    match = _NTH.match(cell)
    if match:
        return _counted(float(parse_ordinal(match["n"]) or 0), None, match["unit"], match["rest"], head)
    match = _NUMBER.match(cell)
    if not match:
        return None
    unit = match["unit"]
    if unit is None:
        told = _UNIT.search(head)
        if told is None:
            return None
        unit = told["unit"]
    count = parse_count(match["n"].lstrip("+-"))
    if count is None:
        return None
    if match["n"].startswith("-"):
        days = round(count * du.unit_days(unit))
        return -days, -days
    if _UNKNOWN.fullmatch(match["rest"]):
        return None
    upto = float(match["upto"]) if match["upto"] else None
    return _counted(count, upto, unit, match["rest"], head)


def _counted(count: float, upto: float | None, unit: str, rest: str, head: str) -> tuple[int, int] | None:
    where = rest if _GESTATION.search(rest) or _AFTER.search(rest) or _BEFORE.search(rest) else head
    per = du.unit_days(unit)
    if _BEFORE.search(where):
        return -round((upto or count) * per), -round(count * per)
    gestation = bool(_GESTATION.search(where)) and not _AFTER.search(where)
    if not gestation and not _AFTER.search(where) and unit.startswith("w") and count >= _GESTATION_FROM_WEEKS:
        gestation = True
    if gestation:
        if unit.startswith("m"):
            low, high = du.month_of_pregnancy(int(count))
            return low, (du.month_of_pregnancy(int(upto))[1] if upto else high)
        low = round(count * per) - du.TERM_DAYS
        return low, (round(upto * per) - du.TERM_DAYS if upto else low)
    return round(count * per), round((upto or count) * per)


def onset_of_cell(cell: Cell, label: str) -> Iterator[OnsetMention]:
    """The time of onset in a cell under a label (its words) that announces it."""
    days = parse_onset_cell(cell.text, label)
    if days is not None:
        start, end = cell.trimmed
        anchor = "gestation" if days[0] < 0 else "delivery"
        yield OnsetMention(
            start=start, end=end, rule=CELL.name, anchor=anchor, pregnancy=cell.pregnancy,
            days_min=days[0], days_max=days[1],
        )  # fmt: skip


def onset_of_event(label: tuple[int, int], clause: Words, time: TimeRef | None) -> OnsetMention | None:
    """The onset that a timeline's row tells: a symptom beside a time from delivery or in gestation.

    `label` holds the offsets of the row's time.
    """
    if time is None or time.anchor not in ("delivery", "gestation"):
        return None
    if time.days_min is None or time.days_max is None:
        return None
    body, start = clause
    lower = View(body).lower
    hit = next((h for h in lexicon().find(body, lower) if h.value.role == SYMPTOM), None)
    if hit is None or any(word in lower for word in _NO_START):
        return None
    return OnsetMention(
        start=label[0], end=start + hit.end, rule=TIMELINE.name, certainty=0.85, symptom=hit.value.word,
        anchor=time.anchor, days_min=time.days_min, days_max=time.days_max,
    )  # fmt: skip


TABLE = TableReader(
    label=lambda text: text if is_onset_label(text) else None, cell=onset_of_cell, event=onset_of_event
)
