"""The column `check`: why a row needs a look, in the words of `extractors.doubts`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractors import registry
from extractors.doubts import BETWEEN, REASONS, TABLE, TWO_VALUES
from extractors.fact import Fact
from pipeline.paper import Paper
from pipeline.record import Row
from pipeline.tables.continued import whole

_ORDER = {reason: place for place, reason in enumerate(REASONS)}


def mark(rows: dict[str, list[Row]], paper: Paper | None = None) -> None:
    """Fill the column `check` of all rows, beside what stands in it.

    `paper` is the rows'; without it what its tables tell is left out.
    """
    parted = _parted(paper) if paper is not None else []
    for fact in registry.facts():
        own = rows[fact.table]
        twice = _with_two_values(fact, own) if fact.measured else frozenset()
        for row in own:
            found = {*fact.doubts(row), *filter(None, row["check"].split(BETWEEN))}
            if row["record_id"] in twice:
                found.add(TWO_VALUES)
            if row["source"] == "table" and any(a <= row["start"] < b for a, b in parted):
                found.add(TABLE)
            row["check"] = BETWEEN.join(sorted(found, key=_ORDER.__getitem__))


def _with_two_values(fact: Fact[Any], rows: Iterable[Row]) -> frozenset[str]:
    """The rows of which there is another one with another value of the same thing."""
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        if row["value"] is not None:
            what = (row["case_id"], *(row[column] for column in fact.measured))
            alike.setdefault(what, []).append(row)
    several = (group for group in alike.values() if len({row["value"] for row in group}) > 1)
    return frozenset(row["record_id"] for group in several for row in group)


def _parted(paper: Paper) -> list[tuple[int, int]]:
    """Where the parts of tables stand that go on elsewhere."""
    found: list[tuple[int, int]] = []
    for before, table, joined in zip(paper.tables, paper.tables[1:], whole(paper)[1:], strict=False):
        if joined is not table:
            found += [(before.start, before.end), (table.start, table.end)]
    return found
