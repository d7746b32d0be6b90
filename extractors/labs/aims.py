"""Values that are no results: limits, targets, amounts of a change, doses before a drug's level."""

from __future__ import annotations

from dataclasses import replace

from extractors.labs import glue
from extractors.labs.scan import fits
from extractors.labs.sentence import Name, Scan, Value


def is_threshold(scan: Scan, name: Name, value: Value) -> bool:
    """As in "25(OH)D below 20 ng/mL" in a criterion; in a list of results it is a value."""
    if not glue.THRESHOLD.behind(scan.lower, value.start) or glue.HAS.within(
        scan.lower, name.start - 25, name.start
    ):
        return False
    if name.flag and scan.lower.startswith("up to", value.start):
        return False  # "hypercalcaemia up to 3.6 mmol/L" was found
    return not any(v.quantity.unit and not glue.THRESHOLD.behind(scan.lower, v.start) for v in scan.values)


def is_target(scan: Scan, name: Name, value: Value) -> bool:
    """As in "was infused until calcium was above 7 mg/dL": what was aimed at, or waited for."""
    if _is_aimed_at(scan, name, value):
        return True
    if value.quantity.comparator == "=":
        return False
    if glue.TARGET.within(scan.low, name.start - 60, name.start):
        return True
    waited = glue.WAITED.within(scan.low, name.start - 40, name.start)
    return waited is not None and glue.PASSED.within(scan.low, name.end, value.start + 10) is not None


def _is_aimed_at(scan: Scan, name: Name, value: Value) -> bool:
    """As in "the goal was a sodium of 140 mmol/L", "potassium should be 4": no result was told."""
    return bool(
        glue.AIMED_BEFORE.within(scan.low, name.start - 60, name.start)
        or glue.AIMED_BETWEEN.within(scan.low, name.end, value.start)
        or glue.AIMED_BEHIND.behind(scan.low, value.end)
    )


def is_change_by(scan: Scan, name: Name, value: Value) -> bool:
    """As in "a drop in haemoglobin of 3 g/dL": by how much it changed."""
    return bool(
        glue.CHANGE_OF.within(scan.low, name.start - 50, name.start)
        and glue.BY_AMOUNT.fills(scan.low, name.end, value.start)
    )


def level_of_a_drug(scan: Scan, name: Name, values: list[Value]) -> tuple[Name, list[Value]]:
    """A drug's name with its dose, and the values from its level on: "A (2 mg), at a level of 7 ng/mL"."""
    if name.analyte.kind != "drug" or fits(name, values[0], scan):
        return name, values
    for before, (at, value) in zip(values, enumerate(values[1:], 1), strict=False):
        told = glue.DRUG_LEVEL.within(scan.low, before.end, value.start)
        if told and ";" not in scan.low[name.end : value.start]:
            return replace(name, end=told.start()), values[at:]
    return name, values
