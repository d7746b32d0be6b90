"""The contralateral bone: its side is the other one than that told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.fractures.fact import FractureMention
from extractors.fractures.sites import OPPOSITE
from extractors.rules.rule import Glue
from extractors.text import View

_CONTRALATERAL = Glue(r"\b(?:contralateral|opposite)\b")
_REACH = 25


def with_other_sides(v: View, found: Sequence[FractureMention]) -> list[FractureMention]:
    """The mentions, "the contralateral femoral neck" with its side where that of the first is known."""
    out: list[FractureMention] = []
    for m in found:
        if not m.side and not m.level and _CONTRALATERAL.within(v.lower, max(0, m.start - _REACH), m.end):
            before = [o.side for o in out if o.site == m.site and o.side in OPPOSITE]
            out.append(replace(m, side=OPPOSITE[before[-1]]) if before else m)
        else:
            out.append(m)
    return out
