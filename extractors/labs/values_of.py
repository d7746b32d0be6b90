"""Which value belongs to which test of a sentence."""

from __future__ import annotations

from itertools import pairwise

from extractors.labs import glue
from extractors.labs.aims import is_change_by, is_target, is_threshold, level_of_a_drug
from extractors.labs.names import in_urine
from extractors.labs.pairs import changed_together, is_slashed, readings_of_pairs
from extractors.labs.places import by_place
from extractors.labs.relations import SERIES, VALUE_FIRST
from extractors.labs.scan import fits
from extractors.labs.sentence import WORD, Name, Reading, Scan, Value, blanked, without_brackets
from extractors.labs.unknown import name_before
from extractors.labs.words import plain
from extractors.language.respective import pair_lists, share_unit

#: Characters between a test and its value.
_MAX_GAP = 110


def link_values(scan: Scan) -> list[Reading]:
    """Give each value to its test: nearest before it, lists of both by position, rarely one after it."""
    out = [Reading(v.owner, v, relation=VALUE_FIRST) for v in scan.values if v.owner]
    owners = [r.name for r in out]
    open_ = [v for v in scan.values if not v.owner]
    named = [n for n in scan.names if n not in owners] if owners else scan.names
    items: list[Name | Value] = sorted([*named, *open_], key=lambda i: i.start)
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
        following = items[at] if at < len(items) else None
        found = _group(scan, names, _units_shared(scan, values), following)
        out += found
        if found:
            names = names[-1:]
    return out


def _group(
    scan: Scan, names: list[Name], values: list[Value], following: Name | Value | None
) -> list[Reading]:
    """The readings of values between the names before them and the one that follows."""
    last = values[-1]
    of_panel = names and names[-1].analyte.kind == "panel"
    if of_panel and isinstance(following, Name) and _value_of(scan, last, following):
        names = []  # "transaminases at 130 U/L for AST"
    found = _behind(scan, names, values) if names else []
    taken = {r.value.start for r in found if r.value}
    if isinstance(following, Name) and last.start not in taken and _value_of(scan, last, following):
        collected = last.quantity.unit_text in _AMOUNTS
        found.append(Reading(in_urine(following) if collected else following, last, relation=VALUE_FIRST))
    return found


def _behind(scan: Scan, names: list[Name], values: list[Value]) -> list[Reading]:
    """Values behind names: two lists, or one test and its value or series."""
    listed = _joined_tail(scan, names)
    if len(listed) > 1 and len(values) > 1:
        paired = _paired(scan, listed, values)
        if paired is not None:
            return paired
    name = names[-1]
    if len(listed) == 1 and len(values) > 1:
        placed = by_place(scan, names, _value_chain(scan, values))
        if placed:
            return placed
        if _lacks_its_neighbour(scan, name, values[0]):
            return []
    if values[0].quantity.unit_text == "%" and _precedes_a_cell(scan, name, values[0]):
        return []
    name, values = level_of_a_drug(scan, name, values)
    first = values[0]
    name = _collected(scan, name, first)
    if is_target(scan, name, first) or is_change_by(scan, name, first):
        return []
    if not (fits(name, first, scan) and _linked(scan, name, first)):
        return _measured_series(scan, name, values)
    if _is_row(scan, name, values):
        return []
    return _series(scan, name, values)


# ------------------------------------------------------------------ lists
def _paired(scan: Scan, listed: list[Name], values: list[Value]) -> list[Reading] | None:
    """Two lists by position; [] where they should pair and do not, None where they are no two lists."""
    chain = _value_chain(scan, values)
    if len(chain) < len(listed):
        listed = [n for n in listed if n.analyte.kind != "panel"]  # "bone markers (NTX and BAP)"
    told_apart = glue.RESPECTIVELY.within(scan.low, listed[-1].end, chain[0].start) is not None
    slashed = is_slashed(scan, listed, chain)
    if len(chain) == len(listed) and (told_apart or slashed or _linked(scan, listed[-1], chain[0])):
        pairs = pair_lists(listed, [v.quantity for v in chain])
        if pairs and all(fits(n, v, scan) for n, v in zip(listed, chain, strict=True)):
            read = readings_of_pairs(listed, chain, 1.0)
            return read + _listed_again(scan, listed, chain, values[len(chain) :])
    if len(chain) == 2 * len(listed) and _linked(scan, listed[-1], chain[0]):
        changed = changed_together(scan, listed, chain)
        if changed:
            return changed
    if len(chain) > 1 and glue.RESPECTIVELY.within(scan.lower, 0, len(scan.lower)):
        return by_place(scan, listed, chain) or []
    return None


