"""Drop caps stand in front of the words they begin, glued or apart, and start no paragraph."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("reportlab", reason="reportlab sets the test papers")

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.readers import read_bytes
from pipeline.structure import structure

AGE = (
    "34-year-old woman had severe pain in her back a month after",
    "she had given birth to her first child. Films showed a fracture of",
    "T10 and another one of L2. Her calcium was 9.4 mg/dL and she was",
    "given alendronate 70 mg once weekly for a year. The pain went away.",
)
PATIENT = ("he patient had severe pain in her back a month after she had", *AGE[1:])
WOMAN = ("woman of 34 years had severe pain in her back a month after she", *AGE[1:])
AFTER = ("fter a first birth a woman of 34 had severe pain in her back and", *AGE[1:])


def page(letter: str, lines: tuple[str, ...], span: int, first: bool) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(420, 600), invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(50, 550, "Two vertebrae after a birth")
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(50, 505, "Case report")
    size = span * 12 * 0.98
    indent = stringWidth(letter, "Times-Roman", size) + 2

    def drop() -> None:
        canvas.setFont("Times-Roman", size)
        canvas.drawString(50, 485 - (span - 1) * 12, letter)

    if first:
        drop()
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(lines):
        canvas.drawString(50 + (indent if number < span else 0), 485 - number * 12, line)
    if not first:
        drop()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("first", [True, False], ids=["drawn-first", "drawn-last"])
@pytest.mark.parametrize("span", [2, 3])
@pytest.mark.parametrize(
    ("letter", "lines", "words"),
    [
        ("A", AGE, "A 34-year-old woman"),
        ("T", PATIENT, "The patient"),
        ("A", WOMAN, "A woman"),
        ("A", AFTER, "After a"),
    ],
    ids=["age", "the", "woman", "after"],
)
def test_drop_caps_begin_their_words(
    letter: str, lines: tuple[str, ...], words: str, span: int, first: bool
) -> None:
    text = structure(read_bytes(page(letter, lines, span, first), "x.pdf")[0]).text
    paragraph = text.split("\n\n")[-1]
    assert paragraph.startswith(words)
    assert paragraph.endswith(" ".join(lines[1:])[-200:])


def test_large_letters_without_lines_beside_them_stay() -> None:
    text = structure(read_bytes(page("B", AGE, 1, first=True), "x.pdf")[0]).text
    assert "B 34-year-old" in text or "B34-year-old" in text
