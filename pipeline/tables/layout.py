"""How a grid's columns belong together: labels, values, units, reference ranges and flags.

A table may hold two lists side by side (`Test | Result | Range | Test | Result | Range`), a range for
each patient, or its ranges and units in rows of their own above or below the values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from extractors.language.units import match_unit
from pipeline.paper import Cell
from pipeline.tables.grid import Grid
from pipeline.tables.labels import Labels
from pipeline.tables.senses import Sense

#: Roles of columns and rows that only add to the values of others.
AIDES = ("reference", "unit", "flag")
_UNIT_LIKE = re.compile(r"^\W*[a-z\u00b5%/\d^ ]{0,24}\W*$", re.I)


@dataclass(frozen=True)
class Layout:
    """Which columns hold labels, and where the additions to a value stand.

    `labels`: columns that begin a list; `stubs`: all columns of labels, those of the first list's
    second level included. `aide_rows`: rows of ranges or units, with their role.
    """

    labels: tuple[int, ...]
    stubs: tuple[int, ...]
    roles: dict[int, str]
    patients: dict[int, int | None]
    aide_rows: dict[int, str]

    def label_of(self, col: int) -> int:
        """The label column that a column's cells are read under."""
        return max((c for c in self.labels if c <= col), default=0)

    def stub_of(self, label: int) -> tuple[int, ...]:
        """The columns whose words label the rows of a list."""
        return (
            tuple(c for c in self.stubs if c < (self.labels[1:] or (c + 1,))[0]) if label == 0 else (label,)
        )

    def aide(self, role: str, col: int) -> int | None:
        """The column with a value column's reference range, unit or flag.

        That of its patient where columns name patients; else the next to the right, else to the left,
        in the same list.
        """
        begin = self.label_of(col)
        end = min((c for c in self.labels if c > col), default=1 << 30)
        found = [c for c in self._columns_of.get(role, ()) if begin < c < end]
        mine = [c for c in found if self.patients[c] is not None and self.patients[c] == self.patients[col]]
        found = mine or [c for c in found if self.patients[c] is None]
        if role == "flag":
            found = [c for c in found if c == col + 1 or len(found) == 1]
        right = [c for c in found if c > col]
        return min(right) if right else max(found, default=None)

    @cached_property
    def _columns_of(self) -> dict[str, list[int]]:
        """The columns of each role."""
        found: dict[str, list[int]] = {}
        for col, role in self.roles.items():
            found.setdefault(role, []).append(col)
        return found

    def aide_row(self, role: str) -> int | None:
        """The row with the ranges or units of all columns."""
        return next((row for row, r in self.aide_rows.items() if r == role), None)


def layout_of(grid: Grid, labels: Labels, columns: dict[int, Sense]) -> Layout:
    """Read the layout from the heads, and from the labels of rows where those say it."""
    heads = {c: grid.column_text(labels.text, c).strip().lower() for c in range(grid.n_cols)}
    lists = [0]
    for col in range(2, grid.n_cols - 1):
        repeated = bool(heads[0]) and heads[col] == heads[0]
        if repeated or (not heads[col] and names_tests(grid, labels, col)):
            lists.append(col)
    roles = {c: s.role or ("" if heads[c] else _role_of_cells(grid, labels, c)) for c, s in columns.items()}
    patients = {c: s.patient for c, s in columns.items()}
    second = {1} if _has_second_level(grid, labels) else set()
    stubs = tuple(sorted({*lists, *second}))
    return Layout(tuple(lists), stubs, roles, patients, _aide_rows(grid, labels))


def _aide_rows(grid: Grid, labels: Labels) -> dict[int, str]:
    """Rows of ranges or units, with their role."""
    found: dict[int, str] = {}
    for row in grid.data_rows():
        cell = grid.at(row, 0)
        role = labels.of(cell).role if cell is not None else ""
        if role in ("reference", "unit"):
            found[row] = role
    return found


def _has_second_level(grid: Grid, labels: Labels) -> bool:
    """Whether the second column holds labels, too."""
    if grid.n_cols < 3 or names_tests(grid, labels, 0):
        return False
    return names_tests(grid, labels, 1) or _names_places(grid, labels)


def _cells_of(grid: Grid, col: int) -> list[Cell]:
    return [c for row in grid.data_rows() if (c := grid.at(row, col)) is not None]


def names_tests(grid: Grid, labels: Labels, col: int) -> bool:
    """Whether most cells of a column name something that is measured."""
    cells = _cells_of(grid, col)
    named = sum(labels.of(cell).names_measure for cell in cells)
    return len(cells) > 1 and named > 0.6 * len(cells)


def _names_places(grid: Grid, labels: Labels) -> bool:
    """Whether the second column says where was measured, below dates or visits of the first."""
    named: list[bool] = []
    for row in grid.data_rows():
        first, second = grid.at(row, 0), grid.at(row, 1)
        if second is None:
            return False
        facts = labels.of(second).measured.keys()
        if first is not None and facts & labels.of(first).measured.keys():
            return False
        named.append(bool(facts))
    return len(named) > 1 and all(named)


def _role_of_cells(grid: Grid, labels: Labels, col: int) -> str:
    """What a column without a head holds, where most of its cells are units or ranges; else ""."""
    texts = [labels.words(c).strip(" ()[]") for c in _cells_of(grid, col)]
    units = sum(map(_is_unit, texts))
    ranges = sum(bool(_RANGE.fullmatch(t)) for t in texts)
    if col and units > 0.5 * len(texts):
        return "unit"
    return "reference" if col > 1 and ranges > 0.5 * len(texts) else ""


def _is_unit(text: str) -> bool:
    unit = match_unit(text, 0, any_kind=True)
    return text == "%" or (unit is not None and unit.end == len(text))


_RANGE = re.compile(r"\d[\d.,]*\s?(?:-|–|~|to)\s?\d[\d.,]*\D{0,12}")


def continues(text: str) -> bool:
    """Whether a lower head only adds a unit to the head above it: `(mg/dL)` under `Calcium`."""
    body = text.strip()
    return bool(_UNIT_LIKE.match(body)) and (body.startswith("(") or "/" in body or body == "%")