def _listed_again(scan: Scan, listed: list[Name], first: list[Value], rest: list[Value]) -> list[Reading]:
    """The same tests at another time: "... 12 ng/mL and 78 pg/mL at first and 38 and 45 at 6 months"."""
    again = _value_chain(scan, rest) if rest else []
    if len(again) != len(first) or not _joins_series(scan.plain[first[-1].end : again[0].start], again[0]):
        return []
    if any(a.quantity.unit_text != b.quantity.unit_text for a, b in zip(first, again, strict=True)):
        return []
    return readings_of_pairs(listed, again, 0.9)


def _value_chain(scan: Scan, values: list[Value]) -> list[Value]:
    """The values of one list: joined by commas and "and" alone."""
    chain = values[:1]
    for value in values[1:]:
        gap = without_brackets(scan.low[chain[-1].end : value.start])
        if not glue.TIGHT.behind(gap, 0):
            break
        chain.append(value)
    return chain


def _units_shared(scan: Scan, values: list[Value]) -> list[Value]:
    """Values of one chain get the unit that is printed once at its end."""
    out: list[Value] = []
    while values:
        chain = _value_chain(scan, values)
        quantities = share_unit([v.quantity for v in chain])
        out += [Value(q, v.reference, v.end) for q, v in zip(quantities, chain, strict=True)]
        values = values[len(chain) :]
    return out


def _joined_tail(scan: Scan, names: list[Name]) -> list[Name]:
    """The last names of a list that nothing but commas and conjunctions separates."""
    tail = names[-1:]
    for name in reversed(names[:-1]):
        gap = without_brackets(scan.low[name.end : tail[0].start])
        if not glue.JOINT.fills(gap, 0, len(gap)):
            break
        tail.insert(0, name)
    return tail


def _lacks_its_neighbour(scan: Scan, name: Name, value: Value) -> bool:
    """Whether an unknown test shares the values: "xylosyltransferase and calcium were 30 and 2.3"."""
    if name.head[1] != name.end or not glue.AND_BEFORE.within(scan.low, 0, name.start):
        return False
    return glue.WERE_BEHIND.behind(scan.low, name.end, value.start) is not None


def _precedes_a_cell(scan: Scan, name: Name, value: Value) -> bool:
    """As in "(82% neutrophils, 12% lymphocytes)": the value stands before its name."""
    behind = next((n for n in scan.names if n.start >= value.end), None)
    tight = not scan.text[name.end : value.start].strip(" :=(")
    return (
        behind is not None and behind.analyte.kind == "cells" and behind.start == value.end + 1 and not tight
    )


# ------------------------------------------------------------------ series
def _is_row(scan: Scan, name: Name, values: list[Value]) -> bool:
    """Whether bare numbers follow each other as in a row of a table."""
    if len(values) < 2 or values[0].quantity.unit or name.unit:
        return False
    return not scan.text[values[0].quantity.end : values[1].start].strip()


def _series(scan: Scan, name: Name, values: list[Value]) -> list[Reading]:
    """The first value of a test, and those that only times and joints separate from it."""
    readings = [Reading(name, values[0])]
    for previous, value in pairwise(values):
        gap = scan.plain[previous.end : value.start]
        low = scan.low[previous.end : value.start]
        if not gap.strip() or glue.THRESHOLD.behind(scan.lower, value.start) or "of which" in low:
            break
        changed = glue.CHANGE_TO.within(low, 0, len(low)) is not None
        if not (changed or _joins_series(gap, value)) or (not changed and _is_next_cell(name, gap)):
            break
        if not fits(name, value, scan) or not _same_units(previous, value, name):
            break
        if value.quantity.unit_text == "%" != previous.quantity.unit_text and name.analyte.kind == "count":
            break  # "WBC was 12.3 with 85% neutrophils"
        if WORD.search(gap) and _another_is_named(scan, previous.end, value):
            break
        if (tied := glue.NAMED_OF.within(low, 0, len(low))) and not _is_of_a_series(tied["name"]):
            break  # "beta lipoproteins of 16.5 % and alpha of 27.3 %"
        later = changed and _is_change(scan, values[0], low)
        normal = any(
            r.kind == "back" and previous.end <= r.start and r.end <= value.start for r in scan.results
        )
        readings[0].earlier = readings[0].earlier or later
        flag = "normal" if normal else ""
        readings.append(Reading(name, value, flag, later=later or normal, certainty=0.95, relation=SERIES))
    return readings


