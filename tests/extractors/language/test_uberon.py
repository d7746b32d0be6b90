"""UBERON codes of sites and levels.

uberon_names.csv holds UBERON's label of each code that is used, out of its release of 2026-04-01.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extractors.bmd.fact import FACT as BMD
from extractors.fractures.fact import FACT as FRACTURES
from extractors.language.uberon import UBERON, uberon


@pytest.mark.parametrize(
    ("site", "level", "code"),
    [
        ("vertebra", "C7", "UBERON:0004616"),
        ("vertebra", "T1", "UBERON:0004626"),
        ("vertebra", "T7", "UBERON:0004632"),
        ("vertebra", "T8", "UBERON:0011050"),  # out of line
        ("vertebra", "T9", "UBERON:0004633"),
        ("vertebra", "T12", "UBERON:0004636"),
        ("vertebra", "L1", "UBERON:0004617"),
        ("vertebra", "L5", "UBERON:0004621"),
        ("vertebra", "", "UBERON:0002412"),
        ("vertebra", "S1", ""),
        ("sacrum", "S1", "UBERON:0003690"),
        ("distal radius", "", "UBERON:0001423"),
        ("wrist", "", ""),
    ],
)
def test_levels_and_bones_have_codes(site: str, level: str, code: str) -> None:
    assert uberon(site, level) == code
    assert FRACTURES.codes.of({"site": site, "level": level}) == {"site_uberon": code}


def test_every_code_has_the_label_that_uberon_gives_it_and_levels_have_one_each() -> None:
    with Path(__file__).with_name("uberon_names.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["code"]: row["name"] for row in csv.DictReader(file)}
    for row in UBERON.rows:
        source = row["source"].removesuffix(" (the whole bone)")
        assert source == f"UBERON: {labels.get(row['uberon'])}", row
    levels = [row["uberon"] for row in UBERON.rows if row["level"]]
    assert len(levels) == len(set(levels)) == 24


def test_bone_density_has_codes_of_site_and_unit() -> None:
    row = {"site": "femoral neck", "unit": "g/cm2"}
    assert BMD.codes.of(row) == {"site_uberon": "UBERON:0007119", "unit_ucum": "g/cm2"}
    assert BMD.codes.of({"site": "whole body", "unit": ""}) == {"site_uberon": "", "unit_ucum": ""}
