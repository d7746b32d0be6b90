import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.plan import plan, planned


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
    assert [p.shown for p in plan(folder)] == ["a.txt", "strange.bin", "sub/b.pdf", "sub/deep/c.xml"]
    assert all(p.path.is_file() and not p.problem for p in plan(folder))


def test_plan_names_papers_by_their_path_in_the_order_of_the_names(raw):
    folder = raw(**{"a.txt": "x", "a.pdf": "%PDF-1.4", "x/a.txt": "x", "A.json": "{}", "x-a.txt": "x"})
    found = {p.shown: p.doc_id for p in plan(folder)}
    assert found["a.txt"] == "a.txt" and found["a.pdf"] == "a.pdf" and found["A.json"] == "a.json"
    assert {found["x/a.txt"][:-6], found["x-a.txt"][:-6]} == {"x-a.txt-"}
    assert list(found.values()) == sorted(found.values())


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


def test_plan_names_every_link_to_what_is_no_paper(raw, monkeypatch):
    folder = raw(**{"real.txt": "x", ".hidden/c.txt": "x", "sub/b.txt": "x"})
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(folder)  # the name of a socket is short
        server.bind("socket")
    for name, target in {
        "to-pipe.txt": "pipe",
        "to-socket.txt": "socket",
        "to-hidden": ".hidden",
        "to-sub": "sub",
        "to-hidden-file.txt": ".hidden/c.txt",
        "chain.txt": "to-pipe.txt",
        "loop-a": "loop-b",
        "loop-b": "loop-a",
    }.items():
        (folder / name).symlink_to(target)
    found = {p.shown: p.problem for p in plan(folder)}
    whole = {"real.txt", "sub/b.txt", "to-hidden-file.txt"}
    assert {name for name, problem in found.items() if not problem} == whole
    assert set(found) == whole | {
        "pipe", "socket", "to-pipe.txt", "to-socket.txt", "to-hidden", "chain.txt", "loop-a", "loop-b"
    }  # fmt: skip
    assert "no regular file" in found["to-pipe.txt"] and "hidden folder" in found["to-hidden"]


def test_plan_goes_down_as_deep_as_folders_go(raw, monkeypatch):
    folder = raw(a="x")
    monkeypatch.chdir(folder)
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    Path("deep.txt").write_text("x")
    try:
        found = {p.shown: p.problem for p in plan(folder)}
    finally:
        Path("deep.txt").unlink()
        for _ in range(1500):  # pytest would not come down so far to tidy up
            os.chdir("..")
            os.rmdir("d")
    assert found == {"a.txt": "", "d/" * 1500 + "deep.txt": ""}


def test_plan_reads_a_raw_folder_that_is_itself_a_link(raw, tmp_path):
    folder = raw(a="x")
    (tmp_path / "link").symlink_to(folder)
    (planned,) = plan(tmp_path / "link")
    assert planned.path == tmp_path / "link/a.txt"
    assert not planned.problem


def test_plan_never_opens_a_pipe(raw):
    folder = raw(a="x")
    os.mkfifo(folder / "pipe.txt")
    assert {p.shown: p.problem != "" for p in plan(folder)} == {
        "a.txt": False,
        "pipe.txt": True,
    }


def test_plan_shows_a_name_that_is_no_utf8(raw):
    folder = raw()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("x")
    except OSError as error:
        pytest.skip(f"this file system takes UTF-8 names only: {error}")
    (planned,) = plan(folder)
    assert planned.shown == "caf\\xe9.txt"
    assert planned.path.read_text() == "x"


def test_plan_shows_no_control_character_of_a_name(raw):
    folder = raw(**{"cr\rname.txt": "x", "new\nline.txt": "x", "esc\x1b[2J.txt": "x", "c1\x9b.txt": "x"})
    assert [p.shown for p in plan(folder)] == [
        "c1\\x9b.txt", "cr\\rname.txt", "esc\\x1b[2J.txt", "new\\nline.txt"
    ]  # fmt: skip
    assert all(p.path.is_file() for p in plan(folder))


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_plan_is_the_same_under_every_locale(raw, locale):
    folder = raw(**{"müller.txt": "x", "æ/søren.txt": "x", "café.pdf": "x"})
    code = "import sys; from pipeline.plan import plan; from pathlib import Path\n"
    code += "print([(p.doc_id, ascii(p.shown)) for p in plan(Path(sys.argv[1]))])"
    told = subprocess.run(
        [sys.executable, "-c", code, folder],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ).stdout
    assert told.strip() == str([(p.doc_id, ascii(p.shown)) for p in plan(folder)])
    assert "muller.txt" in told


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_plan_names_a_folder_that_cannot_be_opened(raw):
    folder = raw(**{"shut/a.txt": "x"})
    (folder / "shut").chmod(0)
    try:
        (planned,) = plan(folder)
    finally:
        (folder / "shut").chmod(0o755)
    assert "Permission denied" in planned.problem


def test_plan_opens_no_file_that_is_too_large_not_even_through_a_link(raw):
    folder = raw(**{"small.txt": "x"})
    with (folder / "sparse.pdf").open("wb") as handle:
        handle.write(b"%PDF-1.4\n")
        handle.truncate(20_000_000_000)
    (folder / "link.pdf").symlink_to("sparse.pdf")
    found = {p.shown: p.problem for p in plan(folder)}
    assert found.pop("small.txt") == ""
    assert set(found) == {"sparse.pdf", "link.pdf"}
    assert all(problem.startswith("E06") and "300,000,000" in problem for problem in found.values())


SAMPLES = {
    "samples/.invented": "# remark\na.txt\nb.txt\ngone.txt\n",
    "samples/a.txt": "x",
    "samples/b.txt": "x",
}


def test_plan_reads_the_invented_papers_while_they_are_alone(raw):
    papers, left = planned(raw(**SAMPLES, **{"README.md": "x"}))
    assert ([p.shown for p in papers], left) == (["samples/a.txt", "samples/b.txt"], 0)


@pytest.mark.parametrize("own", ["own.txt", "samples/own.txt"])
def test_plan_leaves_the_invented_papers_out_beside_any_other(raw, own):
    papers, left = planned(raw(**SAMPLES, **{own: "x"}))
    assert ([p.shown for p in papers], left) == ([own], 2)


def test_plan_reads_a_folder_of_samples_that_is_the_users(raw):
    papers, left = planned(raw(**{"own.txt": "x", "samples/a.txt": "x"}))
    assert ([p.shown for p in papers], left) == (["own.txt", "samples/a.txt"], 0)
