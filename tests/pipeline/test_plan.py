import gzip
import os
from pathlib import Path

import pytest

from pipeline.plan import plan, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Smith-2011.pdf", "smith-2011"),
        ("Müller & Söhne (2020).PDF", "muller-sohne-2020"),
        ("paper.txt.gz", "paper"),
        ("PMC123.nxml", "pmc123"),
        ("no extension", "no-extension"),
        ("a.2011.pdf", "a.2011"),
        ("under_score.txt", "under_score"),
        ("--x--.txt", "x"),
        ("a..b.txt", "a.b"),
    ],
)
def test_slug_has_letters_digits_and_three_signs(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(
    "name", ["妊娠.pdf", "....txt", "x" * 250, "caf\udce9.pdf"], ids=["kanji", "dots", "long", "bytes"]
)
def test_slug_is_never_empty_nor_too_long_for_a_file_name(name):
    assert 0 < len(slug(name)) <= 120
    assert slug(name) == slug(name)
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-")


def test_slug_tells_names_without_latin_letters_apart():
    assert slug("妊娠.pdf") != slug("骨折.pdf")


def test_plan_keeps_every_file_but_junk(raw):
    folder = raw(
        **{
            "a.txt": "x",
            "sub/b.pdf": "x",
            "sub/deep/c.xml": "x",
            ".DS_Store": "x",
            ".hidden/d.txt": "x",
            "README.md": "x",
            "readme.txt": "x",
            "Thumbs.db": "x",
            "~$draft.docx": "x",
            "strange.bin": "x",
        }
    )
    assert [p.shown for p in plan(folder)] == ["a.txt", "sub/b.pdf", "sub/deep/c.xml", "strange.bin"]
    assert all(p.path.is_file() and not p.problem for p in plan(folder))


def test_plan_gives_files_with_one_stem_their_format_then_a_number(raw):
    folder = raw(
        **{
            "a.txt": "words",
            "a.pdf": "%PDF-1.4",
            "x/a.txt": "words",
            "a.xml.gz": gzip.compress(b"<PubmedArticleSet>"),
            "A.json": '{"title": "t"}',
            "b.txt": "x",
            "a-text.txt": "its own name",
        }
    )
    assert {p.shown: p.doc_id for p in plan(folder)} == {
        "a.txt": "a-text-2",
        "a.pdf": "a-pdf",
        "x/a.txt": "a-text-3",
        "a.xml.gz": "a-medline",
        "A.json": "a-json",
        "b.txt": "b",
        "a-text.txt": "a-text",
    }


def test_plan_does_not_depend_on_the_order_of_the_file_system(raw, monkeypatch):
    folder = raw(**{f"{stem}.{kind}": "x" for stem in "cab" for kind in ("txt", "pdf", "json")})
    first = plan(folder)
    scandir = os.scandir
    monkeypatch.setattr("os.scandir", lambda p: sorted(scandir(p), key=lambda e: e.name, reverse=True))
    assert plan(folder) == first


def test_plan_names_a_folder_that_looks_like_a_paper_and_reads_what_is_in_it(raw):
    folder = raw(**{"x.pdf/inside.txt": "x", "plain/other.txt": "x"})
    assert {p.shown: "folder" in p.problem for p in plan(folder)} == {
        "x.pdf": True,
        "x.pdf/inside.txt": False,
        "plain/other.txt": False,
    }


def test_plan_follows_no_link_out_of_the_folder(raw, tmp_path):
    folder = raw(**{"real.txt": "x", "sub/b.txt": "x"})
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/c.txt").write_text("x")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "away").symlink_to(tmp_path / "elsewhere")
    (folder / "nothing.txt").symlink_to(folder / "gone.txt")
    (folder / "inside.txt").symlink_to(folder / "real.txt")
    (folder / "loop").symlink_to(folder)
    found = {p.shown: p.problem for p in plan(folder)}
    assert sorted(found) == ["away", "inside.txt", "nothing.txt", "out.txt", "real.txt", "sub/b.txt"]
    assert {name for name, problem in found.items() if problem} == {"out.txt", "away", "nothing.txt"}
    assert "out of the raw folder" in found["out.txt"]
    assert "link to nothing" in found["nothing.txt"]


def test_plan_reads_a_raw_folder_that_is_itself_a_link(raw, tmp_path):
    folder = raw(a="x")
    (tmp_path / "link").symlink_to(folder)
    (planned,) = plan(tmp_path / "link")
    assert planned.path == tmp_path / "link/a.txt"
    assert not planned.problem


def test_plan_never_opens_a_pipe(raw):
    folder = raw(a="x")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "a.pdf")  # the stem clashes: its first bytes must not be asked for
    assert {p.shown: p.problem != "" for p in plan(folder)} == {
        "a.txt": False,
        "pipe.txt": True,
        "a.pdf": True,
    }


def test_plan_shows_a_name_that_is_no_utf8(raw):
    folder = raw()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("x")
    except OSError as error:
        pytest.skip(f"this file system takes UTF-8 names only: {error}")
    (planned,) = plan(folder)
    assert planned.shown == "caf\\udce9.txt"
    assert planned.path.read_text() == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_plan_names_a_folder_that_cannot_be_opened(raw):
    folder = raw(**{"shut/a.txt": "x"})
    (folder / "shut").chmod(0)
    try:
        (planned,) = plan(folder)
    finally:
        (folder / "shut").chmod(0o755)
    assert "Permission denied" in planned.problem
