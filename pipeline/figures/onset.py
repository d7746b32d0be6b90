"""When symptoms began, around delivery: each patient's first onset, and their distribution by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from extractors.time.durations import TRIMESTER_DAYS
from pipeline.figures.people import counted, shown_name
from pipeline.figures.style import (
    BAND,
    BLUE,
    INK,
    QUIET,
    RULE,
    WIDE,
    NothingToShow,
    picture,
    sheet,
    without_frame,
)
from pipeline.figures.told import MONTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: what lies outside is shown at the edge
_FIRST, _LAST = -9.25 * MONTH, 24 * MONTH
_SMALL: dict[str, Any] = {"ha": "center", "fontsize": 6.5, "color": QUIET}
#: patients who get a line with their name
_MOST = 70


def first_onsets(onset: pd.DataFrame) -> pd.DataFrame:
    """`case_id`, `pregnancy`, `low`, `high` (days from delivery): the first onset told of each pregnancy.

    Patients told of twice are counted once; an onset without a time is left out.
    """
    found = counted(onset)
    found = found.assign(low=found["days_from_delivery_min"], high=found["days_from_delivery_max"])
    found = found.dropna(subset=["low", "high"])
    found = found.assign(middle=(found["low"] + found["high"]) / 2, pregnancy=_pregnancy(found))
    found = found.sort_values(["middle", "case_id"], kind="stable")
    first = found.drop_duplicates(["case_id", "pregnancy"])
    return first[["case_id", "pregnancy", "low", "high", "middle"]].astype(
        {"low": "float64", "high": "float64", "middle": "float64"}
    ).reset_index(drop=True)  # fmt: skip


def _pregnancy(found: pd.DataFrame) -> pd.Series:
    """Which pregnancy an onset is of; where it is not told, the only one told of the patient, else 1."""
    told = found.groupby("case_id")["pregnancy"]
    only = told.transform("min").where(told.transform("nunique") == 1, 1)
    return found["pregnancy"].fillna(only)


@picture
def onset(onset: pd.DataFrame) -> Figure:
    """Draw it from the table `onset`. Raises NothingToShow where no onset has a time."""
    found = first_onsets(onset)
    if found.empty:
        raise NothingToShow("no onset is told in time from delivery")
    named = len(found) <= _MOST
    lines = min(0.125 * len(found), 7.0) if named else 6.0
    figure = sheet(WIDE, 1.7 + lines)
    top, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.15, max(lines, 0.4)))
    last = min(max(found["high"].max() + MONTH, 6 * MONTH), _LAST)
    _months(top, found, last)
    _lines(below, found, last, named)
    return figure


def _months(axes: Axes, found: pd.DataFrame, last: float) -> None:
    edges = np.arange(-10, np.ceil(last / MONTH) + 1) * MONTH
    middles = found["middle"].clip(_FIRST + 1, last - 1)
    axes.hist(middles, bins=list(edges), color=BLUE, rwidth=0.92)
    axes.set_ylabel("Onsets\nin a month")
    axes.locator_params(axis="y", integer=True)
    people = found["case_id"].nunique()
    told = f"{len(found)} in {people} patients" if len(found) != people else f"n = {people} patients"
    axes.set_title(f"First onset of symptoms around delivery ({told})", pad=12)
    _delivery(axes)
    names = ("1st trimester", "2nd", "3rd", "after delivery")
    for (begin, end), name in zip((*TRIMESTER_DAYS.values(), (0, 91)), names, strict=True):
        axes.text((begin + end) / 2, 1.02, name, transform=axes.get_xaxis_transform(), **_SMALL)


def _lines(axes: Axes, found: pd.DataFrame, last: float, named: bool) -> None:
    """A dot for a time told to the day, a bar from the earliest to the latest for a vaguer one."""
    for place, row in enumerate(found.itertuples()):
        low, high = max(row.low, _FIRST), min(row.high, last)
        if row.high > row.low and high > low:
            axes.plot([low, high], [place, place], color=BLUE, linewidth=2.2, solid_capstyle="butt")
        elif row.low > last or row.high < _FIRST:
            late = row.low > last
            axes.plot(
                last if late else _FIRST,
                place,
                marker=">" if late else "<",
                color=BLUE,
                markersize=4,
                clip_on=False,
            )
        else:
            axes.plot(low, place, marker="o", color=BLUE, markersize=3.6)
    _delivery(axes)
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(_FIRST, last)
    step = 1 if last < 13 * MONTH else 3
    ticks = [m for m in range(-9, int(last / MONTH) + 1) if m % step == 0]
    axes.set_xticks(
        [m * MONTH for m in ticks], [f"{m:+d}".replace("-", "−") if m else "delivery" for m in ticks]
    )
    axes.set_xlabel(
        "Months from delivery. Dot: told to the day. Bar: earliest to latest that the words allow"
    )
    axes.set_yticks(
        range(len(found)) if named else [], [_name(row) for row in found.itertuples()] if named else []
    )
    axes.tick_params(axis="y", labelsize=6)
    without_frame(axes, keep=("bottom",))
    axes.tick_params(axis="x", length=3)
    if named:
        axes.grid(axis="y", color=RULE, linewidth=0.4)


def _name(row: tuple[object, ...]) -> str:
    pregnancy = row.pregnancy  # type: ignore[attr-defined]
    which = "" if pd.isna(pregnancy) or pregnancy == 1 else f" (pregnancy {pregnancy})"
    return shown_name(row.case_id) + which  # type: ignore[attr-defined]


def _delivery(axes: Axes) -> None:
    for number in (1, 3):
        begin, end = TRIMESTER_DAYS[number]
        axes.axvspan(begin, end, color=BAND, linewidth=0, zorder=0)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=1)
