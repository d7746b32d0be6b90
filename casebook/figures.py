"""Pictures of the tables: functions from data frames to matplotlib figures (see `pipeline.figures`)."""

from pipeline.figures import (
    NothingToShow,
    at_first,
    bmd_change,
    changes,
    course,
    first_onsets,
    fractured_levels,
    lowest_scores,
    onset,
    png,
    results,
    scores,
    spine,
    svg,
    treatments,
)

__all__ = (
    "NothingToShow",
    "at_first",
    "bmd_change",
    "changes",
    "course",
    "first_onsets",
    "fractured_levels",
    "lowest_scores",
    "onset",
    "png",
    "results",
    "scores",
    "spine",
    "svg",
    "treatments",
)
