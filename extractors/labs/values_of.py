"""Which value belongs to which test of a sentence."""

from __future__ import annotations

import re

from extractors.labs import patterns as pt
from extractors.labs.scan import fits
from extractors.labs.sentence import WORD, Name, Reading, Scan, Value, without_brackets
from extractors.language.quantities import pair_lists, share_unit

_MAX_GAP = 110


def link_values(scan: Scan) -> list[Reading]:
    """Give each value to its test: nearest before it, lists of both by position, rarely one after it."""
    out: list[Reading] = []
    items: list[Name | Value] = sorted([*scan.names, *scan.values], key=lambda i: i.start)
    names: list[Name] = []
    at = 0
    while at < len(items):
        item = items[at]
        if isinstance(item, Name):
            names.append(item)
            at += 1
            continue
        values: list[Value] = []
        while at < len(items) and isinstance(current := items[at], Value):
            values.append(current)
            at += 1
        values = _units_shared(scan, values)
        following = items[at] if at < len(items) else None
        found = _link_group(scan, names, values) if names else []
        linked = {id(r.value) for r in found}
        if (
            isinstance(following, Name)
            and values
            and id(values[-1]) not in linked
            and _value_of(scan, values[-1], following)
        ):
            found.append(Reading(following, values[-1], rule="value of"))
        out += found
        if found:
            names = names[-1:]
    return out


def _precedes_a_cell(scan: Scan, name: Name, value: Value) -> bool:
    """As in "(82% neutrophils, 12% lymphocytes)": the value stands before its name."""
    behind = next((n for n in scan.names if n.start >= value.end), None)
    tight = not scan.text[name.end : value.start].strip(" :=(")
    return (
        behind is not None and behind.analyte.kind == "cells" and behind.start == value.end + 1 and not tight
    )


def _units_shared(scan: Scan, values: list[Value]) -> list[Value]:
    """Values of one chain get the unit that is printed once at its end."""
    out: list[Value] = []
    while values:
        chain = _value_chain(scan, values)
        quantities = share_unit([v.quantity for v in chain])
        out += [Value(q, v.reference, v.end) for q, v in zip(quantities, chain, strict=True)]
        values = values[len(chain) :]
    return out


def _link_group(scan: Scan, names: list[Name], values: list[Value]) -> list[Reading]:
    listed = _joined_tail(scan, names)
    if len(listed) > 1 and len(values) > 1:
        chain = _value_chain(scan, values)
        if len(chain) < len(listed):
            listed = [n for n in listed if n.analyte.kind != "panel"]  # "bone markers (NTX and BAP)"
        if len(chain) == len(listed) and _linked(scan, listed[-1], chain[0], list_of=len(listed)):
            pairs = pair_lists(listed, [v.quantity for v in chain])
            if pairs and all(fits(n, v, scan.text) for n, v in zip(listed, chain, strict=True)):
                read = _readings_of(listed, chain, 1.0)
                return read + _listed_again(scan, listed, chain, values[len(chain) :])
        if len(chain) > 1 and re.search(r"\brespectively\b", scan.lower):
            return []
    name = names[-1]
    if len(listed) == 1 and len(values) > 1 and _lacks_its_neighbour(scan, name, values[0]):
        return []
    if values[0].quantity.unit_text == "%" and _precedes_a_cell(scan, name, values[0]):
        return []
    first = next((v for v in values[:1] if fits(name, v, scan.text) and _linked(scan, name, v)), None)
    if first is None:
        return _measured_series(scan, name, values)
    if (
        len(values) > 1
        and not first.quantity.unit
        and not scan.text[first.quantity.end : values[1].start].strip()
        and not name.unit
    ):
        return []  # a row of a table
    readings = [Reading(name, first)]
    previous = first
    for value in values[1:]:
        gap = scan.plain[previous.end : value.start]
        changed = pt.CHANGE_TO.search(gap) is not None
        if not gap.strip() or pt.THRESHOLD.match(scan.text, value.start):
            break
        joined = _joins_series(gap, value)
        if not (changed or joined) or not fits(name, value, scan.text) or not _same_units(previous, value):
            break
        later = changed and (
            pt.CHANGE_FROM.search(scan.plain[: first.start]) is not None
            or bool(pt.CHANGE_VERB.search(gap))
            or "→" in gap
        )
        normal = any(
            r.kind == "back" and previous.end <= r.start and r.end <= value.start for r in scan.results
        )
        readings[0].earlier = readings[0].earlier or later
        readings.append(
            Reading(
                name, value, pt.NORMAL if normal else "", later=later or normal, certainty=0.95, rule="series"
            )
        )
        previous = value
    return readings


