"""What all tests have in common."""

from __future__ import annotations

import os


def pytest_configure() -> None:
    """One date for all runs: run.json tells it, and nothing else may differ between two."""
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
