"""Words that are offered for a column: those of the extractors' lists, and those in the tables already."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from importlib.resources import files

from extractors import registry
from extractors.rules.added import Added, added
from pipeline.desk.shelf import Papers
from pipeline.review.decision import own_columns

_MOST = 400
#: columns whose list names them otherwise
_NAMES = {"drug": "name", "drug_class": "class"}


def offered(papers: Papers, table: str) -> dict[str, list[str]]:
    """column -> values to choose from; columns of numbers and of free words have none."""
    known = _listed(table, added())
    seen: dict[str, Counter[str]] = {}
    for doc_id in list(papers.papers)[:_MOST]:
        stored = papers.stored(doc_id)
        for row in stored.rows[table]:
            for name, value in zip(papers.header(table), row, strict=True):
                seen.setdefault(name, Counter())[value] += 1
    found = {}
    for column in own_columns(table):
        if column.type == "string" and not column.values and not column.name.endswith("_text"):
            often = [value for value, _ in seen.get(column.name, Counter()).most_common(_MOST) if value]
            found[column.name] = sorted({*known.get(column.name, ()), *often})
    return found


@cache
def _listed(table: str, own: tuple[Added, ...]) -> dict[str, set[str]]:
    """column -> the words that the word lists of the table's extractor, and own ones, have under its name."""
    fact = next(fact for fact in registry.facts() if fact.table == table)
    shipped = (path for path in files(fact.package).iterdir() if path.name.endswith(".csv"))
    lists = [(path.name, path.read_text(encoding="utf-8")) for path in shipped]
    lists += [(a.file, a.text) for a in own if a.package == fact.package]
    found: dict[str, set[str]] = {}
    for file, text in lists:
        rows = list(csv.DictReader(text.splitlines()))
        for column in fact.columns:
            name = _NAMES.get(column.name, column.name)
            if rows and name in rows[0] and (name == column.name or file == f"{table}.csv"):
                words = {w for row in rows for w in row[name].split("|") if w}
                found.setdefault(column.name, set()).update(words)
    return found
