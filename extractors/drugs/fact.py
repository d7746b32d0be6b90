"""Drugs and regimens: the mention type."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugMention(Mention):
    """One drug (generic name) or class; status given | prior | planned | denied | stopped."""

    drug: str
    drug_class: str = ""
    status: str = "given"
    dose: float | None = None
    dose_unit: str = ""
    frequency: str = ""
    route: str = ""
    duration_text: str = ""
    pregnancy: int | None = None
