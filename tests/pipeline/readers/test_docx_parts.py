# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""DOCX beside the paragraphs: renamed parts, notes, text boxes, drop caps, tables behind the references."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind as K
from pipeline.paper import Paper
from pipeline.readers import read_bytes, sniff
from pipeline.structure import structure

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def p(text: str, style: str = "", properties: str = "") -> str:
    inner = text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    return "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows) + "</w:tbl>"


def document(body: str) -> str:
    return f'<w:document xmlns:w="{W}" xmlns:mc="urn:mc" xmlns:v="urn:v"><w:body>{body}</w:body></w:document>'


def notes(kind: str, *texts: str) -> str:
    listed = "".join(f'<w:{kind} w:id="{n}">{p(text)}</w:{kind}>' for n, text in enumerate(texts, 2))
    return f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:type="separator" w:id="0">{p("---")}</w:{kind}>{listed}</w:{kind}s>'


def relations(**targets: str) -> str:
    return "<Relationships>" + "".join(f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets.items())) + "</Relationships>"


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": "<Types/>", **parts}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def shown(data: bytes) -> list[tuple[K, str]]:
    (source,) = read_bytes(data, "x.docx")
    return [(b.kind, " | ".join(c.text for c in b.cells) if b.cells else b.lines[0].text) for b in source.blocks]


def usual(body: str, **parts: str) -> bytes:
    return zipped({"word/document.xml": document(body), **{f"word/{name}.xml": content for name, content in parts.items()}})


SENTENCE = "A 34-year-old woman was seen with a fracture of T10."


@pytest.mark.parametrize(("main", "target", "rels"), [
    ("word/document2.xml", "word/document2.xml", "word/_rels/document2.xml.rels"),
    ("content/main.xml", "/content/main.xml", "content/_rels/main.xml.rels"),
    ("Word/Document.xml", "word/document.xml", "word/_rels/document.xml.rels"),
    ("word\\document.xml", "word/document.xml", "word\\_rels\\document.xml.rels"),
    ("my part.xml", "my%20part.xml", "_rels/my part.xml.rels"),
], ids=["numbered", "other-folder", "capitals", "backslashes", "blank"])
def test_parts_are_found_by_their_relationships(main: str, target: str, rels: str) -> None:
    folder = main.replace("\\", "/").rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    data = zipped({"_rels/.rels": relations(officeDocument=target), main: document(p("Two", "Mine") + p(f'<w:r><w:t>{SENTENCE}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')),
                   rels: relations(styles="looks.xml", footnotes="feet.xml"),
                   f"{prefix}looks.xml": f'<w:styles xmlns:w="{W}"><w:style w:styleId="Mine"><w:name w:val="heading 1"/></w:style></w:styles>',
                   f"{prefix}feet.xml": notes("footnote", "She took heparin.")})
    assert sniff(data) == "docx"
    assert shown(data) == [(K.HEADING, "Two"), (K.PARAGRAPH, SENTENCE), (K.PARAGRAPH, "She took heparin.")]


