"""Rows of many papers, in any order, handed on paper by paper in the order of a plain run."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pipeline.assemble import Sink
from pipeline.schema import BY_NAME, TABLES, TableSchema


class Ordered:
    """Keeps rows in a SQLite file until `hand_on`; texts, whose order is no matter, go on at once.

    Methods raise sqlite3.Error where the disk is full, and what the sink raises.
    """

    def __init__(self, file: Path, sink: Sink) -> None:
        self._sink = sink
        self._base = sqlite3.connect(file, isolation_level=None)
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
        self._base.execute("CREATE TABLE papers (rank INTEGER PRIMARY KEY, rows TEXT)")
        self._rank = 0
        self._rows: dict[str, list[list[str]]] = {}

    def close(self) -> None:
        """Give the file back."""
        self._base.close()

    def at(self, year: int | None, rank: int) -> None:
        """Say whose rows come now: a paper's place among all papers."""
        self._keep()
        self._rank = rank

    def rows(self, table: TableSchema, rows: Iterable[Iterable[str]]) -> None:
        """See `Sink.rows`."""
        self._rows.setdefault(table.name, []).extend(list(row) for row in rows)

    def text(self, doc_id: str, text: str) -> None:
        """See `Sink.text`."""
        self._sink.text(doc_id, text)

    def _keep(self) -> None:
        if self._rows:
            self._base.execute("INSERT INTO papers VALUES (?, ?)", (self._rank, json.dumps(self._rows)))
            self._rows = {}

    def hand_on(self) -> None:
        """Give all rows to the sink, and each table, also one without rows."""
        self._keep()
        for table in TABLES:
            self._sink.rows(table, ())
        for (rows,) in self._base.execute("SELECT rows FROM papers ORDER BY rank"):
            for name, part in json.loads(rows).items():
                self._sink.rows(BY_NAME[name], part)
