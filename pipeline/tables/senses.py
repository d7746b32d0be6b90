"""What a header cell means: a patient, a time, an analyte, a densitometric measure, a person's field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from extractors.base import TimeRef
from extractors.bmd.table import BmdLabel, combined, parse_label
from extractors.drugs.table import is_drug_label
from extractors.fractures.table import is_fracture_label
from extractors.labs.labels import AnalyteLabel, find_analyte
from extractors.language.numbers import parse_ordinal
from extractors.onset.table import is_onset_label
from extractors.person.table import person_field
from pipeline.cases.markers import inside_numbers, opening_label
from pipeline.tables.visits import date_of, time_sense


@dataclass(frozen=True, slots=True)
class Sense:
    """Everything that a header's words say about the cells below or beside them; None = nothing.

    `role` is "value", "reference", "unit", "flag", "patient" (the column holds patients' labels),
    "nobody" (a relative, a control, a mean) or "". `mark` is the footnote letter of the label.
    """

    patient: int | None = None
    label: str = ""
    pregnancy: int | None = None
    person: str | None = None
    onset: str | None = None  # the label's words
    fractures: bool | None = None
    drugs: bool | None = None
    drug: str | None = None  # the label's words, where they name one drug
    prose: bool | None = None  # the cells are sentences or clauses
    bmd: BmdLabel | None = None
    analyte: AnalyteLabel | None = None
    time: TimeRef | None = None
    role: str = ""
    mark: str = ""


_ROLES = (
    (
        "reference",
        re.compile(
            (
                r"^\W*(?:(?:normal|reference|ref\.?|laboratory|adult|expected)\b.{0,12}(?:range|values?|"
                r"limits?|interval|levels?)?s?\b|n\.?v\.?$|rr$|range$|normal$|(?:lab\.?\s)?norms?$)"
            ),
            re.I,
        ),
    ),
    ("unit", re.compile(r"^\W*(?:units?|unit of measure(?:ment)?|si units?)\W*$", re.I)),
    (
        "flag",
        re.compile(
            r"^\W*(?:flags?|h\s?/\s?l|l\s?/\s?h|abnormal(?:ity)?|interpretation|status|remarks?|comments?|"
            r"assessment|evaluation|direction)\W*$",
            re.I,
        ),
    ),
    (
        "nobody",
        re.compile(
            (
                r"^\W*(?:mother|father|sister|brother|husband|grandmother|daughter|son|infant|baby|newborn|"
                r"child|controls?|"
                r"(?:mean|average)(?!\s(?:[TZ]\b|bmd|bone|l\d|lumbar))|median|sd|"
                r"p[\s-]value|(?-i:p)|total\s?\(|range of|healthy|"
                r"cohort|(?:un)?affected relatives?|population|n\s?[=(]|literature)\b"
            ),
            re.I,
        ),
    ),
    (
        "patient",
        re.compile(
            (
                r"^\W*(?:(?:cases?|patients?|pts?|subjects?)(?:\.?\s?(?:no|nr|numbers?|id|n°|#))?|no\.?|nr\.?|n°|#|"
                r"id)\W*$"
            ),
            re.I,
        ),
    ),
    (
        "value",
        re.compile(
            (
                r"^\W*(?:(?:patient'?s?|measured|observed|our|the|test|lab(?:oratory)?)?\s?(?:results?|"
                r"values?|levels?|findings?|measurements?)|patient)\W*$"
            ),
            re.I,
        ),
    ),
)
_DRUGS = re.compile(
    r"\b(?:treatment|therapy|medications?|drugs?|management|supplement(?:s|ation)?|regimen)\b", re.I
)
_NOT_DRUGS = re.compile(
    (
        r"duration|before|after|beginning|start|time|response|month|week|year|end of|pre-?treatment|"
        r"post-?treatment|outcome|day|history of"
    ),
    re.I,
)
_PROSE = re.compile(
    r"^\W*(?:(?:major|key|relevant|clinical|main|obstetric|medical|physical|imaging|radiolog\w+|x-?ray|mri|ct)\s)*"
    r"(?:events?|course|findings?|features?|presentation|history|symptoms?|signs?|examination|imaging|mri|ct|"
    r"x-?rays?|radiograph\w*|radiology|description|details|outcomes?|complaints?|picture|milestones?|"
    r"what happened|interventions?|actions?|management)\b[^\d]{0,40}$",
    re.I,
)
_TIMELINE = re.compile(
    r"^\W*(?:dates?|times?|time\s?points?|timing|when|period|gestation\w*|(?:post-?partum|gestational)\s"
    r"(?:age|weeks?|months?|days?|time)|weeks?|months?|days?|visits?)\b[^\d]{0,40}$",
    re.I,
)
_MARK = re.compile(
    r"(?:(?<=[)\]])|(?<=[A-Z]{3}))\s?(?P<mark>[a-e])\s*$|\s?(?P<sign>[*\u2020\u2021\u00a7])\s*$"
)
_LETTER = re.compile(r"[^\W\d_]|#\s?\d")
_GROUP_SIZE = re.compile(r"\bn\s?=\s?(?!1\b)\d", re.I)
#: What is eaten is neither measured in the blood nor prescribed.
_EATEN = re.compile(r"\b(?:diet\w*|nutrition\w*|intake)\b(?!.{0,20}supplement)", re.I)
_PER_DAY = re.compile(
    r"/\s?(?:d|day|week|wk|month)\b|daily|weekly|supplement|intake|dose|therapy|treatment", re.I
)
_GRAVIDA_PARA = re.compile(
    r"^\W*(?:G\s?/\s?P|gravida\s?/\s?para(?:ity)?|gravidity\s?(?:/|and)\s?parity)\W*$", re.I
)
_DELIVERY = re.compile(
    (
        r"\b(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth)\s(?:delivery|pregnancy|child|birth|"
        r"partum|gestation)\b"
    ),
    re.I,
)


def sense_of(text: str, start: int, definitions: Mapping[str, str] | None = None) -> Sense:
    """The sense of one header cell; `start` is its offset in the paper's text.

    `definitions` holds the abbreviations that the table's caption and notes explain.
    """
    body = text.strip()
    marked = _MARK.search(body)
    mark = (marked["mark"] or marked["sign"]) if marked else ""
    if marked:
        body = body[: marked.start()]
    if not body:
        return Sense()
    if not _LETTER.search(body):
        day = time_sense(body, start) if date_of(body) is not None else None
        return Sense(role="patient" if body in "#" else "", time=day)
    role = next((name for name, pattern in _ROLES if pattern.search(body)), "")
    if _GROUP_SIZE.search(body):
        role = "nobody"
    patient = opening_label(body)
    sense = Sense(role=role, time=time_sense(body, start), pregnancy=_nth(body), mark=mark)
    if _PRESENT.match(body):
        pass  # "Present case 34 ...": an age, no number
    elif patient and role not in ("reference", "unit", "nobody"):
        sense = replace(sense, patient=patient.number, label=patient.text)
    elif (numbers := inside_numbers(body)) and len(numbers) == 1:
        sense = replace(sense, patient=numbers.pop(), label=body)
    if role in ("reference", "unit", "nobody", "patient"):
        return sense
    content = _content(body)
    if definitions and (full := _expanded(body, definitions)) != body:
        told = _content(full)
        if not content or (content.keys() == told.keys() == {"bmd"}):
            content = told
    return replace(sense, **content)


_PRESENT = re.compile(r"\W*(?:present|our|this|current)\scase\b", re.I)


def _expanded(body: str, definitions: Mapping[str, str]) -> str:
    """A label with the table's own abbreviations written out."""
    words = [definitions.get(word.strip("(),;:"), word) for word in body.split()]
    return " ".join(words)


def _content(body: str) -> dict[str, Any]:
    """The content that a label announces; the first that fits in order of distinctness."""
    field = "gravida/para" if _GRAVIDA_PARA.match(body) else person_field(body)
    if field:
        return {"person": field}
    if is_onset_label(body):
        return {"onset": body}
    if is_fracture_label(body):
        return {"fractures": True}
    label = parse_label(body)
    if label is not None:
        return {"bmd": label}
    if _EATEN.search(body):
        return {}
    analyte = find_analyte(body)
    if (analyte is None or _PER_DAY.search(body)) and is_drug_label(body):
        return {"drug": body}
    if analyte is not None:
        return {"analyte": analyte}
    if _DRUGS.search(body) and not _NOT_DRUGS.search(body):
        return {"drugs": True}
    if _PROSE.search(body):
        return {"prose": True}
    return {}


def is_timeline_head(text: str) -> bool:
    """Whether a column of row labels holds times: `Date`, `Gestation / time`, `Week`."""
    return bool(_TIMELINE.match(text))


def _nth(body: str) -> int | None:
    match = _DELIVERY.search(body)
    return parse_ordinal(match["nth"].lower()) if match else None


_FIELDS = tuple(field.name for field in fields(Sense))


def merged(*senses: Sense) -> Sense:
    """Several headers of one cell taken together; the nearer (later) ones win, labels of BMD combine."""
    told: dict[str, Any] = {}
    for sense in senses:
        for name in _FIELDS:
            value = getattr(sense, name)
            if value is None or value == "":
                continue
            told[name] = combined(told[name], value) if name == "bmd" and name in told else value
    return Sense(**told)
