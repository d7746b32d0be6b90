"""Values at the end of a course, at its baseline, and those whose times the sentence before lists."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

#: Text: value, months from delivery and from the treatment's begin.
TOLD = {
    "A 30-year-old woman presented 3 months after delivery with a fracture of L2. Teriparatide was given for "
    "two years, after which the lumbar T-score was -2.5.": {(-2.5, 27, 24)},
    "A 30-year-old woman presented 3 months after delivery with a fracture of L2. She was treated with "
    "teriparatide for 18 months. The lumbar T-score then was -2.5.": {(-2.5, 21, 18)},
    "A 30-year-old woman was started on teriparatide 4 months after delivery for vertebral fractures. Lumbar "
    "T-score was -3.2 at baseline and -2.7 at 6 months.": {(-3.2, 4, 0), (-2.7, 10, 6)},
    "A 30-year-old woman presented 4 months after delivery with vertebral fractures. Risedronate was begun. "
    "BMD was measured at baseline, 6 and 12 months. It was 0.62, 0.71 and 0.78 g/cm2 at the lumbar spine, "
    "respectively.": {(0.62, 4, 0), (0.71, 10, 6), (0.78, 16, 12)},
    "A 30-year-old woman was seen one month after delivery with a fracture of T12. Denosumab was started. "
    "Lumbar T-score was -3.0 six months and -2.4 twelve months later.": {(-3.0, 7, 6), (-2.4, 13, 12)},
    "A 30-year-old woman was seen 2 months after delivery with a fracture of T12. Teriparatide was started. "
    "Lumbar T-score was -3.0 after 12 and -2.5 after 24 months.": {(-3.0, 14, 12), (-2.5, 26, 24)},
    "A 30-year-old woman was seen 3 months postpartum with a fracture of T12. Weaning was advised, and "
    "half a year later the lumbar T-score was -2.5.": {(-2.5, 9, None)},
    "A 30-year-old woman was referred for back pain since delivery. The lumbar T-score was -3.5.": {
        (-3.5, None, None)
    },
    "A 30-year-old woman presented 4 months after delivery with vertebral fractures. She was then started on "
    "risedronate. The lumbar T-score was -2.5.": {(-2.5, None, None)},
}


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_months(text: str, expected: set[tuple[float, float | None, float | None]]) -> None:
    found = extract(structure(read_text(f"Report\n\nCase report\n\n{text}")[0]), "one")["bmd"]
    months = ("months_from_delivery", "months_from_treatment")
    assert {(row["value"], *(row[name] for name in months)) for row in found} == expected
