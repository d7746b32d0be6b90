"""Fractured levels and other bones: the mention type and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.base import Mention
from extractors.doubts import COUNT
from extractors.fact import (
    Codes,
    Fact,
    Patient,
    Record,
    Row,
    Summary,
    integer,
    joined,
    phase,
    string,
    timed_of_bone,
)
from extractors.placed import Placed, at_first, filled, phase_of, same_unless_told, told

_REGION_ORDER = "CTLS"


@dataclass(frozen=True, slots=True, kw_only=True)
class FractureMention(Mention):
    """One fractured vertebral level or other site. `level` like "T8", "" where none is told.

    `site` is vertebra, sacrum, rib, femoral neck, ...; `side` left | right | bilateral | "";
    `kind` as said (compression, wedge, insufficiency, ...); `modality` radiograph | mri | ct |
    bone scan | dxa | ""; `age` new | old | ""; `grade` of a vertebra's deformity 1 | 2 | 3 (Genant 1993)
    or None; `unnamed`: vertebrae without a word on which, `n_fractures` how many of them;
    `more_counted`: the text counts more vertebrae than levels were found.
    """

    site: str
    level: str = ""
    side: str = ""
    kind: str = ""
    modality: str = ""
    age: str = ""
    grade: int | None = None
    unnamed: bool = False
    n_fractures: int | None = None
    more_counted: bool = False


def _counted(found: list[Placed[FractureMention]]) -> list[Placed[FractureMention]]:
    """Vertebrae without a word on which count only where no level is told."""
    said = told(found)
    levels = {p.mention.level for p in said if p.mention.level}
    if levels:
        more = any(p.mention.unnamed and (p.mention.n_fractures or 0) > len(levels) for p in said)
        said = [p for p in said if p.mention.level or not p.mention.unnamed]
        said = [_of_more(p) if more and p.mention.level else p for p in said]
    both = {p.mention.site for p in said if p.mention.side == "bilateral"}
    return [_of_both_sides(p) if p.mention.site in both and p.mention.side else p for p in said]


def _of_more(placed: Placed[FractureMention]) -> Placed[FractureMention]:
    return replace(placed, mention=replace(placed.mention, more_counted=True))


def _of_both_sides(placed: Placed[FractureMention]) -> Placed[FractureMention]:
    """Where both sides are told at once, a telling of one of them is of the same fractures."""
    return replace(placed, mention=replace(placed.mention, side="bilateral"))


def _same(a: Placed[FractureMention], b: Placed[FractureMention]) -> bool:
    """One level or bone, not told of two sides one by one."""
    x, y = a.mention, b.mention
    return (x.site, x.level) == (y.site, y.level) and same_unless_told(a, b, "side")


def _values(record: Record[FractureMention], patient: Patient) -> Row:
    mention = record.chosen.mention
    graded = mention.unnamed or mention.level[:1] in tuple("CTL")  # Genant's grades are of vertebrae
    return {
        "side": record.first("side"),
        "phase": _phase(record.members),
        "grade": record.first("grade") if graded else None,
        "n_fractures": max((p.mention.n_fractures or 0 for p in record.members), default=0) or None,
    }


def _phase(members: list[Placed[FractureMention]]) -> str:
    """The earliest phase told: a level seen at first and again later was there at baseline."""
    phases = {
        "history" if p.mention.context.historical or p.mention.age == "old" else phase_of(p) for p in members
    }
    return next((name for name in ("baseline", "history", "follow-up") if name in phases), "baseline")


def level_order(level: str) -> tuple[int, int]:
    """Sort key of vertebral levels from the neck down."""
    return _REGION_ORDER.index(level[0]), int(level[1:])


def _levels(rows: Sequence[Row]) -> list[str]:
    return sorted({r["level"] for r in rows if r["level"]}, key=level_order)


def _number(rows: Sequence[Row]) -> int | None:
    """How many vertebrae are broken that have no level: of the whole spine, else its parts together."""
    told = [(r["site"], r["n_fractures"]) for r in rows if r["n_fractures"]]
    whole = [number for site, number in told if site == "vertebra"]
    return max(whole, default=0) or sum(number for _, number in told) or None


def _codes(row: Mapping[str, Any]) -> dict[str, str]:
    from extractors.language.uberon import uberon  # noqa: PLC0415  (a vocabulary)

    return {"site_uberon": uberon(row["site"], row.get("level", ""))}


FACT = Fact(
    table="fractures",
    row="fractured vertebral level, or other fracture site, of a patient",
    component="vertebrae",
    mention=FractureMention,
    columns=(
        string("site", "Bone or region (vertebra, sacrum, rib, femoral neck, ...)", required=True),
        string("level", "Vertebral level C1..C7, T1..T12, L1..L5, S1..S5; empty where none is told"),
        string("side", "Side of the body", values=("left", "right", "bilateral")),
        string("kind", "Kind of fracture in the paper's words (compression, wedge, insufficiency, ...)"),
        string("modality", "Imaging that showed it (radiograph, mri, ct, bone scan, dxa)"),
        phase(),
        integer(
            "grade",
            "Grade of a vertebra's deformity as told: 1 mild, 2 moderate, 3 severe "
            "(semiquantitative reading of Genant et al., J Bone Miner Res 1993;8:1137)",
        ),
        integer("n_fractures", "How many vertebrae are broken, where a number alone is told and no level"),
    ),
    same=_same,
    better=lambda p: filled(p, "side", "kind", "modality", "n_fractures") + p.mention.certainty,
    values=_values,
    counted=_counted,
    begins=at_first,
    moments=timed_of_bone,
    doubts_of=lambda record: (COUNT,) if record.chosen.mention.more_counted else (),
    signs=lambda row: {"no vertebra": row["site"] != "vertebra"},
    codes=Codes(
        (
            string(
                "site_uberon", "UBERON code of the level or bone; of the whole bone where its part has none"
            ),
        ),
        _codes,
    ),
    identity=("site", "level", "side"),
    summary=(
        Summary(
            integer(
                "n_vertebral_fractures",
                "Number of distinct fractured vertebral levels; where none is told, the number that is",
            ),
            lambda rows: len(_levels(rows)) or _number(rows),
        ),
        Summary(
            string("vertebral_levels", "Fractured levels, '; ' between"),
            lambda rows: joined(_levels(rows)),
        ),
        Summary(
            string("other_fractures", "Other fracture sites, '; ' between"),
            lambda rows: joined([f"{r['side']} {r['site']}".strip() for r in rows if not r["level"]]),
        ),
    ),
)
