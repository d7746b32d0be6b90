"""Test papers in many layouts, each with the truth about it. Run as a script to look at them:

python tests/pipeline/readers/pdf/make_papers.py FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from typeset import UNICODE_FONT, Column, Sheet

TITLE = "Compression fractures of the spine in a young mother treated with anabolic agents"
AUTHORS = "Hanna Lindqvist, Oskar Berg, Mirja Salonen"
ABSTRACT = (
    "Fractures that follow pregnancy are rare and are recognised late. We describe a mother "
    "whose vertebrae collapsed while she nursed her first child. Weaning, bracing and an "
    "anabolic agent were followed by a gain in bone mass of eleven percent, and no further "
    "level was lost during the second year of observation."
)
BODY = [
    "# Introduction",
    "Loss of mineral from the maternal skeleton supplies the growing fetus and, afterwards, the "
    "milk. In nearly all women the deficit is made good within a year of weaning. A few sustain "
    "fractures of the vertebral bodies during the third trimester or the first weeks of "
    "lactation, often after trivial strain.",
    "The reasons are disputed. Inherited disorders of collagen, low body weight, immobilisation "
    "and treatment with heparin have been named in single reports, yet many patients carry none "
    "of them. Controlled studies are missing, and recommendations rest on the experience of "
    "small centres.",
    "# Case presentation",
    "A secretary aged 33 years came to our department because of pain between the shoulder "
    "blades. It had started in the ninth week after the birth of her daughter, when she lifted "
    "a pram over a kerb, and it had spread to the loins within days. She slept sitting upright "
    "and needed assistance with every transfer.",
    "Menarche had been at twelve years. She had never smoked and drank wine on festive "
    "occasions only. Her diet contained about 600 mg of calcium daily. No relative had suffered "
    "a fragility fracture, and she had not received steroids, anticonvulsants or anticoagulants "
    "at any time.",
    "Examination revealed tenderness over the mid-thoracic spine and a loss of four centimetres "
    "in height. Muscle strength and reflexes were symmetrical. The sclerae were white, joint "
    "mobility was ordinary and dentition was complete. Radiographs demonstrated wedge "
    "deformities of T6, T7 and T11, and resonance imaging showed that the lesions at T6 and T11 "
    "were recent.",
    "Absorptiometry yielded a density of 0.701 g/cm2 at the lumbar spine, equivalent to a "
    "Z-score of -3.1. Values at the femoral neck were moderately reduced. Biochemistry excluded "
    "hyperparathyroidism, myeloma and malabsorption. Concentrations of the resorption marker "
    "were twice the upper limit.",
    "Nursing was stopped on the following day. She was fitted with a brace and instructed by a "
    "physiotherapist. Injections of teriparatide 20 micrograms daily were begun after the "
    "approval of the insurer and continued for eighteen months. Supplements consisted of "
    "calcium and cholecalciferol.",
    "# Discussion",
    "This course resembles what larger series have described: pain begins late, several levels "
    "are affected, and the density of trabecular bone is particularly low. Recovery after "
    "weaning is the rule, so that the contribution of any drug remains uncertain. Our patient "
    "gained more than untreated mothers usually do.",
    "Whether a further pregnancy is advisable has to be decided individually. We counselled the "
    "family that the risk of recurrence is moderate, that supplements should be taken from "
    "conception onwards, and that the period of nursing ought to be short. Follow-up "
    "examinations are planned at yearly intervals.",
]
LABS = [
    ["Analyte", "Result", "Reference"],
    ["Calcium (mmol/L)", "2.31", "2.15-2.55"],
    ["Phosphate (mmol/L)", "1.42", "0.80-1.50"],
    ["Creatinine (umol/L)", "54", "45-84"],
    ["Alkaline phosphatase (U/L)", "149", "35-105"],
    ["Parathyroid hormone (pmol/L)", "2.1", "1.6-6.9"],
    ["25-Hydroxyvitamin D (nmol/L)", "38", "50-150"],
]
VISITS = [
    ["Site", "Before", "6 months", "12 months", "24 months", "Change"],
    ["Lumbar spine", "0.701", "0.733", "0.762", "0.779", "+11.1%"],
    ["Femoral neck", "0.622", "0.630", "0.641", "0.650", "+4.5%"],
    ["Total hip", "0.690", "0.701", "0.712", "0.716", "+3.8%"],
    ["Distal radius", "0.512", "-", "0.515", "0.520", "+1.6%"],
]
SERIES = [
    ["Patient", "Age", "Onset", "Levels", "Treatment"],
    ["1", "27", "8 weeks after delivery", "T8, L1", "alendronate"],
    ["2", "35", "third trimester", "T5, T6, L3", "none"],
    ["3", "31", "2 days after delivery", "L2", "teriparatide"],
    ["4", "29", "at weaning", "T12, L1, L4", "zoledronate"],
]


@dataclass
class Paper:
    """A finished test paper and what is to be found in it."""

    data: bytes
    reading: str
    furniture: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)


def _done(sheet: Sheet) -> Paper:
    data = sheet.data()
    return Paper(data, "\n".join(sheet.reading), sheet.furniture, sheet.tables)


def _columns(
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
        return _columns(1, left=70)

    sheet.head_and_foot("Case report", "Annals of Invented Medicine 2021", 1)
    y = _front(sheet)
    sheet.flow(BODY, _columns(1, top=y, left=70), on_new=fresh)
    return _done(sheet)


def two_columns(order: str = "across", justify: bool = True, gutter: float = 14.0) -> Paper:
    """Full-width title and abstract over two columns, two pages, lines drawn over both columns in turn."""
    sheet = Sheet(order=order)
    page = [211]

    def fresh(s: Sheet) -> Sequence[Column]:
        page[0] += 1
        s.head_and_foot("H. Lindqvist et al.", "Northern Journal of Bone 12 (2020) 211-214", page[0])
        return _columns(2, gutter=gutter)

    sheet.head_and_foot("Case report", "Northern Journal of Bone 12 (2020) 211-214", page[0])
    y = _front(sheet)
    sheet.flow(
        BODY + BODY[1:3] + BODY[4:9] + BODY[10:],
        _columns(2, top=y, gutter=gutter),
        justify=justify,
        on_new=fresh,
    )
    return _done(sheet)


def ragged_columns() -> Paper:
    """Two columns set ragged, drawn in random order."""
    return two_columns("shuffled", justify=False, gutter=20.0)


def three_columns() -> Paper:
    """Three narrow columns under a title."""
    sheet = Sheet(order="across", body=8.5, lead=10.2)
    y = _front(sheet, abstract=False)
    sheet.flow(BODY + BODY[1:3] + BODY[4:], _columns(3, top=y, gutter=12))
    return _done(sheet)


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
        return _columns(1, left=80)

    original = sheet.next_page

    def next_page() -> None:
        finish(sheet)
        original()

    sheet.next_page = next_page  # type: ignore[method-assign]
    y = sheet.title(TITLE, 80, 60, 440)
    sheet.flow(BODY, _columns(1, top=y + 10, left=80), on_new=fresh)
    sheet.furniture += ["CONFIDENTIAL", "Downloaded from journals.example.org"]
    return _done(sheet)


def sidebar() -> Paper:
    """A narrow column of dates beside the text on the first page."""
    sheet = Sheet(order="across")
    y = sheet.title(TITLE, 200, 60, 350)
    side = ["Received 3 May 2021", "Accepted 9 July 2021", "Corresponding author", "Hanna Lindqvist"]
    for i, line in enumerate(side):
        sheet.put(48, 300 + 12 * i, line, size=8)
    sheet.flow(BODY, [Column(200, y + 10, 347, 780)], on_new=lambda s: _columns(1, left=200, width=747))
    sheet.reading[1:1] = []
    paper = _done(sheet)
    paper.reading = " ".join(side) + "\n" + paper.reading
    return paper


def figure_between() -> Paper:
    """A picture with labels over both columns in the middle of the page, its caption below."""
    sheet = Sheet(order="across")
    left, right = _columns(2, top=60)
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
    paper = _done(sheet)
    return paper


def footnotes() -> Paper:
    """Small print at the foot of the first column, an imprint below."""
    sheet = Sheet(order="across")
    y = _front(sheet)
    left, right = _columns(2, top=y)
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
        on_new=lambda s: _columns(2),
    )
    return _done(sheet)


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
    paper = _done(sheet)
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
    return _done(sheet)


def _table_page(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    rules: str,
    columns: int = 2,
    size: float = 9.0,
    caption: str = "Table 1. Findings at admission.",
) -> Paper:
    sheet = Sheet(order="across")
    left, right = _columns(2, top=60)
    if columns == 2:  # across the page, between two bands of columns
        sheet.flow(BODY[:5], [Column(c.x, 60, c.width, 220) for c in (left, right)])
        sheet.plain(caption, 48, 250, sheet.bold, 9, reading=False)
        y = sheet.table(rows, 48, 256, widths, rules, size)
        sheet.flow(BODY[5:], [Column(c.x, y + 16, c.width, 800) for c in (left, right)])
    else:  # in the left column
        sheet.flow(BODY[:4], [Column(left.x, 60, left.width, 330)])
        sheet.plain(caption, left.x, 352, sheet.bold, 9, reading=False)
        y = sheet.table(rows, left.x, 358, widths, rules, size)
        sheet.put(left.x, y + 6, "Values outside the range are given as measured.", size=7)
        sheet.flow(BODY[4:], [Column(left.x, y + 20, left.width, 780), Column(right.x, 60, right.width, 780)])
    return _done(sheet)


def table_three_lines() -> Paper:
    """A three-line table in a column."""
    return _table_page(LABS, [130, 45, 60], "three", 1)


def table_grid() -> Paper:
    """A fully ruled table in a column."""
    return _table_page(LABS, [130, 45, 60], "grid", 1)


def table_open() -> Paper:
    """A table without rules in a column."""
    return _table_page(LABS, [130, 45, 60], "none", 1)


def table_wide_three_lines() -> Paper:
    """A three-line table across both columns."""
    return _table_page(VISITS, [110, 75, 75, 80, 80, 75], "three")


def table_wide_open() -> Paper:
    """A table without rules across both columns, with white where the gutter is."""
    return _table_page(VISITS, [140, 60, 75, 75, 75, 70], "none")


def table_wide_grid() -> Paper:
    """A fully ruled patient-per-row table across both columns with wrapped cells."""
    rows = [list(row) for row in SERIES]
    rows[1][2] = "8 weeks after\ndelivery"
    rows[2][3] = "T5, T6,\nL3"
    return _table_page(rows, [60, 40, 130, 120, 120], "grid")


def table_heads_of_two_rows() -> Paper:
    """Heads of groups over short rules, row groups, an empty cell, footnote letters on values."""
    sheet = Sheet()
    sheet.flow(BODY[:3], [Column(48, 60, 499, 300)])
    sheet.plain("Table 1. Markers of bone turnover.", 48, 200, sheet.bold, 9, reading=False)
    x = [52.0, 210.0, 280.0, 350.0, 420.0]
    sheet.rule(48, 206, 490, 206)
    sheet.put(225, 218, "At diagnosis", size=9)
    sheet.put(365, 218, "After 12 months", size=9)
    sheet.rule(205, 222, 330, 222)
    sheet.rule(345, 222, 480, 222)
    for left, text in zip(x, ["Marker", "Value", "Unit", "Value", "Unit"], strict=True):
        sheet.put(left, 233, text, size=9)
    sheet.rule(48, 238, 490, 238)
    body = [
        ["Formation"],
        ["P1NP", "96", "ug/L", "140", "ug/L"],
        ["Osteocalcin", "31", "ug/L", "", ""],
        ["Resorption"],
        ["CTX", "1.12", "ug/L", "0.41", "ug/L"],
        ["NTX", "88", "nmol/L", "35", "nmol/L"],
    ]
    y = 250.0
    for row in body:
        for left, text in zip(x, row, strict=False):
            sheet.put(left + (6 if len(row) > 1 and left == x[0] else 0), y, text, size=9)
            if text in {"96", "0.41"}:
                sheet.put(left + sheet.width(text, size=9), y - 3, "a" if text == "96" else "b,c", size=6)
        y += 13
    sheet.rule(48, y - 6, 490, y - 6)
    sheet.put(48, y + 6, "a Above the range; b fasting; c mean of two.", size=7)
    sheet.flow(BODY[4:6], [Column(48, y + 20, 499, 800)])
    sheet.tables.append(
        [
            ["", "At diagnosis", "After 12 months"],
            ["Marker", "Value", "Unit", "Value", "Unit"],
            *[row + [""] * (5 - len(row)) for row in body],
        ]
    )
    return _done(sheet)


def table_continued() -> Paper:
    """A table that goes on on the next page with its head repeated."""
    sheet = Sheet()
    rows = [[f"Visit {i}", f"0.{700 + i}", f"-{3 - i / 10:.1f}"] for i in range(1, 25)]
    head = ["Time", "Density", "Z-score"]
    sheet.flow(BODY[:7], [Column(48, 60, 499, 560)])
    sheet.plain("Table 2. Density at each visit.", 48, 590, sheet.bold, 9, reading=False)
    sheet.table([head, *rows[:12]], 48, 596, [120, 80, 80], "three")
    sheet.next_page()
    sheet.plain("Table 2 (continued)", 48, 60, sheet.bold, 9, reading=False)
    y = sheet.table([head, *rows[12:]], 48, 66, [120, 80, 80], "three")
    sheet.flow(BODY[7:], [Column(48, y + 20, 499, 800)])
    sheet.tables = [[head, *rows]]
    return _done(sheet)


def table_rotated() -> Paper:
    """A table turned by 90 degrees on a page of its own, then text again."""
    sheet = Sheet()
    sheet.flow(BODY[:8], [Column(48, 60, 499, 780)])
    sheet.next_page()
    inner = Sheet(size=(sheet.size[1], sheet.size[0]))
    inner.put(70, 100, "Table 3. Mothers with fractures seen in our clinic.", inner.bold, 9)
    inner.table(
        [*SERIES, *[[str(i), "30", "one week after delivery", "T9", "none"] for i in range(5, 12)]],
        70,
        108,
        [80, 60, 200, 160, 140],
        "three",
    )
    sheet.tables = inner.tables

    def turned() -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(sheet.size[0], 0)
        sheet.canvas.rotate(90)
        inner.canvas, keep = sheet.canvas, inner.canvas
        for _, _, action in inner._pending:
            action()
        inner.canvas = keep
        sheet.canvas.restoreState()

    sheet.draw(0, 0, turned)
    sheet.next_page()
    sheet.flow(BODY[8:], [Column(48, 60, 499, 780)])
    return _done(sheet)


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
    return _done(sheet)


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
        table_three_lines,
        table_grid,
        table_open,
        table_wide_three_lines,
        table_wide_open,
        table_wide_grid,
        table_heads_of_two_rows,
        table_continued,
        table_rotated,
        turned_page,
    )
}


def write_all(folder: Path) -> list[Path]:
    """Write every layout as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, make in LAYOUTS.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(make().data)
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write_all(Path(sys.argv[1])):
        print(written)
