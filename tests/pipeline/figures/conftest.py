"""Tables made of few cells: what is not given is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pipeline.frames.load import Tables
from pipeline.frames.typed import frame
from pipeline.schema import BY_NAME, FACT_TABLES

Made = Callable[..., pd.DataFrame]


def made(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    header = BY_NAME[name].header
    filled = [{"doc_id": row["case_id"].rpartition("-")[0], "start": n, **row} for n, row in enumerate(rows)]
    return frame(BY_NAME[name], ([str(row.get(column, "")) for column in header] for row in filled))


@pytest.fixture
def table() -> Made:
    return made


@pytest.fixture
def empty() -> Tables:
    return Tables((t.name, made(t.name)) for t in FACT_TABLES)
