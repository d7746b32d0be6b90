"""Draw c28: a single-column series of four patients with one patient per table column."""

from __future__ import annotations

from common import RAW, blocks, cells, register_fonts, style
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Table, TableStyle

W, H = A4
NOTE = (
    "Reference ranges: calcium 2.15–2.55, phosphate 0.80–1.45, alkaline phosphatase 30–120, PTH 1.6–6.9, "
    "CTX &lt;573. ND, not determined."
)
TITLE = "Pregnancy- and lactation-associated osteoporosis in four women attending a rural referral hospital"


def patients_table(rows: list[list[str]]) -> list[Flowable]:
    cell, bold = style("cell", 7.6, "Sans"), style("bold", 7.6, "Sans-B")
    data = [
        [Paragraph(text, bold if i == 0 or j == 0 else cell) for j, text in enumerate(row)]
        for i, row in enumerate(rows)
    ]
    table = Table(data, colWidths=[46 * mm] + [31 * mm] * 4)
    table.setStyle(
        TableStyle(
            [
                ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
                ("LINEBELOW", (0, -1), (-1, -1), 1, "black"),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ]
        )
    )
    return [
        Paragraph(
            "<b>Table 1.</b> Clinical, densitometric and biochemical data of the four patients",
            style("cap", 8.2, "Sans", spaceBefore=6, spaceAfter=4),
        ),
        table,
        Paragraph(NOTE, style("note", 7, "Sans", spaceBefore=3, spaceAfter=8)),
    ]


def furniture(canvas: Canvas, doc: SimpleDocTemplate) -> None:
    """Running foot with the page number."""
    canvas.saveState()
    canvas.setFont("Sans", 7.5)
    canvas.drawString(24 * mm, 12 * mm, "Highland Journal of Clinical Medicine 2020, 31(4)")
    canvas.drawRightString(W - 24 * mm, 12 * mm, f"{doc.page + 176}")
    canvas.restoreState()


def main() -> None:
    register_fonts()
    doc = SimpleDocTemplate(
        str(RAW / "c28-mokoena-2020.pdf"),
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=20 * mm,
        title=TITLE,
        author="Mokoena",
        invariant=1,
    )
    body = style("body", 9.6, alignment=0, spaceAfter=5, leading=12.6)
    story: list[Flowable] = [
        Paragraph("Original case series", style("kind", 8.5, "Sans-I", spaceAfter=6)),
        Paragraph(TITLE, style("title", 16, "Serif-B", spaceAfter=8)),
        Paragraph(
            "Lerato Mokoena, Jacobus Strydom, Katleho Phiri-Jansen", style("authors", 10.5, spaceAfter=2)
        ),
        Paragraph(
            "Department of Internal Medicine, Drakenskop Hospital. E-mail: case.series@drakenskop.example",
            style("aff", 8, "Sans", spaceAfter=8),
        ),
    ]
    for kind, text in blocks("c28_article.txt"):
        if kind == "h":
            story.append(Paragraph(text, style("h", 11, "Serif-B", spaceBefore=6, spaceAfter=3)))
        elif kind == "t":
            story.append(KeepTogether(patients_table(cells(text))))
        elif kind == "abs":
            story.append(Paragraph(text, style("abs", 8.8, leftIndent=14, rightIndent=14, spaceAfter=6)))
        elif kind == "r":
            story.append(Paragraph(text, style("ref", 8, spaceAfter=1)))
        else:
            story.append(Paragraph(text, body))
    doc.build(story, onFirstPage=furniture, onLaterPages=furniture)


if __name__ == "__main__":
    main()
