"""One patient's course: what is told of her on one line of time, delivery in its middle."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.figures.style import (
    BAND,
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PINK,
    QUIET,
    RULE,
    WIDE,
    YELLOW,
    NothingToShow,
    picture,
    sheet,
    without_frame,
)
from pipeline.figures.told import MONTH, Event, events
from pipeline.frames.load import of_patient
from pipeline.schema import FACT_TABLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: a lane's colour and mark, by turns
_MARKS = ((ORANGE, "o"), (PINK, "X"), (BLUE, "s"), (GREEN, "D"), (YELLOW, "^"), (INK, "v"))
_QUIET: dict[str, Any] = {"fontsize": 6.5, "color": QUIET}
_TITLES = {"bmd": "Bone density", "labs": "Laboratory"}
#: letters in a line of words, inches of a line
_LETTERS, _HIGH = 54, 0.155
#: inches above and below the lines
_TOP, _BOTTOM = 0.32, 0.45
#: lines of one event, the rest is left out with a sign for it
_LINES = 4


@picture
def course(tables: Mapping[str, pd.DataFrame], case_id: str) -> Figure:
    """Draw it from all tables for the patient `case_id`. Raises NothingToShow where nothing has a time."""
    found = events(of_patient(tables, case_id))
    timed = [event for event in found if event.begin is not None]
    if not timed:
        raise NothingToShow(f"nothing of {case_id} is told in time from delivery")
    lines = [_wrapped(event.words) for event in found]
    heights = [len(line) + 0.45 for line in lines]
    total = sum(heights) + 0.5 * len({event.table for event in found})
    high = _TOP + _BOTTOM + _HIGH * total
    figure = sheet(WIDE, high)
    figure.set_layout_engine("none")  # all lengths are known
    across = {"bottom": _BOTTOM / high, "top": 1 - _TOP / high, "left": 0.01, "right": 0.99, "wspace": 0.02}
    words, time = figure.subplots(1, 2, sharey=True, width_ratios=(1.32, 1), gridspec_kw=across)
    bottom = _rows(words, time, found, lines)
    for axes in (words, time):
        axes.set_ylim(bottom, -0.9)
        without_frame(axes, keep=("bottom",) if axes is time else ())
    _time_axis(time, timed)
    words.set_xlim(0, 1)
    words.set_xticks([])
    words.set_yticks([])
    words.set_title(f"Course of {case_id}")
    return figure


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, _LETTERS, max_lines=_LINES, placeholder=" …") or [""]


def _rows(words: Axes, time: Axes, found: list[Event], lines: list[list[str]]) -> float:
    """An event on each line, under the title of its lane; returns where the last one ends."""
    marks = {table.name: _MARKS[n % len(_MARKS)] for n, table in enumerate(FACT_TABLES[1:])}
    place, lane = 0.0, ""
    for event, own in zip(found, lines, strict=True):
        colour, mark = marks[event.table]
        if event.table != lane:
            place += 0.5 if lane else 0.0
            title = _TITLES.get(event.table, event.table.capitalize())
            words.text(0.0, place, title, va="top", fontsize=7.5, fontweight="bold", color=colour)
            lane = event.table
        words.text(0.215, place, "\n".join(own), va="top", fontsize=7.5, linespacing=1.25)
        middle = place + 0.45
        if event.begin is None:
            told = f"{event.phase}, time not told" if event.phase else "time not told"
            time.annotate(told, (0, middle), (4, 0), textcoords="offset points", va="center", **_QUIET)
            place += len(own) + 0.45
            continue
        time.axhline(middle, color=RULE, linewidth=0.4, zorder=0)
        if event.end is not None and event.end - event.begin > 0.05:
            time.plot(
                [event.begin, event.end], [middle] * 2, color=colour, linewidth=3, solid_capstyle="butt"
            )
        else:
            time.plot(event.begin, middle, marker=mark, color=colour, markersize=5)
        place += len(own) + 0.45
    return place


def _time_axis(axes: Axes, timed: list[Event]) -> None:
    begin = min(0.0, *(e.begin for e in timed if e.begin is not None))
    end = max(0.0, *(e.end for e in timed if e.end is not None))
    pad = max(0.06 * (end - begin), 0.5)
    axes.set_xlim(begin - pad, end + pad)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=1)
    if begin < 0:
        axes.axvspan(max(begin - pad, -280 / MONTH), 0, color=BAND, linewidth=0, zorder=-1)
    place = axes.get_xaxis_transform()
    axes.text(0, 1.0, "delivery", transform=place, ha="center", va="bottom", **_QUIET)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if value else "0")
    axes.locator_params(axis="x", nbins=8, steps=[1, 2, 3, 6, 10], integer=end - begin > 3)
    axes.tick_params(axis="x", length=3)
    axes.set_xlabel("Months from delivery")
