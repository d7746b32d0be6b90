"""Bone density: the mention type, and what a measure's value can be."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention

#: What can be true of a patient, by unit: T- and Z-score in SD (the lowest published are near -9), areal
#: density in g/cm2 and volumetric in mg/cm3 (ISCD official positions 2019), a change in per cent.
LIMITS = {"SD": (-9.0, 6.0), "g/cm2": (0.1, 2.5), "mg/cm3": (5.0, 600.0), "%": (-70.0, 150.0)}
#: The unit of each measure where none is printed.
UNITS = {"bmd": "g/cm2", "t_score": "SD", "z_score": "SD", "bmd_change": "%"}
SCORES = ("t_score", "z_score")


@dataclass(frozen=True, slots=True, kw_only=True)
class BmdMention(Mention):
    """One densitometric measure: bmd (g/cm2), t_score or z_score (SD), bmd_change (%)."""

    site: str
    region: str = ""
    measure: str
    value: float
    unit: str = ""
    pregnancy: int | None = None


def plausible(measure: str, value: float, unit: str = "") -> bool:
    """Whether a measure of a patient can have this value; without a unit, in the measure's own."""
    low, high = LIMITS["mg/cm3" if measure == "bmd" and unit == "mg/cm3" else UNITS[measure]]
    return low <= value <= high
