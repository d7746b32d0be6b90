"""Fractured levels and other bones: the mention type."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.base import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class FractureMention(Mention):
    """One fractured vertebral level or other site. `level` like "T8", "" where none is told.

    `site` is vertebra, sacrum, rib, femoral neck, ...; `side` left | right | bilateral | "";
    `kind` as said (compression, wedge, insufficiency, ...); `modality` radiograph | mri | ct |
    bone scan | dxa | ""; `age` new | old | "".
    """

    site: str
    level: str = ""
    side: str = ""
    kind: str = ""
    modality: str = ""
    age: str = ""
