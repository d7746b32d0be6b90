"""What the size of type tells of a PDF's parts: small print, abstracts, labels of figures."""

from __future__ import annotations

from pipeline.paper import BlockKind, Line, Source, SourceBlock
from pipeline.structure import structure

K = BlockKind
PAIN = "A mother of two children was seen with severe pain in the middle of her back, which had begun"
REST = "three weeks after the delivery of the second child and had become worse since then."
NOTE = "Abbreviations: DXA, dual energy absorptiometry; MRI, magnetic resonance imaging; PTH, a hormone"


def read(
    *blocks: tuple[float, str], kinds: dict[int, BlockKind] | None = None
) -> list[tuple[BlockKind, str]]:
    """Kinds and words of what a PDF reader gave as chunks of lines, each in type of a size (points)."""
    given = tuple(
        SourceBlock(
            (kinds or {}).get(n, K.UNKNOWN), tuple(Line(line, 1, size) for line in text.split("\n")), level=1
        )
        for n, (size, text) in enumerate(blocks)
    )
    paper = structure(Source("pdf", given, pages=1))
    return [(b.kind, paper.text[b.start : b.end]) for b in paper.blocks]


def test_small_print_below_an_unfinished_column_is_no_part_of_its_sentence():
    found = [text for _, text in read((10, PAIN), (7, NOTE), (10, REST))]
    assert found == [f"{PAIN} {REST}", NOTE]


def test_a_label_in_small_type_does_not_end_a_sentence():
    found = [text for _, text in read((10, PAIN), (7, "fracture of T8"), (10, REST))]
    assert found == [f"{PAIN} {REST}", "fracture of T8"]


def test_an_abstract_below_addresses_is_one():
    address = (
        "Department of Bones, University of Nowhere, Nowhere\nDepartment of Mothers, Hospital of Nowhere"
    )
    case = "ABSTRACT: A mother of two children had fractures of T8 and L1 three weeks after delivery."
    assert (K.ABSTRACT, case) in read((16, "Two fractures after delivery"), (10, address), (8, case))


def test_a_body_without_a_heading_is_no_part_of_the_abstract():
    parts = ("Background Bones may break in mothers.", "Conclusions Mothers should be asked about pain.")
    body = "Osteoporosis of pregnancy is rare and was first told of many years ago by doctors of one town."
    shown = [(16, "Two fractures after delivery"), (9, "Abstract"), *((8.5, part) for part in parts)]
    kinds = {0: K.TITLE, 1: K.HEADING}
    assert (K.PARAGRAPH, body) in read(*shown, (9.5, body), kinds=kinds)
    assert (K.ABSTRACT, body) in read(*shown, (8.5, body), kinds=kinds)
