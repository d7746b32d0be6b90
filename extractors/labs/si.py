"""SI values beside printed ones: factors per analyte and unit (si.csv)."""

from __future__ import annotations

from functools import cache

from extractors.language.quantities import Reference, in_thousands
from extractors.rules.words import Vocabulary

#: Analytes and printed units may be several in a cell, with "|" between.
SI = Vocabulary(
    "extractors.labs",
    "si.csv",
    ("analyte", "unit", "factor", "si_unit", "source"),
    key=("analyte", "unit"),
    filled=frozenset({"unit", "factor", "si_unit"}),
)


@cache
def _factors() -> dict[tuple[str, str], tuple[float, str]]:
    out: dict[tuple[str, str], tuple[float, str]] = {}
    for row in SI.rows:
        for analyte in row["analyte"].split("|"):
            for unit in row["unit"].split("|"):
                out[analyte, _key(unit)] = (float(row["factor"]), row["si_unit"])
    return out


@cache
def known_units() -> frozenset[str]:
    """The analytes of which it is known in which units they are measured."""
    return frozenset(analyte for analyte, _ in _factors())


def _key(unit: str) -> str:
    return unit.replace("IU", "U")


def to_si(analyte: str, value: float, unit: str) -> tuple[float, str] | None:
    """A value in SI units (AMA Manual of Style), rounded to four significant digits.

    `unit` in normal form ("mg/dL"). None where the analyte's conversion from this unit is not known.
    A value already in the SI unit comes back as it is.
    """
    found = _factors().get((analyte, _key(unit)))
    if found is None:
        return None
    factor, si_unit = found
    return (value if factor == 1 else float(f"{value * factor:.4g}")), si_unit


def convert_range(
    analyte: str, low: float | None, high: float | None, unit: str, wanted: str
) -> tuple[float | None, float | None] | None:
    """Limits in another unit of the same analyte, None where either unit is not known for it."""
    source, target = _factors().get((analyte, _key(unit))), _factors().get((analyte, _key(wanted)))
    if _key(unit) == _key(wanted):
        return low, high
    if source is None or target is None or source[1] != target[1]:
        return None
    factor = source[0] / target[0]
    return tuple(None if v is None else float(f"{v * factor:.4g}") for v in (low, high))  # type: ignore[return-value]


def range_of(analyte: str, reference: Reference | None, value: float, unit: str) -> Reference | None:
    """A reference range in the unit and scale of its value; None where it cannot be brought to them."""
    if reference is not None and reference.unit and unit and reference.unit != unit:
        converted = convert_range(analyte, reference.low, reference.high, reference.unit, unit)
        if converted is None:
            return None
        reference = Reference(reference.start, reference.end, *converted, unit)
    return in_thousands(reference, value, unit)
