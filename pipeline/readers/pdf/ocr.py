"""Words of scanned pages by Tesseract, where the program is there.

Tesseract comes from the system's packages (`tesseract-ocr` on Debian), the bridge `pytesseract` with
casebook. Nothing is fetched at run time.
"""

from __future__ import annotations

import os
import shutil
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium

from pipeline.readers.pdf.ink import PageInk, Word
from pipeline.readers.pdf.ocr_words import is_doubtful_unit, is_number, is_unit, repaired
from pipeline.readers.pdf.scan_rules import straightened, take_rules

_DPI = 300
_LEAST_CONFIDENCE = 30.0  # of 100: below it Tesseract's words are mostly specks
_SURE_OF_UNIT = 60.0  # below it a unit is left out: none is better than a wrong one
_SURE_LINE = 80.0
_BLANK = 0.2  # ems: Tesseract parts words where a blank is, however narrow
_BEARING = 0.06  # ems beside a letter's ink that are part of it; the gaps between words are narrower by that
_SECONDS = 120  # a page
_MOST_PIXELS = 40_000_000


@cache
def available() -> bool:
    """Whether pages can be read by OCR on this machine."""
    return shutil.which("tesseract") is not None


def read_page(document: pdfium.PdfDocument, ink: PageInk) -> bool:
    """Put the words and rules that OCR sees on a page into its ink; whether there were any words.

    Raises:
        RuntimeError: Tesseract failed or took too long (`pytesseract.TesseractError` is one).
    """
    # several threads a page only get in each other's way when papers are read side by side
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import pytesseract  # noqa: PLC0415 - only where a page is a scan

    page = document[ink.number - 1]
    try:
        width, height = page.get_size()
        dpi = min(_DPI, int(72 * (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5))
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        image, across, upright = take_rules(straightened(bitmap.to_pil()), dpi)
        try:
            found = pytesseract.image_to_data(
                image, lang="eng", config="--psm 1", timeout=_SECONDS, output_type=pytesseract.Output.DICT
            )
        finally:
            image.close()
            bitmap.close()
    finally:
        page.close()
    words = _words(found, 72 / dpi)
    if words:
        ink.words, ink.turned, ink.images, ink.drawings = words, {}, [], []
        ink.across, ink.upright = across, upright
    return bool(words)


def _words(found: dict[str, list[Any]], scale: float) -> list[Word]:
    """Tesseract's table as words; baseline and size are those of the word's line."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for i, text in enumerate(found["text"]):
        if text.strip():
            lines.setdefault((found["block_num"][i], found["par_num"][i], found["line_num"][i]), []).append(i)
    words: list[Word] = []
    for everything in lines.values():
        sure = sorted(float(found["conf"][i]) for i in everything)[len(everything) // 2]
        indices = [i for i in everything if _is_kept(found["text"][i], float(found["conf"][i]), sure)]
        if not indices:
            continue
        words += _line(found, indices, scale, len(words))
    return words


def _line(found: dict[str, list[Any]], indices: list[int], scale: float, number: int) -> list[Word]:
    """The words of a line; `number` counts those before. A blank stands between any two of them."""
    heights = sorted(found["height"][i] for i in indices)
    bottoms = sorted(found["top"][i] + found["height"][i] for i in indices)
    size = round(heights[len(heights) // 2] * scale * 1.25)  # box height is about 0.8 em
    baseline = bottoms[len(bottoms) // 3] * scale
    words: list[Word] = []
    for i in indices:
        x0, x1 = found["left"][i] * scale, (found["left"][i] + found["width"][i]) * scale
        words.append(
            Word(
                repaired(found["text"][i]),
                x0 - _BEARING * size,
                baseline - 0.75 * size,
                x1 + _BEARING * size,
                baseline + 0.2 * size,
                baseline,
                float(size),
                3 * (number + len(words)),
            )
        )
    for word, following in pairwise(words):
        if following.x0 >= word.x0:
            word.x1 = max(min(word.x1, following.x0 - _BLANK * size), word.x0)
    return words


def _is_kept(text: str, confidence: float, line: float) -> bool:
    """Whether a word is kept: by its confidence and that of its line.

    Letters amid a line that was read well are no specks ("Z" of a Z-score, L1-L4), and a unit with a raised
    digit is known for what it is; a doubtful number is left out.
    """
    if is_doubtful_unit(text):
        return confidence >= _SURE_OF_UNIT
    letters = line >= _SURE_LINE and not is_number(text)
    return confidence >= _LEAST_CONFIDENCE or letters or is_unit(repaired(text))
