"""The names that exports give to the fields of a record, from field_names.csv.

A dialect is a way of naming: `wos`, `refworks`, `refer`, `tagged`, `bibtex`, or `label` (whole words, as
above the columns of a CSV file). The order of the names in the file is the order of preference.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.rules.words import Vocabulary

FIELD_NAMES = Vocabulary(
    "pipeline.readers",
    "field_names.csv",
    ("dialect", "name", "field", "source"),
    key=("dialect", "name"),
    allowed={
        "dialect": frozenset({"bibtex", "label", "refer", "refworks", "tagged", "wos"}),
        "field": frozenset(
            "abstract authors doi foreign journal keywords language links other pmcid pmid text title "
            "translated year".split()
        ),
    },
)
_NOT_WORDS = re.compile(r"[\W_]+")


@cache
def names(dialect: str) -> dict[str, tuple[str, ...]]:
    """Field (title, abstract, authors, ...) -> what a dialect calls it, the best name first."""
    found: dict[str, list[str]] = {}
    for row in FIELD_NAMES.rows:
        if row["dialect"] == dialect:
            found.setdefault(row["field"], []).append(row["name"])
    return {field: tuple(listed) for field, listed in found.items()}


@cache
def meanings(dialect: str) -> dict[str, str]:
    """The other way round: name -> field."""
    return {name: field for field, listed in names(dialect).items() for name in listed}


def label(text: str) -> str:
    """A column name or label in one form: "Author(s) Full-Names:" is "author s full names"."""
    return _NOT_WORDS.sub(" ", text).strip().casefold()
