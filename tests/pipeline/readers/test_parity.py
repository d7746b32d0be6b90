# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""The same paper in every format gives the same words in the same order, and the same record."""

from __future__ import annotations

import pytest

from pipeline.paper import BlockKind, Source
from pipeline.readers import read_bytes

SHOWN = {BlockKind.TITLE, BlockKind.ABSTRACT, BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.TABLE, BlockKind.HEADING,
         BlockKind.FOOTNOTE}


def words_of(source: Source) -> list[str]:
    found: list[str] = []
    for block in source.blocks:
        if block.kind is BlockKind.TABLE:
            found += [cell.text for cell in block.cells if cell.text]
        elif block.kind in SHOWN:
            found += [line.text for line in block.lines]
    return found


@pytest.mark.parametrize("name", ["jats", "html", "docx"])
def test_full_text_formats_give_the_same_words_in_order(name, typeset, paper):
    (source,) = read_bytes(typeset[name], f"case.{name}")
    shown = [text for text in words_of(source) if text not in ("References", "Acknowledgements")]
    assert shown == paper.words


@pytest.mark.parametrize("name", ["pubmed", "nbib", "ris"])
def test_abstract_formats_give_the_same_words_in_order(name, typeset, paper):
    (source,) = read_bytes(typeset[name], f"case.{name}")
    assert words_of(source) == paper.abstract_words
    assert source.full_text is False
    assert source.format == "medline"


@pytest.mark.parametrize("name", ["jats", "html", "pubmed", "nbib", "ris"])
def test_every_record_format_gives_the_same_metadata(name, typeset, paper):
    (source,) = read_bytes(typeset[name], f"case.{name}")
    record = source.metadata
    assert (record.title, record.journal, record.year) == (paper.title, paper.journal, paper.year)
    assert record.authors == ("Orla Fennimore", "Jón Ásbrandsson")
    assert (record.doi, record.pmid, record.pmcid, record.language) == (paper.doi, paper.pmid, paper.pmcid, "en")


@pytest.mark.parametrize("name", ["jats", "html", "docx"])
def test_references_are_read_as_references(name, typeset, paper):
    (source,) = read_bytes(typeset[name], f"case.{name}")
    assert [b.lines[0].text for b in source.blocks if b.kind is BlockKind.REFERENCE] == list(paper.references)


@pytest.mark.parametrize("name", ["jats", "html", "docx"])
def test_empty_cells_keep_their_place(name, typeset, paper):
    (source,) = read_bytes(typeset[name], f"case.{name}")
    (table,) = [b for b in source.blocks if b.kind is BlockKind.TABLE]
    grid = {(cell.row, cell.col): cell.text for cell in table.cells}
    assert grid == {(r, c): paper.plain(cell) for r, row in enumerate(paper.table) for c, cell in enumerate(row)}