_AND_BEFORE = re.compile(r"(?:\band|,|/)\s(?:the\s|serum\s|plasma\s)?$")
_WERE = re.compile(r"\s(?:were|are)\s")


def _lacks_its_neighbour(scan: Scan, name: Name, value: Value) -> bool:
    """Whether an unknown test shares the values: "xylosyltransferase and calcium were 30 and 2.3"."""
    if not _AND_BEFORE.search(scan.plain[: name.start]) or name.head[1] != name.end:
        return False
    return _WERE.match(scan.plain[name.end : value.start]) is not None


def _listed_again(scan: Scan, listed: list[Name], first: list[Value], rest: list[Value]) -> list[Reading]:
    """The same tests at another time: "... 12 ng/mL and 78 pg/mL at first and 38 and 45 at 6 months"."""
    again = _value_chain(scan, rest) if rest else []
    if len(again) != len(first) or not _joins_series(scan.plain[first[-1].end : again[0].start], again[0]):
        return []
    if any(a.quantity.unit_text != b.quantity.unit_text for a, b in zip(first, again, strict=True)):
        return []
    return _readings_of(listed, again, 0.9)


def _readings_of(names: list[Name], values: list[Value], certainty: float) -> list[Reading]:
    """One reading a pair; the time behind the last value is the time of all."""
    when = (values[-1].start, values[-1].end)
    pairs = zip(names, values, strict=True)
    return [Reading(n, v, certainty=certainty, rule="list", when=when) for n, v in pairs]


def _joins_series(gap: str, value: Value) -> bool:
    """Whether a gap holds nothing but times and joints ("... at admission and ...")."""
    words = WORD.findall(gap)
    unknown = [w for w in words if w.lower() not in pt.SERIES_WORDS and not _DAY.fullmatch(w)]
    allowed = 1 if value.quantity.unit else 0
    return (
        ";" not in gap and len(words) <= 12 and len(unknown) <= allowed and all(w.islower() for w in unknown)
    )


_SERIES_TIGHT = re.compile(r"\s?(?:,|and|/|, and|to|→|->|then)\s?$")


_DAY = re.compile(r"(?:POD|[Dd]|[Ww]|[Mm])\d{1,3}")  # "2.61 on D4"


def _same_units(previous: Value, value: Value) -> bool:
    a, b = previous.quantity.unit_text, value.quantity.unit_text
    return a == b or not a


def _measured_series(scan: Scan, name: Name, values: list[Value]) -> list[Reading]:
    """As in "PTH values measured 15 and 30 minutes after excision were 78 and 52 pg/mL": one test twice."""
    if len(values) < 2:
        return []
    for at in range(1, len(values)):
        tail = values[at:]
        before = scan.plain[values[at - 1].end : tail[0].start]
        if re.search(r"\b(?:was|were)\s(?:\w+\s){0,2}$", before) and not pt.UNLINK.search(
            scan.plain[name.end : tail[0].start]
        ):
            chain = _value_chain(scan, tail)
            readings = [Reading(name, v, certainty=0.9, rule="series") for v in chain]
            if all(r.value and r.value.quantity.unit and fits(name, r.value, scan.text) for r in readings):
                return readings
    return []


def _value_chain(scan: Scan, values: list[Value]) -> list[Value]:
    """The values of one list: joined by commas and "and" alone."""
    chain = values[:1]
    for value in values[1:]:
        if not _SERIES_TIGHT.match(without_brackets(scan.plain[chain[-1].end : value.start])):
            break
        chain.append(value)
    return chain


def _joined_tail(scan: Scan, names: list[Name]) -> list[Name]:
    """The last names of a list that nothing but commas and conjunctions separates."""
    tail = names[-1:]
    for name in reversed(names[:-1]):
        if not pt.JOINT.match(without_brackets(scan.plain[name.end : tail[0].start])):
            break
        tail.insert(0, name)
    return tail


