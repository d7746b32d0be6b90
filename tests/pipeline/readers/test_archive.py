# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""Gzip: every format inside, twice compressed, several members; limits are in test_faults."""

from __future__ import annotations

import gzip

import pytest

from pipeline.errors import ReadError
from pipeline.readers import read_bytes
from pipeline.readers.archive import expand, read


@pytest.mark.parametrize("name", ["jats", "pubmed", "nbib", "ris", "html", "docx"])
@pytest.mark.parametrize("times", [1, 2])
def test_compressed_files_read_as_the_files_themselves(name, times, typeset):
    data = typeset[name]
    for _ in range(times):
        data = gzip.compress(data)
    assert read_bytes(data, f"case.{name}.gz") == read_bytes(typeset[name], f"case.{name}")


def test_members_one_after_the_other_are_one_file(typeset):
    half = len(typeset["jats"]) // 2
    assert expand(gzip.compress(typeset["jats"][:half]) + gzip.compress(typeset["jats"][half:])) == typeset["jats"]


@pytest.mark.parametrize(("change", "code"), [
    (lambda data: data[:-20], "E03"), (lambda data: data[:12], "E03"),
    (lambda data: data[:200] + b"\xff\xff\xff" + data[203:], "E03"),
    (lambda data: gzip.compress(gzip.compress(data)), "E06"), (lambda data: gzip.compress(b""), "E01"),
    (lambda data: b"PK\x03\x04" + data, "E02"),
], ids=["cut", "head-only", "damaged", "three-times", "empty", "other-archive"])
def test_broken_archives_say_why(change, code, typeset):
    with pytest.raises(ReadError) as error:
        read(change(gzip.compress(typeset["jats"])), "x.gz")
    assert error.value.code == code
