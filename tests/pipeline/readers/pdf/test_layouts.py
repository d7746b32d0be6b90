"""Reading order, furniture and tables over a score of layouts whose truth is known."""

from __future__ import annotations

import re
import sys
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("reportlab", reason="reportlab sets the test papers")
sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_papers
import make_tables
from typeset import Sheet

from pipeline.paper import BlockKind, Source, SourceBlock
from pipeline.readers.pdf import read
from pipeline.readers.pdf.assemble import merged
from pipeline.readers.pdf.blocks import Chunk

MAKERS = {**make_papers.LAYOUTS, **make_tables.LAYOUTS}
LAYOUTS = sorted(MAKERS)


@cache
def _paper(name: str) -> make_papers.Paper:
    return MAKERS[name]()


@cache
def _source(name: str) -> Source:
    return read(_paper(name).data, f"{name}.pdf")[0]


def _prose(source: Source) -> str:
    """All words but those of tables and furniture; hyphens at line ends undone."""
    out = []
    for block in source.blocks:
        if block.kind in {BlockKind.BOILERPLATE, BlockKind.TABLE, BlockKind.FOOTNOTE}:
            continue
        if block.kind is BlockKind.CAPTION and block.lines[0].text.startswith("Table"):
            continue
        text = ""
        for line in block.lines:
            text = text[:-1] + line.text if text.endswith("-") else f"{text} {line.text}".strip()
        out.append(text)
    return "\n".join(out)


def _grid(block: SourceBlock) -> list[list[str]]:
    rows = 1 + max(cell.row for cell in block.cells)
    return [
        [re.sub(r"- (?=[a-z])", "", cell.text) for cell in block.cells if cell.row == row]
        for row in range(rows)
    ]


def _similarity(a: str, b: str) -> float:
    return SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio()


@pytest.mark.parametrize("name", LAYOUTS)
def test_read_order_is_the_readers_order(name: str) -> None:
    assert _similarity(_paper(name).reading, _prose(_source(name))) >= 0.99


@pytest.mark.parametrize("name", LAYOUTS)
def test_read_words_are_whole(name: str) -> None:
    expected, found = set(_paper(name).reading.split()), set(_prose(_source(name)).split())
    assert len(expected & found) >= 0.99 * len(expected)


@pytest.mark.parametrize("name", [n for n in LAYOUTS if MAKERS[n]().furniture])
def test_read_furniture_is_set_aside(name: str) -> None:
    prose = _prose(_source(name))
    for text in _paper(name).furniture:
        assert text not in prose


@pytest.mark.parametrize("name", [n for n in LAYOUTS if MAKERS[n]().tables])
def test_read_tables_cell_by_cell(name: str) -> None:
    tables = [_grid(block) for block in _source(name).blocks if block.kind is BlockKind.TABLE]
    assert tables == _paper(name).tables


@pytest.mark.parametrize("name", [n for n in LAYOUTS if MAKERS[n]().tables])
def test_read_table_has_header_and_caption(name: str) -> None:
    blocks = _source(name).blocks
    at = next(i for i, block in enumerate(blocks) if block.kind is BlockKind.TABLE)
    assert any(cell.header for cell in blocks[at].cells)
    assert not any(
        cell.header for cell in blocks[at].cells if cell.row == max(c.row for c in blocks[at].cells)
    )
    assert any(block.kind is BlockKind.CAPTION for block in blocks[max(0, at - 3) : at + 2])


@pytest.mark.parametrize("name", LAYOUTS)
def test_read_boxes_lie_on_the_page_and_cover_words(name: str) -> None:
    source = _source(name)
    lines = [line for block in source.blocks for line in block.lines]
    lines += [line for block in source.blocks for cell in block.cells for line in cell.lines]
    assert lines
    for line in lines:
        assert line.page is not None and 1 <= line.page <= (source.pages or 0)
        for box in line.boxes:
            assert 0 <= box.start < box.end <= len(line.text)
            assert box.page == line.page
            assert -1 <= box.x0 < box.x1 <= 843 and -1 <= box.top < box.bottom <= 843


