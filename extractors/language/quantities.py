"""Values in running text and in cells: quantities, intervals, reference ranges, "respectively" lists.

A quantity is a number with what belongs to it: comparator, sign, upper end of an interval, unit.
A reference range is what a laboratory prints beside a value, in whatever notation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractors.language.numbers import NUMBER, parse_number
from extractors.language.units import Unit, match_unit

T = TypeVar("T")

#: What is printed before a number -> comparator.
COMPARATORS = {
    "<": "<", ">": ">", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">=", "=<": "<=", "=>": ">=",
    "⩽": "<=", "⩾": ">=",
    "less than": "<", "lower than": "<", "below": "<", "under": "<", "fewer than": "<", "inferior to": "<",
    "more than": ">", "greater than": ">", "higher than": ">", "above": ">", "over": ">", "exceeding": ">",
    "superior to": ">", "at least": ">=", "at most": "<=", "not exceeding": "<=", "up to": "<=",
}  # fmt: skip
_WORDS = "|".join(
    sorted((w.replace(" ", r"\s") for w in COMPARATORS if w.isascii() and w[0].isalpha()), key=len)
)
_COMPARATOR = rf"(?P<cmp>[<>]\s?=|=\s?[<>]|[<>≤≥⩽⩾]|(?<![a-z])(?:{_WORDS})(?=\s))"
_SIGN = r"(?P<sign>[+−–-]\s?(?=[.\d])|minus\s|plus\s)"
_QUANTITY = re.compile(rf"(?:{_COMPARATOR}\s?)?{_SIGN}?(?P<number>{NUMBER})", re.I)
_TITRE = re.compile(r"1\s?:\s?(\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d:])")
_TO = re.compile(r"\s?(?:[-–—−~]|to|through)\s?(?=[.\d])|\s(?:to|-|–)\s", re.I)
_BETWEEN = re.compile(r"\bbetween\s$", re.I)
_FROM = re.compile(r"(?:(?P<range>\brang\w*\s(?:is\s|was\s)?)|\b)from\s(?:a\s\w+\sof\s)?$", re.I)
_AND = re.compile(r"\sand\s", re.I)
_SPREAD = re.compile(rf"\s?(?:±|\+/-)\s?{NUMBER}")  # "9.4 ± 0.3"
_SECOND = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at [start, end), unit and comparator included.

    `high` is the upper end where an interval is printed ("8.5-10.2", "between 3 and 5"), else None.
    `comparator` is one of = < > <= >=. `unit` is None where none follows.
    """

    start: int
    end: int
    value: float
    comparator: str = "="
    high: float | None = None
    unit: Unit | None = None

    @property
    def unit_text(self) -> str:
        """The unit in its normal form, "" for none."""
        return self.unit.text if self.unit else ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference range at [start, end); an open end is None. `unit` "" where none is printed."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str = ""

    def flag(self, value: float, comparator: str = "=") -> str:
        """Where a value lies: see `flag_of`."""
        return flag_of(value, comparator, self.low, self.high)


def flag_of(value: float, comparator: str, low: float | None, high: float | None) -> str:
    """Where a value lies in a range: "low", "normal" or "high".

    "" where its comparator leaves it open ("<50" with 30-80) or the range has no limit.
    """
    if low is None and high is None:
        return ""
    if low is not None and value < low:
        return "" if comparator.startswith(">") else "low"
    if high is not None and value > high:
        return "" if comparator.startswith("<") else "high"
    if comparator.startswith("<") and low is not None:
        return "low" if value <= low else ""
    if comparator.startswith(">") and high is not None:
        return "high" if value >= high else ""
    return "normal"


def match_quantity(text: str, pos: int, stop: int | None = None) -> Quantity | None:
    """The quantity that begins at `pos` (its comparator or sign included), or None."""
    match = _QUANTITY.match(text, pos, len(text) if stop is None else stop)
    return _quantity(text, match) if match else None


