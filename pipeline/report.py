"""The closing summary of a run: what was found, and what needs a look."""

from __future__ import annotations

import shutil

from pipeline.assemble import Totals
from pipeline.config import Config, shown
from pipeline.counted import several
from pipeline.errors import OCR_COMMAND
from pipeline.progress import duration
from pipeline.review.stage import Told
from pipeline.samples import FOLDER
from pipeline.schema import FACT_TABLES
from pipeline.voice import plain

_MOST_LISTED = 20
#: what became of rows -> in words
_ORIGINS = (("extracted", "accepted"), *((name, name) for name in ("corrected", "added", "rejected")))
_MESSAGE_WIDTH = 150


def closing(config: Config, totals: Totals, read: int, seconds: float, samples: int = 0) -> str:
    """The summary as lines of text. `read` papers were read now, `samples` invented ones left out."""
    total = sum(totals.statuses.values())
    if not total and not totals.left_out:
        return f"No papers in {shown(config.raw)}: the tables in {shown(config.out)} have headers only."
    counts = ", ".join(f"{totals.statuses[status]} {status}" for status in ("ok", "warning", "failed"))
    files = f"{several(read, 'file')} read in {duration(seconds)}"
    lines = [f"{several(total, 'record')} ({counts}) from {shown(config.raw)}; {files}."]
    if samples:
        are = "is" if samples == 1 else "are"
        invented = several(samples, "invented paper")
        lines.append(f"{invented} in {config.raw / FOLDER} {are} left out beside your own.")
    if totals.left_out:
        fit = "does" if totals.left_out == 1 else "do"
        lines.append(f"{several(totals.left_out, 'record')} {fit} not fit --only and left no row.")
    repeated = f", {totals.duplicates} of them told in another file too" if totals.duplicates else ""
    lines.append(f"{several(totals.rows['cases'], 'patient')}{repeated}.")
    lines.append(
        "Rows: " + ", ".join(f"{table.name} {totals.rows[table.name]}" for table in FACT_TABLES) + "."
    )
    if totals.check or totals.unread:
        look = f"{several(totals.check, 'row')} to look at (column check)"
        lines.append(f"{look}; {several(totals.unread, 'number')} in no row (unread.csv).")
    lines += _reviewed(totals.review)
    lines += _listed("Failed", totals.failures, totals.statuses["failed"])
    lines += _listed("Look at", totals.warnings, totals.statuses["warning"])
    lines += _scans(totals)
    option = "" if config.out == Config().out else f" --out {config.out}"
    lines.append(f"Tables: {shown(config.out)}/   One paper's records: casebook show DOC_ID{option}")
    return plain("\n".join(lines))


def _reviewed(told: Told) -> list[str]:
    """What reviewers' decisions did to the tables, and which could not be followed; nothing without any."""
    if not told.decisions:
        return []
    done = [f"{told.rows[origin]} {name}" for origin, name in _ORIGINS if told.rows[origin]]
    done += [f"{told.excluded} papers excluded"] if told.excluded else []
    lines = [f"Review: {told.decisions} decisions; rows: {', '.join(done) or 'none'}."]
    if told.disputed:
        lines.append(f"  {told.disputed} on which reviewers differ stand as extracted: casebook review")
    return lines + _told_lost(told)


def _told_lost(told: Told) -> list[str]:
    if not told.lost:
        return []
    lines = [f"Decisions that could not be followed ({len(told.lost)}); they are kept:"]
    lines += [f"  {lost}" for lost in told.lost[:_MOST_LISTED]]
    if len(told.lost) > _MOST_LISTED:
        lines.append(f"  ... and {len(told.lost) - _MOST_LISTED} more: casebook review --export")
    return lines


def _scans(totals: Totals) -> list[str]:
    """What to do about scanned pages that nobody read; nothing where there are none."""
    unread = sum("E07:" in message for _, message in (*totals.failures, *totals.warnings))
    if not unread or shutil.which("tesseract") is not None:
        return []
    papers = "One paper has" if unread == 1 else f"{unread:,} papers have"
    return [f"{papers} scanned pages that were not read. To read them: {OCR_COMMAND}, then run this again."]


def _listed(title: str, papers: list[tuple[str, str]], number: int) -> list[str]:
    """The first of `number` papers, with their messages."""
    if not papers:
        return []
    lines = [f"{title} ({number}):"]
    for doc_id, message in papers[:_MOST_LISTED]:
        short = message if len(message) <= _MESSAGE_WIDTH else message[: _MESSAGE_WIDTH - 3] + "..."
        lines.append(f"  {doc_id}: {short}")
    if number > _MOST_LISTED:
        lines.append(f"  ... and {number - _MOST_LISTED} more: columns status and message of documents.csv")
    return lines


def as_json(config: Config, totals: Totals, read: int, samples: int) -> dict[str, object]:
    """The same numbers for programs; docs/cli.md describes them."""
    return {
        "raw": shown(config.raw),
        "out": shown(config.out),
        "files_read": read,
        "invented_left_out": samples,
        "left_out": totals.left_out,
        "records": {status: totals.statuses[status] for status in ("ok", "warning", "failed")},
        "patients": totals.rows["cases"],
        "rows_to_look_at": totals.check,
        "numbers_in_no_row": totals.unread,
        "patients_told_twice": totals.duplicates,
        "rows": {table.name: totals.rows[table.name] for table in FACT_TABLES},
        "failed": [{"doc_id": doc_id, "message": message} for doc_id, message in totals.failures],
        "warnings": [{"doc_id": doc_id, "message": message} for doc_id, message in totals.warnings],
    }
