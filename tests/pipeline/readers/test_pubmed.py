# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""PubMed XML: several records, labels, translated titles, other abstracts."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind as K
from pipeline.readers.pubmed import read


def record(pmid: int, inner: str) -> str:
    return (f"<PubmedArticle><MedlineCitation><PMID Version='1'>{pmid}</PMID><Article>{inner}</Article></MedlineCitation>"
            "<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.5555/other</ArticleId>"
            "</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>")


def pubmed_set(*records: str) -> bytes:
    return f"<?xml version='1.0'?><PubmedArticleSet>{''.join(records)}</PubmedArticleSet>".encode()


def test_each_record_is_a_source_named_by_its_pmid():
    data = pubmed_set(*(record(n, f"<ArticleTitle>Case {n}.</ArticleTitle>") for n in (101, 102, 102)))
    assert [(s.record_suffix, s.metadata.title) for s in read(data, "x.xml")] == [
        ("101", "Case 101"), ("102", "Case 102"), ("102-2", "Case 102")]


def test_a_single_record_has_no_suffix():
    assert read(pubmed_set(record(7, "<ArticleTitle>One</ArticleTitle>")), "x.xml")[0].record_suffix == ""


def test_labels_lead_their_parts_and_other_languages_are_foreign():
    (source,) = read(pubmed_set(record(1, (
        "<ArticleTitle>[A woman with pain].</ArticleTitle><VernacularTitle>Una mujer con dolor.</VernacularTitle>"
        "<Abstract><AbstractText Label='CASE PRESENTATION' NlmCategory='RESULTS'>She had 0.7 g/cm<sup>2</sup>.</AbstractText>"
        "<AbstractText Label='UNLABELLED'>More &lt; less.</AbstractText><CopyrightInformation>©</CopyrightInformation></Abstract>"
        "<OtherAbstract Language='spa'><AbstractText>Tenía dolor.</AbstractText></OtherAbstract>"
        "<Language>spa</Language>"))), "x.xml")
    assert [(b.kind, b.lines[0].text) for b in source.blocks] == [
        (K.TITLE, "A woman with pain"), (K.FOREIGN, "Una mujer con dolor"),
        (K.ABSTRACT, "CASE PRESENTATION: She had 0.7 g/cm2."), (K.ABSTRACT, "More < less."), (K.FOREIGN, "Tenía dolor.")]
    assert source.metadata.language == "es"


def test_identifiers_of_the_references_are_not_the_papers():
    assert read(pubmed_set(record(1, "<ArticleTitle>One</ArticleTitle>")), "x.xml")[0].metadata.doi == ""


def test_medline_dates_and_collective_authors():
    (source,) = read(pubmed_set(record(1, (
        "<Journal><JournalIssue><PubDate><MedlineDate>1998 Nov-Dec</MedlineDate></PubDate></JournalIssue><Title>J</Title>"
        "</Journal><ArticleTitle>One</ArticleTitle><AuthorList><Author><LastName>Ray</LastName><Initials>B</Initials></Author>"
        "<Author><CollectiveName>Bone Group</CollectiveName></Author></AuthorList>"))), "x.xml")
    assert (source.metadata.year, source.metadata.authors) == (1998, ("B Ray", "Bone Group"))


def test_a_damaged_set_still_gives_its_whole_records():
    data = pubmed_set(record(1, "<ArticleTitle>One</ArticleTitle>"), record(2, "<ArticleTitle>Two</ArticleTitle>"))
    found = read(data[:-60], "x.xml")
    assert [s.metadata.title for s in found] == ["One", "Two"]
    assert found[0].warnings


def test_a_set_without_records_is_refused():
    with pytest.raises(ReadError) as error:
        read(b"<PubmedArticleSet></PubmedArticleSet>", "x.xml")
    assert error.value.code == "E12"
