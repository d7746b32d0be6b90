import csv
import io
import os
import signal

import pytest

from pipeline.errors import OutputError
from pipeline.schema import BY_NAME
from pipeline.write.tables import Publication, cells

ONSET = BY_NAME["onset"]


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def publication(out) -> Publication:
    return Publication(out, out / ".casebook")


def seen(out) -> set[str]:
    """The files that a user sees."""
    paths = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if ".casebook" not in path.parts}


def test_publication_quotes_as_rfc_4180_asks(out):
    nasty = ['say "no"', "a, b", "two\nlines", " spaces ", "", "\u00b5g", "'"]
    row = nasty + ["x"] * (len(ONSET.header) - len(nasty))
    with publication(out) as new:
        new.rows(ONSET, [row])
        new.publish()
    data = (out / "onset.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    header, read = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    assert tuple(header) == ONSET.header
    assert read == row


def test_publication_shows_nothing_before_it_is_published(out):
    with publication(out) as new:
        new.rows(ONSET, ())
        new.text("a", "words")
        new.file("datapackage.json", "{}")
        assert [p.name for p in out.iterdir()] == [".casebook"]
        new.publish()
    assert seen(out) == {"text/a.txt", "datapackage.json", "onset.csv"}


def test_publication_thrown_away_changes_nothing(out):
    with publication(out) as new:
        new.rows(ONSET, ())
        new.publish()
    before = (out / "onset.csv").read_text()
    with pytest.raises(RuntimeError), publication(out) as new:
        new.rows(ONSET, [["x"] * len(ONSET.header)])
        raise RuntimeError
    assert (out / "onset.csv").read_text() == before
    assert not (out / ".casebook/new").exists()


def test_publication_leaves_equal_texts_alone_and_removes_stale_ones(out):
    for names in ("ab", "bc"):
        with publication(out) as new:
            for name in names:
                new.text(name, f"words of {name}")
            new.publish()
        if names == "ab":
            os.utime(out / "text/b.txt", (1, 1))
    assert sorted(p.name for p in (out / "text").iterdir()) == ["b.txt", "c.txt"]
    assert (out / "text/b.txt").stat().st_mtime == 1


def test_publication_says_where_it_cannot_write(out, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with publication(out) as new:
        new.rows(ONSET, ())
        monkeypatch.setattr("os.replace", full)
        with pytest.raises(OutputError, match=rf"cannot write to {out}: No space left on device"):
            new.publish()


def test_publication_is_not_cut_short_by_ctrl_c(out, monkeypatch):
    real = os.replace
    moved = []

    def replace(source, target):
        os.kill(os.getpid(), signal.SIGINT)
        moved.append(target)
        real(source, target)

    monkeypatch.setattr("os.replace", replace)
    with pytest.raises(KeyboardInterrupt), publication(out) as new:
        for name in "abc":
            new.text(name, "words")
        new.publish()
    assert len(moved) >= 3
    assert seen(out) == {"text/a.txt", "text/b.txt", "text/c.txt"}


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (3.0, "3"),
        (0.71, "0.71"),
        (-1e-7, "-1e-07"),
        (12, "12"),
        ("a", "a"),
        (True, "true"),
        (float("nan"), ""),
    ],
)
def test_cells_are_printed_without_noise(value, printed):
    row = cells(ONSET, {"symptom": value})
    assert row[ONSET.header.index("symptom")] == printed
    assert set(row) <= {"", printed}
