"""Bone density: the mention type."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class BmdMention(Mention):
    """One densitometric measure: bmd (g/cm2), t_score or z_score (SD), bmd_change (%)."""

    site: str
    region: str = ""
    measure: str
    value: float
    unit: str = ""
    pregnancy: int | None = None
