# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""DOCX: styles, tracked changes, raised and lowered runs, merged cells."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind as K
from pipeline.readers.docx import read


def p(inner: str, style: str = "", properties: str = "") -> str:
    if not inner.startswith("<"):
        inner = f"<w:r><w:t>{inner}</w:t></w:r>"
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


SUPER = '<w:vertAlign w:val="superscript"/>'


def shown(data: bytes) -> list[tuple[K, str]]:
    (source,) = read(data, "x.docx")
    return [(b.kind, " | ".join(c.text for c in b.cells) if b.cells else b.lines[0].text) for b in source.blocks]


@pytest.mark.parametrize(("inner", "expected"), [
    (run("She had ") + "<w:ins>" + run("four ") + "</w:ins><w:del>" + run("three ") + "</w:del>" + run("fractures."),
     "She had four fractures."),
    (run("0.7 g/cm") + run("2", SUPER) + run(" at L2") + run("1", SUPER) + run("2", SUPER) + run("."), "0.7 g/cm2 at L2."),
    (run("6 × 10") + run("9", SUPER) + run("/L"), "6 × 10^9/L"),
    (run("Low") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run(" calcium."), "Low calcium."),
    (run("L1") + "<w:r><w:noBreakHyphen/></w:r>" + run("L4 was low."), "L1\u2011L4 was low."),
    ("<w:hyperlink>" + run("Seen") + "</w:hyperlink>" + run(" by us. ") + run("secret", "<w:vanish/>"), "Seen by us."),
    (run("5 ") + '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>' + run("g daily was given."), "5 µg daily was given."),
    (run("pain") + '<w:r><w:fldChar/></w:r><w:r><w:instrText>ADDIN EN.CITE</w:instrText></w:r>' + run(" (3)") + run("."),
     "pain (3)."),
], ids=["tracked", "raised", "power", "footnote", "hyphen", "hidden", "symbol", "field"])
def test_runs_become_words(inner, expected, docx_of):
    assert shown(docx_of(p("A heading", "Heading1") + p(inner)))[-1] == (K.PARAGRAPH, expected)


@pytest.mark.parametrize(("style", "names"), [
    ("Heading1", ""), ("berschrift1", ""), ("Titre1", ""),
    ("X1", '<w:style w:styleId="X1"><w:name w:val="heading 1"/></w:style>'),
    ("X1", '<w:style w:styleId="X1"><w:name w:val="Kop 1"/></w:style>'),
    ("X1", '<w:style w:styleId="X1"><w:name w:val="Mine"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'),
    ("X1", '<w:style w:styleId="X1"><w:name w:val="Mine"/><w:basedOn w:val="Y"/></w:style>'
           '<w:style w:styleId="Y"><w:name w:val="Überschrift 1"/></w:style>'),
], ids=["english", "german-id", "french-id", "by-name", "dutch-name", "outline", "inherited"])
def test_headings_are_known_by_style(style, names, docx_of):
    data = docx_of(p("A long enough title of it all", "Title") + p("Case report", style) + p("She was well."), names)
    assert (K.HEADING, "Case report") in shown(data)


def test_bold_lines_without_styles_are_headings(docx_of):
    data = docx_of(p("A woman with pain after childbirth") + p(run("Case report", "<w:b/>")) + p("She was thirty years old."))
    assert shown(data) == [(K.TITLE, "A woman with pain after childbirth"), (K.HEADING, "Case report"),
                           (K.PARAGRAPH, "She was thirty years old.")]


def test_merged_cells_span_rows_and_columns(docx_of):
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    rows = [cell("Test", '<w:vMerge w:val="restart"/>') + cell("Visit", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("first") + cell("second"), cell("Calcium") + cell("2.3") + cell("")]
    body = p("Results", "Heading1") + p("Table 1. Laboratory") + "<w:tbl>" + "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if n == 0 else ''}{row}</w:tr>" for n, row in enumerate(rows)) + "</w:tbl>"
    (source,) = read(docx_of(body + p("*After birth") + p("She went home on the next day.")), "x.docx")
    _, caption, table, note, rest = source.blocks
    assert [(c.row, c.col, c.row_span, c.col_span, c.header, c.text) for c in table.cells] == [
        (0, 0, 2, 1, True, "Test"), (0, 1, 1, 2, True, "Visit"), (1, 1, 1, 1, False, "first"),
        (1, 2, 1, 1, False, "second"), (2, 0, 1, 1, False, "Calcium"), (2, 1, 1, 1, False, "2.3"), (2, 2, 1, 1, False, "")]
    assert (caption.kind, note.kind, rest.kind) == (K.CAPTION, K.FOOTNOTE, K.PARAGRAPH)


def test_sections_decide_what_their_paragraphs_are(docx_of):
    data = docx_of(p("Abstract", "Heading1") + p("She was thirty.") + p("Case", "Heading1") + p("She was thirty years old.")
                   + p("Funding", "Heading1") + p("None.") + p("References", "Heading1") + p("1. Ray B. A bone."))
    assert [kind for kind, _ in shown(data)] == [K.ABSTRACT, K.HEADING, K.PARAGRAPH, K.HEADING, K.BOILERPLATE, K.HEADING,
                                                 K.REFERENCE]


def test_an_empty_document_is_refused(docx_of):
    with pytest.raises(ReadError) as error:
        read(docx_of("<w:p/>"), "x.docx")
    assert error.value.code == "E12"
