"""Signs that look like levels: T1 and T2 of MRI, T4 of the thyroid, vitamin D3, complement C3."""

from __future__ import annotations

from extractors.fractures.levels import LevelRef
from extractors.fractures.vocabulary import SLOTS
from extractors.rules.rule import Glue

_WEIGHTED = Glue(
    r"\*?(?: ?-| ?w\b| ?wi\b|w\d| {weighted look}| (?:low|high)\b| ?/ ?t2| ?[,:] ?(?!t|l|and))", SLOTS
)
_SIGNAL_ON = Glue(
    r"\b(?:signals?|\w*intens\w*|sequences?|images?|imaging|bright|dark) (?:\w+ ){0,3}(?:on|in|at) "
    r"(?:both )?$"
    r"|\b(?:high|low) on $"
)
_VITAMIN = Glue(r"(?:\bvit(?:amin|\.)?|hydroxy\w*|calciferol|calcidiol|\boh\)?|\))[\s-]*$")
_THYROID = Glue(r"\bthyro|\btsh\b|\bfree t[34]\b|\bft[34]\b|triiodo")
_COMPLEMENT = Glue(r"\bcomplement|\bana\b|\bigg\b|c3 and c4|hepatitis|heart sounds?|murmur")


def is_no_level(lower: str, ref: LevelRef) -> bool:
    """Whether a symbol in a sentence (in lower case) stands for something else than a level."""
    if ref.form != "symbol":
        return False
    levels = set(ref.levels)
    return (
        (levels <= {"T1", "T2"} and _is_weighting(lower, ref))
        or (levels <= {"T2", "T3"} and _is_vitamin(lower, ref))
        or (levels <= {"T3", "T4"} and _named(_THYROID, lower))
        or (levels <= {"C3", "C4", "S1", "S2"} and _named(_COMPLEMENT, lower))
    )


def _is_weighting(lower: str, ref: LevelRef) -> bool:
    return (
        "weight" in lower
        or _WEIGHTED.behind(lower, ref.end) is not None
        or _SIGNAL_ON.within(lower, ref.start - 60, ref.start) is not None
    )


def _is_vitamin(lower: str, ref: LevelRef) -> bool:
    return lower[ref.start] == "d" and _VITAMIN.within(lower, ref.start - 20, ref.start) is not None


def _named(glue: Glue, lower: str) -> bool:
    return glue.within(lower, 0, len(lower)) is not None
