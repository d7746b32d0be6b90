"""Bones and their sides in a cell or label."""

from __future__ import annotations

import pytest

from extractors.fractures.sites import find_sites
from extractors.rules.lexicon import read_rows

CELLS = [
    ("left 5th rib", [("rib", "left")]),
    ("ribs (right)", [("rib", "right")]),
    ("Sacrum, L pubic ramus", [("sacrum", ""), ("pubic ramus", "")]),
    ("both femoral necks", [("femoral neck", "bilateral")]),
    ("neck of the left femur", [("femoral neck", "left")]),
    ("Colles' fracture", [("distal radius", "")]),
    ("left and right sacral ala", [("sacrum", "bilateral")]),
    ("hip, wrist", [("hip", ""), ("wrist", "")]),
    ("none", []),
]


@pytest.mark.parametrize(("text", "expected"), CELLS, ids=[c[0] for c in CELLS])
def test_sites_in_cell(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(s.site, s.side) for s in find_sites(text)] == expected


def test_sites_vocabulary_is_sourced_and_unambiguous() -> None:
    rows = list(read_rows("extractors.fractures", "sites.csv"))
    assert all(r["site"] and r["alias"] and r["source"] for r in rows)
    assert len({r["alias"].lower() for r in rows}) == len(rows)
    assert all(r["source"] and r["class"] for r in read_rows("extractors.fractures", "cues.csv"))
