"""Pages of ink -> the blocks of a paper in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.paper import BlockKind, Box, Line, SourceBlock, SourceCell
from pipeline.readers.pdf import columns, drop_caps
from pipeline.readers.pdf.blocks import Chunk, paragraphs
from pipeline.readers.pdf.capi import turn_back, turned_box
from pipeline.readers.pdf.captions import is_continued
from pipeline.readers.pdf.cells import GridCell
from pipeline.readers.pdf.figures import figure_words
from pipeline.readers.pdf.furniture import Edges, drop_line_numbers
from pipeline.readers.pdf.grid import build
from pipeline.readers.pdf.ink import PageInk, Rect, Turn, Word
from pipeline.readers.pdf.lines import TextLine, compose, rows_of
from pipeline.readers.pdf.tables import open_tables, ruled_tables, take_caption, wide_captioned_tables

_TURNED_WORDS, _TURNED_ROWS = 25, 4  # less than this beside the text is a marginal note
_FINISHED = re.compile(r"[.!?:][\"'”’)\]\d]*$")


def body_type(pages: Iterable[PageInk]) -> tuple[float, str]:
    """Size in points and font of most characters."""
    types: Counter[tuple[float, str]] = Counter()
    for ink in pages:
        for word in ink.words:
            types[word.size, word.font] += len(word.text)
    sizes: Counter[float] = Counter()
    for (size, _), count in types.items():
        sizes[size] += count
    if not sizes:
        return 10.0, ""
    body = sizes.most_common(1)[0][0]
    fonts = Counter({font: count for (size, font), count in types.items() if size == body})
    return body, fonts.most_common(1)[0][0]


def chunks_of(pages: Sequence[PageInk], body: float, font: str) -> list[Chunk]:
    """Chunks of a run of pages in reading order, furniture last on each page.

    Args:
        pages: the run; line numbers, heads and feet are taken out of their words.
        body: type size of the running text in points.
        font: its font, which is never bold, whatever its descriptor says.
    """
    for word in (w for ink in pages for w in ink.words if w.bold and w.font == font):
        word.bold = False
    drop_caps.settle(pages, body)
    numbers = drop_line_numbers(pages)
    edges = Edges(pages, body)
    gutters: list[float] = []
    out: list[Chunk] = []
    for ink in pages:
        furniture = edges.take(ink)
        furniture += [compose([w]) for w in numbers[ink.number]]
        out += _page(ink, gutters, body)
        for turn, words in ink.turned.items():
            content, notes = _turned(ink, turn, words, body)
            out += content
            furniture += notes
        if furniture:
            out.append(Chunk(furniture, ink.number, BlockKind.BOILERPLATE, sheet=(ink.width, ink.height)))
    for chunk in out:
        for line in _lines_of(chunk):
            line.forget_words()
    return out


def _lines_of(chunk: Chunk) -> Iterator[TextLine]:
    """All lines of a chunk, those of its cells included."""
    yield from chunk.lines
    if isinstance(chunk.table, list):
        for cell in chunk.table:
            yield from cell.lines


def _turned(ink: PageInk, turn: Turn, words: list[Word], body: float) -> tuple[list[Chunk], list[TextLine]]:
    """Text that runs up or down the page: chunks of a page of its own (a rotated table), or notes."""
    if len(words) < _TURNED_WORDS or len(rows_of(words)) < _TURNED_ROWS:
        return [], [compose(row) for row in rows_of(words)]

    def around(rects: Sequence[Rect]) -> list[Rect]:
        return [Rect(*turned_box((r.x0, r.top, r.x1, r.bottom), turn, ink.width, ink.height)) for r in rects]

    sideways = turn in {Turn.UP, Turn.DOWN}
    width, height = (ink.height, ink.width) if sideways else (ink.width, ink.height)
    page = PageInk(ink.number, width, height, words)
    page.across = around(ink.upright if sideways else ink.across)
    page.upright = around(ink.across if sideways else ink.upright)
    page.images, page.drawings = around(ink.images), around(ink.drawings)
    notes = Edges([page], body).take(page)
    chunks = _page(page, [], body)
    for chunk in chunks:
        chunk.sheet = (ink.width, ink.height)
    return chunks, notes


def _page(ink: PageInk, gutters: list[float], body: float) -> list[Chunk]:
    items: list[columns.Item] = []
    gone: set[int] = set()
    figures = figure_words(ink)
    gone.update(map(id, figures))
    if figures:
        ink.words = [w for w in ink.words if id(w) not in gone]
    places: list[Rect] = []
    for find in (ruled_tables, lambda page: wide_captioned_tables(page, places)):
        for table in find(ink):
            everything = table.words
            caption = take_caption(table)
            cells = build(table) if caption is not None else []
            if not cells:
                continue
            places.append(table.box)
            gone.update(map(id, everything))
            for cell in cells:
                cell.page = ink.number
            payload = (
                [Chunk([compose(row) for row in caption], ink.number, BlockKind.CAPTION)] if caption else []
            )
            payload.append(Chunk([], ink.number, BlockKind.TABLE, table=cells))
            items.append(columns.Block(table.box.x0, table.box.top, table.box.x1, table.box.bottom, payload))
    items += [w for w in ink.words if id(w) not in gone]
    items += _barriers(ink, places)
    found: list[columns.Gutter] = []
    regions = columns.split(items, gutters, found=found)
    gutters += [(g.x0 + g.x1) / 2 for g in found if g.score > 150][:4]
    out: list[Chunk] = []
    for region in regions:
        chunks = _region(region, ink)
        _mark_edges(chunks, ink.height, body)
        out += chunks
    if figures:
        out.append(Chunk([compose(row) for row in rows_of(figures)], ink.number, BlockKind.BOILERPLATE))
    return out


def _barriers(ink: PageInk, tables: Sequence[Rect]) -> list[columns.Item]:
    """Wide pictures and rules: text to both sides of their middle does not run past them."""
    page = ink.width * ink.height
    wide = [
        r
        for r in ink.images
        if r.width > 0.35 * ink.width and r.height > 40 and r.width * r.height < 0.6 * page
    ]
    wide += [r for r in ink.across if r.width > 0.55 * ink.width]
    return [
        columns.Block(r.x0, r.top, r.x1, r.bottom)
        for r in wide
        if not any(t.top - 2 <= r.top and r.bottom <= t.bottom + 2 for t in tables)
    ]


def _mark_edges(chunks: list[Chunk], height: float, body: float) -> None:
    """Say which chunks are small print at the foot of their column or at the head of the page."""
    foot: list[Chunk] = []
    for chunk in reversed(chunks):
        if not chunk.lines or chunk.lines[0].top < 0.5 * height or chunk.size > body - 0.4:
            break
        foot.append(chunk)
    above = chunks[-len(foot) - 1] if len(foot) < len(chunks) else None
    if (
        foot
        and foot[0].lines[-1].bottom > 0.8 * height
        and above
        and above.lines
        and above.size > body - 0.4
        and not above.text.lower().rstrip(": ").endswith("references")
    ):
        for chunk in foot:
            chunk.at_edge = "foot"
    for chunk in chunks[:3]:
        if chunk.lines and len(chunk.lines) <= 3 and chunk.lines[-1].bottom < 0.2 * height:
            chunk.at_edge = "head"


def _region(items: Sequence[columns.Item], ink: PageInk) -> list[Chunk]:
    """The chunks of one column: prose cut where a table stands."""
    blocks = sorted((i for i in items if isinstance(i, columns.Block) and i.payload), key=lambda b: b.top)
    rows = rows_of([i for i in items if isinstance(i, Word)])
    out: list[Chunk] = []
    for block in blocks:
        above = [row for row in rows if row[0].baseline <= block.top + 2]
        rows = rows[len(above) :]
        out += _prose(above, ink)
        if isinstance(block.payload, list):
            out += block.payload
    return out + _prose(rows, ink)


def _prose(rows: Sequence[list[Word]], ink: PageInk) -> list[Chunk]:
    """Paragraphs of rows, and the tables without rules among them."""
    out: list[Chunk] = []
    done = 0
    for first, last, table in open_tables(rows, ink):
        cells = build(table)
        if cells:
            for cell in cells:
                cell.page = ink.number
            out += _paragraphs(rows[done:first], ink)
            out.append(Chunk([], ink.number, BlockKind.TABLE, table=cells))
            done = last
    return out + _paragraphs(rows[done:], ink)


def _paragraphs(rows: Sequence[list[Word]], ink: PageInk) -> list[Chunk]:
    lines = [compose(row) for row in rows]
    return paragraphs([line for line in lines if line.text.strip()], ink.number)


def merged(chunks: list[Chunk]) -> list[Chunk]:
    """Paragraphs that go on in the next column or on the next page, put together.

    What stands between the parts (a table, a figure's caption, a running foot) comes after them.
    """
    out: list[Chunk] = []
    open_at: int | None = None
    for chunk in chunks:
        if chunk.kind is BlockKind.UNKNOWN and chunk.lines:
            next_to_it = open_at is not None and open_at == len(out) - 1
            if open_at is not None and _goes_on(out[open_at], chunk, next_to_it):
                target = out[open_at]
                target.pages += [chunk.page] * len(chunk.lines)
                target.lines += chunk.lines
            else:
                chunk.pages = [chunk.page] * len(chunk.lines)
                out.append(chunk)
                open_at = len(out) - 1
            last = out[open_at]
            if _FINISHED.search(last.text):
                open_at = None
            continue
        if chunk.kind in {BlockKind.HEADING, BlockKind.TITLE, BlockKind.AUTHORS}:
            open_at = None
        out.append(chunk)
        if open_at is not None and len(out) - open_at > 9:
            open_at = None
    return out


def _goes_on(first: Chunk, second: Chunk, next_to_it: bool) -> bool:
    """Whether a paragraph is the rest of an open one; `next_to_it`: nothing stands between them."""
    if abs(first.lines[-1].size - second.lines[0].size) > 0.6:
        return False
    start = second.lines[0].text.lstrip("(“\"'[")
    if first.lines[-1].text.endswith("-"):
        return True
    if next_to_it and _right_below(first, second):
        return start[:1].islower()  # the layout parts them
    return bool(
        start[:1].islower()
        or start[:1].isdigit()
        or not first.lines[-1].text.rstrip().endswith((".", "!", "?"))
    )


def _right_below(first: Chunk, second: Chunk) -> bool:
    """Whether a chunk stands in the same column of the same page, below another."""
    above, below = first.lines[-1], second.lines[0]
    return (
        (first.pages or [first.page])[-1] == second.page
        and below.baseline > above.baseline
        and min(above.x1, below.x1) > max(above.x0, below.x0)
    )


def continued(chunks: list[Chunk]) -> list[Chunk]:
    """Tables that go on from the page before, put together with their first part.

    A repeated head is left out; the caption of the further part becomes furniture.
    """
    out: list[Chunk] = []
    last: Chunk | None = None
    caption: Chunk | None = None
    for chunk in chunks:
        if chunk.kind is BlockKind.CAPTION and is_continued(chunk.text):
            caption = chunk
        elif chunk.kind is BlockKind.TABLE and isinstance(chunk.table, list):
            if (
                last is not None
                and isinstance(last.table, list)
                and chunk.page - last.page in {0, 1}
                and _width(last.table) == _width(chunk.table)
                and (
                    caption is not None
                    or (chunk.page > last.page and _head(last.table) == _head(chunk.table))
                )
            ):
                _append(last.table, chunk.table)
                last.page = chunk.page
                if caption is not None:
                    caption.kind = BlockKind.BOILERPLATE
                caption = None
                continue
            last, caption = chunk, None
        elif chunk.kind is BlockKind.CAPTION:
            caption = None
        out.append(chunk)
    return out


def _width(cells: list[GridCell]) -> int:
    return max(cell.col + cell.col_span for cell in cells)


def _head(cells: list[GridCell]) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.col, cell.text) for cell in cells if cell.header]


def _append(first: list[GridCell], more: list[GridCell]) -> None:
    skip = (
        1 + max((cell.row for cell in more if cell.header), default=-1) if _head(first) == _head(more) else 0
    )
    rows = max(cell.row + cell.row_span for cell in first)
    for cell in more:
        if cell.row >= skip:
            cell.row += rows - skip
            first.append(cell)


def source_block(chunk: Chunk) -> SourceBlock:
    """A chunk as the data model wants it."""
    if chunk.kind is BlockKind.TABLE and isinstance(chunk.table, list):
        return SourceBlock(BlockKind.TABLE, cells=tuple(_cell(cell, chunk.sheet) for cell in chunk.table))
    pages = chunk.pages or [chunk.page] * len(chunk.lines)
    lines = (_line(line, page, chunk.sheet) for line, page in zip(chunk.lines, pages, strict=True))
    return SourceBlock(chunk.kind, tuple(lines), level=chunk.level)


def _cell(cell: GridCell, sheet: tuple[float, float]) -> SourceCell:
    lines = tuple(_line(line, cell.page, sheet) for line in cell.lines)
    return SourceCell(cell.row, cell.col, lines, cell.row_span, cell.col_span, cell.header)


def _line(line: TextLine, page: int, sheet: tuple[float, float]) -> Line:
    turn = line.turn
    if turn is Turn.RIGHT:
        boxes = tuple(
            Box(start, end, page, x0, line.top, x1, line.bottom) for start, end, x0, x1 in line.spans
        )
    else:
        boxes = tuple(
            Box(start, end, page, *turn_back((x0, line.top, x1, line.bottom), turn, *sheet))
            for start, end, x0, x1 in line.spans
        )
    return Line(line.text, page, line.size, line.bold, boxes)
