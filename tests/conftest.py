"""What all tests have in common."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


def pytest_configure() -> None:
    """One date for all runs: run.json tells it, and nothing else may differ between two."""
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"


@pytest.fixture(scope="module")
def reading_here() -> Iterator[None]:
    """See `in_process`: for the tests of a module that are not about the pool."""
    from in_process import read_here

    with read_here():
        yield
