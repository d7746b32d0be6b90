# ruff: noqa: E501 - samples of texts are easier to read unbroken
"""Several articles in one text: told apart where it is unmistakable, and only there."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers import read_bytes
from pipeline.readers.several import articles
from pipeline.structure import structure

A = (
    "A 33-year-old woman had severe back pain a month after delivery. Films showed a fracture of T8. "
    "She was given risedronate and was well after a year."
)
B = (
    "A 27-year-old woman limped at 33 weeks of gestation. Films showed a fracture of the left femoral neck. "
    "She was operated on and walked after a month."
)
T1, T2 = "Collapse of two vertebrae while nursing", "A painful hip in late pregnancy"
N1, N2 = "Ulla Tamsin, Kit Ordway", "Lou Quarry, Ann Harrow"
REFERENCES = "References\n\n1. Ordway KB. Bones. Acta Ficta. 1999;12:1-9. PMID: 91230003"

SEVERAL = {
    "headings": f"{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\n{T2}\n\n{N2}\n\nAbstract\n\n{B}\n",
    "run-in": f"{T1}\n{N1}\n\nAbstract: {A}\n\nKeywords: bone, birth\n\n{T2}\n{N2}\n\nAbstract: {B}\n\nKeywords: hip\n",
    "rules": f"{T1}\n\n{N1}\n\n{A}\n\n----------\n\n{T2}\n\n{N2}\n\n{B}\n",
    "tight-rules": f"==========\n{T1}\n{N1}\n\n{A}\n==========\n{T2}\n{N2}\n\n{B}\n==========\n",
    "pages": f"{T1}\n\n{N1}\n\n{A}\n\x0c{T2}\n\n{N2}\n\n{B}\n",
    "pmids": f"{T1}\n\n{A}\n\nPMID: 91230001\n\n{T2}\n\n{B}\n\nPMID: 91230002\n",
    "whole": f"{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\nCase report\n\n{A}\n\n{REFERENCES}\n\n"
    f"{T2}\n\n{N2}\n\nDepartment of Bones, University of Nowhere, Elbonia\n\nAbstract\n\n{B}\n\nCase report\n\n{B}\n",
    "journal": f"{T1}\n\n{N1}\n\nActa Ficta 2015; 3: 1-4\n\nAbstract\n\n{A}\n\n{T2}\n\n{N2}\n\nActa Ficta 2015; 3: 5-9\n\nABSTRACT\n\n{B}\n",
}

ONE = {
    "two-languages": f"{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\nResumen\n\nUna mujer de 33 anos tuvo un dolor muy fuerte de espalda "
    f"despues del parto y mejoro.\n\nAbstract\n\n{A}\n",
    "told-twice": f"{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\n{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\nCase report\n\n{A}\n",
    "cases": f"{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\n----------\n\nCase 1\n\n{A}\n\n----------\n\nCase 2\n\n{B}\n",
    "table": f"{T1}\n\n{A}\n\n-----------------\nAnalyte   Value\n-----------------\nCalcium   9.4\n-----------------\n\n{B}\n",
    "references": f"{T1}\n\n{A}\n\n{B}\n\n{REFERENCES}\n\n2. Quarry L. Hips. Acta Ficta. 2001;12:1-9. PMID: 91230002\n",
    "page-heads": f"{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\n\x0cActa Ficta of 2015\n\n{B}\n\n\x0cTwo women after birth 3\n\n{A}\n\ndoi: 10.5555/x\n",
    "abstract-thinking": f"{T1}\n\n{N1}\n\nAbstract\n\n{A}\n\nDiscussion\n\nWe read it.\n\nAbstract thinking in medicine\n\n{B}\n",
    "ruled-section": f"{T1}\n\n{N1}\n\n{A}\n\n*****\n\nTreatment and follow up\n\n{B} PMID: 91230002\n",
}


@pytest.mark.parametrize("name", SEVERAL)
def test_articles_are_told_apart(name: str) -> None:
    sources = read_bytes(SEVERAL[name].encode(), "x.txt")
    assert [s.record_suffix for s in sources] == ["1", "2"]
    papers = [structure(source) for source in sources]
    assert all(p.metadata.title.startswith(title) for p, title in zip(papers, (T1, T2), strict=True))
    assert "27-year-old" not in papers[0].text and "33-year-old" not in papers[1].text
    rows = [extract(paper, "x") for paper in papers]
    assert [[case["age_years"] for case in found["cases"]] for found in rows] == [[33], [27]]


@pytest.mark.parametrize("name", ONE)
def test_one_article_stays_one(name: str) -> None:
    assert articles(ONE[name]) == [ONE[name]]


def test_long_texts_take_no_time() -> None:
    text = SEVERAL["whole"] * 200
    assert len(articles(text)) in (1, 400)  # the same titles again: one text
