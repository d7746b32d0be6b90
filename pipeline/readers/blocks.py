"""Builds the blocks of a `Source`: one place for what readers of marked-up formats share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Line, SourceBlock, SourceCell


def block(kind: BlockKind, text: str, level: int = 0) -> SourceBlock:
    """A block of one running paragraph."""
    return SourceBlock(kind, (Line(text),), level=level)


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as markup gives it: its lines and spans, its place still unknown."""

    lines: Sequence[str]
    row_span: int = 1
    col_span: int = 1
    header: bool = False
    column: int | None = None  # where the markup names the column itself


def span_of(value: str | None) -> int:
    """A span attribute as a number from 1 to the limit; nonsense is 1."""
    try:
        return min(max(int(value or 1), 1), caps().cell_span)
    except ValueError:
        return 1


def table(rows: Iterable[Sequence[RawCell]]) -> SourceBlock | None:
    """A table block from rows of cells, placed as HTML does it; None where all cells are empty.

    Raises ReadError E06 for a table of more cells than the cap allows.
    """
    cells: list[SourceCell] = []
    taken: set[tuple[int, int]] = set()
    row_number, most = 0, caps().table_cells
    for row_number, row in enumerate(rows):
        col = 0
        for raw in row:
            col = raw.column if raw.column is not None and raw.column >= col else col
            while (row_number, col) in taken:
                col += 1
            if len(taken) > most:
                raise ReadError("E06", f"a table of more than {most:,} cells")
            if raw.row_span > 1 or raw.col_span > 1:
                taken.update((r, c) for r in range(row_number, row_number + raw.row_span)
                             for c in range(col, col + raw.col_span))
            else:
                taken.add((row_number, col))
            lines = tuple(Line(line) for line in raw.lines)
            cells.append(SourceCell(row_number, col, lines, raw.row_span, raw.col_span, raw.header))
            col += raw.col_span
    if not any(cell.lines for cell in cells):
        return None
    return SourceBlock(BlockKind.TABLE, cells=tuple(_clipped(cell, row_number + 1) for cell in cells))


def _clipped(cell: SourceCell, rows: int) -> SourceCell:
    """A row span that reaches below the last row ends there."""
    if cell.row + cell.row_span <= rows:
        return cell
    return SourceCell(cell.row, cell.col, cell.lines, rows - cell.row, cell.col_span, cell.header)


_LABEL = re.compile(
    r"(?:supplement(?:ary|al)\s+|extended data\s+|appendix\s+)?(?:table|tab\.?|figure|fig\.?|box|scheme|chart"
    r"|panel|plate"
    r"|image|tabla|tableau|tabelle|tabella|tabela|figura|abbildung|abb\.?)(?:\s*[A-Z]{0,2}\s?\d{1,3}[A-Za-z]?"
    r"|\s+[IVX]{1,5}|\s+[A-Z])(?![A-Za-z])", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"{_LABEL.pattern}\s*[.:|]?", re.IGNORECASE)
_LABEL_FIRST = re.compile(rf"({_LABEL.pattern})(?:\s*[.:|\u2013\u2014-]\s*|\s+(?=[A-Z]))", re.IGNORECASE)


def is_label(text: str) -> bool:
    """Whether a text is the number of a table or figure and nothing else ("Table 2.")."""
    return len(text) < 50 and bool(_LABEL_ALONE.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a text begins as captions do ("Table 2. Laboratory findings")."""
    return is_label(text) or bool(_LABEL_FIRST.match(text))


def captioned(label: str, text: str) -> str:
    """A caption in one form, "Table 1. Laboratory findings", whatever stood between."""
    label = label.strip().rstrip(".:|\u2013\u2014- ").strip()
    text = text.strip()
    if not label:
        return text
    if text.casefold().startswith(label.casefold()):
        text = text[len(label):].lstrip(" .:|\u2013\u2014-")
    return f"{label}. {text}" if text else label


def with_captions(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """Join labels with their captions, and call the paragraph before a table that begins so a caption.

    For formats in which a caption is told by its words alone.
    """
    result: list[SourceBlock] = []
    position = 0
    while position < len(blocks):
        current = blocks[position]
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        text = _text(current)
        if current.kind in _PROSE and is_label(text):
            if following is not None and following.kind in _CAPTION_TEXT and not is_label(_text(following)):
                result.append(block(BlockKind.CAPTION, captioned(text, _text(following))))
                position += 2
                continue
            result.append(block(BlockKind.CAPTION, captioned(text, "")))
        elif (current.kind is BlockKind.PARAGRAPH and following is not None
              and following.kind is BlockKind.TABLE and is_caption(text)
              and len(text) < 500) or current.kind is BlockKind.CAPTION:
            result.append(block(BlockKind.CAPTION, _in_one_form(text)))
        else:
            result.append(current)
        position += 1
    return result


def _in_one_form(text: str) -> str:
    match = _LABEL_FIRST.match(text)
    return captioned(match.group(1), text[match.end():]) if match else text


def preamble_aside(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """Between title and text stand names, dates and addresses: whatever is no sentence is set aside."""
    result = []
    waiting = {BlockKind.PARAGRAPH, BlockKind.ABSTRACT}  # of which no sentence was seen yet
    for current in blocks:
        kind = current.kind
        if kind in waiting and not _is_sentence(current.lines[0].text):
            result.append(replace(current, kind=BlockKind.BOILERPLATE))
            continue
        waiting.discard(kind)
        if kind is BlockKind.HEADING:
            waiting.discard(BlockKind.PARAGRAPH)
        result.append(current)
    if any(b.kind in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT) for b in result):
        return result
    long = any(b.kind is BlockKind.PARAGRAPH and len(b.lines[0].text) >= 25 for b in blocks)
    return list(blocks) if long else result  # nothing but short lines: then they are the text


def _is_sentence(text: str) -> bool:
    """Names, dates and addresses have few words in small letters and seldom end with a full stop."""
    words = text.split()
    small = sum(1 for word in words if word[0].islower())
    ended = text.rstrip("\u201d\"')]")[-1:] in ".?!:"
    return ended and small >= 3 and small >= 0.45 * len(words) and "@" not in text


_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION))
_CAPTION_TEXT = frozenset((BlockKind.PARAGRAPH, BlockKind.CAPTION))


def _text(source_block: SourceBlock) -> str:
    return source_block.lines[0].text if source_block.lines else ""
