# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""MEDLINE text: continued lines, repeated tags, several records."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind as K
from pipeline.readers.medline import read

TWO = b"""
PMID- 301
TI  - [Pain after birth:
      a woman's case].
TT  - Schmerz nach der Geburt.
AB  - AIM: To report pain. CASE REPORT: A woman of 31 had a T-score of -3.1. Her vitamin
      D was low. RESULTS AND DISCUSSION: She recovered.
OAB - Eine Frau von 31 Jahren.
OABL- ger
AU  - Ray B
AU  - Quill AC
LA  - ger
DP  - 1998 Nov-Dec
DEP - 19970102
AID - S0-1 [pii]
AID - 10.5555/ABC.1 [doi]

PMID- 302
TI  - Second.
AB  - Text.

PMID- 303
"""


def test_records_are_told_apart_and_empty_ones_dropped():
    assert [(s.record_suffix, s.metadata.title) for s in read(TWO, "x.nbib")] == [
        ("301", "Pain after birth: a woman's case"), ("302", "Second")]


def test_fields_are_joined_and_abstracts_parted():
    source = read(TWO, "x.nbib")[0]
    assert [(b.kind, b.lines[0].text) for b in source.blocks] == [
        (K.TITLE, "Pain after birth: a woman's case"), (K.AUTHORS, "B Ray, AC Quill"), (K.ABSTRACT, "AIM: To report pain."),
        (K.ABSTRACT, "CASE REPORT: A woman of 31 had a T-score of -3.1. Her vitamin D was low."),
        (K.ABSTRACT, "RESULTS AND DISCUSSION: She recovered."), (K.FOREIGN, "Schmerz nach der Geburt"),
        (K.FOREIGN, "Eine Frau von 31 Jahren.")]
    assert (source.metadata.year, source.metadata.doi, source.metadata.language) == (1997, "10.5555/abc.1", "de")


def test_windows_line_ends_and_code_pages_are_read():
    data = TWO.replace(b"\n", b"\r\n").replace(b"She recovered", "Fièvre".encode("cp1252"))
    assert "Fièvre" in read(data, "x.nbib")[0].blocks[4].lines[0].text


def test_text_without_records_is_refused():
    with pytest.raises(ReadError) as error:
        read(b"She was 31 years old.", "x.txt")
    assert error.value.code == "E12"
