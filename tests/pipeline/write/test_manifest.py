"""Never touch what casebook did not write."""

import io
import os
from pathlib import Path

import pytest
import scripted

from pipeline.config import Config, UsageError
from pipeline.errors import OutputError
from pipeline.run import Outcome, run
from pipeline.write.manifest import read_manifest


def go(raw: Path, out: Path, **more) -> Outcome:
    return run(Config(raw, out, 1, **more), io.StringIO(), scripted.read)


def tree(folder: Path) -> dict[str, bytes | str]:
    """Everything below a folder, links as where they lead."""
    return {
        str(p.relative_to(folder)): os.readlink(p)
        if p.is_symlink()
        else p.read_bytes()
        if p.is_file()
        else ""
        for p in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize(
    "name",
    [
        "notes.md",
        "summary.csv",
        "text/thesis notes.txt",
        "text/a.txt.txt",
        "sub/deep/x.bin",
        "datapackage.json",
    ],
)
def test_a_folder_that_holds_other_things_is_refused_untouched(raw, tmp_path, name):
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("mine")
    before = tree(out)
    with pytest.raises(UsageError, match="did not write"):
        go(raw(a="patient:30"), out)
    assert tree(out) == before


@pytest.mark.parametrize("name", [".gitkeep", ".DS_Store", "Thumbs.db"])
def test_a_folder_with_nothing_but_litter_is_taken(raw, tmp_path, name):
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("")
    assert go(raw(a="patient:30"), out).exit_status == 0
    assert (out / name).exists()


def test_force_output_writes_over_what_is_in_the_way_and_nothing_else(raw, tmp_path):
    out = tmp_path / "out"
    (out / "text").mkdir(parents=True)
    for name in ("summary.csv", "notes.md", "text/thesis notes.txt", "text/a.txt.txt", "text/b.txt.txt"):
        (out / name).write_text("mine")
    folder = raw(a="patient:30")
    go(folder, out, force_output=True)
    assert (out / "summary.csv").read_text().startswith("doc_id,")
    assert (out / "text/a.txt.txt").read_text() == "patient:30"
    for name in ("notes.md", "text/thesis notes.txt", "text/b.txt.txt"):
        assert (out / name).read_text() == "mine"
    go(folder, out)  # from now on the others are known as others
    assert (out / "notes.md").read_text() == "mine"
    raw(b="patient:31")
    with pytest.raises(OutputError, match=r"b\.txt\.txt is in the way"):
        go(folder, out)
    assert (out / "text/b.txt.txt").read_text() == "mine"


def test_files_added_to_the_tables_are_left_alone(raw, tmp_path):
    out = tmp_path / "out"
    folder = raw(a="patient:30", b="patient:31")
    go(folder, out)
    (out / "analysis.R").write_text("mine")
    (out / "text/notes.txt").write_text("mine")
    (folder / "b.txt").unlink()
    go(folder, out)
    assert (out / "analysis.R").read_text() == "mine"
    assert {p.name for p in (out / "text").iterdir()} == {"a.txt.txt", "notes.txt"}


def test_a_table_changed_by_hand_is_not_written_over(raw, tmp_path):
    out = tmp_path / "out"
    folder = raw(a="patient:30")
    go(folder, out)
    with (out / "cases.csv").open("a") as handle:
        handle.write("a line of mine\n")
    before = tree(out)
    with pytest.raises(UsageError, match=r"cases\.csv"):
        go(folder, out)
    assert tree(out) == before
    go(folder, out, force_output=True)
    assert "mine" not in (out / "cases.csv").read_text()
    (kept,) = out.glob("cases.kept-*.csv")  # what was edited is not lost even so
    assert kept.read_text().endswith("a line of mine\n")


def test_a_text_changed_by_hand_is_neither_written_over_nor_removed(raw, tmp_path):
    out = tmp_path / "out"
    folder = raw(a="patient:30", b="patient:31")
    go(folder, out)
    (out / "text/a.txt.txt").write_text("corrected by hand")
    tables = {p.name: p.read_bytes() for p in out.glob("*.csv")}
    raw(c="patient:33")
    with pytest.raises(OutputError, match=r"a\.txt\.txt is in the way"):
        go(folder, out)
    assert {p.name: p.read_bytes() for p in out.glob("*.csv")} == tables
    (folder / "a.txt").unlink()
    go(folder, out)
    assert (out / "text/a.txt.txt").read_text() == "corrected by hand"


@pytest.mark.parametrize("force", [False, True], ids=["", "forced"])
@pytest.mark.parametrize("name", ["labs.csv", "documents.csv", "datapackage.json", "text", ".casebook"])
@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_of_ours_is_never_replaced(raw, tmp_path, name, kind, force):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (elsewhere / "other.txt").write_text("mine")
    if kind == "folder":
        place = out / name / "x.txt" if name in ("text", ".casebook") else out / name / "inside"
        if name == ".casebook":
            pytest.skip("a hidden folder of ours is no obstacle")
        place.parent.mkdir()
        place.write_text("mine")
        if name == "text" and force:
            pytest.skip("a folder of texts is no obstacle")
    elif kind == "link":
        (out / name).symlink_to(elsewhere / "other.txt" if "." in name[1:] else elsewhere)
    else:
        os.mkfifo(out / name)
    with pytest.raises((UsageError, OutputError)):
        go(raw(a="patient:30", other="patient:31"), out, force_output=force)
    assert tree(elsewhere) == {"other.txt": b"mine"}
    assert [p.name for p in out.iterdir() if p.name != ".casebook"] == [name][: name != ".casebook"]


def test_a_folder_in_the_way_of_a_table_leaves_all_tables_of_the_former_run(raw, tmp_path, contents):
    out = tmp_path / "out"
    folder = raw(a="patient:30")
    go(folder, out)
    (out / "labs.csv").unlink()
    (out / "labs.csv").mkdir()
    before = contents(out)
    raw(b="patient:31")
    with pytest.raises(UsageError, match=r"labs\.csv"):
        go(folder, out)
    assert contents(out) == before


def test_a_planted_text_is_no_way_out_of_the_folder(raw, tmp_path):
    out = tmp_path / "out"
    go(raw(a="patient:30"), out)
    (tmp_path / "secret").write_text("mine")
    (out / "text/b.txt.txt").symlink_to(tmp_path / "secret")
    raw(b="patient:31")
    for force in (False, True):
        with pytest.raises(OutputError, match="in the way"):
            go(tmp_path / "raw", out, force_output=force)
    assert (tmp_path / "secret").read_text() == "mine"


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"files": 3}', b'{"files": {"a": 1}}', b"\xff", b"[" * 100_000, None],
    ids=["empty", "cut", "list", "number", "no digest", "bytes", "deep", "gone"],
)
def test_a_damaged_manifest_makes_everything_foreign(raw, tmp_path, damage, contents):
    out = tmp_path / "out"
    folder = raw(a="patient:30")
    go(folder, out)
    before = contents(out)
    manifest = out / ".casebook/manifest.json"
    if damage is None:
        manifest.unlink()
    else:
        manifest.write_bytes(damage)
    assert read_manifest(out, out / ".casebook") is None
    with pytest.raises(UsageError, match="force-output"):
        go(folder, out)
    assert contents(out) == before
    assert go(folder, out, force_output=True).read == 0
    assert go(folder, out).read == 0


