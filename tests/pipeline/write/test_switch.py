"""Killed at any moment, or hindered by anything: all files of one run or all of the other."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.write.switch import settle
from pipeline.write.tables import Publication

FORMER = {
    "documents.csv": "former",
    "labs.csv": "former labs",
    "text/a.txt": "former a",
    "text/gone.txt": "g",
    "text/same.txt": "same",
}
LATER = {
    "documents.csv": "later",
    "labs.csv": "later labs",
    "cases.csv": "new table",
    "text/a.txt": "later a",
    "text/new.txt": "n",
    "text/same.txt": "same",
}
#: every call by which the file system is changed while a run is put in place
CALLS = ("os.replace", "os.rename", "os.symlink", "os.link", "os.unlink", "pathlib.Path.unlink", "os.fsync")


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def publish(out: Path, contents: dict[str, str], force: bool = False) -> None:
    with Publication(out, out / ".casebook", force) as new:
        for name, text in contents.items():
            if name.startswith("text/"):
                new.text(name[5:-4], text)
            else:
                new.file(name, text)
        new.publish()


def seen(out: Path) -> dict[str, str]:
    """What a user can read, links followed."""
    places = [*out.iterdir(), *(out / "text").iterdir()] if (out / "text").is_dir() else list(out.iterdir())
    return {path.relative_to(out).as_posix(): path.read_text() for path in places if path.is_file()}


def linked(out: Path) -> list[Path]:
    """Links among the files that a user sees."""
    return [path for path in (*out.glob("*"), *out.glob("text/*")) if path.is_symlink()]


def dies_at(number: int, out: Path, contents: dict[str, str]) -> bool:
    """Publish in a child process that is gone, as by kill -9, before its call `number`; False if it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    count = 0

    def counted(real: Callable) -> Callable:
        def call(*arguments, **named):
            nonlocal count
            count += 1
            if count == number:
                os._exit(9)
            return real(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            module, _, call = name.rpartition(".")
            owner = {"os": os, "pathlib.Path": Path}[module]

            patch.setattr(owner, call, counted(getattr(owner, call)))
        try:
            publish(out, contents)
        finally:
            os._exit(0)


def test_a_run_replaces_the_former_one_and_leaves_plain_files(out):
    publish(out, FORMER)
    assert seen(out) == FORMER
    publish(out, LATER)
    assert seen(out) == LATER
    assert not linked(out)
    assert sorted(p.name for p in (out / ".casebook").iterdir()) == ["manifest.json"]


@pytest.mark.parametrize("former", [FORMER, {}], ids=["after a run", "the first run"])
def test_a_run_killed_at_any_call_shows_one_run_whole(out, tmp_path, former):
    publish(out, former)
    shutil.copytree(out, tmp_path / "before", symlinks=True)
    shown = []
    for number in range(1, 200):
        shutil.rmtree(out)
        shutil.copytree(tmp_path / "before", out, symlinks=True)
        died = dies_at(number, out, LATER)
        shown.append(seen(out))
        assert shown[-1] in (former, LATER), number
        settle(out, out / ".casebook")
        assert seen(out) == shown[-1], number
        assert not linked(out), number
        publish(out, FORMER)
        assert seen(out) == FORMER, number
        if not died:
            break
    else:
        pytest.fail("it never came to an end")
    assert shown.count(former) > 5 and shown.count(LATER) > 5


def test_a_run_killed_while_a_killed_one_is_settled_shows_one_run_whole(out, tmp_path):
    publish(out, FORMER)
    shutil.copytree(out, tmp_path / "before", symlinks=True)
    for first in range(4, 40, 3):
        for second in range(1, 12, 2):
            shutil.rmtree(out)
            shutil.copytree(tmp_path / "before", out, symlinks=True)
            if not dies_at(first, out, LATER):
                return
            now = seen(out)
            child = os.fork()
            if not child:
                count = 0

                def replace(source, target, _real=os.replace, _last=second):
                    nonlocal count
                    count += 1
                    if count == _last:
                        os._exit(9)
                    _real(source, target)

                os.replace = replace
                settle(out, out / ".casebook")
                os._exit(0)
            os.waitpid(child, 0)
            assert seen(out) == now
            settle(out, out / ".casebook")
            assert seen(out) == now


@pytest.mark.parametrize("failing", range(1, 30, 2))
def test_a_run_that_cannot_write_leaves_the_former_one(out, monkeypatch, failing):
    publish(out, FORMER)
    count = 0

    def full(source, target, *, _real=os.symlink):
        nonlocal count
        count += 1
        if count == failing:
            raise OSError(28, "No space left on device")
        _real(source, target)

    monkeypatch.setattr("os.symlink", full)
    try:
        publish(out, LATER)
    except OutputError as error:
        assert "No space left" in str(error)
        assert seen(out) == FORMER
        assert not linked(out)
    else:
        assert seen(out) == LATER


def test_without_symbolic_links_the_next_run_finishes_what_was_cut_short(out, monkeypatch):
    def none(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.symlink", none)
    publish(out, FORMER)
    assert seen(out) == FORMER
    for number in (6, 8, 10):
        dies_at(number, out, LATER)
        settle(out, out / ".casebook")
        assert seen(out) in (FORMER, LATER)
        publish(out, FORMER)
        assert seen(out) == FORMER
    publish(out, LATER)
    assert seen(out) == LATER


def test_without_hard_links_the_former_files_are_copied(out, monkeypatch):
    publish(out, FORMER)

    def none(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", none)
    assert dies_at(12, out, LATER)
    assert seen(out) == FORMER
    settle(out, out / ".casebook")
    publish(out, LATER)
    assert seen(out) == LATER


def test_settle_touches_no_link_of_others(out):
    publish(out, FORMER)
    (out / "mine.csv").symlink_to("labs.csv")
    (out / "text/elsewhere.txt").symlink_to("/etc/hostname")
    (out / ".casebook/switch").mkdir()
    settle(out, out / ".casebook")
    assert (out / "mine.csv").is_symlink()
    assert (out / "text/elsewhere.txt").is_symlink()
