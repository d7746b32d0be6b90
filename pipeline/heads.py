"""The heads of a table's cell, from the normalised text alone: a row is a line, tabs stand between cells."""

from __future__ import annotations


def heads_at(text: str, start: int) -> str:
    """Heads of the row and the column that a character stands in ("Calcium / Case 2"); "" in prose."""
    begin, line = _line(text, start)
    if "\t" not in line:
        return ""
    column = line.count("\t", 0, start - begin)
    first = line
    while begin > 0:
        begin, above = _line(text, begin - 1)
        if "\t" not in above:
            break
        first = above
    row = line.split("\t")[0] if column else ""
    top = first.split("\t")
    head = top[column] if first is not line and column < len(top) else ""
    return " / ".join(" ".join(part.split()) for part in (row, head) if part.strip())


def _line(text: str, at: int) -> tuple[int, str]:
    """The line that a character stands in, and where it begins."""
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return begin, text[begin : end if end >= 0 else len(text)]
