"""Tables in text: where a flattened or delimited table begins and ends, and its grid."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.paper import BlockKind
from pipeline.structure import shapes
from pipeline.structure.drafts import Draft, DraftCell, Piece
from pipeline.tables.lines.delimited import RULE, Runs, barred, delimited, separated
from pipeline.tables.lines.gaps import read_aligned
from pipeline.tables.lines.headers import Head, columns_of, is_head_cell, span_over, split_header
from pipeline.tables.lines.rows import Row, row_of
from pipeline.tables.lines.stacked import read_stacked
from pipeline.tables.lines.tabbed import read_tabbed

__all__ = ["Runs", "delimited", "read_table", "separated"]

_MAX_HEADER_LINES = 8
_MAX_CAPTION_LINES = 3
_NOTE = re.compile(
    r"(?:[a-e*\u2020\u2021\u00a7#\u00b6][)]? ?[A-Z].{2,}|[A-Z][\w/()-]{0,14}(?: [\w-]{1,12})?\s?[:=,] ?.{3,}|"
    r"[A-Z][A-Z0-9]{1,7} [a-z][^.,;]{2,60}[,;] .{3,}|"
    r"(?:Abbreviations?|Notes?|Values|Data|Numbers|Normal (?:range|values)|Reference|Bold|Source)\b.{3,}"
    r"|(?i:(?:ref(?:erence)?|normal)s?\.?(?: (?:ranges?|values?|intervals?|limits?))?"
    r"(?: ?\([^()]*\))? ?[:=].{3,})"
    r"|\(?[a-e]\)\s.{3,}|[*\u2020\u2021\u00a7#]{1,3} ?.{3,})",
    re.DOTALL,
)
_LETTER_NOTE = re.compile(r"(?:[*\u2020\u2021\u00a7#\u00b6]|[a-e][)]? ?[A-Z]|\(?[a-e]\))")
_FULL_LINE = 55  # characters after which a footnote's line may have been wrapped
_REFERENCE_LAST = re.compile(
    r"(?:normal|reference|ref\.?)(?:\s(?:range|values?|interval|limits?)s?)?(?:\s?\([^()]*\))?$",
    re.IGNORECASE,
)
_PROSE_WORD = re.compile(r"\b(?:the|was|were|is|are|had|has|she|he|of|and|with|which)\b")


def read_table(items: list[Draft | Piece], start: int) -> tuple[list[Draft], int] | None:
    """The table under the caption at `start`: caption, grid and footnotes, and where they end.

    None where no rows follow the caption (a table that is only cited, or told as an image).
    """
    lines = _lines_after(items, start)
    caption_piece = items[start]
    assert isinstance(caption_piece, Piece)
    for read in (_read_tabbed, _read_aligned, _read_stacked):
        if found := read(caption_piece, lines):
            drafts, end = found
            return drafts, start + 1 + end
    rows = [row_of(piece.text) for piece in lines]
    columns = _columns(rows)
    first = _first_row(rows, columns)
    if first is None:
        return None
    if columns > 2 and any([_REFERENCE_LAST.search(p.text) for p in lines[:_MAX_HEADER_LINES]]):
        rows = [_with_range(row, columns) for row in rows]
    last = max(i for i, row in enumerate(rows) if _fits(row, columns))
    above = lines[:first]
    caption = _whole_caption(caption_piece, above, columns)
    cells, notes = _grid(above, lines[first : last + 1], rows[first : last + 1], columns)
    drafts, end = _with_notes(caption, cells, notes, lines, last + 1)
    return drafts, start + 1 + end


def _first_row(rows: list[Row], columns: int) -> int | None:
    """The first row of values, None where it stands too far below the caption."""
    if not columns:
        return None
    fitting = (i for i, row in enumerate(rows) if _fits(row, columns) and not _is_head(row))
    first = next(fitting, None)
    return first if first is not None and first <= _MAX_HEADER_LINES else None


def _with_range(row: Row, columns: int) -> Row:
    """A row without a reference range, which ends one value early, made as long as the others."""
    short = row.label and len(row.values) == columns - 1
    return Row(row.label, [*row.values, ""]) if short else row


def _whole_caption(first: Piece, above: list[Piece], columns: int) -> list[Piece]:
    """The caption with its lines that stand above the heads; they are taken from `above`."""
    caption = [first]
    found = shapes.caption(first.text)
    if found and found.bare and above and (len(above) > 1 or not split_header(above[0].text, columns)):
        caption.append(above.pop(0))
    while above and _continues_caption(caption[-1], above[0], len(above), columns):
        caption.append(above.pop(0))
    return caption


def _with_notes(
    caption: list[Piece], cells: list[DraftCell], notes: list[list[Piece]], lines: list[Piece], end: int
) -> tuple[list[Draft], int]:
    """Caption, table and the footnotes that begin at line `end`; the index behind them."""
    first = end
    while end < len(lines) and (kind := _is_note(lines[end], lines[end - 1], end > first)):
        if kind == "more":
            notes[-1].append(lines[end])
        else:
            notes.append([lines[end]])
        end += 1
    drafts = [Draft(BlockKind.CAPTION, caption), Draft(BlockKind.TABLE, cells=cells)]
    return drafts + [Draft(BlockKind.FOOTNOTE, note) for note in notes], end


def _read_tabbed(caption: Piece, lines: list[Piece]) -> tuple[list[Draft], int] | None:
    """A table with empty cells between tabs; up to two lines of a long caption may stand above it."""
    above = next((i for i, line in enumerate(lines[:_MAX_CAPTION_LINES]) if "\t" in line.text), None)
    found = read_tabbed(lines[above:]) if above is not None else None
    if found is None or above is None:
        return None
    cells, count = found
    return _with_notes([caption, *lines[:above]], cells, [], lines, above + count)


def _read_aligned(caption: Piece, lines: list[Piece]) -> tuple[list[Draft], int] | None:
    """A table by the alignment of its columns; up to two lines of a long caption may stand above it."""
    above = 0
    while above < len(lines) and above < _MAX_CAPTION_LINES and "  " not in lines[above].text:
        if above and lines[above].gap:
            return None
        above += 1
    found = read_aligned(lines[above:])
    if found is None:
        return None
    return _with_notes([caption, *lines[:above]], found.cells, [], lines, above + found.lines)


def _read_stacked(caption: Piece, lines: list[Piece]) -> tuple[list[Draft], int] | None:
    """A table of one cell per line; a line of words may stand between a bare label and its head."""
    bare = shapes.caption(caption.text)
    above = 1 if bare and bare.bare and lines and not is_head_cell(lines[0].text) else 0
    found = read_stacked(lines[above:])
    if found is None:
        return None
    return _with_notes([caption, *lines[:above]], found.cells, [], lines, above + found.lines)


def _lines_after(items: list[Draft | Piece], start: int) -> list[Piece]:
    """The lines that may belong to a table: up to the next caption, heading or prose."""
    lines: list[Piece] = []
    prose = 0
    for number in range(start + 1, len(items)):
        item = items[number]
        if not isinstance(item, Piece) or shapes.caption(item.text):
            break
        found = shapes.heading(item.text)
        if found and found.role in (
            "references",
            "discussion",
            "introduction",
            "conclusion",
            "abstract",
            "boilerplate",
        ):
            break
        if item.gap and lines and barred(item.text) and not barred(lines[-1].text):
            break
        if RULE.fullmatch(item.text) and len(item.text) > 3:  # a dash alone is a missing value
            continue
        if _is_prose(item.text):
            prose += 1
            if prose > 2:
                break
        else:
            prose = 0
        lines.append(item)
    while lines and _is_prose(lines[-1].text):
        lines.pop()
    return lines


def _is_prose(text: str) -> bool:
    return len(text) > 35 and "  " not in text and len(_PROSE_WORD.findall(text)) > 1


def _columns(rows: list[Row]) -> int:
    """How many columns of values most rows have; 0 if the rows do not agree."""
    counts = Counter(len(row.values) for row in rows if row.values and (row.label or len(row.values) > 2))
    if not counts:
        return 0
    unlabelled = Counter(len(row.values) for row in rows if len(row.values) > 2 and not row.label)
    count, times = max(counts.items(), key=lambda item: (item[1] * (1 if item[0] == 1 else 2), item[0]))
    if times < 2:
        return 0
    if unlabelled[count] > times / 2:
        return count - 1
    return count


def _fits(row: Row, columns: int) -> bool:
    """Whether a row has a value for each column (a label may end in numbers, or be a number)."""
    count = len(row.values)
    if count == columns:
        return bool(row.label)
    return columns < count <= columns + 2 and (not row.parts or (count == columns + 1 and not row.label))


def _is_head(row: Row) -> bool:
    """Whether a row with separated cells is a head: not one of its cells is a value."""
    return row.parts and not any([_is_value(value) for value in row.values])


def _is_value(text: str) -> bool:
    """Whether a cell is a value with a digit, not words or a name like `Case 1`."""
    return any([c.isdigit() for c in text]) and not row_of(text).label


def _continues_caption(caption: Piece, piece: Piece, left: int, columns: int) -> bool:
    if piece.gap or (shapes.sentence_ends(caption.text) and len(caption.text) < 60):
        return False
    if split_header(piece.text, columns):
        return False
    return piece.text[0].islower() or (
        not shapes.sentence_ends(caption.text) and left > 1 and len(caption.text) > 50
    )


def _is_note(piece: Piece, before: Piece, after_note: bool) -> str:
    """ "new" for a line that begins a footnote, "more" for one that goes on with the note before, else ""."""
    text = piece.text
    if shapes.heading(text) or len(text) > 500:
        return ""
    if (
        after_note
        and not piece.gap
        and not shapes.sentence_ends(before.text)
        and (text[0].islower() or len(before.text) > _FULL_LINE or shapes.open_end(before.text))
        and not _LETTER_NOTE.match(text)
    ):
        return "more"
    if _NOTE.fullmatch(text) and not (
        _is_prose(text) and not text.startswith(("Abbrev", "Note", "Values", "Data"))
    ):
        return "new"
    return ""


def _grid(
    above: list[Piece], lines: list[Piece], rows: list[Row], columns: int
) -> tuple[list[DraftCell], list[list[Piece]]]:
    """Cells and notes of a table whose rows have `columns` values each."""
    if (
        len(above) > 1
        and split_header(above[-1].text, columns) is None
        and len(above[-1].text) < 60
        and split_header(above[-2].text, columns)
    ):
        group = above[-1]  # the first group's heading stands between the head and the rows
        above, lines, rows = above[:-1], [group, *lines], [row_of(group.text), *rows]
    levels, notes = _header(above, columns)
    cells: list[DraftCell] = []
    for number, heads in enumerate(levels):
        for head in heads:
            cells.append(
                DraftCell(number, head.first, [Piece(head.text)], 1, head.last - head.first + 1, True)
            )
    number = len(levels)
    pending: Piece | None = None  # a label's first line, or a group's
    for piece, row in zip(lines, rows, strict=True):
        fits = _fits(row, columns)
        if not fits:
            if pending is not None:
                cells.append(_group(pending, number, columns))
                number += 1
            pending = piece
            continue
        label, values = _aligned(row, columns)
        label_pieces = [Piece(label)]
        if pending is not None:
            if label[:1].islower() and not row_of(pending.text).values:
                label_pieces.insert(0, pending)
            else:
                cells.append(_group(pending, number, columns))
                number += 1
            pending = None
        cells.append(DraftCell(number, 0, label_pieces, header=True))
        cells += [DraftCell(number, i, [Piece(value)]) for i, value in enumerate(values, 1) if value]
        number += 1
    return cells, notes


def _group(piece: Piece, row: int, columns: int) -> DraftCell:
    """A line without one value per column: the heading of the rows below, or a row that cannot be aligned."""
    return DraftCell(row, 0, [piece], 1, columns + 1, not row_of(piece.text).values)


def _aligned(row: Row, columns: int) -> tuple[str, list[str]]:
    """A row's label and exactly `columns` values: surplus values in front belong to the label."""
    surplus = len(row.values) - columns
    if surplus <= 0:
        return row.label, row.values
    return " ".join(filter(None, (row.label, *row.values[:surplus]))), row.values[surplus:]


def _header(above: list[Piece], columns: int) -> tuple[list[list[Head]], list[list[Piece]]]:
    """The header's levels from top to bottom; lines that cannot be split safely become notes."""
    if not above:
        return [], []
    parts = split_header(above[-1].text, columns)
    if parts is None:
        joined = split_header(" ".join(p.text for p in above), columns) if len(above) < 4 else None
        if joined:
            return [columns_of(joined, columns)], []
        return [], [[piece] for piece in above]
    levels = [columns_of(parts, columns)]
    notes: list[list[Piece]] = []
    for piece in reversed(above[:-1]):
        spans = span_over(piece.text, levels[0], columns) if not notes else None
        if spans:
            levels.insert(0, spans)
        else:
            notes.insert(0, [piece])
    return levels, notes
