"""Test papers in many layouts, each with the truth about it; `make_tables` has those with tables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from paper_words import ABSTRACT, AUTHORS, BODY, TITLE
from typeset import UNICODE_FONT, Column, Sheet


@dataclass
class Paper:
    """A finished test paper and what is to be found in it."""

    data: bytes
    reading: str
    furniture: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)


def done(sheet: Sheet) -> Paper:
    data = sheet.data()
    return Paper(data, "\n".join(sheet.reading), sheet.furniture, sheet.tables)


def columns(
    count: int,
    top: float = 60.0,
    gutter: float = 18.0,
    width: float = 595.0,
    bottom: float = 780.0,
    left: float = 48.0,
) -> list[Column]:
    each = (width - 2 * left - (count - 1) * gutter) / count
    return [Column(left + i * (each + gutter), top, each, bottom) for i in range(count)]


def _front(sheet: Sheet, abstract: bool = True) -> float:
    y = sheet.title(TITLE, 48, 60, 490)
    y = sheet.plain(AUTHORS, 48, y + 14, size=11)
    if abstract:
        y = sheet.flow([ABSTRACT], [Column(48, y + 10, 499, 800)], indent=0)
    return y + 16


def one_column() -> Paper:
    """One wide column over several pages with running heads and page numbers."""
    sheet = Sheet(body=12, lead=18)
    page = [1]

    def fresh(s: Sheet) -> Sequence[Column]:
        page[0] += 1
        s.head_and_foot("Lindqvist and others", "Annals of Invented Medicine 2021", page[0])
        return columns(1, left=70)

    sheet.head_and_foot("Case report", "Annals of Invented Medicine 2021", 1)
    y = _front(sheet)
    sheet.flow(BODY, columns(1, top=y, left=70), on_new=fresh)
    return done(sheet)


def two_columns(order: str = "across", justify: bool = True, gutter: float = 14.0) -> Paper:
    """Full-width title and abstract over two columns, two pages, lines drawn over both columns in turn."""
    sheet = Sheet(order=order)
    page = [211]

    def fresh(s: Sheet) -> Sequence[Column]:
        page[0] += 1
        s.head_and_foot("H. Lindqvist et al.", "Northern Journal of Bone 12 (2020) 211-214", page[0])
        return columns(2, gutter=gutter)

    sheet.head_and_foot("Case report", "Northern Journal of Bone 12 (2020) 211-214", page[0])
    y = _front(sheet)
    sheet.flow(
        BODY + BODY[1:3] + BODY[4:9] + BODY[10:],
        columns(2, top=y, gutter=gutter),
        justify=justify,
        on_new=fresh,
    )
    return done(sheet)


def ragged_columns() -> Paper:
    """Two columns set ragged, drawn in random order."""
    return two_columns("shuffled", justify=False, gutter=20.0)


def three_columns() -> Paper:
    """Three narrow columns under a title."""
    sheet = Sheet(order="across", body=8.5, lead=10.2)
    y = _front(sheet, abstract=False)
    sheet.flow(BODY + BODY[1:3] + BODY[4:], columns(3, top=y, gutter=12))
    return done(sheet)


def manuscript() -> Paper:
    """Line numbers in the margin, a watermark, a note along the edge."""
    sheet = Sheet(order="shuffled", body=11, lead=20)
    count = [0]

    def finish(s: Sheet) -> None:
        for x, y in s.line_tops:
            count[0] += 1
            s.put(x - 14 - s.width(str(count[0]), size=8), y, str(count[0]), size=8)

        def watermark() -> None:
            s.canvas.saveState()
            s.canvas.translate(180, 300)
            s.canvas.rotate(45)
            s.canvas.setFont("Helvetica-Bold", 60)
            s.canvas.setFillGray(0.9)
            s.canvas.drawString(0, 0, "CONFIDENTIAL")
            s.canvas.restoreState()

        def note() -> None:
            s.canvas.saveState()
            s.canvas.translate(24, 200)
            s.canvas.rotate(90)
            s.canvas.setFont("Helvetica", 9)
            s.canvas.drawString(0, 0, "Downloaded from journals.example.org by guest on 3 May 2022")
            s.canvas.restoreState()

        s.draw(0, 0, watermark)
        s.draw(0, 0, note)

    def fresh(s: Sheet) -> Sequence[Column]:
        return columns(1, left=80)

    original = sheet.next_page

    def next_page() -> None:
        finish(sheet)
        original()

    sheet.next_page = next_page  # type: ignore[method-assign]
    y = sheet.title(TITLE, 80, 60, 440)
    sheet.flow(BODY, columns(1, top=y + 10, left=80), on_new=fresh)
    sheet.furniture += ["CONFIDENTIAL", "Downloaded from journals.example.org"]
    return done(sheet)


def sidebar() -> Paper:
    """A narrow column of dates beside the text on the first page."""
    sheet = Sheet(order="across")
    y = sheet.title(TITLE, 200, 60, 350)
    side = ["Received 3 May 2021", "Accepted 9 July 2021", "Corresponding author", "Hanna Lindqvist"]
    for i, line in enumerate(side):
        sheet.put(48, 300 + 12 * i, line, size=8)
    sheet.flow(BODY, [Column(200, y + 10, 347, 780)], on_new=lambda s: columns(1, left=200, width=747))
    sheet.reading[1:1] = []
    paper = done(sheet)
    paper.reading = " ".join(side) + "\n" + paper.reading
    return paper


def figure_between() -> Paper:
    """A picture with labels over both columns in the middle of the page, its caption below."""
    sheet = Sheet(order="across")
    left, right = columns(2, top=60)
    sheet.flow(BODY[:4], [Column(left.x, 60, left.width, 190), Column(right.x, 60, right.width, 190)])

    def picture() -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        image = ImageReader(Image.new("L", (400, 150), 120))
        sheet.canvas.drawImage(image, 48, sheet.size[1] - 400, 499, 190)

    sheet.draw(0, 210, picture)
    for i, label in enumerate(["T6", "T7", "T11"]):
        sheet.put(300, 260 + 40 * i, label, size=9)
    sheet.furniture += ["T7 T11"]
    caption = "Figure 1. Resonance image of the spine before treatment."
    sheet.plain(caption, 48, 416, size=8.5)
    sheet.flow(BODY[4:], [Column(c.x, 440, c.width, 800) for c in (left, right)])
    paper = done(sheet)
    return paper


def footnotes() -> Paper:
    """Small print at the foot of the first column, an imprint below."""
    sheet = Sheet(order="across")
    y = _front(sheet)
    left, right = columns(2, top=y)
    notes = [
        "Correspondence: H. Lindqvist, Hospital of the North, 1 Harbour Road.",
        "E-mail: hanna@hospital.example",
        "Received 3 May 2021; accepted 9 July 2021.",
    ]
    for i, note in enumerate(notes):
        sheet.put(left.x, 740 + 9 * i, note, size=7)
    sheet.rule(left.x, 728, left.x + 80, 728)
    sheet.furniture += ["Correspondence", "hanna@hospital.example", "accepted 9 July"]
    sheet.flow(
        BODY,
        [Column(left.x, y, left.width, 722), Column(right.x, y, right.width, 780)],
        on_new=lambda s: columns(2),
    )
    return done(sheet)


def spaced_heads() -> Paper:
    """Letter-spaced headings, small capitals and ligatures."""
    sheet = Sheet(font=UNICODE_FONT, bold=UNICODE_FONT, body=9.5, lead=13)
    sheet.title("First findings in a confined posture of the spine", 48, 60, 490)

    def spaced(text: str, y: float, gap: float) -> None:
        x = 48.0
        for letter in text:
            if letter == " ":
                x += gap * 3
                continue
            sheet.put(x, y, letter, size=9.5)
            x += sheet.width(letter, size=9.5) + gap

    spaced("CASE REPORT", 120, 4.0)
    sheet.reading.append("CASE REPORT")
    sheet.flow(
        [
            "The ﬁrst ﬁnding was a rigid gait and a ﬂat back, reﬂecting the strain of the conﬁned posture. "
            "Conﬁrmed by the surgeon, the proﬁle was classiﬁed."
        ],
        [Column(48, 130, 300, 800)],
    )
    x = 48.0
    for text, size in (("D", 9.5), ("ISCUSSION ", 7.5), ("OF ", 7.5), ("R", 9.5), ("ESULTS", 7.5)):
        sheet.put(x, 220, text.rstrip(), size=size)
        x += sheet.width(text, size=size)
    sheet.reading.append("DISCUSSION OF RESULTS")
    sheet.flow([BODY[1], BODY[2]], [Column(48, 230, 400, 800)])
    paper = done(sheet)
    paper.reading = paper.reading.replace("ﬁ", "fi").replace("ﬂ", "fl")
    return paper


#: (runs of (text, shift in ems, size factor), what is to be read)
RAISED = [
    (
        [("Rare", 0, 1), ("1,2", 0.35, 0.65), (" in mothers", 0, 1), (".", 0, 1), ("3-5", 0.35, 0.65)],
        "Rare in mothers.",
    ),
    (
        [("Density 0.701 g/cm", 0, 1), ("2", 0.35, 0.65), (" at the spine", 0, 1), ("7", 0.35, 0.65)],
        "Density 0.701 g/cm2 at the spine",
    ),
    (
        [
            ("Platelets 251 x 10", 0, 1),
            ("9", 0.35, 0.65),
            ("/L and BMI 19.2 kg/m", 0, 1),
            ("2", 0.35, 0.65),
            (".", 0, 1),
        ],
        "Platelets 251 x 10^9/L and BMI 19.2 kg/m2.",
    ),
    (
        [
            ("Serum CO", 0, 1),
            ("2", -0.2, 0.65),
            (" and vitamin D", 0, 1),
            ("3", -0.2, 0.65),
            (" were normal", 0, 1),
        ],
        "Serum CO2 and vitamin D3 were normal",
    ),
    (
        [
            ("A value of 12", 0, 1),
            ("6", 0.35, 0.65),
            (" and of 34.5", 0, 1),
            ("8,9", 0.35, 0.65),
            (" units", 0, 1),
        ],
        "A value of 12 and of 34.5 units",
    ),
    (
        [
            ("Clearance 92 mL/min/1.73 m", 0, 1),
            ("2", 0.35, 0.65),
            (" in the 2", 0, 1),
            ("nd", 0.35, 0.65),
            (" year", 0, 1),
        ],
        "Clearance 92 mL/min/1.73 m2 in the 2nd year",
    ),
    (
        [
            ("Scan with ", 0, 1),
            ("99m", 0.35, 0.65),
            ("Tc and serum Ca", 0, 1),
            ("2+", 0.35, 0.65),
            (" later", 0, 1),
        ],
        "Scan with 99mTc and serum Ca2+ later",
    ),
    (
        [
            ("Output 1.2 mg kg", 0, 1),
            ("-1", 0.35, 0.65),
            (" day", 0, 1),
            ("-1", 0.35, 0.65),
            (" was seen", 0, 1),
        ],
        "Output 1.2 mg kg-1 day-1 was seen",
    ),
]


def raised() -> Paper:
    """Superscripts that cite, superscripts that belong to units, subscripts."""
    sheet = Sheet()
    y = 80.0
    for runs, truth in RAISED:
        x = 60.0
        for text, shift, factor in runs:
            sheet.put(x, y - shift * 10, text, size=10 * factor)
            x += sheet.width(text, size=10 * factor)
        sheet.reading.append(truth)
        y += 24
    return done(sheet)


def turned_page() -> Paper:
    """A page whose /Rotate entry turns it: what is shown upright is stored on its side."""
    sheet = Sheet()
    width = sheet.size[0]

    def turned() -> None:
        canvas = sheet.canvas
        canvas.setPageRotation(90)  # reportlab stores such a page as 842 x 595 points
        words = f"{BODY[1]} {BODY[2]}".split()
        for i, line in enumerate(sheet._broken(words, width - 140, sheet.font, 10, 0, False)):
            canvas.saveState()
            canvas.translate(100 + 12 * i, 70)
            canvas.rotate(90)
            canvas.setFont(sheet.font, 10)
            canvas.drawString(0, 0, line)
            canvas.restoreState()

    sheet.draw(0, 0, turned)
    sheet.reading += [BODY[1], BODY[2]]
    return done(sheet)


LAYOUTS: dict[str, Callable[[], Paper]] = {
    make.__name__: make
    for make in (
        one_column,
        two_columns,
        ragged_columns,
        three_columns,
        manuscript,
        sidebar,
        figure_between,
        footnotes,
        spaced_heads,
        raised,
        turned_page,
    )
}
