"""The fault campaign: one folder with everything that can be wrong with a file, read by the real thing."""

import csv
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PARAGRAPHS = (
    "A 33-year-old primipara presented with severe back pain three weeks after delivery.",
    "Plain films showed compression fractures of T11 and L2. The lumbar spine T-score was -3.4.",
    "Serum calcium was 9.1 mg/dL (reference 8.6-10.2). She was given alendronate 70 mg weekly.",
)
TITLE = "Fractures of the spine after a first pregnancy: a case report"


def as_text() -> bytes:
    return "\n\n".join((TITLE, "Case report", *PARAGRAPHS)).encode()


def as_json() -> bytes:
    html = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return json.dumps({"title": TITLE, "doi": "10.5555/made.up.1", "abstract": html}).encode()


def as_jats() -> bytes:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        "<article><front><article-meta><title-group><article-title>"
        f"{TITLE}</article-title></title-group></article-meta></front>"
        f"<body><sec><title>Case report</title>{body}</sec></body></article>"
    ).encode()


def as_html() -> bytes:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    article = f"<article><h1>{TITLE}</h1><h2>Case report</h2>{body}</article>"
    return f"<!doctype html><html><body>{article}</body></html>".encode()


def as_nbib() -> bytes:
    return f"PMID- 99999991\nTI  - {TITLE}\nAB  - {' '.join(PARAGRAPHS)}\nFAU - Nobody, Ann\n".encode()


def as_pdf() -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=(595, 842), invariant=1)
    for number, line in enumerate((TITLE, "Case report", *PARAGRAPHS)):
        page.drawString(50, 780 - 18 * number, line)
    page.save()
    return target.getvalue()


FORMATS = {"txt": as_text, "json": as_json, "xml": as_jats, "html": as_html, "nbib": as_nbib, "pdf": as_pdf}
GOOD = tuple(f"good-{kind}.{kind}" for kind in FORMATS)

#: file name -> contents, for what can be wrong with a whole file
SCRAPS: dict[str, bytes] = {
    "zero.pdf": b"",
    "zero.txt": b"",
    "rubbish.pdf": random.Random(1).randbytes(20_000),
    "rubbish.txt": random.Random(2).randbytes(20_000),
    "nuls.txt": bytes(5_000),
    "pdf-head-only.pdf": b"%PDF-1.7\n",
    "gzip-cut.txt.gz": gzip.compress(as_text())[:-30],
    "gzip-head-only.gz": b"\x1f\x8b\x08\x00",
    "zip-head-only.docx": b"PK\x03\x04" + b"\0" * 60,
    "xml-cut.xml": as_jats()[:200],
    "deep.json": b"[" * 200_000,
    "deep-object.json": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "deep.xml": b"<article>" + b"<sec>" * 50_000 + b"x",
    "deep.html": b"<!doctype html><html><body>" + b"<div>" * 50_000 + b"x",
    "huge.txt": b"She had no pain after the third visit. " * 1_350_000,
    "one-huge-line.txt": b"T8" * 4_000_000,
    "brackets.json": b"[" * 100_000 + b" " + b"(" * 100_000,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(300),
}
#: these hold a paper in spite of what is odd about them
ODDITIES: dict[str, bytes] = {
    "text-named.pdf": as_text(),
    "jats-named.txt": as_jats(),
    "surrogate.txt": as_text() + b"\n\nShe was well \xed\xa0\x80 later.",
    "surrogate.json": b'{"title": "A bone \\ud83e case", "abstract": "'
    + PARAGRAPHS[0].encode()
    + b' \\udfff"}',
    "nul-inside.txt": as_text().replace(b"severe", b"sev\0ere"),
    "windows.txt": as_text().replace(b"\n", b"\r\n"),
    "utf-16.txt": as_text().decode().encode("utf-16"),
}


def casebook(raw: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", "run", "--strict", str(raw), str(out), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=500, check=False, cwd=ROOT)


def table(out: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / f"{name}.csv").read_bytes().decode("utf-8"), newline="")))


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Path:
    """The tables of the good papers alone."""
    place = tmp_path_factory.mktemp("clean")
    _write(place / "raw", _good())
    done = casebook(place / "raw", place / "out")
    assert done.returncode == 0, done.stderr
    return place / "out"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory) -> Iterator[tuple[Path, subprocess.CompletedProcess[str]]]:
    """The tables of the good papers among everything that is broken, and how the run ended."""
    place = tmp_path_factory.mktemp("faults")
    raw = place / "raw"
    _write(raw, _good() | SCRAPS | ODDITIES | dict(_variants()))
    (raw / "folder.pdf").mkdir()
    (raw / "folder.pdf/inside.txt").write_bytes(as_text() + b"\n\nThis one is inside.")
    (raw / "shut.txt").write_bytes(as_text() + b"\n\nNobody may read this.")
    (raw / "shut.txt").chmod(0)
    yield place / "out", casebook(raw, place / "out", "--timeout", "60")
    shutil.rmtree(place)  # 60 MB


