"""Times in the heads and cells of tables: what prose says, and the short forms that only tables have.

"12 m", "M12", "week 8 pp", "before treatment", "2nd visit"; under a head that tells an onset, "4" too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.base import Since, TimeRef
from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.book import Book, Found
from extractors.rules.rule import Glue, Rule
from extractors.text import View, folded, lower_same_length
from extractors.time import durations as du
from extractors.time.atoms import SLOTS
from extractors.time.dates import DATE, date_of
from extractors.time.times import find_times

#: A column "12 m" is a time, "Lying down for 12 m" is none: one letter counts in short heads only.
_SHORT_HEAD = 14
LABEL_SLOTS = SLOTS | {
    "label treatment": r"treatment|therapy|tx|medication|infusion|teriparatide|denosumab|\w*dron\w*",
    "label visit": r"visit|examination|presentation|measurement|scan|dxa|value|consultation|control",
    "label unit": r"(?!h){unit}|[dwmy]",  # "HR" is a hazard ratio
    "label count": r"\d+(?:[.,]\d+)?",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of units in a label: "12 m" is 12, "m"."""

    count: float
    unit: str

    @property
    def days(self) -> du.Days:
        """Its days."""
        return du.point(self.count, self.unit)


def _counted(m: re.Match[str]) -> Counted | None:
    count = parse_ordinal(m["count"]) or parse_count(m["count"].replace(",", "."))
    return None if count is None else Counted(count, m["unit"])


