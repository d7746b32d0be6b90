"""T- and Z-scores at presentation by skeletal site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipeline.figures.people import counted
from pipeline.figures.style import (
    BLUE,
    GROUND,
    INK,
    ORANGE,
    QUIET,
    WIDE,
    NothingToShow,
    picture,
    sheet,
    spread,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_KINDS = {"t_score": ("T-score", BLUE, "o"), "z_score": ("Z-score", ORANGE, "D")}
#: sites in the order of the picture; others follow by name
_SITES = ("lumbar spine", "total hip", "femoral neck", "proximal femur", "radius")
#: T at and below which WHO (1994, technical report 843) speaks of osteoporosis, and Z at and below which
#: the ISCD (official positions 2019, adult) speaks of a bone density below what age lets expect
_BOUNDS = {"t_score": -2.5, "z_score": -2.0}

#: values from which on there is a median to speak of
_FEW = 3


def lowest_scores(bmd: pd.DataFrame) -> pd.DataFrame:
    """`case_id`, `site`, `measure`, `value`: the lowest T- and Z-score of each patient and site at first."""
    found = counted(bmd)
    found = found[found["measure"].isin(list(_KINDS)) & (found["phase"] == "baseline")]
    found = found[found["site"].notna() & found["value"].notna()]
    keys = ["case_id", "site", "measure"]
    return found.groupby(keys, observed=True, sort=True)["value"].min().reset_index()


@picture
def scores(bmd: pd.DataFrame) -> Figure:
    """Draw it from the table `bmd`. Raises NothingToShow where there is no score with a site."""
    found = lowest_scores(bmd)
    if found.empty:
        raise NothingToShow("no T- or Z-score at presentation is told with its site")
    sites = [s for s in _SITES if s in set(found["site"])]
    sites += sorted(set(found["site"]) - set(sites))
    figure = sheet(min(WIDE, 1.6 + 1.25 * len(sites)), 3.9)
    axes = figure.subplots()
    for place, site in enumerate(sites):
        for shift, kind in zip((-0.21, 0.21), _KINDS, strict=True):
            values = found.loc[(found["site"] == site) & (found["measure"] == kind), "value"]
            _values(axes, place + shift, kind, values.sort_values())
    for kind, bound in _BOUNDS.items():
        label, colour, _ = _KINDS[kind]
        axes.axhline(bound, color=colour, linewidth=0.7, linestyle=(0, (4, 3)), zorder=0)
        axes.text(
            1.005,
            bound,
            f"{label[0]} {bound:.1f}".replace("-", "−"),
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=7,
            color=colour,
        )
    axes.set_xticks(range(len(sites)), [site.replace(" ", "\n") for site in sites])
    axes.set_xlim(-0.55, len(sites) - 0.45)
    axes.set_ylim(top=max(0.0, found["value"].max()) + 0.4)
    axes.tick_params(axis="x", length=0)
    axes.set_ylabel("Score (standard deviations)")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "−"))
    axes.set_title(f"T- and Z-scores at presentation (n = {found['case_id'].nunique()} patients)", pad=16)
    _legend(axes)
    return figure


def _values(axes: Axes, place: float, kind: str, values: pd.Series) -> None:
    """A patient's mark each, beside one another where they would hide each other; the median as a line."""
    if values.empty:
        return
    _, colour, marker = _KINDS[kind]
    across = spread(values.tolist(), near=0.12, step=0.045, most=0.17)
    axes.scatter(
        [place + x for x in across],
        values,
        s=17,
        color=colour,
        marker=marker,
        edgecolor=GROUND,
        linewidth=0.4,
        zorder=2,
    )
    if len(values) >= _FEW:
        axes.plot([place - 0.17, place + 0.17], [values.median()] * 2, color=INK, linewidth=1.2, zorder=3)
    axes.text(
        place,
        1.0,
        f"n={len(values)}",
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="bottom",
        fontsize=6.5,
        color=QUIET,
    )


def _legend(axes: Axes) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    marks = [
        Line2D([], [], linestyle="", marker=marker, color=colour, markersize=4.5, label=label)
        for label, colour, marker in _KINDS.values()
    ]
    marks.append(Line2D([], [], color=INK, linewidth=1.2, label="median"))
    axes.legend(handles=marks, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3)
