# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""Whatever is cut off, damaged or beyond a cap: it is in the text, or the message says that it is not."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import random
import re
import time
import zipfile

import pytest

from pipeline import caps
from pipeline.config import UsageError
from pipeline.errors import ReadError
from pipeline.process import records
from pipeline.readers import html, read_bytes
from tests.pipeline.readers.fictional import to_mhtml

CASE = "A woman of 31 years had back pain and a fracture of T7."


def record(number: int) -> dict[str, object]:
    return {"title": f"Report {number}", "pmid": f"2000000{number}", "authors": [{"name": "N. Body"}],
            "abstract": f"Case {number}. {CASE}", "references": [{"title": "Another paper"}]}


@pytest.fixture(scope="module")
def files(typeset) -> dict[str, bytes]:
    """One file of each format that has an end which shows."""
    lines = [json.dumps(record(number)) for number in range(5)]
    nbib = typeset["nbib"].replace(b"OWN - NLM", b"OWN - NLM\nSTAT- MEDLINE")
    return {
        **typeset,
        "nbib": nbib + b"SO  - Ann Imag Bone. 2021;1:1-2.\n",
        "mhtml": to_mhtml(typeset["html"]),
        "gzip": gzip.compress(typeset["jats"]),
        "json": lines[0].encode(),
        "json list": json.dumps([record(number) for number in range(5)]).encode(),
        "json list, indented": json.dumps([record(n) for n in range(3)], indent=1).encode(),
        "json object": json.dumps({"results": [record(number) for number in range(5)]}).encode(),
        "json lines": "\n".join(lines).encode(),
    }


FORMATS = ("jats", "pubmed", "nbib", "ris", "html", "docx", "mhtml", "gzip", "json", "json list",
           "json list, indented", "json object", "json lines")


def words_of(sources) -> list[str]:
    return [line.text for source in sources for block in source.blocks
            for line in (*block.lines, *(line for cell in block.cells for line in cell.lines))]


def told(data: bytes) -> tuple[list[str], bool]:
    """The words that were read, and whether anything is said to be missing."""
    try:
        sources = read_bytes(data, "cut")
    except ReadError as error:
        assert error.code in {"E01", "E02", "E03", "E12"}, error
        return [], True
    return words_of(sources), any(source.warnings or source.failure for source in sources)


@pytest.mark.parametrize("name", FORMATS)
def test_a_whole_file_has_no_warning(name, files):
    assert told(files[name])[1] is False


@pytest.mark.parametrize("name", FORMATS)
def test_a_cut_file_says_so(name, files):
    data = files[name]
    whole, _ = told(data)
    silent = []
    step = max(1, len(data) // 150)
    for length in (*range(1, 120), *range(120, len(data), step)):
        words, warned = told(data[:length])
        if not warned and words != whole:
            silent.append(length)
    # a file of lines may end after any of them
    assert [n for n in silent if name != "json lines" or data[n - 1:n + 1].strip() not in (b"}", b"")] == []


@pytest.mark.parametrize("data", [b"<", b"<?xml ver", b"%PD", b"%PDF-1", b"{", b"[", b"PK\x03", b"\x1f\x8b", b"TY",
                                  b"<!DOCTYPE ht", b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE art',
                                  b'<article xmlns:xlink="http://www.w3.org/1999/xlink" article-ty'])
def test_a_few_bytes_are_no_paper(data):
    with pytest.raises(ReadError) as error:
        read_bytes(data, "x")
    assert error.value.code in {"E02", "E03"}


@pytest.mark.parametrize("damage", [
    lambda line: line[:-2], lambda line: line.replace('"abstract"', '"abstract'), lambda line: line[:30],
    lambda line: line.replace("20000002", "2000\x00\x01"), lambda line: "{{{" + line, lambda line: line + "}",
], ids=["end", "quote", "half", "controls", "brackets", "one too many"])
def test_one_damaged_line_takes_no_other_with_it(damage):
    lines = [json.dumps(record(number)) for number in range(5)]
    lines[2] = damage(lines[2])
    sources = read_bytes("\n".join(lines).encode(), "records.jsonl")
    whole = [s for s in sources if not s.warnings and not s.failure]
    assert {f"Case {n}. {CASE}" for n in (0, 1, 3, 4)} <= set(words_of(sources))
    assert len(whole) >= 4 and len(sources) == 5
    assert len(whole) == 5 or any("line 3" in text for s in sources for text in (*s.warnings, s.failure))


def test_a_record_of_which_nothing_is_left_is_a_failed_row(tmp_path):
    lines = [json.dumps(record(0)), '{"pmid": 123x, "title": "Report"}', json.dumps(record(1))]
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(lines))
    found = list(records(path, "records", "records.jsonl"))
    assert [r.document["status"] for r in found] == ["ok", "failed", "ok"]
    assert found[1].document["message"].startswith("E03") and "line 2" in found[1].document["message"]


