"""A page of a paper, named as for `casebook show`, drawn into a file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from pipeline import readers
from pipeline.config import UsageError
from pipeline.debug.picture import picture, plain_picture
from pipeline.debug.sheet import Fact, sheet_of
from pipeline.errors import ReadError
from pipeline.files import write_whole
from pipeline.keys import doc_ids
from pipeline.named import Row, named, raw_of, rows
from pipeline.paper import Paper
from pipeline.readers.archive import expand
from pipeline.readers.pdf.document import is_scan
from pipeline.readers.pdf.pdfium import read_page
from pipeline.schema import CODES, FACT_TABLES, UNREAD, TableSchema
from pipeline.show import told
from pipeline.structure import structure

_DRAWN = (*FACT_TABLES, UNREAD)


@dataclass(slots=True)
class _Known:
    """What is drawn of a paper: where its file is, the text that offsets point into (None: it failed), its
    rows by table."""

    doc_id: str
    path: Path
    text: str | None
    rows: dict[str, list[Row]]


def debug(name: str, out: Path, page: int | None = None, target: Path | None = None) -> Path:
    """Draw a page (1-based) of a PDF with what was read from it; where the picture is, is returned.

    `name` is what `pipeline.named` knows in the tables of `out`, or the path of a PDF that is in no tables:
    it is read at once then. Without `page` it is the first that rows were found on; without `target` the
    picture is `<doc_id>-page-<page>.png` in the working directory.

    Raises UsageError for an unknown paper or page, one that is no PDF, or tables of another version.
    """
    known = _known(name, out)
    paper, data = _read_again(known)
    if known.text not in (None, paper.text):
        raise UsageError(f"{known.path} is not as it was when {out} was written: run casebook again")
    number = page if page is not None else _first_page(paper, _facts(known))
    if not 1 <= number <= (paper.pages or 0):
        raise UsageError(f"{known.path} has no page {number}: its pages are 1 to {paper.pages}")
    place = target if target is not None else Path(f"{known.doc_id}-page-{number}.png")
    write_whole(place, _drawn(known, paper, data, number))
    return place


def _known(name: str, out: Path) -> _Known:
    """The paper of the tables that a name means, else the file itself."""
    try:
        paper = named(name, out)
    except UsageError:
        if not Path(name).is_file():
            raise
        return _in_no_tables(Path(name))
    place = out / "text" / f"{paper.doc_id}.txt"
    text = place.read_bytes().decode("utf-8") if place.is_file() else None
    found = {t.name: [r for r in rows(out, t) if r["doc_id"] == paper.doc_id] for t in _DRAWN}
    return _Known(paper.doc_id, raw_of(out) / paper.document["path"], text, found)


def _in_no_tables(path: Path) -> _Known:
    """A file that is in no tables, extracted now; of one with several records the first."""
    from pipeline.cache import as_kept  # noqa: PLC0415 - takes what an extraction takes
    from pipeline.process import process  # noqa: PLC0415

    (doc_id,) = doc_ids([path.name])
    kept = as_kept(process(path, doc_id, path.name)[0], path.name)
    found = {
        t.name: [dict(zip(t.header, row, strict=True)) for row in kept.rows.get(t.name, ())] for t in _DRAWN
    }
    return _Known(doc_id, path, kept.text, found)


def _read_again(known: _Known) -> tuple[Paper, bytes]:
    """The paper with its places on the pages, and the bytes of its PDF."""
    try:
        data = readers.whole(known.path)
        if readers.sniff(data) == "archive":
            data = expand(data)[0]
        if readers.sniff(data) != "pdf":
            raise UsageError(
                f"{known.path} is no PDF, so it has no pages to draw: casebook show {known.doc_id} "
                "--structure prints its parts, casebook review shows its rows in the text"
            )
        return structure(readers.read_bytes(data, known.path.name)[0]), data
    except ReadError as error:
        raise UsageError(f"{known.path}: {error}") from error


def _facts(known: _Known) -> list[Fact]:
    """The rows of the paper that quote its words (one that only has age or sex from elsewhere need not)."""
    return [_fact(t, row) for t in FACT_TABLES for row in known.rows[t.name] if row["start"]]


def _fact(table: TableSchema, row: Row) -> Fact:
    words = told(table, row | dict.fromkeys(CODES, "")) if table is not UNREAD else row["quote"]
    return Fact(table.name, words, int(row["start"]), int(row["end"]))


def _first_page(paper: Paper, facts: list[Fact]) -> int:
    """The first page on which a row stands, else the first."""
    return min((paper.page_at(fact.start) or 1 for fact in facts), default=1)


def _drawn(known: _Known, paper: Paper, data: bytes, number: int) -> bytes:
    """The picture of a page as PNG. Raises UsageError where pdfplumber cannot open it."""
    import pdfplumber  # noqa: PLC0415 - only for pictures

    title = f"{known.doc_id}, page {number} of {paper.pages}"
    sheet = sheet_of(paper, number, _facts(known), [_fact(UNREAD, row) for row in known.rows[UNREAD.name]])
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return picture(plain_picture(document.pages[number - 1], _scanned(data, number)), sheet, title)
    except (MemoryError, OSError):
        raise
    except Exception as error:  # of pdfminer, which asks more of a file than PDFium does
        problem = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(f"pdfplumber cannot draw page {number} of {known.path}: {problem}") from error


def _scanned(data: bytes, number: int) -> bool:
    document = pdfium.PdfDocument(data)
    try:
        return is_scan(read_page(document, number))
    finally:
        document.close()