def find_quantities(
    text: str, start: int = 0, end: int | None = None, skip: Sequence[tuple[int, int]] = ()
) -> Iterator[Quantity]:
    """All quantities of text[start:end] in order, none that touches a span of `skip` (sorted)."""
    stop = len(text) if end is None else end
    pos, at = start, 0
    while match := _QUANTITY.search(text, pos, stop):
        while at < len(skip) and skip[at][1] <= match.start("number"):
            at += 1
        if at < len(skip) and skip[at][0] < match.end():
            pos = max(skip[at][1], match.start() + 1)
            continue
        found = _quantity(text, match)
        if found is None:
            pos = _after_word(text, match.end("number"), stop)
            continue
        if found.end > stop:
            return
        yield found
        pos = max(found.end, pos + 1)


def _after_word(text: str, pos: int, stop: int) -> int:
    while pos < stop and text[pos].isalnum():
        pos += 1
    return max(pos, 1)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    begin, at = match.start("number"), match.end("number")
    sign, start = match["sign"] or "", match.start()
    before = text[begin - len(sign) - 1 : begin - len(sign)]
    if sign.strip() and sign.endswith(" ") and (before.isalpha() or before == ")"):
        sign, start = "", begin  # "Hb- 9.8": the hyphen belongs to the word
    elif match["cmp"] is None and before and (before.isalnum() or before in "._^"):
        return None  # "T12", "L1-4", "10^9": part of a word
    titre = _TITRE.match(text, begin)
    if titre and not sign:
        unit = Unit(begin, titre.end(), "titer", "ratio")
        return Quantity(start, titre.end(), parse_number(titre.group(1)), _comparator(match), None, unit)
    value = parse_number(sign + match["number"]) if sign.strip() else parse_number(match["number"])
    spread = _SPREAD.match(text, at)
    at = spread.end() if spread else at
    unit_first = _unit_at(text, at)
    after_first = unit_first.end if unit_first else at
    upper = _upper(text, start, after_first, value) if not match["cmp"] else None
    if upper is not None:
        high, at = upper
        common = _unit_at(text, at) or unit_first
        return Quantity(start, max(at, common.end if common else 0), value, "=", high, common)
    following = text[at : at + 1]
    if unit_first is None and following and (following.isalpha() or following in "_^"):
        return None  # "25x11", "3rd", "5b"
    return Quantity(start, after_first, value, _comparator(match), None, unit_first)


def _comparator(match: re.Match[str]) -> str:
    printed = re.sub(r"\s+", " ", (match["cmp"] or "").lower())
    return COMPARATORS.get(printed) or COMPARATORS.get(printed.replace(" ", ""), "=")


def _unit_at(text: str, pos: int) -> Unit | None:
    return match_unit(text, pos, any_kind=True)


def _upper(text: str, start: int, pos: int, low: float) -> tuple[float, int] | None:
    """The upper end of an interval whose lower end stops at `pos`: (value, end)."""
    before = text[max(0, start - 30) : start]
    link = _TO.match(text, pos)
    if link:
        moved = _FROM.search(before)
        if moved and not moved["range"] and not _CUE_BEFORE.search(before):
            return None  # "fell from 14.2 to 10.1"
    elif _BETWEEN.search(before):
        link = _AND.match(text, pos)
    if not link:
        return None
    second = _SECOND.match(text, link.end())
    if not second:
        return None
    after = text[second.end() : second.end() + 1]
    if after.isalpha() and _unit_at(text, second.end()) is None:
        return None
    high = parse_number(second.group())
    return (high, second.end()) if high > low else None


# ------------------------------------------------------------------ reference ranges
_STRONG = frozenset(
    """
    normal normals reference ref refs range ranges n nr nv n.v rr r.r ri rv r.v limit limits uln lln
    norm norms nl premenopausal postmenopausal cut-off cutoff threshold interval intervals laboratory
    lab reference-range sufficient sufficiency deficiency deficient insufficiency insufficient
    therapeutic target desirable optimal normally
    """.split()
)
_WEAK = frozenset(
    """
    the a our its their value values level levels adult adults female females women woman men males
    male healthy young nonpregnant non-pregnant pregnant expected desired age-matched age-adjusted
    age-specific age age- for of in from between is are was were method assay being recommended
    pregnancy children fasting serum plasma urine and upper lower up to at as this pre-menopausal
    post-menopausal controls subjects institutional local adjusted specific matched sex first second
    third trimester max maximum min minimum mean on by with gender range: laboratory's
    """.split()
)
#: What these announce is a lower limit, whatever the sign ("deficiency < 20" is normal from 20 on).
_ENOUGH = frozenset({"deficiency", "deficient", "insufficiency", "insufficient", "sufficient", "sufficiency"})
_ENOUGH_BEFORE = re.compile(r"\b(?:in)?(?:suffici|defici)\w+[\s:=,]*$", re.I)
#: These never stand between a range and the words that announce it.
_NEVER = frozenset(
    """
    after before and was were fell rose increased decreased treatment therapy day days week weeks
    month months year years later she he we it patient received given with but which then who t-score
    z-score bmd bmi
    """.split()
)
_WORD = re.compile(r"[A-Za-z][\w.'/-]*[:=]?|[:=,;([]")
_CUE_BEFORE = re.compile(r"\b(?:normal|reference|ref|range|values?|interval)\b", re.I)
_TRAILING = re.compile(
    r"\s?(?:for\s(?:age|women|men|premenopausal\swomen|adults)|in\s(?:women|adults))", re.I
)


