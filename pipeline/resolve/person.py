"""Who the patient is: age, sex, parity and build, from all that is said of the person."""

from __future__ import annotations

from typing import Any

from extractors.person.fact import PersonMention
from pipeline.resolve.placed import Placed

_FIELDS = ("sex", "gravida", "para", "height_cm", "weight_kg", "bmi")


def person_values(found: list[Placed[PersonMention]]) -> tuple[dict[str, Any], Placed[PersonMention] | None]:
    """The columns of the cases table, and the mention to quote: the age's, else the first one's."""
    own = [p for p in found if p.mention.context.about_patient and p.mention.role != "other"]
    age = _age(own)
    values: dict[str, Any] = {
        "age_years": age.mention.years if age else None,
        "age_text": age.mention.age_text if age else "",
    }
    for field in _FIELDS:
        values[field] = _first_told(own, field)
    chosen = age or (own[0] if own else None)
    return values, chosen


def _age(own: list[Placed[PersonMention]]) -> Placed[PersonMention] | None:
    """The age at presentation: the surest exact one (the first of equals), else the first in words."""
    aged = [p for p in own if p.mention.role == "presentation"]
    exact = [p for p in aged if p.mention.years is not None]
    if exact:
        return max(exact, key=lambda p: p.mention.certainty)
    return next((p for p in aged if p.mention.age_text), None)


def _first_told(own: list[Placed[PersonMention]], field: str) -> Any:
    for placed in own:
        value = getattr(placed.mention, field)
        if value is not None:
            return value
    return None
