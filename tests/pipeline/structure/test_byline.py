"""Authors, journal and year that a paper states in its first lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.paper import Paper

BODY = "A 31-year-old woman had a fracture of T9 three weeks after delivery.\n"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Otto Berg, Bea Holm", ("Otto Berg", "Bea Holm")),
        ("Otto van der Berg and Bea Maria Holm", ("Otto van der Berg", "Bea Maria Holm")),
        ("Clinical Features, Differential Diagnosis", ()),
        ("Osteoporosis, Rickets", ()),
    ],
)
def test_a_line_of_whole_names_below_the_title_is_the_byline(
    paper: Callable[[str], Paper], line: str, authors: tuple[str, ...]
) -> None:
    read = paper(f"Two broken backs in one house\n\n{line}\n\n{BODY}")
    assert read.metadata.authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Berg A, Holm BC. Journal of Backs 2008; 3(2): 45-7.", ("Berg A", "Holm BC")),
        ("Berg A., Holm B.C. Journal of Backs (2008) 3:45-7", ("Berg A", "Holm BC")),
        ("Berg, A., Holm, B. Journal of Backs 2008; 3: 45-7.", ("Berg A", "Holm B")),
    ],
)
def test_a_papers_own_citation_tells_authors_and_journal(
    paper: Callable[[str], Paper], line: str, authors: tuple[str, ...]
) -> None:
    read = paper(f"Broken backs of nursing mothers\n\n{line}\n\nCASE REPORT\n\n{BODY}")
    assert (read.metadata.authors, read.metadata.journal, read.metadata.year) == (
        authors,
        "Journal of Backs",
        2008,
    )


def test_a_reference_behind_the_text_tells_nothing_of_the_paper(paper: Callable[[str], Paper]) -> None:
    read = paper(
        f"Broken backs of nursing mothers\n\nCASE REPORT\n\n{BODY}\nReferences\n\n"
        "1. Berg A, Holm BC. On backs. Journal of Backs 2008; 3(2): 45-7.\n"
    )
    assert (read.metadata.authors, read.metadata.journal) == ((), "")
