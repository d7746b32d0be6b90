"""Laboratory results at presentation against their ranges, and how many were low, normal and high."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipeline.figures.people import counted, shown_analyte
from pipeline.figures.style import (
    BAND,
    BLUE,
    GREEN,
    GROUND,
    INK,
    ORANGE,
    QUIET,
    WIDE,
    NothingToShow,
    picture,
    sheet,
    without_frame,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: flag -> colour and mark
_FLAGS = {"low": (BLUE, "v"), "normal": (GREEN, "o"), "high": (ORANGE, "^")}
#: analytes in the picture, those of most patients first
_MOST = 20
#: where the axis ends: 0 is the lower limit of the range, 1 the upper one
_EDGES = (-1.0, 3.0)


def at_first(labs: pd.DataFrame) -> pd.DataFrame:
    """`case_id`, `analyte`, `flag`, `place`: a patient's first flagged result of an analyte at presentation.

    `place` is where the value lies in the range printed beside it: 0 at the lower limit, 1 at the upper one;
    missing without a value and both limits. Patients told of twice are counted once.
    """
    found = counted(labs)
    found = found[(found["phase"] == "baseline") & found["flag"].notna()]
    width = found["ref_high"] - found["ref_low"]
    place = (found["value"] - found["ref_low"]) / width.where(width > 0)
    found = found.assign(place=place, told=place.isna())
    found = found.sort_values(["case_id", "analyte", "told", "start"], kind="stable")
    return found.drop_duplicates(["case_id", "analyte"], ignore_index=True)[
        ["case_id", "analyte", "flag", "place"]
    ]


@picture
def results(labs: pd.DataFrame) -> Figure:
    """Draw it from the table `labs`. Raises NothingToShow where no result is low, normal or high."""
    found = at_first(labs)
    if found.empty:
        raise NothingToShow("no laboratory result at presentation is told as low, normal or high")
    patients = found.groupby("analyte")["case_id"].nunique()
    order = sorted(patients.index, key=lambda name: (-patients[name], name))[:_MOST]
    figure = sheet(WIDE, 1.25 + 0.235 * len(order))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(1.35, 1))
    _places(left, found, order)
    _shares(right, found, order)
    left.set_yticks(range(len(order)), [shown_analyte(name) for name in order])
    left.set_ylim(len(order) - 0.4, -0.6)
    _legend(figure)
    return figure


def _places(axes: Axes, found: pd.DataFrame, order: list[str]) -> None:
    """Each value where it lies in its range, those of one analyte beside one another."""
    axes.axvspan(0, 1, color=BAND, linewidth=0, zorder=0)
    low, high = _EDGES
    for line, name in enumerate(order):
        own = found[(found["analyte"] == name) & found["place"].notna()].sort_values("place", kind="stable")
        for flag, (colour, marker) in _FLAGS.items():
            part = own[own["flag"] == flag]
            inside = part["place"].between(low, high)
            axes.scatter(
                part["place"][inside], [line] * int(inside.sum()), s=16, color=colour, marker=marker,
                edgecolor=GROUND, linewidth=0.4, zorder=2,
            )  # fmt: skip
        for edge, out in ((low, own["place"] < low), (high, own["place"] > high)):
            if out.any():
                words, side = (f"{out.sum()} →", "left") if edge == high else (f"← {out.sum()}", "right")
                axes.text(edge, line, words, va="center", fontsize=6.5, ha=side)
    axes.set_xlim(low - 0.3, high + 0.3)
    axes.set_xticks([0, 1], ["lower\nlimit", "upper\nlimit"])
    without_frame(axes)
    axes.grid(axis="y", color=BAND, linewidth=0.6)
    axes.set_title("Results in their ranges at presentation")


def _shares(axes: Axes, found: pd.DataFrame, order: list[str]) -> None:
    """How many patients had a low, normal or high result, told in figures or in words."""
    counts = found.groupby(["analyte", "flag"], observed=False).size().unstack(fill_value=0)
    for line, name in enumerate(order):
        begin = 0
        total = int(counts.loc[name].sum())
        for flag, (colour, _) in _FLAGS.items():
            count = int(counts.loc[name].get(flag, 0))
            axes.barh(line, count / total, left=begin / total, height=0.7, color=colour)
            if count:
                axes.text(
                    (begin + count / 2) / total, line, str(count), ha="center", va="center",
                    fontsize=6.5, color=GROUND, fontweight="bold",
                )  # fmt: skip
            begin += count
        axes.text(1.02, line, f"n = {total}", va="center", fontsize=6.5, color=QUIET)
    axes.set_xlim(0, 1.16)
    axes.set_xticks([])
    without_frame(axes)
    axes.set_title("Patients", color=INK)


def _legend(figure: Figure) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    marks = [
        Line2D([], [], linestyle="", marker=marker, color=colour, markersize=4.5, label=flag)
        for flag, (colour, marker) in _FLAGS.items()
    ]
    figure.legend(handles=marks, loc="outside lower center", ncols=3)
