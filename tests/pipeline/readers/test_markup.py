# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""Superscripts, subscripts and citations between their neighbours. Written as JATS-like markup."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.readers.jats_inline import flatten_formulas, jats_role
from pipeline.readers.markup import inline, plain, untagged, without_raised_marks

X = '<xref ref-type="bibr" rid="B1">{}</xref>'


def shown(markup: str, *, notes: bool = False) -> str:
    root = etree.fromstring(f"<p>{markup}</p>")
    flatten_formulas(root)
    return plain(inline(root, jats_role), notes=notes)


@pytest.mark.parametrize(("markup", "expected"), [
    ("0.71 g/cm<sup>2</sup> at L2", "0.71 g/cm2 at L2"),
    ("19.2 kg/m<sup>2 </sup>then", "19.2 kg/m2 then"),
    ("19.2 kg/m<sup>2,13</sup> then", "19.2 kg/m2 then"),
    ("2 × 10<sup>9</sup>/L", "2 × 10^9/L"),
    ("10<sup>−3</sup> mol", "10^−3 mol"),
    ("at 110<sup>3</sup> beats", "at 110 beats"),
    ("kg m<sup>−2</sup>", "kg m−2"),
    ("0.4 min<sup>-1</sup>", "0.4 min-1"),
    ("Ca<sup>2+</sup> and Na<sup>+</sup>", "Ca2+ and Na+"),
    ("CD4<sup>+</sup> cells", "CD4+ cells"),
    ("with <sup>99m</sup>Tc and <sup>18</sup>F-FDG", "with 99mTc and 18F-FDG"),
    ("her 2<sup>nd</sup> child, 1<sup>st</sup> of May", "her 2nd child, 1st of May"),
    ("at 38<sup>o</sup>C", "at 38°C"),
    ("R<sup>2</sup> = 0.9, χ<sup>2</sup> = 3", "R2 = 0.9, χ2 = 3"),
    ("vitamin D<sub>3</sub>, 25(OH)D<sub>2</sub>", "vitamin D3, 25(OH)D2"),
    ("CO\n    <sub>2</sub> and β\n   <sub>2</sub>-agonist", "CO2 and β2-agonist"),
    ("BMD<sub>spine</sub> rose", "BMD spine rose"),
    ("C<sub>max</sub> was", "Cmax was"),
    ("Bonofort<sup>®</sup> and Osteolan<sup>TM</sup> 20 µg", "Bonofort and Osteolan 20 µg"),
    ("0.71<sup>a</sup>", "0.71"),
    ("low<sup>a,b</sup> and high<sup>*</sup>", "low and high"),
    ("<italic>T</italic>-score<sup>†</sup> of −3", "T-score of −3"),
], ids=lambda value: value[:28])
def test_plain_raises_and_lowers_by_the_neighbours(markup, expected):
    assert shown(markup) == expected


@pytest.mark.parametrize(("markup", "expected"), [
    ("pain [" + X.format(1) + "]. Then", "pain. Then"),
    ("pain [" + X.format(1) + ", " + X.format(2) + "], then", "pain, then"),
    ("pain [" + X.format(1) + "–" + X.format(4) + "] was", "pain was"),
    ("pain " + X.format("[1]") + "–" + X.format("[4]") + ".", "pain."),
    ("pain (" + X.format(1) + "; " + X.format(2) + ") was", "pain was"),
    ("pain.<sup>" + X.format(1) + "," + X.format(2) + "</sup> Then", "pain. Then"),
    ("pain.<sup>" + X.format(1) + "</sup>Then", "pain. Then"),
    ("pain" + X.format("<sup>1</sup>") + "<sup>,</sup>" + X.format("<sup>2</sup>") + " was", "pain was"),
    ("pain<sup>12</sup> was, later<sup>3-5</sup>, gone.<sup>6</sup>", "pain was, later, gone."),
    ("of L2<sup>12</sup> and 0.71 g/cm<sup>2</sup> <sup>3</sup>", "of L2 and 0.71 g/cm2"),
    ("Fenn et al. [" + X.format(7) + "]. They", "Fenn et al. They"),
    ("Fenn et al. [" + X.format(7) + "] saw", "Fenn et al. saw"),
    ("(see " + X.format(7) + ") was", "was"),
    ("(reviewed in [" + X.format(7) + "])", ""),
    ("as said (" + X.format("Fenn, 2004") + ") of a woman", "as said (Fenn, 2004) of a woman"),
    ("range [10–20] and [3.5-5.0]", "range [10–20] and [3.5-5.0]"),
    ("see <xref ref-type='fig' rid='F1'>Figure 1</xref>, <xref ref-type='table' rid='T2'>2</xref>", "see Figure 1, 2"),
    ("39.1<xref ref-type='table-fn' rid='n1'>c</xref> %", "39.1 %"),
    ("39.1<xref ref-type='fn' rid='n1'><sup>a, b</sup></xref>", "39.1"),
], ids=lambda value: value[:30])
def test_plain_drops_citations_and_closes_the_gap(markup, expected):
    if not expected:  # a text of nothing but its citation keeps something to see
        assert shown(markup)
    else:
        assert shown(markup) == expected


@pytest.mark.parametrize(("markup", "expected"), [
    ("of <inline-formula><math><mn>25</mn><mo>±</mo><mn>3</mn></math></inline-formula> kg", "of 25±3 kg"),
    ("g/cm<inline-formula><alternatives><tex-math>\\begin{document}$$^{2}$$\\end{document}</tex-math></alternatives>"
     "</inline-formula>", "g/cm2"),
    ("so <inline-formula><math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover></math></inline-formula> it", "so it"),
    ("so <disp-formula><tex-math>\\frac{a}{b}</tex-math></disp-formula> it", "so it"),
], ids=["mathml-sum", "tex-exponent", "complex", "display"])
def test_formulas_are_kept_only_where_they_are_words(markup, expected):
    assert shown(markup) == expected


def test_plain_names_the_notes_of_a_table():
    assert shown("<sup>a</sup>At birth. <sup>b</sup>After <sup>99m</sup>Tc.", notes=True) == "a At birth. b After 99mTc."


def test_a_cell_of_nothing_but_a_mark_keeps_it():
    assert shown("<sup>a</sup>") == "a"


@pytest.mark.parametrize(("text", "expected"), [
    ("0.7 g/cm<sup>2</sup> &lt; normal &amp; low", "0.7 g/cm2 < normal & low"),
    ("P < 0.05 and T > 2", "P < 0.05 and T > 2"),
    ("<i>LRP5</i> in <jats:italic>her</jats:italic>", "LRP5 in her"),
], ids=["sup", "signs", "tags"])
def test_untagged_strips_known_tags_only(text, expected):
    assert untagged(text) == expected


@pytest.mark.parametrize(("printed", "text"), [
    ("Otto Marel¹, Bea Quint²,³", "Otto Marel, Bea Quint"), ("a fracture of T9² after it", "a fracture of T9 after it"),
    ("calcium 9.4¹ mg/dL", "calcium 9.4 mg/dL"), ("pain.¹² She", "pain. She"), ("T9²after birth", "T9 after birth"), ("in 1992,³", "in 1992,"),
    ("6.2 × 10³/µL, 21 kg/m², 210×10⁹/L", None), ("CTX was ³0.6, ALP ³ 120", None), ("/mm³, 10¹² cells, Ca²⁺, Na⁺, min⁻¹, r²", None), ("¹⁸F and ½", None),
    ("1.73 m², mg/m²/day", None),
])
def test_raised_digits_of_unicode(printed, text):
    assert without_raised_marks(printed) == (printed if text is None else text)
