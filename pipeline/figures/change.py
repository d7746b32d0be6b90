"""Bone density after the begin of treatment: each patient's change from the first value, by treatment."""

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
    RULE,
    WIDE,
    NothingToShow,
    picture,
    sheet,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: `drug_class` -> bone treatment; calcium and vitamin D are one where none of the main ones was given
_MAIN = {
    "bisphosphonate": "bisphosphonate",
    "pth analogue": "teriparatide or abaloparatide",
    "rankl inhibitor": "denosumab",
    "sclerostin inhibitor": "romosozumab",
    "calcitonin": "calcitonin",
    "strontium": "strontium ranelate",
    "vitamin k": "vitamin K2",
}
_ELSE = {"calcium": "calcium, vitamin D", "vitamin d": "calcium, vitamin D"}
_NONE = "no bone treatment told"
_SITES = {
    "lumbar spine": ("lumbar spine", BLUE, "o"),
    "hip": ("hip", ORANGE, "D"),
    "other": ("other site", QUIET, "s"),
}
#: a density so many months after the begin of treatment is still the first one
_SOON = 1.0
_HIP = ("total hip", "femoral neck", "proximal femur")


def treatments(drugs: pd.DataFrame) -> pd.Series:
    """case_id -> its bone treatments in order (as begun, else as the paper tells them), " + " between."""
    found = counted(drugs)
    found = found[found["status"].isin(["given", "stopped"])]
    found = found.sort_values(["treatment_order", "start"], kind="stable")
    main = found.assign(name=found["drug_class"].map(_MAIN)).dropna(subset=["name"])
    other = found.assign(name=found["drug_class"].map(_ELSE)).dropna(subset=["name"])
    other = other[~other["case_id"].isin(main["case_id"])]
    both = pd.concat([main, other]).drop_duplicates(["case_id", "name"])
    return both.groupby("case_id")["name"].agg(" + ".join)


def changes(bmd: pd.DataFrame, drugs: pd.DataFrame) -> pd.DataFrame:
    """`case_id`, `site`, `region`, `months`, `percent`, `treatment`: change of density from the first value.

    Worked out from two densities of one patient, site, region and unit, else taken as told (`bmd_change`)
    of a time after the begin of treatment. `treatment` names all bone treatments of the patient in order.
    Months are counted from the begin of treatment where told, else from the first measurement. What has no
    time on either axis is left out.
    """
    found = counted(bmd)
    found = found.assign(region=_region(found))
    points = [*_worked_out(found), *_told(found)]
    names = ["case_id", "site", "region", "months", "percent"]
    made = pd.DataFrame(points, columns=names).drop_duplicates(["case_id", "site", "region", "months"])
    made["treatment"] = made["case_id"].map(treatments(drugs)).fillna(_NONE)
    return made.sort_values(["case_id", "site", "region", "months"], ignore_index=True)


def _region(found: pd.DataFrame) -> pd.Series:
    """The vertebrae measured; where they are not told, the only ones told of the patient's site."""
    told = found.groupby(["case_id", "site"], dropna=False)["region"]
    only = told.transform("min").where(told.transform("nunique") == 1, "")
    return found["region"].fillna(only)


def _worked_out(found: pd.DataFrame) -> list[tuple[object, ...]]:
    points: list[tuple[object, ...]] = []
    densities = found[(found["measure"] == "bmd") & found["value"].gt(0)]
    for key, own in densities.groupby(["case_id", "site", "region", "unit"], dropna=False, sort=True):
        axis = _axis(own)
        timed = own.assign(months=axis).dropna(subset=["months"]).sort_values("months", kind="stable")
        timed = timed.drop_duplicates("months")
        treated = axis.name == "months_from_treatment"
        before = timed[timed["months"] <= (_SOON if treated else timed["months"].min())]
        if len(before) and len(timed) > len(before):
            first = before.iloc[-1]
            zero = 0.0 if treated else first["months"]
            later = timed[timed["months"] >= first["months"]]
            percent = 100 * (later["value"] / first["value"] - 1)
            points += [(*key[:3], m - zero, p) for m, p in zip(later["months"], percent, strict=True)]
    return points


