"""One paper's records in the terminal, each with the words it was read from."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from pipeline.config import UsageError
from pipeline.heads import heads_at
from pipeline.named import Named, Row, named, raw_of, rows, text_of
from pipeline.schema import BY_NAME, DOCUMENTS, FACT_TABLES, PROVENANCE, TableSchema
from pipeline.voice import plain

_CONTEXT = 40
_NARROWEST = 60
_WIDEST_VALUES = 60
#: columns that say where a record stands, or head the case, and are not shown as its values
_KEYS = frozenset({"doc_id", "case_id", *(column.name for column in PROVENANCE)})

#: types of columns -> how a cell of a CSV file is read
_TYPES: dict[str, Callable[[str], object]] = {"string": str, "integer": int, "number": float}


def show(name: str, out: Path, stream: TextIO, table: str | None = None) -> None:
    """Print the records of a paper or of one patient, a heading per patient.

    `name` is what `pipeline.named` knows. Raises UsageError for an unknown paper or table.
    """
    tables = _chosen(table)
    paper = named(name, out)
    text = text_of(out, paper.doc_id)
    style = _Style(stream)
    print(*_about(paper.document, style), sep="\n", file=stream)
    found = {t.name: _rows_of(out, t, paper) for t in tables}
    for case in _rows_of(out, BY_NAME["cases"], paper):
        label = f"{case['label']}  " if case["label"] else ""
        print(f"\n{style.strong('Patient ' + case['case_id'])}  {label}".rstrip(), file=stream)
        for t in tables:
            own = [row for row in found[t.name] if row["case_id"] == case["case_id"]]
            if own:
                print(f" {style.strong(t.name)}", file=stream)
                print(*_records(t, own, text, style), sep="\n", file=stream)


def show_json(name: str, out: Path, stream: TextIO, table: str | None = None) -> None:
    """Print the same as JSON: `document`, and a list of rows by table; empty cells are null.

    Raises UsageError for an unknown paper or table.
    """
    tables = _chosen(table)
    paper = named(name, out)
    printed: dict[str, object] = {"document": _typed(DOCUMENTS, paper.document)}
    printed |= {t.name: [_typed(t, row) for row in _rows_of(out, t, paper)] for t in tables}
    print(json.dumps(printed, indent=1), file=stream)


def show_structure(name: str, out: Path, stream: TextIO) -> None:
    """Read the paper's file again and print its blocks and tables. Raises UsageError."""
    from pipeline import readers  # noqa: PLC0415
    from pipeline.errors import ReadError  # noqa: PLC0415
    from pipeline.structure import structure  # noqa: PLC0415

    document = named(name, out).document
    doc_id, path = document["doc_id"], raw_of(out) / document["path"]
    try:
        sources = readers.read(path)
    except ReadError as error:
        raise UsageError(f"{path}: {error}") from error
    # a record of a file with several has its number behind the file's own key
    chosen = [s for s in sources if len(sources) == 1 or doc_id.endswith(f"-{s.record_suffix.lower()}")]
    for source in chosen[:1]:
        paper = structure(source)
        for block in paper.blocks:
            page = paper.page_at(block.start)
            place = f"p. {page}" if page else ""
            words = " ".join(plain(paper.text[block.start : block.end]).split())
            line = f"{block.start:>7} {block.kind.value:<11} {place:<6} {words}"
            print(line if len(line) <= _width() else line[: _width() - 3] + "...", file=stream)
        for number, grid in enumerate(paper.tables, 1):
            print(
                f"\ntable {number}: {grid.n_rows} rows, {grid.n_cols} columns, from {grid.start}", file=stream
            )
            for row in range(grid.n_rows):
                cells = [plain(paper.text[c.start : c.end]) for c in grid.cells if c.row == row]
                print("  " + " | ".join(" ".join(cell.split()) for cell in cells), file=stream)