def _is_next_cell(name: Name, gap: str) -> bool:
    """Whether a word that no list knows names another cell: "lymphocytes 24%, eosinofils 3%"."""
    words = WORD.findall(gap)
    return name.analyte.kind == "cells" and bool(words) and not _is_of_a_series(words[-1])


def _is_change(scan: Scan, first: Value, gap: str) -> bool:
    """Whether words before the first value or between two tell a change ("from 12 to 30", "→")."""
    return (
        glue.CHANGE_FROM.within(scan.low, 0, first.start) is not None
        or glue.CHANGE_VERB.within(gap, 0, len(gap)) is not None
        or "→" in gap
    )


def _joins_series(gap: str, value: Value) -> bool:
    """Whether a gap holds nothing but times and joints ("... at admission and ...")."""
    words = WORD.findall(gap)
    unknown = [w for w in words if not _is_of_a_series(w)]
    allowed = 1 if value.quantity.unit else 0
    if unknown and words[-1] == unknown[-1] and _names_it(gap, unknown[-1]):
        return False
    return (
        ";" not in gap and len(words) <= 12 and len(unknown) <= allowed and all(w.islower() for w in unknown)
    )


def _names_it(gap: str, word: str) -> bool:
    """Whether the word right before a value is the noun of another item: "protein 45, sugar 60 mg/dL"."""
    bare = gap.rstrip(" :=(")
    return bare.strip(" ,(") == word and not word.endswith(("ly", "ing", "ed", "wards"))


def _is_of_a_series(word: str) -> bool:
    low = word.lower()
    return low in plain("series") or low in plain("link") or glue.DAY.fullmatch(word) is not None


def _same_units(previous: Value, value: Value, name: Name) -> bool:
    """Whether two values are of one series by their units; urine is told by volume and by day."""
    a, b = previous.quantity.unit_text, value.quantity.unit_text
    return a == b or not a or (name.urine and "/" in a and "/" in b)


def _measured_series(scan: Scan, name: Name, values: list[Value]) -> list[Reading]:
    """As in "PTH values measured 15 and 30 minutes after excision were 78 and 52 pg/mL": one test twice."""
    for previous, at in zip(values, range(1, len(values)), strict=False):
        start = values[at].start
        if not glue.WERE_BEFORE.within(scan.low, previous.end, start):
            continue
        if glue.UNLINK.within(scan.low, name.end, start):
            continue
        readings = [Reading(name, v, certainty=0.9, relation=SERIES) for v in _value_chain(scan, values[at:])]
        if all(r.value and r.value.quantity.unit and fits(name, r.value, scan) for r in readings):
            return readings
    return []


# ------------------------------------------------------------------ one test and one value
def _linked(scan: Scan, name: Name, value: Value) -> bool:
    """Whether the words between a name and a value let the value be the name's."""
    gap = without_brackets(_without_results(scan, name.end, value.start))
    if not WORD.search(gap) and is_threshold(scan, name, value):
        return False
    if len(gap) > _MAX_GAP or glue.UNLINK.within(gap, 0, len(gap)):
        return False
    words = WORD.findall(gap)
    known = plain("link")
    unknown = sum(w not in known and w not in ":=" for w in words)
    if value.quantity.unit is not None:
        extreme = 2 if glue.EXTREME.within(gap, 0, len(gap)) else 0  # "rose to a maximum of"
        linked = _linked_with_unit(name, gap, len(words) - extreme, unknown)
        return linked and not (unknown and _another_is_named(scan, name.end, value))
    after = scan.text[value.quantity.end : value.quantity.end + 1]
    if after and after not in " ,;.)](" and not after.isspace():
        return False
    if unknown or len(words) > 6:
        return False
    if "," in gap and not (gap.strip() == "," and (value.reference or _is_item(scan, name, value))):
        return False
    return _linked_without_unit(scan, name, value, gap)


def _another_is_named(scan: Scan, since: int, value: Value) -> bool:
    """Whether a list goes on with a test that no list knows right before a value."""
    if not glue.LIST_GOES_ON.within(scan.low, since, value.start):
        return False
    other = name_before(scan, value)
    return other is not None and glue.LIST_GOES_ON.within(scan.low, since, other.start) is not None


