"""PDF pages that draw far more than a page of a paper: forms within forms, grids of thousands of cells."""

from __future__ import annotations

from pipeline.paper import Source
from pipeline.readers import read_bytes
from tests.pipeline.growth import work

_WORDS = b"BT /F 12 Tf 72 760 Td (A 31-year-old woman had back pain.) Tj ET "
_BOX = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
_LEAF = b"0 0 10 10 re S BT /F 2 Tf 9 9 Td (x) Tj ET"


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(body), body)


def pdf(content: bytes, forms: list[bytes]) -> bytes:
    """One page with its content, and forms as objects 6, 7, ...; the page calls the first of them /X."""
    resources = b"/Font<</F 4 0 R>>" + (b"/XObject<</X 6 0 R>>" if forms else b"")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<%s>>/Contents 5 0 R>>" % resources
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        _stream(b"", content),
        *forms,
    ]
    data, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + end


def nested(depth: int, times: int) -> Source:
    """Forms within forms, each drawn so many times by the one before it."""
    forms = []
    for number in range(7, 7 + depth):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % number
        forms.append(_stream(_BOX + inner, b"/X Do " * times))
    forms.append(_stream(_BOX + b"/Resources<</Font<</F 4 0 R>>>>", _LEAF))
    return read_bytes(pdf(_WORDS + b"/X Do", forms), "forms.pdf")[0]


def words_of(source: Source) -> str:
    return " ".join(line.text for block in source.blocks for line in block.lines)


def test_words_beside_and_in_deep_forms_are_read() -> None:
    source = nested(12, 1)
    assert words_of(source) == "A 31-year-old woman had back pain. x"
    assert source.warnings == ()


def test_what_forms_draw_beyond_the_cap_is_told() -> None:
    source = nested(5, 8)
    assert "A 31-year-old woman had back pain." in words_of(source)
    assert [warning for warning in source.warnings if "20,000 of page 1 were not looked at" in warning]


def grid(side: int) -> bytes:
    """A ruled grid with a figure in each of its cells."""
    across, down = 560 / side, 720 / side
    drawn = [b"0.1 w"]
    for i in range(side + 1):
        x, y = 20 + across * i, 20 + down * i
        drawn.append(b"%.2f 20 m %.2f 740 l S 20 %.2f m 580 %.2f l S" % (x, x, y, y))
    drawn.append(b"BT /F %.2f Tf" % (0.7 * min(across, down)))
    for row in range(side):
        for col in range(side):
            place = (20 + across * (col + 0.2), 20 + down * (row + 0.2), (row * col) % 10)
            drawn.append(b"1 0 0 1 %.2f %.2f Tm (%d) Tj" % place)
    return pdf(_WORDS + b"\n".join(drawn) + b" ET", [])


def test_work_of_a_grid_grows_with_its_cells() -> None:
    few, many = grid(16), grid(32)
    assert max(len(block.cells) for block in read_bytes(many, "grid.pdf")[0].blocks) > 30 * 30
    assert work(lambda: read_bytes(many, "grid.pdf")) < 6 * work(lambda: read_bytes(few, "grid.pdf"))
