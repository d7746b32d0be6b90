"""Damaged PDFs: what a page lost is told, page by page where it can be known; whole files have no warning."""

from __future__ import annotations

import base64
import random
import re
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="reportlab sets the test papers")
sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_papers

from pipeline import caps
from pipeline.errors import ReadError
from pipeline.readers.pdf import read
from pipeline.readers.pdf.damage import Damage, damage_of


def set_pages(contents: list[bytes], packed: bool = True) -> bytes:
    """A PDF of one page for each content stream, by hand, so that its parts can be broken one by one."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for content in contents:
        stream = zlib.compress(content) if packed else content
        how = b"/Filter/FlateDecode" if packed else b""
        parts.append(b"<<%s/Length %d>>\nstream\n%s\nendstream" % (how, len(stream), stream))
        parts.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
                     b"/Contents %d 0 R>>" % len(parts))
        kids.append(b"%d 0 R" % len(parts))
    parts[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return out + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))


def page_of(number: int) -> bytes:
    lines = [f"Line {line} of page {number} tells of a woman and of her back pain." for line in range(30)]
    return b"BT /F1 11 Tf 14 TL 50 800 Td " + b" ".join(f"({line}) Tj T*".encode() for line in lines) + b" ET"


THREE = [page_of(number) for number in (1, 2, 3)]
PACKED = zlib.compress(THREE[1])


def words_of(sources) -> Counter[str]:
    return Counter(word for source in sources for block in source.blocks
                   for line in (*block.lines, *(line for cell in block.cells for line in cell.lines))
                   for word in line.text.split())


@pytest.mark.parametrize("packed", [True, False])
def test_whole_files_have_no_warning(packed):
    [source] = read(set_pages(THREE, packed), "x.pdf")
    assert source.warnings == () and source.pages == 3


BROKEN = {
    "junk": PACKED[:2] + b"\xff" * (len(PACKED) - 2),
    "cut": PACKED[:60] + b" " * (len(PACKED) - 60),
    "one bit": PACKED[:80] + bytes([PACKED[80] ^ 16]) + PACKED[81:],
    "checksum": PACKED[:-1] + bytes([PACKED[-1] ^ 1]),
    "head": b"zz" + PACKED[2:],
    "zeros": PACKED[:50] + bytes(40) + PACKED[90:],
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_stream_names_its_page(broken):
    [source] = read(set_pages(THREE).replace(PACKED, broken), "x.pdf")
    assert len(source.warnings) == 1 and "(page 2 was damaged" in source.warnings[0]
    assert source.warnings[0].startswith("E03")


@pytest.mark.parametrize(("old", "new"), [
    (b"/Contents 6 0 R", b"/Contents 9 9 Z"), (b"/Contents 6 0 R", b"/Contents99 0 R"),
    (b"6 0 obj", b"6 0 0bj")])
def test_a_page_whose_content_is_missing_is_named(old, new):
    [source] = read(set_pages(THREE).replace(old, new), "x.pdf")
    assert any("page 2" in warning for warning in source.warnings)


@pytest.mark.parametrize(("old", "new"), [
    (b"FlateDecode/Length", b"FlateDecote/Length"), (b"\nstream\n", b"\nstre\0m\n"), (b"1 0 obj", b"1 0 xbj"),
    (b"startxref\n", b"startxref\n9"), (b"0000000009", b"0000000019"), (b"%PDF-1.4\n", b"%PDF-1.4\nmore\n"),
    (b"%%EOF", b"%%E"), (b"/Count 3", bytes(16))])
def test_marks_that_do_not_agree_are_told(old, new):
    data = set_pages(THREE)
    assert old in data
    try:
        [source] = read(data.replace(old, new, 1), "x.pdf")
    except ReadError as error:
        assert error.code == "E03"
    else:
        assert source.warnings and source.warnings[0].startswith("E03")


def test_a_stream_without_checksum_is_whole():
    data = set_pages(THREE)
    assert damage_of(data, 3, []) == Damage()
    without = damage_of(data.replace(PACKED, PACKED[:-4]), 3, [2])
    assert (without.pages, without.parts) == ((), 0)


@pytest.mark.parametrize("old", [b"/Filter/FlateDecode", b"/Filter"])
def test_a_stream_whose_filter_is_lost_is_broken(old):
    data = set_pages(THREE)
    assert old in data
    assert damage_of(data.replace(old, b"/Fi", 1), 3, []).pages


@pytest.mark.parametrize(("sign", "whole"), [(b"\n", True), (b" ", True), (b"\0", False), (b"\f", False)])
def test_a_byte_that_ends_the_data_of_a_page_is_damage(sign, whole):
    printed = base64.a85encode(zlib.compress(THREE[0]))
    printed = printed[:9] + sign + printed[9:] + b"~>"
    old = b"/Filter/FlateDecode/Length %d" % len(PACKED)
    new = b"/Filter[/ASCII85Decode/FlateDecode]/Length %d" % len(printed)
    data = set_pages(THREE)
    assert old in data
    data = data.replace(old, new, 1)
    data = data.replace(PACKED, printed, 1)
    assert (damage_of(data, 3, []).pages == ()) is whole


def test_an_empty_page_on_purpose_is_no_damage():
    [source] = read(set_pages([THREE[0], b" ", THREE[2]]), "x.pdf")
    assert source.warnings == ()


def test_holes_in_plain_commands_are_told():
    data = set_pages(THREE, packed=False)
    place = data.index(b"Line 9 of page 2")
    [source] = read(data[:place] + bytes(200) + data[place + 200:], "x.pdf")
    assert "page 2" in source.warnings[0]


def mutants(data: bytes, seed: int):
    rng = random.Random(seed)
    size = rng.choice((64, 512, 2048))
    place = rng.randrange(len(data) - size)
    flipped = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        flipped[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    yield bytes(flipped)
    yield data[:place] + bytes(size) + data[place + size:]
    yield data[:place] + data[place + size:]
    yield data[:place] + rng.randbytes(size) + data[place + size:]
    yield data[:place] + data[place:place + size] + data[place:]
    yield data[:place]


def test_hardly_any_loss_is_silent():
    data = make_papers.two_columns().data
    whole = words_of(read(data, "x.pdf"))
    silent, tried = 0, 0
    for seed in range(15):
        for mutant in mutants(data, seed):
            tried += 1
            try:
                sources = read(mutant, "x.pdf")
            except ReadError as error:
                assert error.code in {"E02", "E03", "E04", "E07"}
                continue
            lost = (whole - words_of(sources)).total()
            silent += lost > 0 and not sources[0].warnings
    assert silent <= 0.04 * tried  # a bit in an uncompressed dictionary may not show


# ----------------------------------------------------------------------------------------- caps
def test_pages_beyond_the_cap_are_counted(monkeypatch):
    monkeypatch.setenv(caps.VARIABLE, "pdf_pages=3")
    [source] = read(set_pages([page_of(n) for n in range(1, 9)]), "x.pdf")
    assert source.pages == 8
    assert source.warnings == (
        "E06: The file is too large for one paper; split it. (pages 4 to 8 were not read)",)
    assert not any("page 4" in line.text for block in source.blocks for line in block.lines)


def test_characters_beyond_the_cap_are_counted(monkeypatch):
    monkeypatch.setenv(caps.VARIABLE, "page_characters=1000")
    [source] = read(set_pages(THREE), "x.pdf")
    assert len(source.warnings) == 3
    told = r"\(\d[\d,]* characters of page 1 after the first 1,000 were not read\)"
    assert re.search(told, source.warnings[0])


def test_objects_beyond_the_cap_are_told(monkeypatch):
    monkeypatch.setenv(caps.VARIABLE, "page_objects=1000")
    rules = b" ".join(b"%d 100 m %d 700 l S" % (x / 4, x / 4) for x in range(1500))
    [source] = read(set_pages([THREE[0], THREE[1] + b" " + rules]), "x.pdf")
    assert "after the first 1,000 of page 2 were not looked at" in source.warnings[0]
