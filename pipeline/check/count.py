"""How many rows need a look; apart from `marks`, so that who only counts need not load the extractors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.schema import FACT_TABLES


def count(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> int:
    """The rows of the tables of facts with a reason in `check`."""
    return sum(bool(row["check"]) for table in FACT_TABLES for row in rows[table.name])
