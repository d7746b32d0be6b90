"""What processing one paper yields, and the row of a file that could not be processed.

Kept apart from `process` so that who only hands records on need not load the extractors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.schema import FACT_TABLES, UNREAD

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One paper's part of the tables: its row of documents.csv, its fact rows and its text."""

    document: Row
    rows: dict[str, list[Row]] = field(default_factory=lambda: {t.name: [] for t in (*FACT_TABLES, UNREAD)})
    text: str | None = None


def failed(doc_id: str, shown_path: str, digest: str, message: str) -> Record:
    """The record of a file that could not be read."""
    return Record(
        {
            "doc_id": doc_id,
            "path": shown_path,
            "sha256": digest,
            "status": "failed",
            "message": " ".join(message.split()),
            "cases": 0,
        }
    )


def unexpected(error: BaseException) -> str:
    """The message for an error that nobody foresaw."""
    return str(ReadError("E13", f"{type(error).__name__}: {error}"))


def sha256(path: Path) -> str:
    """SHA-256 of a paper's bytes, in hexadecimal. Raises OSError, also for what is too large or no file."""
    return files.sha256(path, caps().file_bytes)


def digest_of(path: Path) -> str:
    """The same for a row; "" where it cannot be had."""
    try:
        return sha256(path)
    except OSError:
        return ""
