"""Laboratory results: the mention type."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class LabMention(Mention):
    """One laboratory result; `value` None for a qualitative one, then `flag` says low/normal/high.

    `unit` has its symbols normalised; `ref_low`/`ref_high` are in the same unit.
    """

    analyte: str
    specimen: str = ""
    comparator: str = ""
    value: float | None = None
    unit: str = ""
    ref_low: float | None = None
    ref_high: float | None = None
    flag: str = ""
    pregnancy: int | None = None
