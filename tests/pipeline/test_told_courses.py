"""Forty-six fictional reports as authors write them: months of results, statuses of drugs, what else is told.

`tests/fixtures/courses/*.txt` hold them: a heading, the report, `---`, and what a careful reader finds,
written before casebook read it (names and slips put right since). `= VALUE DELIVERY TREATMENT` is a result
with its months ("-" for none), `drug NAME STATUS` a drug, `history FACTOR STATUS` a factor; a `?` behind the
first word: open to judgement. The lines on procedures, outcomes and pregnancies are for a reader of the file.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

COURSES = Path(__file__).parents[1] / "fixtures" / "courses"
#: Months that two readers may differ by, and the share of long times.
_SLACK, _SHARE = 0.75, 0.06
MONTHS = ("months_from_delivery", "months_from_treatment")


def near(have: float | None, told: float) -> bool:
    return have is not None and abs(have - told) <= max(_SLACK, _SHARE * abs(told))


def _judged_months(rows: dict[str, list[dict[str, Any]]], words: list[str], seen: Counter[str]) -> None:
    values = [r for table in ("bmd", "labs") for r in rows[table] if r["value"] == float(words[0])]
    for column, told in zip(MONTHS, words[1:], strict=True):
        if told == "-":
            continue
        have = values[0][column] if values else None
        seen["months"] += 1
        seen["months right"] += near(have, float(told))
        seen["months wrong"] += have is not None and not near(have, float(told))


def _judged_names(
    rows: list[dict[str, Any]], column: str, told: list[tuple[str, str, bool]], what: str, seen: Counter[str]
) -> None:
    left = list(rows)
    for name, status, sure in told:
        row = next((r for r in left if r[column] == name), None)
        if row is not None:
            left.remove(row)
        if sure:
            seen[f"{what} told"] += 1
            seen[f"{what} found"] += row is not None
            seen[f"{what} status right"] += row is not None and row["status"] in status.split("|")
    seen[f"{what} not told"] += sum(r[column] not in {name for name, _, _ in told} for r in left)


@pytest.fixture(scope="module")
def seen() -> Counter[str]:
    """How the reports were read, counted."""
    counts: Counter[str] = Counter()
    for path in sorted(COURSES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n====\n"):
            report, gold = block.strip().split("\n---\n")
            rows = extract(structure(read_text(report.split("\n", 1)[1])[0]), "x")
            told: dict[str, list[tuple[str, str, bool]]] = {"drug": [], "history": []}
            for kind, *words in (line.split() for line in gold.splitlines()):
                if kind == "=":
                    _judged_months(rows, words, counts)
                elif kind.rstrip("?") in told:
                    sure = not kind.endswith("?")
                    told[kind.rstrip("?")].append((" ".join(words[:-1]), words[-1], sure))
            _judged_names(rows["drugs"], "drug", told["drug"], "drug", counts)
            _judged_names(rows["history"], "factor", told["history"], "factor", counts)
    return counts


def test_months_are_right(seen: Counter[str]) -> None:
    assert seen["months"] > 480
    assert seen["months right"] >= 0.95 * seen["months"]


def test_months_are_seldom_wrong(seen: Counter[str]) -> None:
    assert seen["months wrong"] <= 0.03 * seen["months"]


def test_drugs_are_found_with_their_status(seen: Counter[str]) -> None:
    assert seen["drug told"] > 110
    assert seen["drug found"] >= 0.98 * seen["drug told"]
    assert seen["drug not told"] <= 0.02 * seen["drug told"]
    assert seen["drug status right"] >= 0.92 * seen["drug told"]


def test_factors_are_found(seen: Counter[str]) -> None:
    assert seen["factor told"] > 45
    assert seen["factor found"] >= 0.9 * seen["factor told"]
    assert seen["factor status right"] == seen["factor found"]
    assert seen["factor not told"] <= 0.03 * seen["factor told"]
