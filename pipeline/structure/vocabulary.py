"""The word lists of this package: CSV files beside the modules, read when first asked for."""

from __future__ import annotations

import csv
import io
from importlib import resources


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this package, e.g. `headings.csv`. Callers cache what they make of them."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