def test_strict_documents_are_read() -> None:
    rels = f'<Relationships><Relationship Type="{STRICT}/officeDocument" Target="word/d.xml"/></Relationships>'
    assert shown(zipped({"_rels/.rels": rels, "word/d.xml": document(p(SENTENCE)).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")})) == [(K.PARAGRAPH, SENTENCE)]


@pytest.mark.parametrize(("root", "word"), [("workbook", "CSV"), ("presentation", "presentation"), ("other", "unpack")])
def test_other_office_files_are_refused_by_name(root: str, word: str) -> None:
    with pytest.raises(ReadError) as error:
        read_bytes(zipped({"_rels/.rels": relations(officeDocument="x/y.xml"), "x/y.xml": f"<{root}/>"}), "x.xlsx")
    assert error.value.code == "E02"
    assert word in error.value.message


MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{}Reference w:id="{}"/></w:r>'


def test_notes_follow_the_paragraph_that_points_to_them() -> None:
    cited = "Ordway KB, Quarry L. Bones and cradles. Acta Ficta. 1999;12:1-9."
    body = p("Case report", "Heading1") + p(r("She had pain.") + MARK.format("footnote", 2) + r(" It went.") + MARK.format("endnote", 2)) + p("The end.")
    data = usual(body, footnotes=notes("footnote", "She took calcium 500 mg daily.", "A note without a mark."), endnotes=notes("endnote", cited))
    assert shown(data) == [(K.HEADING, "Case report"), (K.PARAGRAPH, "She had pain. It went."), (K.PARAGRAPH, "She took calcium 500 mg daily."),
                           (K.REFERENCE, cited), (K.PARAGRAPH, "The end."), (K.PARAGRAPH, "A note without a mark.")]


def test_notes_of_a_table_are_its_footnotes() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{p(r('Calcium') + MARK.format('footnote', 2))}</w:tc><w:tc>{p('9.4')}</w:tc></w:tr></w:tbl>"
    assert shown(usual(p("Case report", "Heading1") + cell, footnotes=notes("footnote", "Corrected for albumin.")))[1:] == [
        (K.TABLE, "Calcium | 9.4"), (K.FOOTNOTE, "Corrected for albumin.")]


def box(content: str) -> str:
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return f"<mc:AlternateContent><mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"


@pytest.mark.parametrize("old", [False, True], ids=["twice", "old"])
def test_text_boxes_are_read_once_behind_their_paragraph(old: bool) -> None:
    content = p("Bone density was low in the box.") + table(("PTH", "20")) + p(f"<w:r>{box(p('A box in a box.'))}</w:r>")
    anchored = f"<w:r><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></w:r>" if old else f"<w:r>{box(content)}</w:r>"
    found = shown(usual(p("Case report", "Heading1") + p(r("She had pain.") + anchored + r(" It went.")) + p("The end.")))
    assert found[1:] == [(K.PARAGRAPH, "She had pain. It went."), (K.PARAGRAPH, "Bone density was low in the box."), (K.TABLE, "PTH | 20"),
                         (K.PARAGRAPH, "A box in a box."), (K.PARAGRAPH, "The end.")]


def test_a_text_box_changes_nothing_around_it() -> None:
    body = p("Case report", "Heading1") + p("She was well.") + p("References", "Heading1") + p(f"<w:r>{box(p('Key points', 'Heading1') + p('Ask mothers.'))}</w:r>") + p("A reference.")
    assert shown(usual(body))[-2:] == [(K.PARAGRAPH, "Ask mothers."), (K.REFERENCE, "A reference.")]


def test_drop_caps_belong_to_the_next_paragraph() -> None:
    body = p("Case report", "Heading1") + p(r("A"), properties='<w:framePr w:dropCap="drop" w:lines="3"/>') + p(" 34-year-old woman was seen.") \
        + p(r("T"), properties='<w:framePr w:dropCap="margin" w:lines="2"/>') + p("he end.")
    assert [text for _, text in shown(usual(body))[1:]] == ["A 34-year-old woman was seen.", "The end."]


@pytest.mark.parametrize("look", ['<w:rStyle w:val="Superscript"/>', '<w:position w:val="6"/><w:sz w:val="16"/>', '<w:vertAlign w:val="superscript"/>'],
                         ids=["style", "by-hand", "look"])
def test_raised_digits_are_no_part_of_words_and_values(look: str) -> None:
    body = p("Case report", "Heading1") + p(r("A fracture of T1") + r("2", look) + r(" and calcium 9.4") + r("3,4", look) + r(" mg/dL; 0.7 g/cm") + r("2", look) + r("."))
    assert shown(usual(body))[-1] == (K.PARAGRAPH, "A fracture of T1 and calcium 9.4 mg/dL; 0.7 g/cm2.")


def back_matter(caption: str, style: str) -> Paper:
    body = (p("Two vertebrae after a second birth", "Title") + p("Case report", "Heading1") + p(SENTENCE + " Her results are in the table.") + p("References", "Heading1")
            + p("Ordway KB. Bones and cradles. Acta Ficta. 1999;12:1-9.") + p(caption, style) + table(("Analyte", "Value"), ("Calcium (mg/dL)", "9.4")) + p("* low") + p("Quarry L. A second reference. Acta Ficta. 2001;1:1-2."))
    return structure(read_bytes(usual(body), "x.docx")[0])


@pytest.mark.parametrize("style", ["", "Heading1", "Caption"])
def test_tables_behind_the_references(style: str) -> None:
    paper = back_matter("Table 1. Laboratory findings of the patient", style)
    (grid,) = paper.tables
    assert grid.caption is not None and "Laboratory findings" in paper.text[slice(*grid.caption)]
    assert [paper.text[a:b] for a, b in grid.notes] == ["* low"]
    assert next(paper.text[b.start:b.end] for b in paper.blocks if b.kind is K.REFERENCE).startswith("Ordway")


@pytest.mark.parametrize("part", ["docProps/core.xml", "word/styles.xml", "word/footnotes.xml", "word/_rels/document.xml.rels"])
def test_a_broken_part_beside_the_document_is_a_warning(part: str) -> None:
    """What the mother had stands in the document itself: it is read, and the warning names what was not."""
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document(p("Case report", "Heading1") + p(SENTENCE)), part: "<?xml version='1.0"})
    (source,) = read_bytes(data, "x.docx")
    assert [b.lines[0].text for b in source.blocks] == ["Case report", SENTENCE]
    (told,) = source.warnings
    assert told.startswith("E03") and part in told
