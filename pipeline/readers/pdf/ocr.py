"""Words of scanned pages by Tesseract, when the optional extra `ocr` is installed.

Tesseract and its English model come from the system's packages (`tesseract-ocr`,
`tesseract-ocr-eng` on Debian), the bridge `pytesseract` from PyPI. Nothing is fetched at run time.
"""

from __future__ import annotations

import os
import shutil
from functools import cache
from importlib.util import find_spec
from typing import Any

import pypdfium2 as pdfium

from pipeline.readers.pdf.ink import Word

_DPI = 300
_LEAST_CONFIDENCE = 30.0  # of 100: below it Tesseract's words are mostly specks
_SECONDS = 120  # a page
_MOST_PIXELS = 40_000_000


@cache
def available() -> bool:
    """Whether pages can be read by OCR on this machine."""
    return find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def read_words(document: pdfium.PdfDocument, number: int) -> list[Word]:
    """The words of page `number` (1-based) as OCR sees them, in points of the displayed page.

    Raises:
        RuntimeError: Tesseract failed or took too long (`pytesseract.TesseractError` is one).
    """
    # several threads a page only get in each other's way when papers are read side by side
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import pytesseract  # noqa: PLC0415 - optional

    page = document[number - 1]
    try:
        width, height = page.get_size()
        dpi = min(_DPI, int(72 * (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5))
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        image = bitmap.to_pil()
        try:
            found = pytesseract.image_to_data(
                image, lang="eng", config="--psm 1", timeout=_SECONDS, output_type=pytesseract.Output.DICT
            )
        finally:
            image.close()
            bitmap.close()
    finally:
        page.close()
    return _words(found, 72 / dpi)


def _words(found: dict[str, list[Any]], scale: float) -> list[Word]:
    """Tesseract's table as words; baseline and size are those of the word's line."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for i, text in enumerate(found["text"]):
        if text.strip() and float(found["conf"][i]) >= _LEAST_CONFIDENCE:
            lines.setdefault((found["block_num"][i], found["par_num"][i], found["line_num"][i]), []).append(i)
    words: list[Word] = []
    for indices in lines.values():
        heights = sorted(found["height"][i] for i in indices)
        bottoms = sorted(found["top"][i] + found["height"][i] for i in indices)
        size = round(heights[len(heights) // 2] * scale * 1.25)  # box height is about 0.8 em
        baseline = bottoms[len(bottoms) // 3] * scale
        for i in indices:
            x0, _top = found["left"][i] * scale, found["top"][i] * scale
            words.append(
                Word(
                    found["text"][i],
                    x0,
                    baseline - 0.75 * size,
                    x0 + found["width"][i] * scale,
                    baseline + 0.2 * size,
                    baseline,
                    float(size),
                    3 * len(words),
                )
            )
    return words
