"""Units after a number: recognised compositionally, written in one normal form.

pint knows neither g/cm2 nor IU/L nor nmolBCE/L, so a small grammar stands in front of any
conversion: an atom, then any number of "/ atom" or "per atom", each with an optional factor
("mg/100 mL", "mg/24 h", "10^9/L"). Atoms are data: units.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.rules.words import Vocabulary
from extractors.values import fixed

UNITS = Vocabulary(
    "extractors.language",
    "units.csv",
    ("symbol", "canonical", "kind", "source"),
    key=("symbol",),
    allowed={
        "kind": frozenset(
            {
                "activity",
                "amount",
                "area",
                "charge",
                "concentration",
                "count",
                "length",
                "mass",
                "pressure",
                "ratio",
                "reference",
                "time",
                "volume",
            }
        )
    },
    filled=frozenset({"canonical"}),
)


@fixed(frozen=True, slots=True)
class Unit:
    """A unit found at [start, end): its normal form ("mg/dL") and the kind of its numerator."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Atoms:
    canonical: dict[str, tuple[str, str]]  # printed symbol -> (canonical, kind)
    pattern: re.Pattern[str]


#: "x 10^9/L", "10(9)/L" (a superscript as indexes of abstracts print it), "10 E9/L".
_CELLS = (
    r"(?:cells?|leu[ck]ocytes|platelets|thrombocytes|erythrocytes|neutrophils|lymphocytes|eosinophils|"
    r"(?:white|red) (?:blood )?cells|WBCs?|RBCs?)"
)
_POWER = re.compile(
    r"\s?(?:[xX×*∗]\s?)?10\s?(?:\^|\*\*)?\s?(3|6|9|12)(?=\s?/)"
    r"|\s?(?:[xX×*∗]\s?)?10\s?(?:\(\^?([3-9]|1[0-2])\)|[eE]([3-9]|1[0-2]))"
    rf"\s?{_CELLS}?(?=\s?/|\sper\s|\s(?:IU|U|copies)\b)"
    rf"|\s?[xX×*∗]\s?10\s?\^?\s?([3-9]|1[0-2])\s?{_CELLS}?"
    r"(?=\s?/|\sper\s|\s(?:IU|U|copies)\b)"
    r"|\s?[xX×*∗]\s?10\s?(?:\(([3-9]|1[0-2])\)|\^?\s?([3-9]|1[0-2]))(?!\d|[.,]\d)"
    r"(?!\s?(?!(?:to|and|or|in|on|at|with|by|after)\b)[a-zA-Z/])"
)
#: Older print has full stops: "mg. per 100 ml.".
_SEPARATOR = re.compile(
    r"\.?\s?/\s?|\.?\s?per\s|\.?\sin\s(?:the\s|a\s)?(?=(?:24|12)[\s-]{0,2}h)|\s?\.(?=[a-zA-Zµ]+-1)|·|\s(?=[a-zA-Zµ]{1,4}-1\b)"
)
_FACTOR = re.compile(r"(1\.73|1000|100|24|12|\d{1,2})\s?-?\s?")
_INVERSE = re.compile(r"\s?(?:\^?-1|⁻¹)(?!\d)")
#: "22 mm in the first hour": the sedimentation rate as Westergren wrote it.
_FIRST_HOUR = re.compile(
    r"\.?\s?(?:/|per|in|at|-)?\s?(?:the\s)?(?:end\sof\s(?:the\s)?)?(?:1\s?st|first|1)[\s-]?(?:hours?|hr?\b)|\s?/\s?[hH]r?\b|"
    r"\.?\s(?:in|per)\s(?:the|an|one)\shour\b"
)
_COUNT_BELOW = re.compile(
    r"\s?(?:(?:elements?|elts?|el|éléments?)\s?)?(?:/|per)\s?"
    r"(mm3|mm³|mm 3(?![\d.,]\d)|mm\^3|mm\(3\)|cumm|cu\.?\s?mm|c\.?mm|cubic (?:mm|millimet(?:er|re))|"
    r"[µμu][lL]|mcL|microlit(?:er|re)|L|l|mL|ml|HPF|hpf|LPF|lpf|(?:high|low)[- ]power field|field)"
    r"(?![A-Za-z0-9])"
)
_THOUSANDS = re.compile(
    r"\s?(?:K|k|thou(?:sand)?|x?\s?1000|million|M|lakhs?|lacs?)\s?(?=(?:/|per)\s?(?:mm3|[µμu][Ll]|c(?:u\.?\s?)?mm|m[Ll]))"
)
_POWERS = {"million": "6", "M": "6", "lakh": "5", "lac": "5"}
#: Kinds of units that stand below a stroke without a factor.
_TOLD_ITSELF = frozenset({"mass", "amount", "activity", "concentration"})
#: "nM/mM" is "nmol/mmol".
_OF_LITRES = re.compile(r"^(\w*mol)/L/(\w*mol)/L$")
#: Atoms that may begin a unit; times, volumes and references alone stand only below a stroke.
_BELOW_ONLY = {"volume", "reference", "time"}