def test_damage_within_a_list_leaves_the_records_behind_it():
    text = json.dumps([record(number) for number in range(5)]).replace('"pmid": "20000002"', '"pmid": 2000x')
    sources = read_bytes(text.encode(), "records.json")
    assert {f"Case {n}. {CASE}" for n in (0, 1, 3, 4)} <= set(words_of(sources))
    assert any("damaged" in warning for source in sources for warning in source.warnings)
    assert "Another paper" not in [source.metadata.title for source in sources]


def test_nested_abstracts_are_read_and_endless_ones_told():
    deep: object = CASE
    for _ in range(20):
        deep = [{"text": deep}]
    [source] = read_bytes(json.dumps({"title": "A", "abstract": deep}).encode(), "x.json")
    assert CASE in words_of([source]) and not source.warnings
    for _ in range(60):
        deep = [deep]
    [source] = read_bytes(json.dumps({"title": "A", "abstract": deep}).encode(), "x.json")
    assert source.warnings[0].startswith("E06") and "60" in source.warnings[0]


def test_thousands_of_broken_lines_do_not_take_for_ever():
    line = json.dumps(record(1))[:-1] + "\n"
    start = time.process_time()
    sources = read_bytes((line * 20_000).encode(), "x.jsonl")
    assert time.process_time() - start < 20
    assert len(sources) > 1000 and all(source.warnings or source.failure for source in sources)
    assert "1,000 places" in sources[-1].failure


def test_what_stands_behind_several_records_is_told():
    text = json.dumps(record(1)) + "\n" + json.dumps(record(2)) + "\nAnd then some words."
    assert "20 characters behind the records were not read" in read_bytes(text.encode(), "x")[-1].warnings[0]


BREAKS = [f"&#{n};" for n in (0, 1, 8, 11, 12, 31, 127, 133, 55296, 65534, 1114112)]
BREAKS += [f"&#x{n:x}" for n in (0, 11, 12, 27, 0xD800, 0xFFFF)] + ["\f", "\v", "\x1b", "\x00", "\x1c", "\ufffe"]


@pytest.mark.parametrize("odd", BREAKS, ids=ascii)
@pytest.mark.parametrize("before", ["<nav>Home</nav>", "<script>1</script>", "<meta name=x>", "<svg><g/></svg>", ""])
def test_no_character_behind_what_is_cleaned_away_is_an_error(before, odd):
    page = f"<html><body>{before}{odd} <p>{CASE}</p>{before}{odd}<p>She {odd} went home well.</p></body></html>"
    [source] = read_bytes(page.encode(), "x.html")
    assert CASE in words_of([source])


@pytest.mark.parametrize("tail", ["<!-- the rest", "<script>var x = 1;", "<p class='", "<p>She was"])
def test_a_page_that_swallows_its_end_says_so(tail):
    page = f"<!doctype html><html><body><article><p>{CASE}</p>{tail} and more"
    assert told(page.encode())[1]


def test_a_page_that_is_nested_too_deep_says_so():
    page = f"<html><body>{'<div>' * 300}<p>{CASE}</p>{'</div>' * 300}</body></html>"
    words, warned = told(f"<html><body><p>{CASE}</p>{page}".encode())
    assert warned and CASE in words


