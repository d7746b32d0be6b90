"""Draw c27: a two-column article with a ruled laboratory table."""

from __future__ import annotations

from collections.abc import Iterator

from common import RAW, blocks, cells, register_fonts, style
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

W, H = A4
SIDE, GAP, TOP, FOOT = 17 * mm, 6 * mm, 20 * mm, 18 * mm
COL = (W - 2 * SIDE - GAP) / 2
HEAD = 66 * mm

TITLE = "Ten vertebral fractures after a twin pregnancy with long-term enoxaparin: case report"


def furniture(canvas: Canvas, doc: BaseDocTemplate) -> None:
    """Running head and page number."""
    canvas.saveState()
    canvas.setFont("Sans-I", 7.5)
    page = 303 + doc.page
    if doc.page > 1:
        canvas.drawString(
            SIDE,
            H - 13 * mm,
            f"{page}" if page % 2 == 0 else "Ten vertebral fractures after a twin pregnancy",
        )
        canvas.drawRightString(W - SIDE, H - 13 * mm, "Gschwandtner et al." if page % 2 == 0 else f"{page}")
        canvas.line(SIDE, H - 14.5 * mm, W - SIDE, H - 14.5 * mm)
    else:
        canvas.drawString(
            SIDE,
            H - 13 * mm,
            "Zentralblatt für Osteologie und Rehabilitation (2017) 22:304–305     https://doi.org/10.5555/zor.2017.0304",
        )
        canvas.drawString(
            SIDE, 11 * mm, "Received: 6 February 2017 / Accepted: 19 May 2017 / © The Author(s) 2017"
        )
    canvas.restoreState()


def lab_table(rows: list[list[str]]) -> list[Flowable]:
    cell = style("cell", 7.2, "Sans")
    bold = style("bold", 7.2, "Sans-B")
    data = [[Paragraph(text, bold if i == 0 else cell) for text in row] for i, row in enumerate(rows)]
    table = Table(data, colWidths=[COL * 0.54, COL * 0.2, COL * 0.26], rowHeights=4.7 * mm)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
                ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
            ]
        )
    )
    caption = Paragraph(
        "<b>Table 1</b> Laboratory results on admission, nine weeks after delivery",
        style("cap", 7.5, "Sans", spaceBefore=4, spaceAfter=3),
    )
    note = Paragraph(
        "ALP alkaline phosphatase, DPD deoxypyridinoline",
        style("note", 6.5, "Sans", spaceBefore=2, spaceAfter=7),
    )
    return [caption, table, note]


def columns(height: float) -> list[Frame]:
    """Both columns of a page, of this height in points."""
    return [Frame(x, FOOT, COL, height, 0, 0, 0, 0) for x in (SIDE, SIDE + COL + GAP)]


def pages() -> list[PageTemplate]:
    """The first page, with the title above its columns, and the later ones."""
    head = Frame(SIDE, H - TOP - HEAD, W - 2 * SIDE, HEAD, 0, 0, 0, 0, id="head")
    return [
        PageTemplate("first", [head, *columns(H - TOP - FOOT - HEAD)], onPage=furniture),
        PageTemplate("later", columns(H - TOP - FOOT), onPage=furniture),
    ]


def front(abstract: str) -> list[Flowable]:
    """What stands above the columns of the first page."""
    return [
        Paragraph("CASE REPORT", style("kind", 8, "Sans-B", spaceAfter=5)),
        Paragraph(TITLE, style("title", 15, "Sans-B", spaceAfter=7)),
        Paragraph(
            "Adelheid Gschwandtner<super>1</super> · Milan Horvat<super>1</super> · "
            "Ruth Steinlechner-Okafor<super>2</super>",
            style("authors", 9.5, "Sans", spaceAfter=3),
        ),
        Paragraph(
            "<super>1</super>Klinik Sonnalm for Rehabilitation, Bad Hallingen; "
            "<super>2</super>Institute of Radiology, Landeskrankenhaus Oberwald",
            style("aff", 7.5, "Sans-I", spaceAfter=8),
        ),
        Paragraph(abstract, style("abs", 8.4, alignment=4, spaceAfter=5)),
        Paragraph(
            "<b>Keywords</b> Osteoporosis · Pregnancy · Low molecular weight heparin · Twins · Teriparatide",
            style("kw", 8, "Sans"),
        ),
        NextPageTemplate("later"),
        FrameBreak(),
    ]


def article(body_blocks: list[tuple[str, str]]) -> Iterator[Flowable]:
    """The text in its columns."""
    body = style(
        "body",
        8.6,
        alignment=4,
        firstLineIndent=9,
        hyphenationLang="en_GB",
        hyphenationMinWordLength=6,
        uriWasteReduce=0,
    )
    for kind, text in body_blocks:
        if kind == "h":
            yield Paragraph(text, style("h", 9.6, "Sans-B", spaceBefore=7, spaceAfter=3, keepWithNext=1))
        elif kind == "t":
            yield from lab_table(cells(text))
        elif kind == "r":
            yield Paragraph(text, style("ref", 7, spaceAfter=1))
        else:
            yield Paragraph(text, body)
    yield Spacer(1, 1)


def main() -> None:
    register_fonts()
    doc = BaseDocTemplate(
        str(RAW / "c27-gschwandtner-2017.pdf"),
        pagesize=A4,
        pageTemplates=pages(),
        title=TITLE,
        author="Gschwandtner",
        invariant=1,
    )
    (_, abstract), *body_blocks = blocks("c27_article.txt")
    doc.build([*front(abstract), *article(body_blocks)])


if __name__ == "__main__":
    main()
