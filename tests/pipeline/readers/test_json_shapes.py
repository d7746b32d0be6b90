# ruff: noqa: E501 - samples of records are easier to read unbroken
"""JSON as corpora and services give it: bodies in sections, passages, results, marks beside a text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Source
from pipeline.readers import read_bytes
from pipeline.structure import structure

CASE = "A 34-year-old woman had back pain a month after delivery. Films showed a fracture of T10."
CITED = "A man of 60 years with a fracture of L4"
HEAD = "Case report"


def read(value: Any) -> list[Source]:
    return read_bytes(json.dumps(value).encode(), "x.json")


def texts(source: Source, kind: BlockKind) -> list[str]:
    return [line.text for block in source.blocks if block.kind is kind for line in block.lines]


BODIES: dict[str, dict[str, Any]] = {
    "cord-19": {"paper_id": "a1", "metadata": {"title": "Bones", "authors": [{"first": "Ulla", "middle": ["T."], "last": "Tamsin", "suffix": ""}]},
                "abstract": [{"text": "Rare.", "section": "Abstract", "cite_spans": []}], "body_text": [{"text": CASE, "section": HEAD, "cite_spans": []}],
                "bib_entries": {"BIBREF0": {"title": CITED}}, "ref_entries": {}},
    "s2orc-2020": {"paper_id": "1", "title": "Bones", "authors": [{"first": "Ulla", "last": "Tamsin"}], "abstract": "Rare.",
                   "pdf_parse": {"abstract": [], "body_text": [{"text": CASE, "section": HEAD}], "bib_entries": {"b0": {"title": CITED}}}},
    "sections": {"title": "Bones", "authors": ["Ulla Tamsin"], "abstract": "Rare.", "sections": [{"heading": HEAD, "paragraphs": [CASE]}], "references": [{"title": CITED}]},
    "nested": {"title": "Bones", "authors": "Ulla Tamsin", "abstract": "Rare.", "body": [{"title": "Part", "sections": [{"title": HEAD, "text": CASE}]}]},
    "by-name": {"title": "Bones", "authors": ["Ulla Tamsin"], "abstract": "Rare.", "full_text": {"case_report": CASE, "references": [CITED]}},
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_in_sections(name: str) -> None:
    (source,) = read(BODIES[name])
    assert source.metadata.title == "Bones"
    assert source.metadata.authors == ("Ulla Tamsin",)
    assert texts(source, BlockKind.ABSTRACT) == ["Rare."]
    assert texts(source, BlockKind.PARAGRAPH) == [CASE]
    assert texts(source, BlockKind.HEADING)[0].casefold() in (HEAD.casefold(), "part")
    assert source.full_text
    assert not any(CITED in text for text in texts(source, BlockKind.PARAGRAPH) + texts(source, BlockKind.UNKNOWN))


def test_a_section_named_at_each_paragraph_has_one_heading() -> None:
    (source,) = read({"title": "Bones", "body_text": [{"text": "One.", "section": HEAD}, {"text": "Two.", "section": HEAD}, {"text": "Three.", "section": "Funding"}]})
    assert texts(source, BlockKind.HEADING) == [HEAD, "Funding"]
    assert texts(source, BlockKind.PARAGRAPH) == ["One.", "Two."]
    assert texts(source, BlockKind.BOILERPLATE) == ["Three."]


def test_captions_and_tables_of_cord_19() -> None:
    table = "<html><body><table><tr><td>Calcium</td><td>9.4</td></tr><tr><td>25(OH)D<sub>3</sub></td><td>12</td></tr></table></body></html>"
    (source,) = read({**BODIES["cord-19"], "ref_entries": {"FIGREF0": {"text": "Films.", "type": "figure", "num": "1"}, "TABREF0": {"text": "Laboratory findings", "type": "table", "html": table}}})
    assert texts(source, BlockKind.CAPTION) == ["Figure 1. Films.", "Laboratory findings"]
    (grid,) = [b for b in source.blocks if b.kind is BlockKind.TABLE]
    assert [cell.text for cell in grid.cells] == ["Calcium", "9.4", "25(OH)D3", "12"]


def spans(text: str, *words: str) -> str:
    return json.dumps([{"start": text.index(word), "end": text.index(word) + len(word), "attributes": {}} for word in words])


def test_s2orc_with_marks_beside_its_text() -> None:
    text = f"Bones\nRare.\n{HEAD}\n{CASE}\nReferences\n{CITED}\n"
    (source,) = read({"corpusid": 7, "externalids": {"doi": "10.5555/x.1", "pubmed": "91230001"}, "content": {
        "text": text, "annotations": {"title": spans(text, "Bones"), "abstract": spans(text, "Rare."), "sectionheader": spans(text, HEAD, "References"),
                                      "paragraph": spans(text, CASE), "bibentry": spans(text, CITED), "figure": None}}})
    assert texts(source, BlockKind.PARAGRAPH) == [CASE]
    assert texts(source, BlockKind.REFERENCE) == [CITED]
    assert texts(source, BlockKind.TITLE) == ["Bones"]
    assert (source.metadata.doi, source.metadata.pmid) == ("10.5555/x.1", "91230001")


def passage(text: str, section: str, kind: str, **infons: str) -> dict[str, Any]:
    return {"offset": 0, "infons": {"section_type": section, "type": kind, **infons}, "text": text, "sentences": [], "annotations": []}


PASSAGES = [
    passage("Bones", "TITLE", "front", **{"article-id_pmid": "91230001", "article-id_doi": "10.5555/x.1", "article-id_pmc": "9001234", "year": "2015",
                                          "name_0": "surname:Tamsin;given-names:Ulla"}),
    passage("Aim", "ABSTRACT", "abstract_title_1"), passage("Rare.", "ABSTRACT", "abstract"),
    passage(HEAD, "CASE", "title_1"), passage(CASE, "CASE", "paragraph"),
    passage("Table 1", "TABLE", "table_caption"), passage("Laboratory findings", "TABLE", "table_caption"),
    passage("Calcium\t9.4\nPTH\t20\n", "TABLE", "table", xml="<table><tr><th>Calcium</th><td>9.4</td></tr><tr><th>PTH</th><td>20</td></tr></table>"),
    passage("a: low", "TABLE", "table_footnote"), passage("Grants", "ACK_FUND", "title_1"), passage("A 50-year-old donor.", "ACK_FUND", "paragraph"),
    passage("References", "REF", "title"), passage(CITED, "REF", "ref"),
]


@pytest.mark.parametrize("wrap", ["collection", "list", "document"])
def test_bioc(wrap: str) -> None:
    document = {"id": "PMC9001234", "infons": {}, "passages": PASSAGES}
    (source,) = read({"collection": {"source": "PMC", "documents": [document]}, "list": [{"source": "PMC", "documents": [document]}], "document": document}[wrap])
    assert texts(source, BlockKind.PARAGRAPH) == [CASE]
    assert texts(source, BlockKind.ABSTRACT) == ["Aim: Rare."]
    assert texts(source, BlockKind.CAPTION) == ["Table 1. Laboratory findings"]
    assert texts(source, BlockKind.REFERENCE) == [CITED]
    assert texts(source, BlockKind.BOILERPLATE) == ["Grants", "A 50-year-old donor."]
    assert texts(source, BlockKind.FOOTNOTE) == ["a: low"]
    (grid,) = [b for b in source.blocks if b.kind is BlockKind.TABLE]
    assert [cell.text for cell in grid.cells] == ["Calcium", "9.4", "PTH", "20"]
    data = source.metadata
    assert (data.title, data.authors, data.year, data.doi, data.pmid, data.pmcid) == ("Bones", ("Ulla Tamsin",), 2015, "10.5555/x.1", "91230001", "PMC9001234")


def test_pubtator_documents_stay_apart() -> None:
    documents = [{"id": str(number), "passages": [{"infons": {"type": "title", "journal": "Acta Ficta; 2015 Mar 3", "year": "2015"}, "text": f"Title {number}"},
                                                  {"infons": {"type": "abstract"}, "text": CASE}]} for number in (91230001, 91230002)]
    first, second = read({"PubTator3": documents})
    assert [s.metadata.pmid for s in (first, second)] == ["91230001", "91230002"]
    assert texts(first, BlockKind.ABSTRACT) == [CASE]
    assert first.metadata.journal == "Acta Ficta"
    assert structure(first).coverage == "abstract"
    lines = "\n".join(json.dumps(document) for document in documents)
    assert len(read_bytes(lines.encode(), "x.jsonl")) == 2


def result(number: int) -> dict[str, Any]:
    return {"id": str(number), "source": "MED", "pmid": str(number), "doi": f"10.5555/{number}", "title": f"Title {number}.", "authorString": "Tamsin U, Ordway KB.",
            "journalInfo": {"yearOfPublication": 2015, "journal": {"title": "Acta Ficta"}}, "pubYear": "2015", "abstractText": f"<h4>Case</h4>{CASE} Number {number}.",
            "authorList": {"author": [{"fullName": "Tamsin U", "firstName": "Ulla", "lastName": "Tamsin"}]}}


def test_europe_pmc_results() -> None:
    sources = read({"version": "6.9", "hitCount": 2, "request": {"query": "title"}, "resultList": {"result": [result(91230001), result(91230002)]}})
    assert [s.record_suffix for s in sources] == ["91230001", "91230002"]
    assert [s.metadata.journal for s in sources] == ["Acta Ficta"] * 2
    assert all(f"Number {s.metadata.pmid}." in texts(s, BlockKind.ABSTRACT)[0] for s in sources)


def test_other_services() -> None:
    (source,) = read({"PubmedArticleSet": {"PubmedArticle": [{"MedlineCitation": {"PMID": {"@Version": "1", "#text": "91230001"}, "Article": {
        "Journal": {"Title": "Acta Ficta", "JournalIssue": {"PubDate": {"Year": "2015"}}}, "ArticleTitle": "Bones",
        "Abstract": {"AbstractText": [{"@Label": "CASE", "#text": CASE}]}, "AuthorList": {"Author": [{"LastName": "Tamsin", "ForeName": "Ulla"}]}}}}]}})
    assert (source.metadata.title, source.metadata.pmid, source.metadata.authors, source.metadata.year) == ("Bones", "91230001", ("Ulla Tamsin",), 2015)
    assert texts(source, BlockKind.ABSTRACT)[0].endswith(CASE)
    (source,) = read({"title": "Bones", "ids": {"doi": "https://doi.org/10.5555/x.1", "pmid": "91230001"}, "abstract_inverted_index": {"She": [0], "broke": [1], "T10.": [2]}})
    assert texts(source, BlockKind.ABSTRACT) == ["She broke T10."]
    first, second = read({"result": {"uids": ["1", "2"], "1": {"uid": "1", "title": "One", "articleids": [{"idtype": "pubmed", "value": "91230001"}]}, "2": {"title": "Two"}}})
    assert (first.metadata.pmid, second.metadata.title) == ("91230001", "Two")


def test_references_alone_are_no_record() -> None:
    with pytest.raises(ReadError) as error:
        read({"body_text": [], "references": [{"title": CITED}]})
    assert error.value.code == "E12"


@pytest.mark.parametrize("odd", [None, 3, "x", [], {}, [None], [[["x"]]], {"a": {"a": {"a": {"a": {"a": {"a": {"text": "x"}}}}}}}, [{"text": None}], {"text": {"text": 1}}], ids=str)
@pytest.mark.parametrize("name", ["body_text", "sections", "content", "passages", "metadata", "pdf_parse", "ref_entries", "externalids", "authorlist", "articleids",
                                  "abstract_inverted_index", "medlinecitation", "journalinfo", "full_text", "back_matter"])
def test_odd_values_break_nothing(name: str, odd: Any) -> None:
    try:
        sources = read({"title": "Bones", "abstract": "Rare.", name: odd})
    except ReadError:
        return
    assert len(sources) == 1