def test_any_overlap_of_papers_and_tables_is_refused(raw, tmp_path):
    folder = raw(a="patient:30", **{"sub/b.txt": "patient:31"})
    (tmp_path / "link").symlink_to(folder)
    (folder / "in").symlink_to(tmp_path / "beside")
    (tmp_path / "beside").mkdir()
    before = tree(tmp_path)
    for papers, tables in (
        (folder, folder),
        (folder, folder / "out"),
        (folder, folder / "sub/deep/out"),
        (folder / "sub", folder),
        (folder, tmp_path),
        (folder, tmp_path / "link/out"),
        (tmp_path / "link", folder / "out"),
        (folder, tmp_path / "link"),
        (folder, folder / "sub/../x/../out"),
    ):
        with pytest.raises(UsageError, match="overlap"):
            go(papers, tables)
    assert tree(tmp_path) == before


def test_the_texts_of_a_run_are_no_papers(raw, tmp_path):
    out = tmp_path / "out"
    go(raw(a="patient:30"), out)
    before = tree(out)
    with pytest.raises(UsageError):
        go(out / "text", out)
    with pytest.raises(UsageError, match="holds tables"):
        go(out, tmp_path / "other")
    assert tree(out) == before


def test_an_older_output_folder_among_the_papers_is_told_and_not_read(raw, tmp_path, rows):
    folder = raw(a="patient:30")
    go(folder, tmp_path / "out")
    (tmp_path / "out").rename(folder / "old tables")
    outcome = go(folder, tmp_path / "new")
    assert outcome.exit_status == 1
    assert [(d["path"], d["status"]) for d in rows(tmp_path / "new", "documents")] == [
        ("a.txt", "ok"),
        ("old tables", "failed"),
    ]
