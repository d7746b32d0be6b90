
"""Gzip: every format inside, twice compressed, several members; limits are in test_faults."""

from __future__ import annotations

import gzip
import io
import tarfile
import time

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
    both = gzip.compress(typeset["jats"][:half]) + gzip.compress(typeset["jats"][half:])
    assert expand(both) == (typeset["jats"], 0)


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


def test_what_follows_the_compressed_file_is_told(typeset):
    [source] = read(gzip.compress(typeset["jats"]) + b"rubbish behind", "x.gz")
    assert source.warnings == (
        "E03: The file is broken or cut off; get it again. "
        "(the last 14 bytes are not compressed and were not read)",
    )
    [source] = read(gzip.compress(typeset["jats"]) + bytes(512), "x.gz")
    assert source.warnings == ()


def test_many_members_take_time_in_proportion():
    def seconds(members: int) -> float:
        data = gzip.compress(b"A woman of 31 years. ") * members
        start = time.process_time()
        assert len(expand(data)[0]) == 21 * members
        return time.process_time() - start

    few = min(seconds(10_000) for _ in range(3))
    assert seconds(80_000) < 8 * 4 * few  # it took 64 times as long when each member copied the rest


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_a_tar_archive_is_refused_with_a_word_on_what_to_do(name):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        info = tarfile.TarInfo("a.xml")
        info.size = 10
        archive.addfile(info, io.BytesIO(b"<article/>"))
    data = gzip.compress(made.getvalue()) if name.endswith("gz") else made.getvalue()
    with pytest.raises(ReadError, match=r"^E02: .*\(a tar archive; unpack it, or run with --cluster local\)"):
        read_bytes(data, name)