def match_reference(text: str, pos: int, stop: int | None = None, need_cue: bool = False) -> Reference | None:
    """The reference range that begins at `pos`: words that announce one, then limits and a unit.

    Without such words only limits alone count ("8.5-10.2", ">30 ng/mL"), and with `need_cue` none.
    """
    limit = len(text) if stop is None else stop
    at, cue, upper, lower = pos, False, False, False
    words = strange = 0
    while at < limit:
        while at < limit and text[at] in " \u00a0":
            at += 1
        quantity = match_quantity(text, at, limit)
        if quantity is not None:
            if strange and (not cue or need_cue):
                return None
            return _reference(text, pos, quantity, limit, (cue, upper, lower), need_cue)
        word = _WORD.match(text, at, limit)
        if not word or words > 9:
            return None
        bare = word.group().lower().strip(":=,;.([")
        if bare and bare not in _STRONG and bare not in _WEAK and bare[:-1] not in _WEAK:
            strange += 1
            if strange > 2 or bare in _NEVER:
                return None
        if not bare and word.group() in "([" and at > pos and not cue:
            return None
        cue = cue or bare in _STRONG or (bare in ("upper", "lower"))
        lower = lower or bare in _ENOUGH
        upper = upper or bare in ("upper", "uln", "max", "maximum")
        lower = lower or bare in ("lower", "lln", "min", "minimum")
        words += bool(bare)
        at = word.end()
    return None


def _reference(
    text: str, start: int, quantity: Quantity, limit: int, said: tuple[bool, bool, bool], need_cue: bool
) -> Reference | None:
    cue, upper, lower = said
    if (
        quantity.unit
        and quantity.unit.kind == "time"
        and quantity.unit.text in ("day", "week", "month", "year")
    ):
        return None
    if need_cue and not cue:
        return None
    low: float | None
    high: float | None
    if quantity.high is not None:
        low, high = quantity.value, quantity.high
    elif lower and _ENOUGH_BEFORE.search(text[start : quantity.start]):
        low, high = quantity.value, None  # "deficiency <20", "desirable >30", "sufficient 30"
    elif quantity.comparator.startswith("<") or (upper and not lower):
        low, high = None, quantity.value
    elif quantity.comparator.startswith(">") or lower:
        low, high = quantity.value, None
    else:
        return None
    end = quantity.end
    trailing = _TRAILING.match(text, end, limit)
    return Reference(start, trailing.end() if trailing else end, low, high, quantity.unit_text)


def pair_lists(labels: Sequence[T], values: Sequence[Quantity]) -> list[tuple[T, Quantity]]:
    """Pair "A, B and C were 1, 2 and 3 (respectively)" by position; a unit printed once counts for
    the unit-less values before it. Lists of different length pair nothing."""
    if len(labels) != len(values):
        return []
    return list(zip(labels, share_unit(values), strict=True))


def share_unit(values: Sequence[Quantity]) -> list[Quantity]:
    """Give values without a unit that of the next value that has one ("78 and 52 pg/mL")."""
    out: list[Quantity] = []
    unit: Unit | None = None
    for quantity in reversed(values):
        unit = quantity.unit or unit
        out.append(
            Quantity(quantity.start, quantity.end, quantity.value, quantity.comparator, quantity.high, unit)
            if quantity.unit is None and unit is not None
            else quantity
        )
    return out[::-1]