def _linked(scan: Scan, name: Name, value: Value, list_of: int = 1) -> bool:
    """Whether the words between a name and a value let the value be the name's."""
    gap = without_brackets(_without_results(scan, name.end, value.start))
    if not WORD.search(gap) and _is_threshold(scan, name, value):
        return False
    if len(gap) > _MAX_GAP or pt.UNLINK.search(gap):
        return False
    words = [w.lower() for w in WORD.findall(gap)]
    unknown = [w for w in words if w not in pt.LINK_WORDS and w not in ":="]
    quantity = value.quantity
    after = scan.text[quantity.end : quantity.end + 1]
    if quantity.unit is not None:
        if name.symbol and len(words) > 4:
            return False
        if name.flag:
            return len(unknown) == 0 and not re.search(r"\b(?:was|were|is|had|showed)\b", gap)
        if gap.strip() == "and":
            return False
        tied = pt.TIE.search(gap) is not None
        return len(unknown) <= (6 if tied else 2) and gap.count(",") <= 2
    if after and after not in " ,;.)](" and not after.isspace():
        return False
    if unknown or gap.count(",") or len(words) > 6:
        return False
    return _linked_without_unit(scan, name, value, gap)


def _linked_without_unit(scan: Scan, name: Name, value: Value, gap: str) -> bool:
    """The same for a bare number, which needs a tie or a test that is told without units."""
    if name.symbol and name.analyte.name == "creatine kinase":
        return False  # cytokeratin: "CK 7"
    if name.symbol or _P_VALUE.search(scan.text[max(0, name.head[0] - 1) : value.start]):
        if _P_ALONE.match(scan.text[name.head[0] : value.start + 4]):
            return False
        decimal = "." in scan.text[value.start : value.end] and name.head[1] - name.head[0] > 1
        return decimal or any(n is not name for n in scan.names)
    if value.reference or value.quantity.comparator != "=" or name.analyte.kind in _UNITLESS:
        return True
    return not gap.strip(" (") or _TIED.search(gap.strip(" (")) is not None


_UNITLESS = frozenset({"percent", "ratio", "gas", "count", "coag", "esr", "ab", "cells", "indices"})
_TIED = re.compile(r"[:=]$|\b(?:was|were|of|at|is|to|from|being)$", re.I)


def _is_threshold(scan: Scan, name: Name, value: Value) -> bool:
    """As in "25(OH)D below 20 ng/mL" in a criterion; in a list of results it is a value."""
    if not pt.THRESHOLD.match(scan.text, value.start) or _HAS.search(
        scan.text[max(0, name.start - 25) : name.start]
    ):
        return False
    return not any(v.quantity.unit and not pt.THRESHOLD.match(scan.text, v.start) for v in scan.values)


_HAS = re.compile(r"\b(?:had|her|his|showed|revealed)\s(?:a|an|her|his)?\s?$", re.I)
_P_VALUE = re.compile(r"\b[Pp]\s?[=<>]")
_P_ALONE = re.compile(r"P\s?[=<>]\s?0?\.")


def _without_results(scan: Scan, start: int, end: int) -> str:
    """plain[start:end] with result words blanked out."""
    gap = scan.plain[start:end]
    for result in scan.results:
        if start <= result.start and result.end <= end:
            gap = gap[: result.start - start] + " " * (result.end - result.start) + gap[result.end - start :]
    return gap


def _value_of(scan: Scan, value: Value, name: Name) -> bool:
    """As in "9.4 mg/dL of calcium", "a value of 98 pg/mL for PTH"."""
    gap = scan.text[value.end : name.head[0]]
    if value.quantity.unit_text == "%" and name.analyte.kind == "cells":
        return gap == " "  # "80% neutrophils"
    return bool(
        value.quantity.unit
        and "/" in value.quantity.unit_text
        and fits(name, value, scan.text)
        and re.fullmatch(
            r"\s(?:of|for|in)\s(?:the\s|her\s|his\s)?(?:(?:serum|plasma|total|intact|urinary)\s){0,2}",
            gap,
            re.I,
        )
    )
