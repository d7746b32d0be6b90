"""What a header cell means: a patient, a time, an analyte, a densitometric measure, a person's field."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from extractors.base import TimeRef
from extractors.bmd import BmdLabel, parse_label
from extractors.labs import AnalyteLabel, find_analyte
from extractors.onset import is_onset_label
from extractors.person import person_field
from extractors.shared.durations import duration_days
from extractors.shared.numbers import parse_ordinal
from extractors.shared.times import find_times
from extractors.shared.view import View
from pipeline.cases.markers import inside_numbers, opening_label


@dataclass(frozen=True, slots=True)
class Sense:
    """Everything that a header's words say about the cells below or beside them; None = nothing.

    `role` is "value", "reference", "unit", "patient" (the column holds patients' labels), "nobody"
    (a relative, a control, a mean) or "".
    """

    patient: int | None = None
    label: str = ""
    pregnancy: int | None = None
    person: str | None = None
    onset: str | None = None  # the label's words
    fractures: bool | None = None
    drugs: bool | None = None
    bmd: BmdLabel | None = None
    analyte: AnalyteLabel | None = None
    time: TimeRef | None = None
    role: str = ""


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
    ("unit", re.compile(r"^\W*(?:units?|unit of measure(?:ment)?)\W*$", re.I)),
    (
        "nobody",
        re.compile(
            (
                r"^\W*(?:mother|father|sister|brother|husband|grandmother|daughter|son|infant|baby|newborn|"
                r"child|controls?|mean|median|average|sd|p[\s-]value|p|total\s?\(|range of|healthy)\b"
            ),
            re.I,
        ),
    ),
    (
        "patient",
        re.compile(
            (
                r"^\W*(?:cases?|patients?|patient (?:no|number|id)|case (?:no|number)|no\.?|n°|#|pt|subject|"
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
_FRACTURES = re.compile(
    (
        r"fracture|collapsed|affected (?:vertebra|level)|vertebral (?:level|deformit)|"
        r"levels? (?:involved|affected)|compressed vertebra"
    ),
    re.I,
)
_NOT_LEVELS = re.compile(
    (
        r"risk|number|no\. of|count|history|age at|prior|previous|family|time|date|union|healing|"
        r"after treatment|new fracture"
    ),
    re.I,
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
#: "T/Z score": two measures in one cell, the values divided by a stroke.
T_AND_Z = "t_score/z_score"
_T_AND_Z = re.compile(r"\bT[\s-]?(?:scores?)?\s?(?:/|and|&|,)\s?Z[\s-]?scores?\b", re.I)
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
_BEFORE = re.compile(
    (
        r"\b(?:before|pre|prior to|at (?:start|beginning|onset))[\s-]?(?:of\s)?(?:the\s)?(?:treatment|"
        r"therapy|tx|teriparatide|\w*dron\w*|medication)|baseline|initial|at (?:diagnosis|"
        r"presentation|admission|first)|first visit|pre-?treatment|(?:day|month|week|year)\s?0\b|"
        r"\b0\s?(?:day|month|week|year)s?\b|^\W*first\W*$|on admission"
    ),
    re.I,
)
_AFTER = re.compile(
    (
        r"\b(?:after|post|end of|following|on|during|under)[\s-]?(?:the\s)?(?:treatment|therapy|tx|"
        r"medication|teriparatide|\w*dron\w*)|follow-?\s?up|post-?treatment|last visit|final|latest|"
        r"control"
    ),
    re.I,
)
_SPAN = re.compile(
    (
        r"(?:^|[\s(+])(?P<count>\d+(?:\.\d+)?)[\s-]?(?P<unit>days?|weeks?|wks?|months?|mths?|mos?|"
        r"years?|yrs?|d|w|m|y)\b\.?"
    ),
    re.I,
)
_SPAN_AFTER = re.compile(r"(?:^|\s)(?P<unit>day|week|month|year)\s(?P<count>\d+)\b", re.I)
_POSTPARTUM = re.compile(
    r"post-?\s?partum|after (?:the )?(?:delivery|birth|parturition|childbirth)|\bpp\b|puerper", re.I
)
_SHORT_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


def sense_of(text: str, start: int) -> Sense:
    """The sense of one header cell; `start` is its offset in the paper's text."""
    body = text.strip()
    if not body:
        return Sense()
    role = next((name for name, pattern in _ROLES if pattern.search(body)), "")
    patient = opening_label(body)
    sense = Sense(role=role, time=time_sense(body, start), pregnancy=_nth(body))
    if patient and role not in ("reference", "unit", "nobody"):
        sense = replace(sense, patient=patient.number, label=patient.text)
    elif (numbers := inside_numbers(body)) and len(numbers) == 1:
        sense = replace(sense, patient=numbers.pop(), label=body)
    if role in ("reference", "unit", "nobody", "patient"):
        return sense
    return replace(sense, **_content(body))


def _content(body: str) -> dict[str, object]:
    """The content that a label announces; the first that fits in order of distinctness."""
    field = "gravida/para" if _GRAVIDA_PARA.match(body) else person_field(body)
    if field:
        return {"person": field}
    if is_onset_label(body):
        return {"onset": body}
    if _FRACTURES.search(body) and not _NOT_LEVELS.search(body):
        return {"fractures": True}
    if (both := _T_AND_Z.search(body)) and (label := parse_label(body.replace(both.group(), "T-score"))):
        return {"bmd": replace(label, measure=T_AND_Z)}
    label = parse_label(body)
    if label is not None and (label.measure or label.site):
        return {"bmd": label}
    analyte = find_analyte(body)
    if analyte is not None:
        return {"analyte": analyte}
    if _DRUGS.search(body) and not _NOT_DRUGS.search(body):
        return {"drugs": True}
    return {}


def _nth(body: str) -> int | None:
    match = _DELIVERY.search(body)
    return parse_ordinal(match["nth"].lower()) if match else None


def time_sense(body: str, start: int) -> TimeRef | None:
    """The time that a header or a bracket in a cell names, None if it names none."""
    view = View(body)
    for sentence in view.sentences:
        for time in find_times(view, sentence):
            if time.days_min is not None:
                return replace(time, start=start + time.start, end=start + time.end)
    span = _SPAN.search(body) or _SPAN_AFTER.search(body)
    end = start + len(body)
    if _BEFORE.search(body):
        return TimeRef(start, end, body, "baseline", 0, 0, "baseline")
    if (span and span.group("unit").lower() != "m") or (span and len(body) <= 12):
        unit = _SHORT_UNITS.get(span["unit"].lower(), span["unit"].lower())
        days = duration_days(span["count"], unit)
        if days is not None:
            if _POSTPARTUM.search(body):
                return TimeRef(start, end, body, "delivery", *days)
            phase = "baseline" if days[1] == 0 else "follow-up"
            return TimeRef(start, end, body, "baseline", *days, phase)
    if _AFTER.search(body):
        return TimeRef(start, end, body, "baseline", None, None, "follow-up")
    return None


def merged(*senses: Sense) -> Sense:
    """Several headers of one cell taken together; the nearer (later) ones win, labels of BMD combine."""
    out = Sense()
    for sense in senses:
        changes: dict[str, object] = {}
        for field in fields(Sense):
            value = getattr(sense, field.name)
            if value in (None, ""):
                continue
            if field.name == "bmd" and out.bmd is not None:
                value = _combined(out.bmd, value)
            changes[field.name] = value
        out = replace(out, **changes)  # type: ignore[arg-type]
    return out


def _combined(outer: BmdLabel, inner: BmdLabel) -> BmdLabel:
    return replace(
        inner,
        site=inner.site or outer.site,
        region=inner.region or outer.region,
        measure=inner.measure or outer.measure,
        unit=inner.unit or outer.unit,
    )
