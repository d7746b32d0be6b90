"""Pages of ink -> the blocks of a paper in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.paper import BlockKind, Box, Line, SourceBlock, SourceCell
from pipeline.readers.pdf import columns
from pipeline.readers.pdf.blocks import Chunk, is_heading, paragraphs
from pipeline.readers.pdf.captions import is_caption
from pipeline.readers.pdf.furniture import IMPRINT, Edges, drop_line_numbers
from pipeline.readers.pdf.figures import figure_words
from pipeline.readers.pdf.grid import GridCell, build
from pipeline.readers.pdf.ink import PageInk, Rect, Word
from pipeline.readers.pdf.lines import TextLine, compose, rows_of
from pipeline.readers.pdf.tables import open_tables, ruled_tables, take_caption, wide_captioned_tables

_ENTRY = re.compile(r"^[\[(]?\d{1,3}[\]).]\s")
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
    numbers = drop_line_numbers(pages)
    edges = Edges(pages, body)
    gutters: list[float] = []
    out: list[Chunk] = []
    for ink in pages:
        furniture = edges.take(ink)
        furniture += [compose([w]) for w in numbers[ink.number]]
        out += _page(ink, gutters, body)
        if furniture:
            out.append(Chunk(furniture, ink.number, BlockKind.BOILERPLATE))
    return out


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
            payload = [Chunk([compose(row) for row in caption], ink.number, BlockKind.CAPTION)] if caption else []
            payload.append(Chunk([], ink.number, BlockKind.TABLE, table=cells))
            items.append(columns.Block(table.box.x0, table.box.top, table.box.x1, table.box.bottom, payload))
    items += [w for w in ink.words if id(w) not in gone]
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


def _mark_edges(chunks: list[Chunk], height: float, body: float) -> None:
    """Say which chunks are small print at the foot of their column or at the head of the page."""
    foot: list[Chunk] = []
    for chunk in reversed(chunks):
        if not chunk.lines or chunk.lines[0].top < 0.5 * height or chunk.size > body - 0.4:
            break
        foot.append(chunk)
    above = chunks[-len(foot) - 1] if len(foot) < len(chunks) else None
    if foot and foot[0].lines[-1].bottom > 0.8 * height and above and above.lines and above.size > body - 0.4 \
            and not above.text.lower().rstrip(": ").endswith("references"):
        for chunk in foot:
            chunk.at_edge = "foot"
    for chunk in chunks[:3]:
        if chunk.lines and len(chunk.lines) <= 3 and chunk.lines[-1].bottom < 0.2 * height:
            chunk.at_edge = "head"


def _region(items: Sequence[columns.Item], ink: PageInk) -> list[Chunk]:
    """The chunks of one column: prose cut where a table stands."""
    blocks = sorted((i for i in items if isinstance(i, columns.Block)), key=lambda b: b.top)
    rows = rows_of([i for i in items if isinstance(i, Word)])
    out: list[Chunk] = []
    for block in blocks:
        above = [row for row in rows if row[0].baseline <= block.top + 2]
        rows = rows[len(above):]
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
            out += _paragraphs(rows[done:first], ink)
            out.append(Chunk([], ink.number, BlockKind.TABLE, table=cells))
            done = last
    return out + _paragraphs(rows[done:], ink)


def _paragraphs(rows: Sequence[list[Word]], ink: PageInk) -> list[Chunk]:
    lines = [compose(row) for row in rows]
    return paragraphs([line for line in lines if line.text.strip()], ink.number)


def classify(chunks: list[Chunk], body: float, font: str) -> None:
    """Say what the chunks are, where type and place make it clear."""
    for i, chunk in enumerate(chunks):
        if chunk.kind is not BlockKind.UNKNOWN:
            continue
        text = chunk.text
        if is_caption(text):
            chunk.kind = BlockKind.CAPTION
        elif chunk.at_edge == "foot" or (chunk.at_edge and chunk.size < body - 0.4 and IMPRINT.search(text)
                                         and not _ENTRY.match(text)):
            chunk.kind = BlockKind.BOILERPLATE
        elif i and chunks[i - 1].kind in {BlockKind.TABLE, BlockKind.FOOTNOTE} and chunk.size < body - 0.3 \
                and chunk.page == chunks[i - 1].page:
            chunk.kind = BlockKind.FOOTNOTE
        elif is_heading(chunk, body, font):
            chunk.kind = BlockKind.HEADING
            chunk.level = 1 if chunk.size > body * 1.1 or text.isupper() else 2
    _title(chunks, body)


def _title(chunks: list[Chunk], body: float) -> None:
    """The largest text of some length on page one, and the names below it."""
    first = [c for c in chunks if c.page == 1 and c.kind in {BlockKind.HEADING, BlockKind.UNKNOWN} and c.lines]
    candidates = [c for c in first if len(c.text.split()) >= 3 and c.size > body + 0.8 and len(c.text) < 400]
    if not candidates:
        return
    best = max(candidates, key=lambda c: (round(c.size, 1), -chunks.index(c)))
    best.kind, best.level = BlockKind.TITLE, 0
    start = chunks.index(best)
    while start + 1 < len(chunks) and chunks[start + 1] in first and abs(chunks[start + 1].size - best.size) < 0.6:
        best.lines += chunks.pop(start + 1).lines  # a title of several lines, one in italics
    for chunk in chunks[start + 1:start + 4]:
        text = chunk.text
        names = len(re.findall(r"\b[A-Z][\w'’.-]*", text))
        if chunk.page == 1 and chunk.kind in {BlockKind.UNKNOWN, BlockKind.HEADING} and len(text) < 600 and names >= 2 \
                and names >= 0.55 * len([w for w in re.split(r"[\s,]+", text) if w]) and not re.search(
                    r"abstract|introduction|university|hospital|department", text, re.IGNORECASE):
            chunk.kind = BlockKind.AUTHORS
            break


def merged(chunks: list[Chunk]) -> list[Chunk]:
    """Paragraphs that go on in the next column or on the next page, put together.

    What stands between the parts (a table, a figure's caption, a running foot) comes after them.
    """
    out: list[Chunk] = []
    open_at: int | None = None
    for chunk in chunks:
        if chunk.kind is BlockKind.UNKNOWN and chunk.lines:
            if open_at is not None and _goes_on(out[open_at], chunk):
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
        if chunk.kind is BlockKind.HEADING:
            open_at = None
        out.append(chunk)
        if open_at is not None and len(out) - open_at > 9:
            open_at = None
    return out


def _goes_on(first: Chunk, second: Chunk) -> bool:
    if abs(first.lines[-1].size - second.lines[0].size) > 0.6:
        return False
    start = second.lines[0].text.lstrip("(“\"'[")
    if first.lines[-1].text.endswith("-"):
        return True
    return bool(start[:1].islower() or start[:1].isdigit() or not first.lines[-1].text.rstrip().endswith((".", "!", "?")))


def source_block(chunk: Chunk) -> SourceBlock:
    """A chunk as the data model wants it."""
    if chunk.kind is BlockKind.TABLE and isinstance(chunk.table, list):
        return SourceBlock(BlockKind.TABLE, cells=tuple(_cell(cell, chunk.page) for cell in chunk.table))
    pages = chunk.pages or [chunk.page] * len(chunk.lines)
    return SourceBlock(chunk.kind, tuple(_line(line, page) for line, page in zip(chunk.lines, pages, strict=True)),
                       level=chunk.level)


def _cell(cell: GridCell, page: int) -> SourceCell:
    return SourceCell(cell.row, cell.col, tuple(_line(line, page) for line in cell.lines), cell.row_span, cell.col_span,
                      cell.header)


def _line(line: TextLine, page: int) -> Line:
    top, bottom = round(line.top, 1), round(line.bottom, 1)
    boxes = tuple(Box(start, end, page, x0, top, x1, bottom) for start, end, x0, x1 in line.spans)
    return Line(line.text, page, line.size, line.bold, boxes)
