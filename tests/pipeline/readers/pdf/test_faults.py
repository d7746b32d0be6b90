"""Files that are broken, locked, empty of text or hostile: a reason each time, never a crash."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="reportlab sets the test papers")
sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_papers
from make_scans import locked, page_image, scanned, unmapped_font

from pipeline.errors import ReadError
from pipeline.readers.pdf import ocr, read


@pytest.fixture(scope="module")
def whole() -> bytes:
    return make_papers.two_columns().data


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4\n", b"%PDF-1.7\n%%EOF", b"\x00" * 5000, b"no pdf at all"],
    ids=["empty", "head", "head-and-end", "zeros", "text"],
)
def test_read_rubbish_says_broken(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, "x.pdf")
    assert caught.value.code == "E03"


def test_read_locked_with_password_fails() -> None:
    with pytest.raises(ReadError) as caught:
        read(locked("secret"), "x.pdf")
    assert caught.value.code == "E04"


def test_read_locked_with_empty_password_reads() -> None:
    source = read(locked(""), "x.pdf")[0]
    assert "vertebral bodies" in " ".join(line.text for b in source.blocks for line in b.lines)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_read_truncated_reads_or_says_why(whole: bytes, share: float) -> None:
    try:
        source = read(whole[: int(len(whole) * share)], "x.pdf")[0]
    except ReadError as error:
        assert error.code in {"E03", "E07"}
    else:
        assert any("E03" in warning for warning in source.warnings)


@pytest.mark.parametrize("seed", range(60))
def test_read_flipped_bits_never_crash(whole: bytes, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(whole)
    for _ in range(rng.choice((1, 10, 200))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    try:
        sources = read(bytes(data), "x.pdf")
    except ReadError as error:
        assert error.code in {"E03", "E04", "E07"}
    else:
        assert len(sources) == 1 and sources[0].pages


def test_read_page_without_ink_fails_with_reason() -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas("unused.pdf", invariant=1)
    canvas.showPage()
    with pytest.raises(ReadError) as caught:
        read(canvas.getpdfdata(), "x.pdf")
    assert caught.value.code == "E07"


def test_read_scan_without_ocr_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    source = read(scanned(cover=False), "x.pdf")[0]
    assert source.blocks == ()
    assert (
        len(source.warnings) == 1 and source.warnings[0].startswith("E07") and "page 1" in source.warnings[0]
    )


def test_read_cover_sheet_before_scan_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    source = read(scanned(cover=True), "x.pdf")[0]
    assert "interlibrary" in " ".join(line.text for b in source.blocks for line in b.lines)
    assert [w for w in source.warnings if "page 2" in w]


@pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")
def test_read_scan_by_ocr() -> None:
    source = read(scanned(cover=True), "x.pdf")[0]
    words = " ".join(line.text for b in source.blocks for line in b.lines).split()
    expected = make_papers.BODY[1].split()
    assert sum(word in words for word in expected) >= 0.95 * len(expected)
    assert any("OCR" in warning for warning in source.warnings)
    assert {line.page for b in source.blocks for line in b.lines} == {1, 2}


def test_read_font_without_character_map_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    source = read(unmapped_font(), "x.pdf")[0]
    assert [w for w in source.warnings if w.startswith("E08")], source


@pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")
def test_read_font_without_character_map_by_ocr() -> None:
    source = read(unmapped_font(), "x.pdf")[0]
    assert "skeleton" in " ".join(line.text for b in source.blocks for line in b.lines)


def test_page_image_shows_text() -> None:
    assert page_image(make_papers.BODY[1]).getextrema()[0] < 64