@cache
def _atoms() -> _Atoms:
    canonical = {row["symbol"]: (row["canonical"], row["kind"]) for row in UNITS.rows}
    longest_first = sorted(canonical, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(s) for s in longest_first))
    return _Atoms(canonical, pattern)


def _atom(text: str, pos: int) -> tuple[str, str, int] | None:
    """The longest atom at a position: (canonical, kind, end); a word must end where the atom ends."""
    atoms = _atoms()
    match = atoms.pattern.match(text, pos)
    if not match:
        return None
    end = match.end()
    after = text[end : end + 1]
    if after.isalpha() and text[end - 1].isalpha():
        return None
    if after.isdigit() and text[end - 1].isalpha():
        return None
    name, kind = atoms.canonical[match.group()]
    return name, kind, end


def _below(printed: str) -> str:
    """The volume below the stroke of a cell count in normal form."""
    return (
        "mm3" if "mm" in printed or "milli" in printed else _atoms().canonical.get(printed, (printed, ""))[0]
    )


def match_unit(text: str, pos: int, any_kind: bool = False) -> Unit | None:
    """The unit that begins at `pos` (spaces and a hyphen skipped), or None.

    With `any_kind`, a time, volume or reference alone counts too.
    """
    start = pos
    while start < len(text) and text[start] in " \u00a0":
        start += 1
    if start < len(text) and text[start] == "-" and start == pos:
        start += 1
    prefix = ""
    at = start
    bare = _COUNT_BELOW.match(text, at)
    if bare:
        below = _below(bare.group(1))
        return Unit(start, bare.end(), f"/{below}", "count")
    thousands = _THOUSANDS.match(text, at)
    if thousands:
        count = _COUNT_BELOW.match(text, thousands.end())
        if count:
            power_of = _POWERS.get(thousands.group().strip().removesuffix("s"), "3")
            below = _below(count.group(1))
            return Unit(start, count.end(), f"10^{power_of}/{below}", "count")
    power = _POWER.match(text, at)
    if power:
        prefix, at = f"10^{next(filter(None, power.groups()))}", power.end()
        head_kind = "count"
        name = prefix
    else:
        head = _atom(text, at)
        if head is None:
            return None
        name, head_kind, at = head
        if name == "mm":
            hour = _FIRST_HOUR.match(text, at)
            if hour:
                return Unit(start, hour.end(), "mm/h", head_kind)
    parts, end = [name], at
    return _with_denominators(text, start, parts, end, head_kind, bool(prefix), any_kind)


def _with_denominators(
    text: str, start: int, parts: list[str], end: int, head_kind: str, power: bool, any_kind: bool
) -> Unit | None:
    """Go on with what stands below strokes ("/dL", "per 24 h", "/1.73 m2")."""
    while True:
        separator = _SEPARATOR.match(text, end)
        if not separator:
            break
        below = separator.end()
        factor = _FACTOR.match(text, below)
        atom = _atom(text, factor.end()) if factor else _atom(text, below)
        if atom is None or atom[0] == "%":
            break  # "10.2 g/dL/31%" are two values
        number = factor.group(1) if factor else ""
        if number not in ("", "1") and atom[1] in _TOLD_ITSELF:
            break  # "22 µg/dL/78 pg/mL" too
        spaced = f"{number} {atom[0]}" if number and atom[1] == "time" else f"{number}{atom[0]}"
        end = atom[2]
        inverse = _INVERSE.match(text, end)
        if inverse:
            end = inverse.end()
        parts.append(spaced)
    if len(parts) == 1 and not any_kind and (head_kind in _BELOW_ONLY or power):
        return None
    text = _OF_LITRES.sub(r"\1/\2", "/".join(parts))
    return Unit(start, end, text, head_kind)
