"""The corpus in pictures: functions from data frames to matplotlib figures, and the files they are kept in.

Every function takes tables as `casebook.load` hands them out, counts patients told of twice once, leaves
out what does not belong (fractures of the past, drugs that were denied), and raises `NothingToShow` where
the rows hold nothing to draw.
"""

from pipeline.figures.change import bmd_change, changes, treatments
from pipeline.figures.course import course
from pipeline.figures.onset import first_onsets, onset
from pipeline.figures.results import at_first, results
from pipeline.figures.scores import lowest_scores, scores
from pipeline.figures.spine import fractured_levels, spine
from pipeline.figures.style import NothingToShow, png, svg

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
