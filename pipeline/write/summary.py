"""The wide table: one line per patient, from the fact rows of one paper."""

from __future__ import annotations

from typing import Any

from extractors import registry
from pipeline.schema import FACT_TABLES

Row = dict[str, Any]


def summary_rows(document: Row, rows: dict[str, list[Row]]) -> list[Row]:
    """The summary lines of one paper's patients, in the order of its cases."""
    authors = [a for a in str(document.get("authors") or "").split("; ") if a]
    shown = authors[0] + (" et al." if len(authors) > 1 else "") if authors else ""
    return [_line(document, shown, case, rows) for case in rows[FACT_TABLES[0].name]]


def _line(document: Row, authors: str, case: Row, rows: dict[str, list[Row]]) -> Row:
    line: Row = {
        "doc_id": case["doc_id"],
        "case_id": case["case_id"],
        "authors": authors,
        "year": document.get("year"),
    }
    for fact in registry.facts():
        own = [r for r in rows[fact.table] if r["case_id"] == case["case_id"]]
        line.update((summary.column.name, summary.read(own)) for summary in fact.summary)
    return {**line, "duplicate_of": ""}
