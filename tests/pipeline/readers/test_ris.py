# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""RIS: variants of tags, several records, identifiers in odd places."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.readers.ris import read


def ris(*lines: str) -> bytes:
    return "\r\n".join(["TY  - JOUR", *lines, "ER  - ", ""]).encode()


@pytest.mark.parametrize(("line", "field", "value"), [
    ("T1  - A title.", "title", "A title"), ("PY  - 2011/03/02/", "year", 2011), ("Y1  - 2011///", "year", 2011),
    ("T2  - Bone J", "journal", "Bone J"), ("DO  - https://doi.org/10.5555/X.1", "doi", "10.5555/x.1"),
    ("UR  - https://doi.org/10.5555/X.1", "doi", "10.5555/x.1"), ("AN  - 1234567", "pmid", "1234567"),
    ("UR  - https://pubmed.ncbi.nlm.nih.gov/1234567/", "pmid", "1234567"), ("C2  - PMC555123", "pmcid", "PMC555123"),
    ("A1  - Ray, Bo", "authors", ("Bo Ray",)), ("LA  - English", "language", "en"), ("AN  - WOS:0001", "pmid", ""),
], ids=lambda v: str(v)[:24])
def test_fields(line, field, value):
    (source,) = read(ris("TI  - T" if "T1" not in line else "KW  - k", line), "x.ris")
    assert getattr(source.metadata, field) == value


def test_records_are_named_by_pmid_or_number():
    data = ris("TI  - One", "AN  - 77777") + ris("TI  - Two") + b"TY  - JOUR\r\nTI  - Three, its end lost\r\n"
    assert [s.record_suffix for s in read(data, "x.ris")] == ["77777", "2", "3"]


def test_abstracts_are_continued_and_freed_of_tags():
    (source,) = read(ris("TI  - T", "AB  - A BMD of 0.7 g/cm<sup>2</sup>", "was &lt; normal."), "x.ris")
    assert source.blocks[-1].lines[0].text == "A BMD of 0.7 g/cm2 was < normal."


def test_nothing_but_tags_is_refused():
    with pytest.raises(ReadError) as error:
        read(ris(), "x.ris")
    assert error.value.code == "E12"