#: The first visit or the time before treatment.
FIRST = Book(
    "time.labels first",
    (
        Rule(
            "label before treatment",
            r"\b(?:before|pre|prior to|at (?:start|beginning|onset|initiation))[ -]?(?:of )?(?:the )?"
            r"{label treatment}",
            says={"Before teriparatide": "before teriparatide", "Pre-tx": "pre-tx"},
            silent=("After teriparatide",),
        ),
        Rule(
            "label baseline",
            r"baseline|\binitial|pre-?treatment",
            says={"T-score at baseline": "baseline", "Initial": "initial"},
            silent=("Final",),
        ),
        Rule(
            "label at diagnosis",
            r"at (?:the )?(?:time of )?(?:diagnosis|presentation|admission|first|hospital|referral)|"
            r"on admission",
            says={"At the time of diagnosis": "at the time of diagnosis"},
            silent=("Diagnosis code",),
        ),
        Rule(
            "label first visit",
            r"first {label visit}",
            says={"First DXA": "first dxa"},
            silent=("Second DXA",),
        ),
        Rule(
            "label month 0",
            r"\b(?:day|month|week|year|visit|time|t) ?0\b|\b0 ?(?:{label unit})\b",
            says={"Month 0": "month 0", "0 mo": "0 mo"},
            silent=("Month 10",),
        ),
        Rule(
            "label first alone",
            r"^\W*(?:at )?(?:first|pre|before|admission|presentation|diagnosis|visit 1|visit i|1st|"
            r"(?:the )?(?:start|beginning|outset|entry|enrol?lment|inclusion))\W*$",
            says={"Before": "before", "Start": "start", "At entry": "at entry"},
            silent=("Before and after",),
        ),
    ),
    LABEL_SLOTS,
)
#: A later time without a count.
LATER = Book(
    "time.labels later",
    (
        Rule(
            "label after treatment",
            r"\b(?:after|post|end of|following|on|during|under)[ -]?(?:the )?{label treatment}",
            says={"After teriparatide": "after teriparatide"},
            silent=("Before teriparatide",),
        ),
        Rule(
            "label follow-up",
            r"{follow up}|post-?treatment|\b(?:final|latest|control)\b",
            says={"Follow-up": "follow-up", "Final": "final"},
            silent=("Uncontrolled",),
        ),
        Rule(
            "label before a later pregnancy",
            r"\b(?:before|prior to|after|at) (?:(?:the|her|a) )?"
            r"(?:next|subsequent|later|2nd|3rd|second|third) (?:pregnancy|conception|delivery|birth|child)\b",
            says={"Prior to second conception": "prior to second conception"},
            silent=("Before pregnancy", "After first birth"),
        ),
        Rule(
            "label last visit",
            r"\blast (?:{label visit}|follow)",
            says={"Last visit": "last visit"},
            silent=("Lasting pain",),
        ),
        Rule(
            "label nth visit",
            r"\bvisit (?:[2-9]|i[iv]+|v)\b|(?:2nd|3rd|[4-9]th|second|third|fourth) {label visit}",
            says={"Visit 2": "visit 2", "2nd DXA": "2nd dxa"},
            silent=("Visit 1",),
        ),
        Rule(
            "label later alone",
            r"^\W*(?:after|post|last|current|discharge|second|third|2nd|3rd)\W*$|at discharge",
            says={"After": "after", "At discharge": "at discharge"},
            silent=("After all",),
        ),
    ),
    LABEL_SLOTS,
)
#: A count of units.
COUNTED = Book(
    "time.labels counted",
    (
        Rule(
            "label n units",
            r"(?:^|[ (+~]){count:label count}(?:st|nd|rd|th)?[ -]?{unit:label unit}\b\.?",
            _counted,
            says={"12 m": Counted(12, "m"), "T-score (6th month)": Counted(6, "month")},
            silent=("12 mg", "Model 1 HR"),
        ),
        Rule(
            "label unit n",
            r"(?:^|(?<!vitamin)(?<!vit)(?<!vit\.) ){unit:label unit}[ -]?\+?(?P<count>\d+)\b",
            _counted,
            says={"M12": Counted(12, "m"), "Week 8": Counted(8, "week")},
            silent=("D-dimer", "BMD 12", "Vitamin D3"),
        ),
        Rule(
            "label nth unit",
            r"(?:^| ){count:ordinal} (?P<unit>day|week|month|year)s?\b",
            _counted,
            says={"Third month": Counted(3, "month")},
            silent=("Third patient",),
        ),
    ),
    LABEL_SLOTS,
)
GESTATION = Rule(
    "label of gestation",
    r"^g\.?$|gestation|pregnan|trimester|\b(?:gw|ga)\b|amenorrh|ante-?partum|ante-?natal|prenatal",
    says={"Onset (gestational week)": "gestation", "G": "g"},
    silent=("Onset (weeks)",),
)
BEFORE_BIRTH = Rule(
    "label before birth",
    r"\b(?:before|prior to|pre-?delivery|ante-?partum)\b",
    says={"weeks before delivery": "before"},
    silent=("weeks after delivery",),
)
POSTPARTUM = Rule(
    "label postpartum",
    r"(?:{postpartum})(?!\w)|\b(?:after|following|since) {the}{delivery}|puerper",
    says={"months pp": "pp", "Onset (weeks after delivery)": "after delivery"},
    silent=("months of treatment",),
)
AFTER_IT = Rule(
    "label after it",
    r"\b(?:after|following|since)\b",
    says={"weeks after": "after"},
    silent=("weeks",),
)
#: What a label says its counts are counted from.
ANCHORS = Book("time.labels anchors", (GESTATION, BEFORE_BIRTH, POSTPARTUM, AFTER_IT), LABEL_SLOTS)
_ASIDE = Book(
    "time.labels aside",
    (
        Rule(
            "label of an age",
            r"\bage[ds]?\b|\bold\b",
            says={"Age (years)": "age"},
            silent=("Agent",),
        ),
    ),
    LABEL_SLOTS,
)
#: "BMD before and after treatment" is no time.
_BOTH = Book(
    "time.labels both",
    (
        Rule(
            "label before and after",
            r"\b(?:before|pre)\W{0,3}(?:and|&|versus|vs\.?|or)\W{0,3}(?:after|post)\b",
            says={"BMD before and after treatment": "before and after"},
            silent=("Before treatment",),
        ),
    ),
    LABEL_SLOTS,
)
BOOKS = (FIRST, LATER, COUNTED, ANCHORS, _ASIDE, _BOTH)
#: The unit that a head names for the numbers of its cells.
HEAD_UNIT = Glue(r"\b{unit:unit}\b", LABEL_SLOTS)
#: "March 2010 (baseline)", "Baseline (March 2010)"
_WITH_BRACKET = Glue(r"(?P<before>[^()]++)\((?P<inside>[^()]++)\)\W*+")


