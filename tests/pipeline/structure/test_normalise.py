"""Characters: each sign has one spelling, powers and units are whole, citation marks are gone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.paper import BlockKind, Box, Line, Metadata, Source, SourceBlock
from pipeline.structure import structure
from pipeline.structure.normalise import repair

SIGNS = {
    "torn ordinal": ("the 2 nd case and 11 th week", "the 2nd case and 11th week"),
    "glued dose": ("thalidomide100mg daily", "thalidomide 100mg daily"),
    "escaped bracket": ("pyrazinamide \\(PZA)", "pyrazinamide (PZA)"),
    "ligature": ("\ufb01rst re\ufb02ex e\ufb00ect", "first reflex effect"),
    "minus": ("T-score \u22122.9 \u20131.1 \u20100.4", "T-score -2.9 -1.1 -0.4"),
    "em-dash-between-digits": ("L2\u2014L4 2\u20143", "L2\u2014L4 2-3"),
    "em-dash-in-prose": ("pain \u2014 at night", "pain \u2014 at night"),
    "middle-dot-decimal": ("0\u00b761 g/cm2", "0.61 g/cm2"),
    "micro": ("20 \u03bcg, 3 \u00b5g, 4 &mu;g", "20 \u00b5g, 3 \u00b5g, 4 \u00b5g"),
    "thin-space": ("70\u2009mg 5\u202fmg 6\u2005mg 7\u00a0mg", "70 mg 5 mg 6 mg 7 mg"),
    "zero-width": ("ver\u200btebra\ufeff", "vertebra"),
    "soft-hyphen": ("osteo\u00adporosis", "osteoporosis"),
    "quotes": ("\u201cpain\u201d patient\u2019s", '"pain" patient\'s'),
    "full-width": ("\uff34\uff11\uff12", "T12"),
    "decomposed": ("Mu\u0308ller e\u0301t", "M\u00fcller \u00e9t"),
    "terminal": (
        "had \x1b]0;OWNED\x07\x1b[2J\x1b[31;1mfractures\x1b(B of \x1bT7\x1b]0",
        "had fractures of T7]0",
    ),
    "controls": ("a\x00b\x07c\x1cd\x0be\x7f\x1f", "abc d e "),
    "direction": ("T\u202e7\u202c and \u20668\u2069", "T7 and 8"),
    "windows": ("\x93pain\x94 \x967 \x85 \x80", '"pain" -7 ... \u20ac'),
    "line-ends-spelled": ("a&#10;b&#13;c&#9;d&#12;e&#8232;f", "a b c d e f"),
    "entity": ("p &lt; 0.05 &plusmn; 1", "p < 0.05 \u00b1 1"),
}
POWERS = {
    "square": ("0.71 g/cm\u00b2, 20 kg/m\u00b2", "0.71 g/cm2, 20 kg/m2"),
    "raised-power": ("5 x 10\u2079/L", "5 x 10^9/L"),
    "collapsed-power": ("5.2 \u00d7 109/L", "5.2 \u00d7 10^9/L"),
    "bracketed-power": ("5.2 x 10(9)/L", "5.2 x 10^9/L"),
    "apart": ("0.71 g/cm 2 and 21 kg/m 2.", "0.71 g/cm2 and 21 kg/m2."),
    "no-power": ("109/L was not raised", "109/L was not raised"),
}
CITATIONS = {
    "list": ("was uneventful1,3 and", "was uneventful and"),
    "sentence-end": ("density was low12. Next", "density was low. Next"),
    "range": ("postpartum period1-3 is", "postpartum period is"),
    "after-unit": ("0.71 g/cm2,3 and", "0.71 g/cm2 and"),
    "behind-stop": ("of young women.3,4 The next", "of young women. The next"),
    "behind-comma": ("the wall,14 and the", "the wall, and the"),
    "behind-bracket": ("osteoporosis (PLO)1,2. In", "osteoporosis (PLO). In"),
    "name": ("by Nordin3 in", "by Nordin in"),
    "raised": ("reported elsewhere\u00b9\u02d2", "reported elsewhere\u02d2"),
}
KEPT = (
    "T8",
    "vitamin D3",
    "vitamin K2",
    "P1NP",
    "FGF23",
    "B12",
    "CA125",
    "TRAP5b",
    "HbA1c",
    "IL6",
    "cm2",
    "kg/m2",
    "COVID19",
    "Q10",
    "H2",
    "T3/T4",
    "SF36",
    "25(OH)2",
    "1,25(OH)2 vitamin D",
    "week12",
    "type2",
    "Figure1",
    "weighing58 kg",
    "aged32 years",
    "calcium9.8 mg/dL",
    "minus3.2",
    "grade3",
    "omega3",
    "151 (3M)a",
    "p.23 of",
)


@pytest.mark.parametrize(("raw", "clean"), SIGNS.values(), ids=SIGNS)
def test_normalise_signs(raw: str, clean: str) -> None:
    assert repair(raw)[0] == clean


@pytest.mark.parametrize(("raw", "clean"), POWERS.values(), ids=POWERS)
def test_normalise_powers_and_units(raw: str, clean: str) -> None:
    assert repair(raw)[0] == clean


@pytest.mark.parametrize(("raw", "clean"), CITATIONS.values(), ids=CITATIONS)
def test_normalise_removes_stuck_citations(raw: str, clean: str) -> None:
    assert repair(raw)[0] == clean


@pytest.mark.parametrize("text", KEPT)
def test_normalise_keeps_names_and_values(text: str) -> None:
    sentence = f"Then {text} was seen."
    assert repair(sentence)[0] == sentence


_ODD = st.sampled_from("\ufb01\u2009\u00ad\u2212\u00b2\u2079&;10/Lcm x,.3a\u03bce\u0301 T8-()")


@settings(max_examples=300, deadline=None)
@given(st.text(st.one_of(_ODD, st.characters(blacklist_categories=("Cs",))), max_size=60))
def test_normalise_is_stable_and_keeps_line_ends(text: str) -> None:
    once = repair(text)[0]
    assert once.count("\n") == text.count("\n")


@settings(max_examples=300, deadline=None)
@given(st.text(_ODD, min_size=1, max_size=40))
def test_normalise_boxes_stay_inside_and_in_order(text: str) -> None:
    boxes = tuple(Box(i, i + 1, 1, float(i), 0.0, i + 1.0, 9.0) for i in range(len(text)))
    clean, moved = repair(text, boxes)
    assert all(0 <= b.start < b.end <= len(clean) for b in moved)
    assert [b.start for b in moved] == sorted(b.start for b in moved)


def test_normalise_boxes_show_the_same_word() -> None:
    line = "\ufb01rst uneventful1,3 T8"
    boxes = (Box(0, 4, 1, 0, 0, 1, 1), Box(5, 18, 1, 0, 0, 1, 1), Box(19, 21, 1, 0, 0, 1, 1))
    clean, moved = repair(line, boxes)
    assert [clean[b.start : b.end] for b in moved] == ["first", "uneventful", "T8"]


def test_normalise_metadata_hold_no_controls() -> None:
    odd = Metadata(title="A \x1b[2Jcase\r\nreport", authors=("A.\x00 B\x85",), journal="J\x1b]0;x\x07 of B")
    paper = structure(Source("json", (SourceBlock(BlockKind.PARAGRAPH, (Line("She had pain."),)),), odd))
    assert paper.metadata.title == "A case report"
    assert paper.metadata.authors == ("A. B",)
    assert paper.metadata.journal == "J of B"
