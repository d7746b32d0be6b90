"""A row's key hangs on the fact and its paper, not on where the words stand."""

from __future__ import annotations

from pathlib import Path

from pipeline.process import process

PAPER = """Case report

A 31-year-old woman had back pain two weeks after delivery. MRI showed a fracture of T8. Serum calcium was
9.4 mg/dL and albumin 4.1 g/dL. Six months later serum calcium was 9.4 mg/dL. She was given
teriparatide 20 ug daily.
"""


def ids(folder: Path, text: str, name: str = "paper.txt") -> dict[tuple[str, ...], str]:
    """(table, values that tell the fact) -> record_id."""
    path = folder / name
    path.write_text(text)
    (record,) = process(path, name, name)
    hidden = {"doc_id", "case_id", "record_id", "start", "end", "quote", "section", "confidence", "extractor"}
    return {
        (table, *(str(v) for k, v in row.items() if k not in hidden)): row["record_id"]
        for table, rows in record.rows.items()
        for row in rows
    }


def test_sentences_in_front_change_no_key(tmp_path):
    before = ids(tmp_path, PAPER)
    after = ids(tmp_path, PAPER.replace("A 31-year-old", "We tell all of it here. A 31-year-old"))
    assert len(before) >= 6
    assert after == before


def test_the_same_fact_twice_has_two_keys(tmp_path):
    found = ids(tmp_path, PAPER)
    calcium = [key for row, key in found.items() if row[:2] == ("labs", "calcium")]
    assert len(calcium) == len(set(calcium)) == 2


def test_another_value_or_paper_is_another_key(tmp_path):
    before = ids(tmp_path, PAPER)
    assert not set(before.values()) & set(ids(tmp_path, PAPER, "other.txt").values())
    changed = ids(tmp_path, PAPER.replace("albumin 4.1", "albumin 3.9"))
    gone = {row for row in before if before[row] not in changed.values()}
    assert {row[:2] for row in gone} == {("labs", "albumin")}