def _axis(own: pd.DataFrame) -> pd.Series:
    """The months of the axis that times more of the rows; on a tie those from treatment."""
    treated, born = own["months_from_treatment"], own["months_from_delivery"]
    return treated if treated.notna().sum() >= max(born.notna().sum(), 1) else born


def _told(found: pd.DataFrame) -> list[tuple[object, ...]]:
    told = found[(found["measure"] == "bmd_change") & found["months_from_treatment"].gt(0).fillna(False)]
    rows = told[["case_id", "site", "region", "months_from_treatment", "value"]].itertuples(index=False)
    points: list[tuple[object, ...]] = []
    for row in rows:
        points += [(*row[:3], 0.0, 0.0), tuple(row)]
    return points


@picture
def bmd_change(bmd: pd.DataFrame, drugs: pd.DataFrame) -> Figure:
    """Draw it from the tables `bmd` and `drugs`. Raises NothingToShow where no change has a time."""
    found = changes(bmd, drugs)
    if found.empty:
        raise NothingToShow("no change of bone density is told with its time")
    found["kind"] = found["site"].map(lambda site: "hip" if site in _HIP else site)
    found["kind"] = found["kind"].where(found["kind"].isin(list(_SITES)), "other")
    patients = found.groupby("treatment")["case_id"].nunique()
    order = sorted(patients.index, key=lambda name: (name == _NONE, -patients[name], name))
    across = min(3, len(order))
    down = -(-len(order) // across)
    figure = sheet(WIDE if across > 1 else WIDE * 0.6, 1.0 + 1.8 * down)
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False).ravel()
    for axes, name in zip(panels, order, strict=False):
        _panel(axes, found, name, patients[name])
    for axes in panels[len(order) :]:
        axes.set_visible(False)
    for axes in panels[max(len(order) - across, 0) : len(order)]:
        axes.set_xlabel("Months of treatment")
    figure.suptitle(
        f"Change of bone density under treatment (n = {found['case_id'].nunique()} patients)",
        x=0.01, ha="left", fontsize=9, fontweight="bold",
    )  # fmt: skip
    figure.supylabel("Change of bone density (%)", fontsize=8)
    _legend(figure, [kind for kind in _SITES if kind in set(found["kind"])])
    return figure


def _panel(axes: Axes, found: pd.DataFrame, name: str, patients: int) -> None:
    """One treatment's patients in colour, all others behind them in grey."""
    for (_, treatment), own in found.groupby(["case_id", "treatment"], sort=True):
        for _, line in own.groupby(["site", "region"], dropna=False, sort=True):
            kind = line["kind"].iloc[0]
            _, colour, marker = _SITES[kind]
            if treatment != name:
                axes.plot(line["months"], line["percent"], color=RULE, linewidth=0.7, zorder=1)
                continue
            axes.plot(
                line["months"], line["percent"], color=colour, linewidth=1.1, marker=marker, markersize=4,
                markeredgecolor=GROUND, markeredgewidth=0.4, zorder=2,
            )  # fmt: skip
    axes.axhline(0, color=INK, linewidth=0.6, zorder=0)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if value else "0")
    axes.locator_params(axis="y", nbins=6, steps=[1, 2, 5, 10])
    axes.locator_params(axis="x", steps=[1.2, 2.4, 3.6, 6, 10], integer=True)
    axes.tick_params(labelbottom=True)
    axes.set_title(
        f"{name.replace(' + ', chr(10) + '+ ')} (n = {patients})", fontsize=7.5, fontweight="normal"
    )


def _legend(figure: Figure, kinds: list[str]) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    marks = [
        Line2D(
            [], [], color=_SITES[k][1], marker=_SITES[k][2], markersize=4, linewidth=1.1, label=_SITES[k][0]
        )
        for k in kinds
    ]
    others = Line2D([], [], color=RULE, linewidth=0.9, label="other treatments")
    figure.legend(handles=[*marks, others], loc="outside lower center", ncols=len(marks) + 1)
