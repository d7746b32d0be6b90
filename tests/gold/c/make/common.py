"""Fonts and page furniture shared by the scripts that draw the PDFs of gold set c."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

HERE = Path(__file__).resolve().parent
RAW = HERE.parent / "raw"


def register_fonts() -> None:
    """Register DejaVu faces from the font search path; reportlab embeds only the glyphs used."""
    for name, file in [
        ("Serif", "DejaVuSerif"),
        ("Serif-B", "DejaVuSerif-Bold"),
        ("Sans", "DejaVuSansCondensed"),
        ("Sans-B", "DejaVuSansCondensed-Bold"),
        ("Sans-I", "DejaVuSansCondensed-Oblique"),
    ]:
        pdfmetrics.registerFont(TTFont(name, f"{file}.ttf"))
    pdfmetrics.registerFontFamily(
        "Serif", normal="Serif", bold="Serif-B", italic="Serif", boldItalic="Serif-B"
    )
    pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="Sans-B", italic="Sans-I", boldItalic="Sans-B")


def blocks(name: str) -> list[tuple[str, str]]:
    """The blocks of an article's text file as (kind, text).

    Kinds: abs abstract, h heading, p paragraph, t table, r reference.
    """
    parts = (HERE / name).read_text(encoding="utf-8").strip().split("\n\n")
    return [
        (kind, text if kind == "t" else " ".join(text.split()))
        for kind, _, text in (p.partition("\n") for p in parts)
    ]


def cells(text: str) -> list[list[str]]:
    """The rows of a table block."""
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]


def style(
    name: str, size: float, font: str = "Serif", leading: float | None = None, **more: Any
) -> ParagraphStyle:
    """A paragraph style; sizes in points, the leading follows the size unless given."""
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading or size * 1.25, **more)