def test_read_title_and_authors() -> None:
    blocks = _source("two_columns").blocks
    assert (
        " ".join(line.text for b in blocks if b.kind is BlockKind.TITLE for line in b.lines)
        == make_papers.TITLE
    )
    assert [line.text for b in blocks if b.kind is BlockKind.AUTHORS for line in b.lines] == [
        make_papers.AUTHORS
    ]


def test_read_headings() -> None:
    found = [b.lines[0].text for b in _source("two_columns").blocks if b.kind is BlockKind.HEADING]
    assert found == ["Introduction", "Case presentation", "Discussion"]


def test_read_paragraph_over_columns_is_one_block() -> None:
    blocks = [b for b in _source("two_columns").blocks if b.kind is BlockKind.UNKNOWN]
    texts = [" ".join(line.text for line in b.lines) for b in blocks]
    assert all(re.search(r"[.!?]$", text) for text in texts)


def test_read_spans_of_group_heads() -> None:
    block = next(b for b in _source("table_heads_of_two_rows").blocks if b.kind is BlockKind.TABLE)
    spans = {cell.text: (cell.col, cell.col_span) for cell in block.cells if cell.row == 0 and cell.text}
    assert spans == {"At diagnosis": (1, 2), "After 12 months": (3, 2)}


def test_read_table_notes_follow_the_table() -> None:
    blocks = _source("table_heads_of_two_rows").blocks
    at = next(i for i, block in enumerate(blocks) if block.kind is BlockKind.TABLE)
    assert blocks[at + 1].kind is BlockKind.FOOTNOTE


def test_read_rotated_table_has_boxes_where_it_is_printed() -> None:
    block = next(b for b in _source("table_rotated").blocks if b.kind is BlockKind.TABLE)
    cell = next(c for c in block.cells if c.text == "Patient")
    box = cell.lines[0].boxes[0]
    assert box.page == 2
    assert box.bottom - box.top > box.x1 - box.x0  # the word runs up the page


def _set(paragraphs: list[str], title: str) -> Source:
    sheet = Sheet()
    y = sheet.title(title, 48, 60, 490)
    sheet.flow(paragraphs, make_papers.columns(2, top=y + 16))
    return read(sheet.data(), "set.pdf")[0]


def _text(block: SourceBlock) -> str:
    return " ".join(line.text for line in block.lines)


PROSE = (
    "A nursing mother of two felt a sudden pain in her back when she lifted the pram, and radiographs that "
    "were taken two days later in the district hospital showed that three vertebrae had lost height."
)


@pytest.mark.parametrize("alone", ["Presenting complaint", "Keywords: lactation; spine", "Short report"])
def test_read_line_in_plain_type_stands_alone(alone: str) -> None:
    texts = [_text(block) for block in _set([alone, PROSE], "A crush in the nursery").blocks]
    assert any(text == alone for text in texts)
    assert any(text.startswith("A nursing mother") for text in texts)


def test_merged_stops_at_the_title() -> None:
    def chunk(text: str, kind: BlockKind) -> Chunk:
        line = SimpleNamespace(text=text, size=9.5, baseline=50.0, x0=48.0, x1=200.0)
        return Chunk([line], 1, kind)  # type: ignore[list-item]

    parts = [
        chunk("I. Lindqvist et al.: a case 17", BlockKind.UNKNOWN),
        chunk("A crush in the nursery", BlockKind.TITLE),
        chunk("The patient was seen", BlockKind.UNKNOWN),
    ]
    assert len(merged(parts)) == 3


@pytest.mark.parametrize("heading", ["CASE REPORT", "Clinical Image"])
def test_read_heading_below_the_title_is_no_author(heading: str) -> None:
    source = _set([f"# {heading}", PROSE], "A crush in the nursery")
    assert not [block for block in source.blocks if block.kind is BlockKind.AUTHORS]


def test_read_names_on_several_lines_are_one_list() -> None:
    names = ["Ingrid Berg, Sven Dahl, Maria Holm, Jonas Ek,", "Karin Lund and Ola Nilsson"]
    source = _set([f"# {names[0]}", f"# {names[1]}", PROSE], "A crush in the nursery of a town")
    (authors,) = [block for block in source.blocks if block.kind is BlockKind.AUTHORS]
    assert [line.text for line in authors.lines] == names
