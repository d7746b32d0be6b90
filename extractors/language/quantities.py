"""Values in running text and in cells: quantities, intervals, reference ranges.

A quantity is a number with what belongs to it: comparator, sign, upper end of an interval, unit.
A reference range is what a laboratory prints beside a value, in whatever notation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.language.numbers import NUMBER, grouped_by_dots, parse_number
from extractors.language.units import Unit, match_unit
from extractors.rules.rule import Glue
from extractors.rules.words import Vocabulary, Words
from extractors.values import fixed

#: What is printed before a number, and the comparator that it means.
COMPARATORS = Vocabulary(
    "extractors.language",
    "comparators.csv",
    ("word", "kind", "comparator", "source"),
    key=("word",),
    allowed={"kind": frozenset({"sign", "word"}), "comparator": frozenset({"<", ">", "<=", ">="})},
)
#: Words between a value and its reference range. A "cue" announces one (and "filler" does not), the limits
#: say which one a lone number is ("deficiency < 20" is normal from 20 on), "never" ends the search.
RANGE_WORDS = Vocabulary(
    "extractors.language",
    "range_words.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset({"cue", "filler", "lower limit", "upper limit", "never"})},
)
_QUANTITY = Glue(
    r"(?i:(?:(?P<cmp>[<>] ?=|=[<>]|[<>≤≥⩽⩾]|(?<![a-z]){comparator}(?= )) ?)?"
    r"(?P<sign>[+−–-] ?(?=[.\d])|minus |plus )?(?P<number>{number}))",
    {"comparator": Words(COMPARATORS, {"kind": "word"}), "number": NUMBER},
)
#: Of cells in these a dot before three digits groups thousands: "210.000/mm3".
_COUNTED = frozenset({"/mm3", "/uL"})
_DASHES = "-\u2013\u2212"
_TITRE = re.compile(
    r"1(?:\s?:\s?|/(?=(?:[4-9]\d|\d{3,5})(?![\d/]|\s?m?[gL]\b)))(\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d:])"
)  # of "1/640" the lower number is no day of a month
_TO = re.compile(r"\s?(?:[-–—−~]|to|through)\s?(?=[.\d])|\s(?:to|-|–)\s", re.I)
_BETWEEN = re.compile(r"\bbetween\s$", re.I)
_FROM = re.compile(
    r"(?:(?P<range>\brang\w*\s(?:is\s|was\s)?)|\b)from\s(?:(?:an?|the|her|his|its|initial|baseline)\s"
    r"(?:[a-z-]+\s){0,3})?$",
    re.I,
)
_AND = re.compile(r"\sand\s", re.I)
_SPREAD = re.compile(rf"\s?(?:±|\+/-)\s?{NUMBER}")  # "9.4 ± 0.3"
_SECOND = re.compile(NUMBER)
_DIGIT = re.compile(r"\d")
_FRACTION = re.compile(r" ([13])/([24])(?![\d/])")  # "2 1/2"


@fixed(frozen=True, slots=True)
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


@fixed(frozen=True, slots=True)
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


def in_thousands(reference: Reference | None, value: float, unit: str) -> Reference | None:
    """The range of a count in the value's scale: "165.000/mm3 (150.000-450.000)" has limits of 150,000.

    Of cells no count is a hundred times its upper limit.
    """
    if reference is None or reference.high is None or unit not in _COUNTED:
        return reference
    if reference.high <= 0 or value < _SCALE * reference.high:
        return reference
    low = None if reference.low is None else reference.low * 1000
    return replace(reference, low=low, high=reference.high * 1000)


#: How many times the upper limit a count cannot be.
_SCALE = 100


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


def match_quantity(text: str, pos: int, stop: int | None = None, glued: bool = False) -> Quantity | None:
    """The quantity that begins at `pos` (its comparator or sign included), or None.

    `glued`: the letters right before it are no part of its number ("NR15-150").
    """
    match = _QUANTITY.pattern.match(text, pos, len(text) if stop is None else stop)
    return _quantity(text, match, glued) if match else None


def find_quantities(
    text: str, start: int = 0, end: int | None = None, skip: Sequence[tuple[int, int]] = ()
) -> Iterator[Quantity]:
    """All quantities of text[start:end] in order, none that touches a span of `skip` (sorted)."""
    stop = len(text) if end is None else end
    pos, at, reach = start, 0, _longest_before()
    # a quantity has a digit, and is looked for around the next one alone
    while digit := _DIGIT.search(text, pos, stop):
        match = _QUANTITY.pattern.search(text, max(pos, digit.start() - reach), stop)
        if match is None:
            return
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


def _quantity(text: str, match: re.Match[str], glued: bool = False) -> Quantity | None:
    """The quantity of a number found with its comparator and sign; None where it is part of a word."""
    begin, at = match.start("number"), match.end("number")
    sign, start = match["sign"] or "", match.start()
    before = text[begin - len(sign) - 1 : begin - len(sign)]
    if before and (before.isalpha() or before == ")") and _is_dash(text, sign, begin, at):
        sign, start = "", begin  # "Hb- 9.8", "calcium-12.2 mg/dL": a dash and no minus
    elif not glued and match["cmp"] is None and before and (before.isalnum() or before in "._^"):
        return None  # "T12", "L1-4", "10^9"
    titre = _TITRE.match(text, begin) if not sign else None
    if titre:
        unit = Unit(begin, titre.end(), "titer", "ratio")
        return Quantity(start, titre.end(), parse_number(titre.group(1)), _comparator(match), None, unit)
    value = parse_number(sign + match["number"])
    spread = _SPREAD.match(text, at)
    if spread:
        return _with_unit(text, match, start, value, spread.end())
    half = _FRACTION.match(text, at)
    if half and value.is_integer() and _unit_at(text, half.end()):
        return _with_unit(text, match, start, value + int(half[1]) / int(half[2]), half.end())
    return _with_unit(text, match, start, value, at)


def _is_dash(text: str, sign: str, begin: int, end: int) -> bool:
    """Whether a sign right behind a word parts it from its value: not in "IL-6", "T-12"."""
    if sign.endswith(" "):
        return True
    if sign not in _DASHES or not (sign and text[max(0, begin - 3) : begin - 1].isalpha()):
        return False
    unit = match_unit(text, end, any_kind=True)
    return "." in text[begin:end] if unit is None else unit.kind != "time"


def _with_unit(text: str, match: re.Match[str], start: int, value: float, at: int) -> Quantity | None:
    """A number that ends at `at` with the unit or the upper end behind it; None for "25x11", "3rd", "5b"."""
    unit = _unit_at(text, at)
    end = unit.end if unit else at
    if unit and unit.text in _COUNTED:
        value = grouped_by_dots(match["number"]) or value
    upper = _upper(text, start, end, value) if not match["cmp"] else None
    if upper is not None:
        high, end = upper
        whole = grouped_by_dots(match["number"])
        if whole is not None and value < high / 100 and whole < high:
            value = whole  # "150.000-450000"
        common = _unit_at(text, end) or unit
        return Quantity(start, max(end, common.end if common else 0), value, "=", high, common)
    following = text[at : at + 1]
    if unit is None and following and (following.isalpha() or following in "_^"):
        return None
    return Quantity(start, end, value, _comparator(match), None, unit)


@cache
def _comparators() -> dict[str, str]:
    return {row["word"]: row["comparator"] for row in COMPARATORS.rows}


@cache
def _longest_before() -> int:
    """Characters that stand before the first digit of a quantity at most: comparator, sign, point."""
    return max(map(len, _comparators())) + len(" minus .")


def _comparator(match: re.Match[str]) -> str:
    if match["cmp"] is None:
        return "="
    printed = re.sub(r"\s+", " ", match["cmp"].lower())
    return _comparators().get(printed) or _comparators().get(printed.replace(" ", ""), "=")


def _unit_at(text: str, pos: int) -> Unit | None:
    return match_unit(text, pos, any_kind=True)


def _upper(text: str, start: int, pos: int, low: float) -> tuple[float, int] | None:
    """The upper end of an interval whose lower end stops at `pos`: (value, end)."""
    before = text[max(0, start - 45) : start]
    link = _TO.match(text, pos)
    if link:
        moved = _FROM.search(before)
        if moved and not moved["range"] and not _CUE_BEFORE.search(before):
            return None  # "fell from 14.2 to 10.1"
        if before.endswith("by ") and not text[pos - 1].isdigit():
            return None  # "fell by 3 g/dL to 9 g/dL"
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
_ENOUGH_BEFORE = re.compile(r"\b(?:in)?(?:suffici|defici)\w+[\s:=,]*$", re.I)
_WORD = re.compile(r"[A-Za-z][\w.'/-]*[:=]?|\[[A-Za-z.]{1,5}\]|\([A-Z.]{1,5}\)|[:=,;([]")
#: The announcement of a range right before its lower limit: "N-50-120", "NR6.5-14.9".
_GLUED = re.compile(r"(?:[Nn]|NR|NV|NL|RR|RI|RV|VN|VR|Ref|ref)[.:=]?[-–]?(?=[<>≤≥]?\s?\d)")
_LONE_LIMIT = re.compile(r"(?:\bNR|\brange(?: \(NR\))?|(?<!ection )\blimit) ?(?:[=:]|of) ?$")
_CUE_BEFORE = re.compile(r"\b(?:normal|reference|ref|range|values?|interval)\b", re.I)
_TRAILING = re.compile(r"\s?(?:(?:for|in)\s(?:women|adults)|for\s(?:age|men|premenopausal\swomen))", re.I)


@cache
def _range_words(name: str) -> frozenset[str]:
    return frozenset(Words(RANGE_WORDS, {"class": name}).words)


_FIRST_WORD = re.compile(r"[\s(\[]*(?:the\s)?([a-z]+)")


def opens_with_range(lower: str) -> bool:
    """Whether a sentence in lower case begins with a word that announces a range, its bracket aside."""
    first = _FIRST_WORD.match(lower)
    return first is not None and first[1] in _range_words("cue")


@dataclass(slots=True)
class _Announcement:
    """What the words before limits say: that a range follows, and which limit a lone number is."""

    cue: bool = False
    upper: bool = False
    lower: bool = False
    words: int = 0
    strange: int = 0

    def takes(self, word: str, first: bool) -> bool:
        """Whether the search may go on behind a word or mark."""
        bare = word.lower().strip(":=,;.([)]-–")
        if self.words > _MOST_WORDS or not (bare or first or self.cue or word not in "(["):
            return False
        if bare and not self._knows(bare):
            self.strange += 1
            if self.strange > _MOST_STRANGE or bare in _range_words("never"):
                return False
        self.cue = self.cue or bare in _range_words("cue")
        self.lower = self.lower or bare in _range_words("lower limit")
        self.upper = self.upper or bare in _range_words("upper limit")
        self.words += bool(bare)
        return True

    def _knows(self, bare: str) -> bool:
        fillers = _range_words("filler")
        return bare in _range_words("cue") or bare in fillers or bare[:-1] in fillers


#: Words before limits at the most, and those of them that are of no laboratory report.
_MOST_WORDS, _MOST_STRANGE = 9, 2


def match_reference(text: str, pos: int, stop: int | None = None, need_cue: bool = False) -> Reference | None:
    """The reference range that begins at `pos`: words that announce one, then limits and a unit.

    Without such words only limits alone count ("8.5-10.2", ">30 ng/mL"), and with `need_cue` none.
    """
    limit = len(text) if stop is None else stop
    at, said, glued = pos, _Announcement(), None
    while at < limit:
        while at < limit and text[at] in " \u00a0":
            at += 1
        quantity = match_quantity(text, at, limit, glued is not None)
        if quantity is not None:
            if bool(said.strange) + need_cue + (not said.cue) > 1:
                return None  # strange words or none at all, where an announcement is due
            return _reference(text, pos, quantity, limit, said)
        glued = _GLUED.match(text, at, limit)
        word = glued or _WORD.match(text, at, limit)
        if not word or not said.takes(word.group(), at == pos):
            return None
        at = word.end()
    return None


#: A "range" in these units is a time.
_PERIODS = frozenset({"day", "week", "month", "year"})


def _reference(
    text: str, start: int, quantity: Quantity, limit: int, said: _Announcement
) -> Reference | None:
    if quantity.unit and quantity.unit.kind == "time" and quantity.unit.text in _PERIODS:
        return None
    limits = _limits(quantity, said, text[start : quantity.start])
    if limits is None:
        return None
    trailing = _TRAILING.match(text, quantity.end, limit)
    return Reference(start, trailing.end() if trailing else quantity.end, *limits, quantity.unit_text)


def _limits(quantity: Quantity, said: _Announcement, words: str) -> tuple[float | None, float | None] | None:
    """Lower and upper limit that a quantity tells behind `words`; None where it is no limit."""
    if quantity.high is not None:
        return quantity.value, quantity.high
    if said.lower and _ENOUGH_BEFORE.search(words):
        return quantity.value, None  # "deficiency <20", "desirable >30", "sufficient 30"
    upper = said.upper or (quantity.comparator == "=" and _LONE_LIMIT.search(words) is not None)
    if quantity.comparator.startswith("<") or (upper and not said.lower):
        return None, quantity.value
    if quantity.comparator.startswith(">") or said.lower:
        return quantity.value, None
    return None