def test_an_archive_with_endless_parts_is_refused():
    head = "MIME-Version: 1.0\nSubject: x\n"
    parts = "".join(f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    with pytest.raises(ReadError) as error:
        read_bytes((head + parts).encode(), "x.mht")
    assert error.value.code == "E03"


def test_damage_in_any_compression_of_a_docx_is_e03(docx_of):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", docx_of("<w:p/>") * 20)
    data = bytearray(buffer.getvalue())
    start = data.index(b"word/document.xml") + 40
    data[start:start + 60] = random.Random(1).randbytes(60)
    with pytest.raises(lzma.LZMAError), zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        archive.read("word/document.xml")
    with pytest.raises(ReadError) as error:
        read_bytes(bytes(data), "x.docx")
    assert error.value.code == "E03"


def test_a_page_about_pdf_is_a_page():
    page = f"<!doctype html><html><head><title>%PDF-1.4 explained</title></head><body><p>{CASE}</p></body></html>"
    assert read_bytes(page.encode(), "x.html")[0].format == "html"


def test_out_of_memory_is_no_fault_of_the_file(monkeypatch):
    error = html.etree.XMLSyntaxError("unknown error", html.etree.ErrorTypes.ERR_NO_MEMORY, 0, 0)

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(html.html, "document_fromstring", fail)
    with pytest.raises(MemoryError):
        html.read(b"<html><body><p>x</p></body></html>", "x.html")


# ----------------------------------------------------------------------------------------- caps
def test_every_cap_has_its_default_and_refuses_nonsense(monkeypatch):
    monkeypatch.delenv(caps.VARIABLE, raising=False)
    assert caps.caps() == caps.Caps()
    for cap in caps.all_caps():
        assert getattr(caps.caps(), cap.name) == cap.default >= cap.metadata["least"]
        for bad in (cap.metadata["least"] - 1, 10**13):
            with pytest.raises(UsageError):
                caps.parse(f"{cap.name}={bad}")
        assert getattr(caps.parse(f"{cap.name}={cap.default + 1}"), cap.name) == cap.default + 1
    for bad in ("pages=5", "pdf_pages", "pdf_pages=", "pdf_pages=-1", "pdf_pages=1e3", "pdf_pages=\u0663"):
        with pytest.raises(UsageError):
            caps.parse(bad)


@pytest.mark.parametrize(("setting", "name", "code"), [
    ("file_bytes=1000", "html", "E06"), ("markup_bytes=1000", "jats", "E06"), ("markup_bytes=1000", "html", "E06"),
    ("records=1", "json lines", "E06"), ("archive_parts=10", "mhtml", None), ("expanded_bytes=1000", "gzip", "E06"),
    ("expanded_bytes=1000", "docx", "E06"), ("text_characters=1000", "text", "E06"),
])
def test_caps_on_whole_files_fail_with_their_number(setting, name, code, files, monkeypatch, tmp_path):
    from pipeline.readers import read

    path = tmp_path / "paper"
    path.write_bytes(files[name] if name in files else (CASE * 100).encode())
    assert read(path)
    monkeypatch.setenv(caps.VARIABLE, setting)
    if code is None:
        assert read(path)
        return
    with pytest.raises(ReadError) as error:
        read(path)
    assert error.value.code == code and re.search(r"1,000|at most 1\b", str(error.value))


def test_patients_beyond_the_cap_are_counted(monkeypatch, tmp_path):
    path = tmp_path / "series.txt"
    path.write_text("".join(f"Case {n}\n\nA {20 + n % 25}-year-old woman had a fracture of T7.\n\n" for n in range(1, 81)))
    [whole] = records(path, "series", "series.txt")
    assert whole.document["cases"] == 80 and whole.document["status"] == "ok"
    monkeypatch.setenv(caps.VARIABLE, "patients=60")
    [cut] = records(path, "series", "series.txt")
    assert cut.document["cases"] == 60 and cut.document["status"] == "warning"
    assert "patients 61 to 80 were not read" in cut.document["message"]
