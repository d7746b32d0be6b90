import os
from pathlib import Path

import pytest

from pipeline.cache import BadEntry, Cache
from pipeline.plan import Planned
from pipeline.record import failed
from pipeline.spares import Spares


@pytest.fixture
def spares(tmp_path: Path) -> Spares:
    (tmp_path / "spares").mkdir()
    return Spares(tmp_path / "spares")


def write(spares: Spares, place: Path, data: bytes) -> int:
    """Write a file; returns its inode."""
    with spares.create(place) as handle:
        handle.write(data)
        handle.truncate()
    return place.stat().st_ino


def test_a_file_that_was_put_away_becomes_the_next_one(spares: Spares, tmp_path: Path) -> None:
    first = write(spares, tmp_path / "a", b"a long text")
    spares.put(tmp_path / "a")
    assert write(spares, tmp_path / "b", b"short") == first
    assert (tmp_path / "b").read_bytes() == b"short"
    assert not (tmp_path / "a").exists()


def test_no_two_files_are_one(spares: Spares, tmp_path: Path) -> None:
    write(spares, tmp_path / "a", b"a")
    spares.put(tmp_path / "a")
    assert write(spares, tmp_path / "b", b"b") != write(spares, tmp_path / "c", b"c")
    assert (tmp_path / "b").read_bytes() == b"b"


def test_a_spare_that_another_one_took_is_passed_over(
    spares: Spares, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        write(spares, tmp_path / name, b"a")
    for name in "ab":
        spares.put(tmp_path / name)
    usual, taken = os.replace, []

    def late(source: str, place: Path) -> None:
        if not taken:
            taken.append(source)
            os.unlink(source)
        usual(source, place)

    monkeypatch.setattr(os, "replace", late)
    write(spares, tmp_path / "c", b"c")
    assert taken
    assert (tmp_path / "c").read_bytes() == b"c"
    assert not list(spares.folder.iterdir())


@pytest.mark.parametrize("records", [1, 250])  # above a hundred they are written as they come
def test_an_entry_in_the_file_of_a_longer_one_is_whole(
    spares: Spares, tmp_path: Path, records: int
) -> None:
    cache = Cache(tmp_path / "papers", "program", spares)
    cache.prepare()
    for doc_id, count in (("long", 400), ("next", records)):
        with cache.writer(doc_id) as entry:
            for _ in range(count):
                entry.add(failed(doc_id, doc_id, "", "no reason"))
            entry.commit("")
        assert len(list(cache.read(Planned(doc_id, tmp_path, doc_id)))) == count
        cache.remove(doc_id)
    assert len(list(spares.folder.iterdir())) == 1
    with pytest.raises(BadEntry):
        list(cache.read(Planned("next", tmp_path, "next")))
