"""A look at a record's bytes loses no paper that fits, and reads no words where bytes are enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import readers
from pipeline.only import only, raw
from pipeline.only.asked import told_by
from pipeline.only.tree import Term
from pipeline.structure import structure

#: how "osteoporosis" may stand in a file
_SPELLINGS = [
    *(
        "osteoporosis",
        "Osteo<i>porosis</i>",
        "<b>O</b>steoporosis",
        "ost&#233;oporosis",
        "ost&eacute;oporosis",
    ),
    *("ostéoporosis", "oste\u0301oporosis", "osteo\u00adporosis", "osteo<!-- x -->porosis", "OSTEOPOROSIS"),
    *("osteoporosis<sup>1</sup>", "&#111;steoporosis", "osteo<![CDATA[poro]]>sis"),
    *("&amp;#111;steoporosis", "osteoporosis[1]"),
]


def _pubmed(title: str, kinds: str = "Case Reports", names: str = "") -> bytes:
    return (
        "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>A case</ArticleTitle>"
        f"<Abstract><AbstractText>A woman had {title} after her first delivery.</AbstractText></Abstract>"
        f"<AuthorList><Author><LastName>{names}</LastName></Author></AuthorList>"
        f"<PublicationTypeList><PublicationType UI='D1'>{kinds}</PublicationType></PublicationTypeList>"
        "</Article></MedlineCitation></PubmedArticle>"
    ).encode()


def _jats(title: str, kinds: str = "case-report", names: str = "") -> bytes:
    return (
        f'<article article-type="{kinds}"><front><article-meta><title-group>'
        "<article-title>A case</article-title></title-group></article-meta></front>"
        f"<body><p>A woman had {title} after her first delivery. {names}</p></body></article>"
    ).encode()


@pytest.mark.parametrize("spelling", _SPELLINGS)
@pytest.mark.parametrize("make", [_pubmed, _jats], ids=["PubMed", "JATS"])
def test_a_paper_that_fits_may_fit(make: Callable[..., bytes], spelling: str) -> None:
    data = make(spelling)
    found = only("osteoporosis AND type:case-report AND NOT thyroid")
    (source,) = readers.read_bytes(data, "a.xml")
    assert found.fits(structure(source))
    assert found.may_fit(data)
    assert only("osteopor* AND (thyroid OR deliver*) AND NOT year:1990").may_fit(data)
    assert not only("thyroid").may_fit(data)
    assert not only("osteoporosis AND type:review").may_fit(data)


@given(st.lists(st.sampled_from([*_SPELLINGS, *"aébβ2-<>&. ", "&lt;", "<sub>", "</sub>", "- "]), max_size=12))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_word_of_a_paper_is_lost(pieces: list[str]) -> None:
    for data in (_pubmed("".join(pieces)), _jats("".join(pieces))):
        try:
            (source,) = readers.read_bytes(data, "a.xml")
        except readers.ReadError:
            continue
        told = told_by(structure(source))
        for word in told.of("text").split():
            assert raw.may_be(Term("text", word), data), word


def test_a_type_is_told_by_the_bytes() -> None:
    for make in (_pubmed, _jats):
        assert only("type:case-report").may_fit(make("x", "case-report"))
        assert only("type:case-rep*").may_fit(make("x", "Case Reports"))
        assert not only("type:case-report").may_fit(make("x", "research-article"))
        assert only("type:case-report").may_fit(make("x", "case&#45;report"))  # not told: nothing is left out
    two = b"<articles>" + _jats("x", "review") + _jats("x", "case-report") + b"</articles>"
    assert only("type:case-report").may_fit(two)
    hidden = b"<!-- <article article-type='review'> -->" + _jats("x", "case-report")
    assert only("type:case-report").may_fit(hidden)


def test_bytes_are_enough_for_a_plain_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes) -> str:
        raise AssertionError("read")

    monkeypatch.setattr(raw, "_text", refuse)
    assert not only("thyroid").may_fit(_pubmed("osteoporosis &amp; pain", names="Müller &#233;"))
    with pytest.raises(AssertionError, match="read"):
        only("thyroid").may_fit(_pubmed("ostéoporosis"))
    with pytest.raises(AssertionError, match="read"):
        only("thyroid").may_fit(_jats("osteoporosis"))


def test_what_cannot_be_read_may_fit() -> None:
    assert only("thyroid").may_fit(b"<article><front>" + b"<p>" * 500)
    assert only("thyroid").may_fit(_jats("osteo\x85porosis"))


def test_no_word_is_lost_where_a_sign_opens_no_tag() -> None:
    data = _pubmed("osteoporosis<osteoporosis")
    (source,) = readers.read_bytes(data, "a.xml")
    for word in told_by(structure(source)).of("text").split():
        assert raw.may_be(Term("text", word), data), word
