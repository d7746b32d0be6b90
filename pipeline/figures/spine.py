"""The spine with the patients who broke each vertebra, and each patient's levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.figures.people import counted, shown_name
from pipeline.figures.style import (
    BAND,
    BLUE,
    GROUND,
    INK,
    ORANGE,
    QUIET,
    RULE,
    NothingToShow,
    picture,
    sheet,
    without_frame,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEVELS = (*(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)))
#: patients who get a column each; more of them are counted by their number of levels
_MOST = 60
#: points between a panel and its title: the numbers above the columns stand there
_PAD = 14
#: where along the column its bend to the back becomes one to the front (T12)
_TURN = 0.7
_PHASES = {"baseline": ("at presentation", BLUE, "o"), "follow-up": ("later", ORANGE, "D")}


def fractured_levels(fractures: pd.DataFrame) -> pd.DataFrame:
    """`case_id`, `level`, `phase` of each vertebra T1 to L5 that a patient broke, each once.

    Fractures told as history are left out, patients told of twice counted once. A level broken at
    presentation and again later stands under the first.
    """
    found = counted(fractures)
    found = found[found["level"].isin(LEVELS) & (found["phase"] != "history")]
    found = found.assign(phase=found["phase"].astype("object").fillna("baseline"))
    return found.sort_values(["case_id", "phase"], kind="stable")[
        ["case_id", "level", "phase"]
    ].drop_duplicates(["case_id", "level"], ignore_index=True)


@picture
def spine(fractures: pd.DataFrame) -> Figure:
    """Draw it from `fractures`. Raises NothingToShow where no vertebra is told by its level."""
    found = fractured_levels(fractures)
    if found.empty:
        raise NothingToShow("no fractured vertebra T1 to L5 is told by its level")
    counts = found.groupby(["level", "phase"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=list(LEVELS), columns=list(_PHASES), fill_value=0)
    per_patient = found.groupby("case_id").size()
    many = len(per_patient) > _MOST
    share = 1.6 if many else min(3.2, 0.35 + 0.075 * len(per_patient))
    figure = sheet(3.4 + 1.25 * share, 4.3)
    left, right = figure.subplots(1, 2, width_ratios=(2.3, share))
    _bars(left, counts, len(per_patient))
    if counts["follow-up"].any():
        _legend(left)
    if many:
        _numbers(right, per_patient)
    else:
        _matrix(right, found, per_patient)
    return figure


def _bars(axes: Axes, counts: pd.DataFrame, patients: int) -> None:
    """The vertebrae, shaded by their patients, with bars beside them."""
    most = int(counts.sum(axis=1).max())
    room = most * 0.42
    for place, level in enumerate(LEVELS):
        total = int(counts.loc[level].sum())
        _vertebra(axes, place, room, total / most)
        begin = 0
        for phase, (_, colour, _) in _PHASES.items():
            axes.barh(place, counts.loc[level, phase], left=begin, height=0.66, color=colour)
            begin += counts.loc[level, phase]
        if total:
            axes.text(total + most * 0.02, place, str(total), va="center", fontsize=7.5)
    axes.set_xlim(-room * 1.45, most * 1.12)
    axes.set_ylim(len(LEVELS) - 0.4, -0.7)
    axes.set_yticks(range(len(LEVELS)), LEVELS)
    axes.set_xticks([])
    without_frame(axes)
    axes.set_title(f"Patients by fractured level (n = {patients})", pad=_PAD)


def _legend(axes: Axes) -> None:
    """Which mark is of which phase, under the bars."""
    from matplotlib.lines import Line2D  # noqa: PLC0415

    handles = [
        Line2D([], [], linestyle="", marker=marker, color=colour, markersize=5, label=label)
        for label, colour, marker in _PHASES.values()
    ]
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.3, 0.0), title="Fracture told", alignment="left"
    )


def _vertebra(axes: Axes, place: int, room: float, share: float) -> None:
    """A vertebral body seen from the side, the darker the more patients; the column bends as it does."""
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415

    along = place / (len(LEVELS) - 1)
    if along < _TURN:
        bend = -0.16 * np.sin(np.pi * along / _TURN)
    else:
        bend = 0.16 * np.sin(np.pi * (along - _TURN) / (2 * (1 - _TURN)) * 1.3)
    wide = room * (0.30 + 0.20 * along)
    corner = (-room * 0.75 + room * bend - wide / 2, place - 0.37)
    for colour, opacity, edge in ((BAND, 1.0, QUIET), (BLUE, share, "none")):
        body = FancyBboxPatch(
            corner, wide, 0.74, boxstyle=f"round,pad=0,rounding_size={wide * 0.16}",
            mutation_aspect=1 / (wide * 0.8), facecolor=colour, alpha=opacity, edgecolor=edge, linewidth=0.6,
        )  # fmt: skip
        axes.add_patch(body)


def _matrix(axes: Axes, found: pd.DataFrame, per_patient: pd.Series) -> None:
    """A column for every patient, most levels first."""
    order = sorted(per_patient.index, key=lambda case: (-per_patient[case], case))
    at = {case: place for place, case in enumerate(order)}
    for place in range(len(order)):
        axes.plot([place, place], [-0.5, len(LEVELS) - 0.5], color=RULE, linewidth=0.5, zorder=0)
    size = 26 if len(order) <= 30 else 14
    for phase, (_, colour, marker) in _PHASES.items():
        own = found[found["phase"] == phase]
        axes.scatter(
            [at[case] for case in own["case_id"]], [LEVELS.index(level) for level in own["level"]],
            s=size, color=colour, marker=marker, edgecolor=GROUND, linewidth=0.4, zorder=2,
        )  # fmt: skip
    for case, place in at.items():
        axes.text(place, -0.75, str(per_patient[case]), ha="center", va="bottom", fontsize=6.5, color=INK)
    axes.set_xlim(-0.7, len(order) - 0.3)
    axes.set_ylim(len(LEVELS) - 0.4, -0.7)
    axes.set_yticks(range(len(LEVELS)), LEVELS)
    axes.set_xticks(range(len(order)), [shown_name(case) for case in order], rotation=90, fontsize=6)
    without_frame(axes)
    axes.set_title("Each patient's levels", pad=_PAD)


def _numbers(axes: Axes, per_patient: pd.Series) -> None:
    """How many patients broke one vertebra, two, three, ..."""
    counts = per_patient.value_counts().sort_index()
    axes.bar(counts.index, counts.to_numpy(), color=BLUE, width=0.7)
    axes.set_xlabel("Fractured levels of a patient")
    axes.set_ylabel("Patients")
    axes.locator_params(integer=True)
    axes.set_title("Patients by number of levels")
