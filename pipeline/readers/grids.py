"""Tables in the HTML model (JATS and HTML have it in common) and in the OASIS model of older JATS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.paper import SourceBlock
from pipeline.readers.blocks import RawCell, span_of, table
from pipeline.readers.markup import Element, Role, inline, plain_lines

#: elements inside a cell that stand on lines of their own
_OWN_LINE = frozenset(("p", "div", "li", "list-item", "def-item", "disp-quote", "tr", "dt", "dd"))


def html_table(element: Element, role_of: Callable[[Element], Role]) -> SourceBlock | None:
    """The grid of a `table` element; `<th>` and all of `<thead>` are headers."""
    cell_role = _in_cell(role_of)
    if element.find("tgroup") is not None:
        return table(_oasis_rows(element, cell_role))
    return table(_html_rows(element, cell_role))


def _html_rows(element: Element, role_of: Callable[[Element], Role]) -> Iterator[list[RawCell]]:
    for row in rows_of(element):
        head = row.getparent().tag == "thead"
        yield [
            RawCell(cell_lines(cell, role_of), span_of(cell.get("rowspan")), span_of(cell.get("colspan")),
                    head or cell.tag == "th")
            for cell in row if cell.tag in ("td", "th")
        ]


def rows_of(element: Element) -> Iterator[Element]:
    """The rows of a table but not those of tables inside it."""
    for child in element:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _oasis_rows(element: Element, role_of: Callable[[Element], Role]) -> Iterator[list[RawCell]]:
    for group in element.iterfind("tgroup"):
        columns = {spec.get("colname"): number for number, spec in enumerate(group.iterfind("colspec"))}
        for part in group:
            if part.tag not in ("thead", "tbody", "tfoot"):
                continue
            for row in part.iterfind("row"):
                yield [_oasis_cell(entry, columns, part.tag == "thead", role_of)
                       for entry in row.iterfind("entry")]


def _oasis_cell(entry: Element, columns: dict[str | None, int], header: bool,
                role_of: Callable[[Element], Role]) -> RawCell:
    first = columns.get(entry.get("namest") or entry.get("colname"))
    last = columns.get(entry.get("nameend"))
    wide = last - first + 1 if first is not None and last is not None and last > first else 1
    more = entry.get("morerows") or ""
    tall = span_of(str(int(more) + 1)) if more.isdecimal() and len(more) < 6 else 1
    return RawCell(cell_lines(entry, role_of), tall, wide, header, first)


def cell_lines(cell: Element, role_of: Callable[[Element], Role]) -> list[str]:
    """The printed lines of a cell."""
    return plain_lines(inline(cell, role_of))


def _in_cell(role_of: Callable[[Element], Role]) -> Callable[[Element], Role]:
    """Inside a cell there are no blocks, only lines."""

    def role(element: Element) -> Role:
        if element.tag in _OWN_LINE:
            return Role.LINE
        found = role_of(element)
        return Role.LINE if found is Role.BLOCK else found

    return role