def _linked_with_unit(name: Name, gap: str, words: int, unknown: int) -> bool:
    """The same for a value with its unit, of `words` between, `unknown` of them of other meaning."""
    if name.symbol and words > 4:
        return False
    if name.flag:
        # "proteinuria was 3 g/day", "hypokalaemia was noted (2.9 mmol/L)", but not "she was hypokalaemic,
        # sodium 130 mmol/L"
        noun = name.urine or gap.endswith(" (") or not glue.STATE_IS.within(gap, 0, len(gap))
        return unknown == 0 and noun
    if gap.strip() == "and":
        return False
    tied = glue.TIE.within(gap, 0, len(gap)) is not None
    return unknown <= (6 if tied else 2) and gap.count(",") <= 2


#: Kinds of tests that are told without a unit.
_UNITLESS = frozenset({"percent", "ratio", "gas", "count", "coag", "esr", "ab", "cells", "indices"})


def _linked_without_unit(scan: Scan, name: Name, value: Value, gap: str) -> bool:
    """The same for a bare number, which needs a tie or a test that is told without units."""
    if name.symbol and name.analyte.name == "creatine kinase":
        return False  # cytokeratin: "CK 7"
    if name.symbol or glue.P_VALUE.search(scan.text[max(0, name.head[0] - 1) : value.start]):
        if glue.P_ALONE.match(scan.text[name.head[0] : value.start + 4]):
            return False
        decimal = "." in scan.text[value.start : value.end] and name.head[1] - name.head[0] > 1
        return decimal or any(n is not name for n in scan.names)
    if value.reference or value.quantity.comparator != "=" or name.analyte.kind in _UNITLESS:
        return True
    bare = gap.strip(" (-\u2013\u2014")
    return not bare or glue.BARE_TIE.within(bare, 0, len(bare)) is not None


def _is_item(scan: Scan, name: Name, value: Value) -> bool:
    """As in "pH, 7.31; lactate, 3.2 mmol/L": a test told without a unit in a list by semicolons."""
    behind = scan.text[value.end : value.end + 1]
    return name.analyte.kind in _UNITLESS and (behind == ";" or (";" in scan.text and behind in ("", ".")))


def _without_results(scan: Scan, start: int, end: int) -> str:
    """low[start:end] with result words blanked out."""
    gap = scan.low[start:end]
    for result in scan.results:
        if start <= result.start and result.end <= end:
            gap = blanked(gap, result.start - start, result.end - start)
    return gap


def _collected(scan: Scan, name: Name, value: Value) -> Name:
    """A test in urine where its amount is what a day's urine held: "24-h urine: calcium 320 mg"."""
    if not name.analyte.urine or name.specimen or value.quantity.unit_text not in _AMOUNTS:
        return name
    told = glue.COLLECTION.within(scan.low, 0, name.start)
    other = told is None or glue.OTHER_FLUID.within(scan.low, told.end(), name.start)
    return name if other else in_urine(name)


#: Units of what a collection of urine holds.
_AMOUNTS = frozenset({"mg", "g", "ug", "mmol", "umol", "nmol", "mEq"})


def _value_of(scan: Scan, value: Value, name: Name) -> bool:
    """As in "9.4 mg/dL of calcium", "a value of 98 pg/mL for PTH"."""
    unit = value.quantity.unit_text
    if unit == "%" and (name.analyte.kind == "cells" or name.analyte.name in plain("told as a share")):
        # "80% neutrophils", "80% of which were neutrophils"
        if scan.lower[value.end : name.head[0]] == " of ":  # "80% of neutrophils."
            counted = glue.SHARE_OPENS.within(scan.lower, value.start - 20, value.start)
            return bool(counted and glue.SHARE_ENDS.behind(scan.lower, name.end))
        return glue.SHARE_OF.fills(scan.lower, value.end, name.head[0]) is not None
    if unit in _AMOUNTS and glue.COLLECTION.within(scan.low, 0, value.start):
        return glue.CONTENT_OF.fills(scan.lower, value.end, name.head[0]) is not None
    return (
        "/" in unit
        and fits(name, value, scan)
        and glue.VALUE_OF.fills(scan.lower, value.end, name.head[0]) is not None
    )
