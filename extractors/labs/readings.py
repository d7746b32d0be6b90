"""What a sentence says of its tests: values with their words, then words of tests without a value."""

from __future__ import annotations

import re

from extractors.labs import glue
from extractors.labs.flags import result_flag
from extractors.labs.relations import MEASURED_STATE, MEMBERS, SERIES
from extractors.labs.sentence import Reading, Scan, Value
from extractors.labs.statements import GENERAL, HEDGES
from extractors.labs.summary import exceptions
from extractors.labs.unknown import unknown_readings
from extractors.labs.values_of import link_values
from extractors.labs.words import plain
from extractors.labs.words_of import link_results


def readings_of(read: Scan) -> list[Reading]:
    """Values with what the words say of them, then words of tests without a value."""
    values = [r for r in link_values(read) if not r.name.flag or _is_measured(r)]
    words = link_results(read)
    out: list[Reading] = []
    seen: set[int] = set()
    for reading in values:
        first = reading.name.start not in seen
        said = words.get(reading.name.start)
        if said and not first and reading.relation is SERIES and reading.value and not reading.later:
            _like_the_first(read, out[-1], reading)
        elif first:
            _say_of_value(read, values, reading, said)
        told = first or not reading.later  # "hypokalaemia of 2.4 corrected to 3.9 mmol/L"
        if reading.name.flag and told and reading.value and reading.value.quantity.comparator == "=":
            reading.flag, reading.relation = reading.name.flag, MEASURED_STATE
        seen.add(reading.name.start)
        out.append(reading)
    out += unknown_readings(read, {r.value.start for r in out if r.value})
    blocked = exceptions(read) | seen
    return out + [r for at, r in words.items() if at not in blocked and _may_stand_alone(read, r)]


def _is_measured(reading: Reading) -> bool:
    """Whether a word that states a result has a value of its own ("hypokalaemia (2.9 mmol/L)")."""
    quantity = reading.value.quantity if reading.value else None
    told = reading.value and reading.value.reference and reading.value.reference.unit
    return quantity is not None and bool(quantity.unit or told) and quantity.comparator == "="


def _say_of_value(read: Scan, values: list[Reading], reading: Reading, said: Reading | None) -> None:
    """Give the first value of a test what the words say of it."""
    if said and _told_before(read, reading, said):
        return
    if said and said.later and reading.earlier:
        _say_of_last(values, reading, said)
        return
    if said and not _said_of_next(values, reading, said):
        reading.flag, reading.flag_span = said.flag, None if said.relation is MEMBERS else said.flag_span
        reading.later, reading.shared = reading.later or said.later, said.shared
    elif reading.value:
        _said_between(read, reading, reading.value)


def _say_of_last(values: list[Reading], reading: Reading, said: Reading) -> None:
    """As in "normalised from 1200 to 150": the word holds for the end of the change."""
    ends = [r for r in values if r.name is reading.name and r.later]
    if ends:
        ends[-1].flag, ends[-1].flag_span = said.flag, said.flag_span


def _told_before(read: Scan, reading: Reading, said: Reading) -> bool:
    """Whether a word is of a time before the value: "creatinine, which had been normal, was 3.4 mg/dL"."""
    if said.flag_span is None or reading.value is None or said.flag_span[1] > reading.value.start:
        return False
    return glue.HAD_BEEN.within(read.low, reading.name.end, said.flag_span[0]) is not None


def _said_of_next(values: list[Reading], reading: Reading, said: Reading) -> bool:
    """Whether a result word is that of the test's next value ("fell to 12 and normalized (9.1)")."""
    if said.flag_span is None or reading.value is None or said.flag_span[0] < reading.value.end:
        return False
    return any(
        r.name is reading.name and r.value is not None and r.value.start >= said.flag_span[1] for r in values
    )


def _said_between(read: Scan, reading: Reading, value: Value) -> None:
    """A result word between name and value that no rule has claimed: "calcium as low as 1.74 mmol/L"."""
    for result in read.results:
        if result.used or not (reading.name.end <= result.start and result.end <= value.start):
            continue
        lasting = read.low[result.start : result.end] in plain("lasting")
        if result.changed and not lasting and _TO.match(read.text, result.end):
            continue
        flag = result_flag(result.kind, reading.name)
        if flag:
            reading.flag, reading.flag_span = flag, (result.start, result.end)
            reading.later = reading.later or result.kind == "back"


def _like_the_first(read: Scan, first: Reading, reading: Reading) -> None:
    """As in "was repeatedly low (41, 38 and 45 U/L)": the word holds for the list."""
    if first.value and reading.value and _COMMA.fullmatch(read.text[first.value.end : reading.value.start]):
        reading.flag, reading.flag_span = first.flag, first.flag_span


#: Letters of a symbol that is a word ("dopamine", which is given as well).
_LONG_SYMBOL = 6
_COMMA = re.compile(r"\s?(?:,|,?\s?and)\s?")
_TO = re.compile(r"\s(?:to|from|by|(?:progressive|gradual|steadi|rapid|slow|quick)ly)\b")


def _may_stand_alone(read: Scan, reading: Reading) -> bool:
    """Whether a flag without a value is a result: not of a lone symbol, not in a general statement."""
    name = reading.name
    if name.symbol and read.lower[name.head[0] : name.head[1]] in plain("also a disease"):
        return False  # "TB was suspected", of tuberculosis
    if name.flag or (reading.later and name.analyte.name in plain("mixed panel")):
        return False  # "all biochemical parameters normalised" is no result of its own
    lone = name.symbol and not any(n is not name and not n.symbol for n in read.names)
    told = read.low[slice(*reading.flag_span)] if reading.flag_span else ""
    if lone and name.head[1] - name.head[0] >= _LONG_SYMBOL and told in plain("lasting"):
        lone = False  # "Dopamine was raised"
    if lone and name.specimen not in ("serum", "plasma", "urine"):
        return False
    if GENERAL.first(read.view, read.sentence):
        return False
    at = read.sentence.start
    span = reading.flag_span or (name.start, name.end)
    left, right = min(span[0], name.start), max(span[1], name.end)
    return HEDGES.first(read.view, read.sentence, at + max(0, left - 40), at + right) is None