def _good() -> dict[str, bytes]:
    return {f"good-{kind}.{kind}": make() for kind, make in FORMATS.items()}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _variants() -> Iterator[tuple[str, bytes]]:
    """Each format cut off and with flipped bits, always the same ones."""
    for kind, make in FORMATS.items():
        data, luck = make(), random.Random(kind)
        for number in range(8):
            yield f"cut-{kind}-{number}.{kind}", data[: luck.randrange(1, len(data))]
            flipped = bytearray(data)
            for _ in range(2 ** (number % 6)):
                flipped[luck.randrange(len(flipped))] ^= 1 << luck.randrange(8)
            yield f"flip-{kind}-{number}.{kind}", bytes(flipped)


def test_faults_end_a_strict_run_with_1_and_a_plain_summary(campaign):
    _, done = campaign
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "casebook show DOC_ID" in done.stderr


def test_faults_lose_no_file(campaign):
    out, _ = campaign
    found = [d["path"] for d in table(out, "documents")]
    expected = {
        *_good(),
        *SCRAPS,
        *ODDITIES,
        *dict(_variants()),
        "folder.pdf",
        "folder.pdf/inside.txt",
        "shut.txt",
    }
    assert sorted(found) == sorted(expected)


def test_faults_are_all_told_with_a_reason(campaign):
    out, _ = campaign
    documents = {d["path"]: d for d in table(out, "documents")}
    for name in [*SCRAPS, "folder.pdf"]:
        assert documents[name]["status"] in ("warning", "failed"), name
        assert documents[name]["message"], name
    for document in documents.values():
        assert document["status"] in ("ok", "warning", "failed")
        assert (document["status"] == "ok") == (document["message"] == ""), document


def test_faults_are_never_the_program_s_own(campaign):
    out, _ = campaign
    unforeseen = {
        d["path"]: d["message"] for d in table(out, "documents") if d["message"].startswith(("E11", "E13"))
    }
    assert unforeseen == {}


def test_faults_are_refused_long_before_the_limits(campaign):
    out, _ = campaign
    slow = {
        d["path"]: d["message"] for d in table(out, "documents") if d["message"].startswith(("E09", "E10"))
    }
    assert slow == {}


@pytest.mark.parametrize("name", list(ODDITIES))
def test_faults_that_are_mere_oddities_are_read(campaign, name):
    out, _ = campaign
    (document,) = (d for d in table(out, "documents") if d["path"] == name)
    assert document["status"] in ("ok", "warning"), document["message"]
    assert [c["age_years"] for c in table(out, "cases") if c["doc_id"] == document["doc_id"]] == ["33"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_faults_a_file_that_may_not_be_read_is_told(campaign):
    out, _ = campaign
    (document,) = (d for d in table(out, "documents") if d["path"] == "shut.txt")
    assert document["status"] == "failed"
    assert "Permission denied" in document["message"]


def _own(row: dict[str, str]) -> dict[str, str]:
    """What a row tells of its own paper: a damaged copy of it may be the fuller one."""
    return {name: value for name, value in row.items() if name != "duplicate_of"}


def test_faults_change_no_row_of_the_other_papers(clean, campaign):
    out, _ = campaign
    for name in ("cases", "onset", "fractures", "bmd", "labs", "drugs"):
        before = [_own(row) for row in table(clean, name)]
        assert before, name
        assert [_own(row) for row in table(out, name) if row["doc_id"] in GOOD] == before
    for doc_id in GOOD:
        assert (out / f"text/{doc_id}.txt").read_bytes() == (clean / f"text/{doc_id}.txt").read_bytes()


def test_faults_leave_every_quote_true(campaign):
    out, _ = campaign
    checked = 0
    for name in ("cases", "onset", "fractures", "bmd", "labs", "drugs"):
        for row in table(out, name):
            text = (out / f"text/{row['doc_id']}.txt").read_bytes().decode("utf-8")
            assert text[int(row["start"]) : int(row["end"])] == row["quote"]
            checked += 1
    assert checked > 100


def test_faults_leave_no_process_behind_and_change_nothing_on_a_second_run(campaign, tmp_path):
    out, _ = campaign
    before = {p.name: p.read_bytes() for p in out.glob("*.csv")}
    again = casebook(out.parent / "raw", out, "--timeout", "60")
    assert again.returncode == 1
    assert {p.name: p.read_bytes() for p in out.glob("*.csv")} == before