def _found(book: Book, text: str) -> Iterator[Found]:
    body = folded(text)
    return book.in_text(body, lower_same_length(body))


def _has(book: Book, text: str) -> bool:
    return next(_found(book, text), None) is not None


def anchors_of(text: str) -> frozenset[Rule]:
    """What a label's words say that its counts are counted from."""
    return frozenset(found.rule for found in _found(ANCHORS, text))


def label_time(body: str, start: int) -> TimeRef | None:
    """The time that a head or a bracket in a cell names, None if it names none; `start` is its offset."""
    day = _date_in(body)
    if day is not None:
        return TimeRef(start, start + len(body), body, DATE, day, day)
    if _has(_BOTH, body):
        return None
    return _as_prose(body, start) or _as_label(body, start)


def _date_in(body: str) -> int | None:
    day = date_of(body)
    parts = _WITH_BRACKET.fills(body, 0, len(body)) if day is None else None
    return (date_of(parts["before"].strip()) or date_of(parts["inside"].strip())) if parts else day


def _as_prose(body: str, start: int) -> TimeRef | None:
    view = View(body)
    for sentence in view.sentences:
        for time in find_times(view, sentence):
            if time.days_min is not None:
                return replace(time, start=start + time.start, end=start + time.end)
    return None


def _as_label(body: str, start: int) -> TimeRef | None:
    first = next(_found(FIRST, body), None)
    if first is not None:
        return _phase(body, start, first, "baseline", (0, 0))
    counted = None if _has(_ASIDE, body) else count_in(body)
    if counted is not None:
        return _placed(body, start, counted)
    later = next(_found(LATER, body), None)
    return None if later is None else _phase(body, start, later, "follow-up", (None, None))


def _phase(body: str, start: int, found: Found, phase: str, days: tuple[int | None, int | None]) -> TimeRef:
    words = body[found.start : found.end]
    place = start + found.start, start + found.end
    since = Since("visit", 0, 0) if phase == "baseline" else None
    return TimeRef(*place, words.strip(), "baseline", *days, phase, since=since)


def count_in(body: str) -> Counted | None:
    """The count of units that a label holds ("12 m", "M12", "third month"), None if it holds none."""
    for found in _found(COUNTED, body):
        counted: Counted | None = found.read()
        if counted is not None and (len(counted.unit) > 1 or len(body) <= _SHORT_HEAD):
            return counted
    return None


def counted_by(number: str, start: int, head: str) -> TimeRef | None:
    """The time of a bare number beside or below a head that names its unit: "6" beside "Months of treatment".

    `start` is the number's offset. None where the head is that of an age or names no unit.
    """
    body = lower_same_length(folded(head))
    told = HEAD_UNIT.within(body)
    if told is None or _has(_ASIDE, head):
        return None
    time = _placed(head, start, Counted(float(number), told["unit"]))
    return replace(time, end=start + len(number), text=number)


def is_from_delivery(label: str) -> bool:
    """Whether a label counts from a delivery."""
    return POSTPARTUM in anchors_of(label)


def _placed(body: str, start: int, counted: Counted) -> TimeRef:
    """A count with what the label says it counts from; by itself it is that of a visit."""
    end, told = start + len(body), anchors_of(body)
    if POSTPARTUM in told:
        return TimeRef(start, end, body, "delivery", *counted.days)
    if GESTATION in told:
        days = in_pregnancy(counted.count, None, counted.unit)
        return TimeRef(start, end, body, "gestation", *days)
    phase = "baseline" if counted.days[1] == 0 else "follow-up"
    since = Since("course", *counted.days)
    return TimeRef(start, end, body, "baseline", *counted.days, phase, since=since)


def in_pregnancy(count: float, upto: float | None, unit: str) -> du.Days:
    """Days before delivery at term of a count of weeks or months of a pregnancy."""
    if unit.startswith("m"):
        low, high = du.month_of_pregnancy(int(count))
        return low, (du.month_of_pregnancy(int(upto))[1] if upto else high)
    low = du.point(count, unit)[0] - du.TERM_DAYS
    return low, (du.point(upto, unit)[0] - du.TERM_DAYS if upto else low)
