"""When symptoms began: the mention type."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class OnsetMention(Mention):
    """A first or worsening symptom in time relative to delivery, days signed (negative before).

    `role`: "onset", "worsening" or "presentation" (a visit or diagnosis; used only if a patient has
    nothing better). `anchor` is "delivery" or "gestation".
    """

    symptom: str = ""
    anchor: str = "delivery"
    pregnancy: int | None = None
    days_min: int
    days_max: int
    role: str = "onset"
