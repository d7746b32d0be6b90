"""A label is understood once, whoever asks for it."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.readers.text import read_text
from pipeline.structure import structure
from pipeline.tables import labels, open_tables, patients_of, read_tables

TABLE = """Table 1. Laboratory findings in case 1 and case 2

Test\tUnit\tRange\tCase 1\tCase 2
Calcium\tmg/dL\t8.6-10.2\t9.1\t8.2
Phosphate\tmg/dL\t2.5-4.5\t3.2\t2.2
PTH\tpg/mL\t15-65\t44\t71
T-score, lumbar spine\tSD\t\t-3.1\t-2.4
"""


def test_a_label_is_understood_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[tuple[str, int]] = Counter()
    plain = labels._sense_of

    def counted(text: str, start: int, definitions: dict[str, str]) -> object:
        asked[text, start] += 1
        return plain(text, start, definitions)

    monkeypatch.setattr(labels, "_sense_of", counted)
    paper = structure(read_text(TABLE)[0])
    sheets = open_tables(paper)
    assert patients_of(sheets).keys() == {1, 2}
    assert len(read_tables(sheets)) == 6
    assert {"Test", "Calcium", "Case 1"} <= {text.strip() for text, _ in asked}
    assert set(asked.values()) == {1}