class _Style:
    """Bold on a terminal that is not told to leave it (no-color.org); elsewhere brackets mark quotes."""

    def __init__(self, stream: TextIO) -> None:
        self._colours = stream.isatty() and not os.environ.get("NO_COLOR")

    def strong(self, text: str) -> str:
        return f"\033[1m{text}\033[0m" if self._colours else text

    def quote(self, text: str) -> str:
        return f"\033[7m{text}\033[0m" if self._colours else f"[{text}]"


def _chosen(table: str | None) -> tuple[TableSchema, ...]:
    if table is None:
        return FACT_TABLES
    chosen = tuple(t for t in FACT_TABLES if t.name == table)
    if not chosen:
        raise UsageError(f"no table {table}: give one of {', '.join(t.name for t in FACT_TABLES)}")
    return chosen


def _rows_of(out: Path, table: TableSchema, paper: Named) -> list[Row]:
    """A paper's rows of a table; of one patient, if that is what was named."""
    of_patient = {"case_id": paper.case_id} if paper.case_id else {}
    return list(rows(out, table, doc_id=paper.doc_id, **of_patient))


def _typed(table: TableSchema, row: Row) -> dict[str, object]:
    return {c.name: _TYPES[c.type](row[c.name]) if row[c.name] else None for c in table.columns}


def _about(document: Row, style: _Style) -> list[str]:
    pages = f"{document['pages']} pages" if document["pages"] else ""
    identifiers = [
        f"doi:{document['doi']}" if document["doi"] else "",
        f"PMID {document['pmid']}" if document["pmid"] else "",
    ]
    lines = [
        style.strong(f"{document['doc_id']}  {document['title']}".rstrip()),
        _joined([document["authors"], f"{document['journal']} {document['year']}".strip(), *identifiers]),
        _joined(
            [
                document["path"],
                document["format"],
                document["coverage"],
                document["language"],
                pages,
                document["status"],
            ]
        ),
        document["message"],
    ]
    return [line for line in lines if line]


def _records(table: TableSchema, found: list[Row], text: str, style: _Style) -> list[str]:
    """One line per record: its values, its quote in context, its place and confidence."""
    values = [told(table, row) for row in found]
    column = min(max(map(len, values)), _WIDEST_VALUES)
    lines = []
    for row, value in zip(found, values, strict=True):
        page = f"p. {row['page']}" if row["page"] else ""
        place = _joined([row["section"] or row["source"], page, row["confidence"]])
        room = _width() - max(column, len(value)) - len(place) - 8
        lines.append(f"   {value:<{column}}  {_in_context(row, text, style, room)}  ({place})")
    return lines


def told(table: TableSchema, row: Row) -> str:
    """A row's values on one line, without its keys and its place."""
    names = [name for name in table.header if name not in _KEYS]
    return _joined([_value(name, row[name]) for name in names if row[name]])


def _value(name: str, value: str) -> str:
    """Numbers and yes-no columns say nothing without their name."""
    plain = name in _SELF_EXPLAINING
    return value if plain else f"{name} {value}"


_SELF_EXPLAINING = frozenset(
    "symptom site level side kind modality phase region analyte drug drug_class status measure unit value "
    "comparator dose dose_unit frequency route duration_text flag sex age_text specimen time_text".split()
)


def _in_context(row: Row, text: str, style: _Style, room: int) -> str:
    """The quote: in a table with the heads of its cell, else with what there is room for around it."""
    start, end = int(row["start"]), int(row["end"])
    heads = heads_at(text, start) if row["source"] == "table" else ""
    if heads:
        return f"{heads}: {style.quote(' '.join(row['quote'].split()))}"
    around = max(0, min(_CONTEXT, (room - len(row["quote"]) - len("[......]")) // 2))
    before, after = text[max(0, start - around) : start], text[end : end + around]
    left = ("..." if start > around else "") + before.replace("\n", " ")
    right = after.replace("\n", " ") + ("..." if end + around < len(text) else "")
    return left + style.quote(" ".join(row["quote"].split())) + right


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)


def _width() -> int:
    return max(_NARROWEST, shutil.get_terminal_size((140, 24)).columns)
