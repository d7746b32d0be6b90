"""Who the patient is: the mention type."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention(Mention):
    """Age, sex, gravida/para, height, weight or BMI of somebody; what is not stated is None.

    `years` is decimal; `age_text` as printed ("in her thirties" has no years). `role` is
    "presentation" (age at the report), "event" (age at an earlier or later event) or "other"
    (another person's). Height in cm, weight in kg, BMI in kg/m2. `sex` is F or M.
    """

    years: float | None = None
    age_text: str = ""
    role: str = "presentation"
    sex: str | None = None
    gravida: int | None = None
    para: int | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    bmi: float | None = None
