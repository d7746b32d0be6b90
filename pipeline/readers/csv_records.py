"""Tables of records, a record a row: CSV of PubMed, Scopus, Embase, Covidence and others; tab-delimited too.

Quotes are where such files break: one that nobody closed would draw the next records into its own, and
a fact of one woman into another's. A row ends where the next one begins, whatever its quotes say, and
one that does not fit the head is left out with a warning.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.errors import ReadError
from pipeline.paper import Source
from pipeline.readers.encoding import decode
from pipeline.readers.entries import again, documents
from pipeline.readers.fields import label, meanings
from pipeline.readers.tagged import Fields

_DELIMITERS = ",;\t|"
#: lines of a file within which the head must stand; some services put a sentence above it
_HEAD_LINES = 10
#: lines of one row; an abstract with every sentence on a line of its own stays below
_ROW_LINES = 400
_EXCEL = re.compile(r"sep=(.)\s*")
_WOS_HEAD = ("PT", "AU")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a table stands, how its columns are parted, and what they are called."""

    line: int
    delimiter: str
    columns: tuple[str, ...]
    dialect: str
    quoting: bool = True


@dataclass(slots=True)
class _Troubles:
    """Numbers (from 1) of the lines at which rows begin that are damaged."""

    left_out: list[int] = field(default_factory=list)
    open_quotes: list[int] = field(default_factory=list)
    open_end: bool = False

    def told(self) -> tuple[str, ...]:
        """The warnings they are worth."""
        told = []
        if self.left_out:
            told.append(f"Left out because their cells do not fit the head of the table: rows at lines "
                        f"{_listed(self.left_out)}.")
        if self.open_quotes:
            told.append(f"A quotation mark is never closed in the rows at lines {_listed(self.open_quotes)}.")
        return tuple(told)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (" ..." if len(numbers) > 10 else "")


def read(data: bytes, name: str) -> list[Source]:
    """The records of the table, one a row, or a field a row.

    Raises ReadError E01, E02, E06 (too many) and E12 (no head with a title, or no record below it).
    """
    lines = decode(data).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = head_of(lines)
    if head is None and fields_by_row(lines):
        return documents(_fields_below(lines), "label", "csv")
    if head is None:
        raise ReadError("E12", "a table without a column of titles")
    troubles = _Troubles()
    entries = [_fields(head, row) for row in _rows(lines, head, troubles)]
    if not entries and troubles.left_out:
        raise ReadError("E03", troubles.told()[0])
    form = "wos" if head.dialect == "wos" else "csv"
    return documents(entries, head.dialect, form, troubles.told(), cut=troubles.open_end)


def head_of(lines: Sequence[str]) -> Head | None:
    """The head among the first lines: columns of titles and of two further fields of a record."""
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if _EXCEL.fullmatch(line) or len(line) > 20_000 or not _names_titles(line):
            continue
        for delimiter in _DELIMITERS:
            if line.count(delimiter) < 2:
                continue
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
            if delimiter == "\t" and cells[:2] == list(_WOS_HEAD):
                return Head(number, delimiter, tuple(cells), "wos", quoting=False)
            columns = tuple(label(cell) for cell in cells)
            fields = [meanings("label").get(column, "") for column in columns]
            told = set(fields) - {"", "other", "text", "language", "keywords"}
            if "title" in told and len(told) > 2 and max(map(len, columns)) < 60:
                return Head(number, delimiter, columns, "label")
    return None


def fields_by_row(lines: Sequence[str]) -> bool:
    """Whether a table has a field a row, its name in the first cell ("TITLE","..."), as Embase has them."""
    if not any(line[:7].strip('"').upper().startswith("TITLE") for line in lines[:60]):
        return False
    named = [label(line.split(",", 1)[0].strip('"')) for line in lines[:60] if "," in line]
    told = [meanings("label").get(name, "") for name in named]
    known = [name for name in told if name]
    return "title" in told and len(set(known) - {"other"}) > 2 and 2 * len(known) >= len(told)


def _fields_below(lines: Sequence[str]) -> Iterator[Fields]:
    """The records of such a table: one ends where a title or an abstract comes again."""
    fields: Fields = {}
    for line in lines:
        row = next(csv.reader([line]), []) if line.strip() else []
        name, cells = (label(row[0]), [cell.strip() for cell in row[1:] if cell.strip()]) if row else ("", [])
        if not name or not cells:
            continue
        if again(fields, name, "label"):
            yield fields
            fields = {}
        fields.setdefault(name, []).extend(cells)
    if fields:
        yield fields


def _names_titles(line: str) -> bool:
    """A quick look: most first lines are those of papers."""
    return "itle" in line or "TITLE" in line or "tulo" in line or line.startswith("PT\t") or "\tTI\t" in line


def _rows(lines: list[str], head: Head, troubles: _Troubles) -> Iterator[list[str]]:
    """The rows below the head that fit it."""
    position = head.line + 1
    while position < len(lines):
        if not lines[position].strip():
            position += 1
            continue
        end, closed = _end_of_row(lines, position, head)
        text = "\n".join(lines[position:end]).rstrip("\n") + ("" if closed else '"')
        row = _cells(text, head)
        if not _fits(row, head):
            troubles.left_out.append(position + 1)
        else:
            if end == len(lines) and (not closed or len(row) < len(head.columns)):
                troubles.open_end = True  # a whole file ends with a line end: then the last line is empty
            elif not closed:
                troubles.open_quotes.append(position + 1)
            yield row
        position = end


def _end_of_row(lines: list[str], position: int, head: Head) -> tuple[int, bool]:
    """The line behind a row's last one, and whether its quotes are closed: the next row is never drawn in."""
    if not head.quoting or _whole(lines[position], head):
        return position + 1, True
    quotes = lines[position].count('"')
    end = position + 1
    while quotes % 2 and end < min(len(lines), position + _ROW_LINES):
        if _begins_row(lines[end], head):
            break
        quotes += lines[end].count('"')
        end += 1
    return end, quotes % 2 == 0


def _cells(text: str, head: Head) -> list[str]:
    if not head.quoting:
        return text.split(head.delimiter)
    try:
        return next(csv.reader(text.splitlines(keepends=True), delimiter=head.delimiter), [])
    except csv.Error:  # a cell longer than the module takes
        return []


def _fits(row: list[str], head: Head) -> bool:
    """Whether there are as many cells as the head has; empty ones may miss or be too many at the end."""
    while len(row) > len(head.columns) and not row[-1].strip():
        row.pop()
    return 1 < len(row) <= len(head.columns)


def _whole(line: str, head: Head) -> bool:
    """Whether a line by itself is a row of as many cells as the head has."""
    if line.count(head.delimiter) < len(head.columns) - 1:
        return False
    try:
        return len(next(csv.reader([line], delimiter=head.delimiter, strict=True), [])) == len(head.columns)
    except csv.Error:
        return False


def _begins_row(line: str, head: Head) -> bool:
    """Whether a line amid an open quote is the next row: whole, or with a quoted cell at its place.

    A line of prose may have as many commas as the head has columns, but no quotes beside them.
    """
    if line.count(head.delimiter) < len(head.columns) - 1:
        return False
    quoted = line.startswith('"') or f'{head.delimiter}"' in line
    return (quoted or len(head.columns) > 5) and (_whole(line, head) or _fits(_cells(line + '"', head), head))


def _fields(head: Head, row: list[str]) -> Fields:
    fields: Fields = {}
    for column, cell in zip(head.columns, row, strict=False):
        if cell.strip():
            fields.setdefault(column, []).append(cell.strip())
    return fields
