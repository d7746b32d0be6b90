"""The unread share: it sees what no row tells, and nothing else."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

import unread

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

PAPER = """Case report

A 34-year-old woman had back pain at 37 weeks of gestation. Serum calcium was 12.3 mg/dL (8.5-10.2 mg/dL),
and again 12.3 mg/dL. She had fractures of T11 and T12 and took alendronate 70 mg weekly.

Images with T2 weighting showed a tumour at L5 with a mass of 400 g.

Discussion

A dose of 35 mg of risedronate was used by others.
"""


def test_what_no_row_tells_is_counted_by_kind() -> None:
    paper = structure(read_text(PAPER)[0])
    found = unread.items(paper)
    kinds = sorted((item.kind, paper.text[item.start : item.end]) for item in found)
    assert kinds == [
        ("dose", "400 g"),
        ("dose", "70 mg"),
        ("drug", "alendronate"),
        ("laboratory", "12.3 mg/dL"),
        ("laboratory", "12.3 mg/dL"),
        ("laboratory", "8.5-10.2 mg/dL"),
        ("level", "T11"),
        ("level", "T12"),
        ("time", "37 weeks of gestation"),
    ]
    rows = extract(paper, "paper")
    left = unread.unread(paper, found, rows)
    assert [paper.text[item.start : item.end] for item in left] == ["400 g"]
    rows["labs"] = rows["onset"] = []
    assert {item.kind for item in unread.unread(paper, found, rows)} == {"dose", "laboratory", "time"}
