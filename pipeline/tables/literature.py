"""Tables of other authors' cases, and the row in them that is this paper's own patient."""

from __future__ import annotations

import re

from pipeline.paper import Table
from pipeline.tables.grid import Grid

#: Such words in its head or caption tell a table of other authors' cases.
_HEAD = re.compile(
    r"^\W*(?:(?:first\s)?authors?|references?|study|studies|source|publications?|citation|"
    r"year(?: of publication)?|ref\.?)\b(?!\W*(?:range|values?|interval|limits?))",
    re.I,
)
_CAPTION = re.compile(
    r"\bliterature\b|\bpublished\b|\bpreviously (?:reported|described)|\breported (?:cases|patients|in)\b|"
    r"\bprevious(?:ly)? (?:cases?|reports?|studies)\b|\b(?:review|summary|overview) of (?:the |all )?"
    r"(?:\w+ ){0,3}(?:cases|reports|studies|publications)\b|\bcases (?:reported|described|published)\b",
    re.I,
)
_CITED = re.compile(
    r"\bet al\b|\(\d{4}\)|\[\d+(?:[,-]\d+)*\]|"
    r"^(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|visit|baseline|follow|before|after|month|week|year|at|in)"
    r"[a-z]*\b)[a-z][\w'-]+\D{0,40}[\s(,]+(?:19|20)\d\d\b",
    re.I,
)
_PRESENT = re.compile(
    r"^\W*(?:the\s)?(?:present|our|this|current)\s(?:case|patient|report|study|series)\b|^\W*(?:present|ours)\W*$",
    re.I,
)


def is_literature(text: str, table: Table, grid: Grid) -> bool:
    """Whether the table lists other authors' cases."""
    caption = text[slice(*table.caption)] if table.caption else ""
    stubs = [text[c.start : c.end] for c in grid.stub_cells()]
    cited = sum(bool(_CITED.search(s)) for s in stubs)
    if cited >= 2 and cited >= len(stubs) / 2:
        return True
    heads = [text[c.start : c.end] for c in grid.headers() if c.row < grid.first_row][:4]
    heads += [text[a:b] for a, b in table.notes[:2]]  # a head that could not be split
    told = any(_HEAD.search(head) for head in heads)
    about = bool(_CAPTION.search(caption))
    by_author = cited >= 2 or (about and _column_of_citations(text, grid))
    return (told and (about or by_author)) or (about and by_author)


def _column_of_citations(text: str, grid: Grid) -> bool:
    """Whether authors or years stand in the second column, behind numbers."""
    cells = [c for row in grid.data_rows() if (c := grid.at(row, 1)) is not None]
    cited = sum(bool(_CITED.search(text[c.start : c.end])) for c in cells)
    return cited > 1 and cited > len(cells) / 2


def present_row(text: str, grid: Grid) -> int | None:
    """The row of such a table that is this paper's patient ("Present case"), None if there is none."""
    heads = [grid.column_text(text, col) for col in range(1, grid.n_cols)]
    if sum(any(c.isdigit() for c in head) for head in heads) > 1:
        return None  # a row of cases where the heads should be
    rows = [c.row for c in grid.stub_cells() if _PRESENT.search(text[c.start : c.end])]
    return rows[0] if len(rows) == 1 else None
