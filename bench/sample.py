"""Rows at random with the words that they stand on, to be judged by a reader: a measure of precision.

    python bench/sample.py OUT [--rows N] [--seed S] [--table TABLE ...] [--around CHARACTERS]

OUT is the folder of a finished run. N rows are drawn from all its fact tables together, so that each table
comes in the measure of its rows; the same folder and seed give the same rows. Each is printed with its
table, patient and fields, and the text around it, its quote marked [[...]]. A reader judges the row right
in every field, right but for an attribute (status, frequency, time ...), or wrong: see docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.registry import facts

Row = dict[str, str]
#: Columns that say where a row comes from, not what it tells.
_ORIGIN = frozenset("doc_id case_id record_id source section page start end quote".split())


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row of a table, with the words before and behind its quote."""

    table: str
    row: Row
    before: str
    behind: str

    def __str__(self) -> str:
        told = "; ".join(f"{k}={v}" for k, v in self.row.items() if v and k not in _ORIGIN)
        words = " ".join(f"{self.before}[[{self.row['quote']}]]{self.behind}".split())
        return f"{self.table} {self.row['case_id']}: {told}\n    {words}"


def rows(out: Path, tables: Sequence[str] = ()) -> list[tuple[str, Row]]:
    """The rows of a run's fact tables (of `tables` alone, where given) that have a quote, in order."""
    return [
        (fact.table, row)
        for fact in facts()
        if (not tables or fact.table in tables) and (out / f"{fact.table}.csv").is_file()
        for row in _read(out / f"{fact.table}.csv")
        if row["quote"]
    ]


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def draw(out: Path, number: int, seed: int, tables: Sequence[str] = (), around: int = 300) -> list[Drawn]:
    """So many rows (all, where there are fewer), with `around` characters of text on either side."""
    pool = rows(out, tables)
    found = []
    for table, row in random.Random(seed).sample(pool, min(number, len(pool))):
        text = (out / "text" / f"{row['doc_id']}.txt").read_text(encoding="utf-8")
        start, end = int(row["start"]), int(row["end"])
        found.append(Drawn(table, row, text[max(0, start - around) : start], text[end : end + around]))
    return found


def main() -> None:
    """Print the rows that are drawn."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", nargs="+", default=[], choices=[fact.table for fact in facts()])
    parser.add_argument("--around", type=int, default=300)
    options = parser.parse_args()
    for number, drawn in enumerate(
        draw(options.out, options.rows, options.seed, options.table, options.around), start=1
    ):
        print(f"\n{number}. {drawn}")


if __name__ == "__main__":
    main()
