"""Values in lists: "A, B and C were 1, 2 and 3 (respectively)", one unit for several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from extractors.language.quantities import Quantity
from extractors.language.units import Unit

T = TypeVar("T")


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
