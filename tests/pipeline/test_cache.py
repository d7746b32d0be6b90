import io
import json
import os
import random
import re
from pathlib import Path

import pytest
import scripted

from pipeline.cache import BadEntry, Cache, renamed
from pipeline.config import Limits
from pipeline.errors import OutputError
from pipeline.plan import Planned
from pipeline.record import failed, sha256
from pipeline.schema import BY_NAME
from pipeline.write.tables import cells

LIMITS = Limits()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    made = Cache(tmp_path / "papers", "program")
    made.prepare()
    return made


def store(cache: Cache, path: Path, limits: Limits | None = None) -> Planned:
    planned = Planned(path.stem, path, path.name)
    with cache.writer(planned.doc_id) as entry:
        for record in scripted.read(path, planned.doc_id, planned.shown):
            entry.add(record)
        entry.commit(sha256(path), limits)
    return planned


def test_cache_gives_back_what_it_was_given(cache, raw):
    path = raw(a="patient:30 patient:32") / "a.txt"
    planned = store(cache, path)
    (stored,) = cache.read(planned)
    (record,) = scripted.read(path, "a", "a.txt")
    assert stored.text == record.text
    assert stored.rows["cases"] == [cells(BY_NAME["cases"], row) for row in record.rows["cases"]]
    assert [p.age for p in stored.head.patients] == ["30", "32"]
    assert cache.check(planned, LIMITS) == [stored.head]


def test_cache_holds_for_the_same_bytes_and_program_only(cache, raw):
    folder = raw(a="patient:30")
    planned = store(cache, folder / "a.txt")
    assert Cache(cache.folder, "other").check(planned, LIMITS) is None
    raw(a="patient:31")
    assert cache.check(planned, LIMITS) is None


def test_cache_never_trusts_a_file_it_cannot_read(cache, raw):
    folder = raw(a="patient:30")
    planned = store(cache, folder / "a.txt")
    (folder / "a.txt").unlink()
    assert cache.check(planned, LIMITS) is None


def test_cache_keeps_a_failure_for_the_same_limits(cache, raw):
    path = raw(a="patient:30") / "a.txt"
    planned = Planned("a", path, "a.txt")
    record = failed("a", "a.txt", sha256(path), "E09: too slow")
    cache.store_failure(planned, record, Limits(10, 512))
    assert cache.check(planned, Limits(10, 512)) is not None
    assert cache.check(planned, Limits(20, 512)) is None
    cache.store_failure(planned, record, None)
    assert cache.check(planned, Limits(10, 512)) is None
    assert [s.head.document["message"] for s in cache.read(planned)] == ["E09: too slow"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda lines: lines[:-1], id="no tail"),
        pytest.param(lambda lines: [lines[0], *lines[2:]], id="a record is missing"),
        pytest.param(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], id="records change places"),
        pytest.param(lambda lines: [*lines[:2], lines[1], *lines[2:]], id="a record twice"),
        pytest.param(
            lambda lines: [lines[0], lines[1][: len(lines[1]) // 2], *lines[2:]], id="half a record"
        ),
        pytest.param(
            lambda lines: [lines[0], lines[1].replace(b"cases", b"caces"), *lines[2:]], id="another key"
        ),
        pytest.param(lambda lines: [lines[0], b"[" * 100_000, *lines[2:]], id="deep"),
        pytest.param(lambda lines: [lines[0], b'{"document": {}}', *lines[2:]], id="no checksum"),
        pytest.param(lambda lines: [*lines, lines[-1]], id="two tails"),
        pytest.param(lambda lines: [b"\x80", *lines[1:]], id="no head"),
        pytest.param(lambda lines: [lines[1], *lines[1:]], id="a record as head"),
        pytest.param(lambda lines: [b"", *lines], id="an empty line"),
        pytest.param(lambda lines: [], id="empty"),
    ],
)
def test_cache_notices_damage(cache, raw, damage):
    planned = store(cache, raw(a="many 2") / "a.txt")
    path = cache.path("a")
    lines = path.read_bytes().splitlines()
    assert len(lines) == 4
    path.write_bytes(b"\n".join(damage(lines)) + b"\n")
    assert cache.check(planned, LIMITS) is None
    if damage(lines)[1:] != lines[1:]:
        with pytest.raises(BadEntry):
            list(cache.read(planned))


def test_cache_believes_no_entry_with_one_flipped_bit(cache, raw):
    planned = store(cache, raw(a="patient:30 doi=10.1/x") / "a.txt")
    path = cache.path("a")
    whole = path.read_bytes()
    assert cache.check(planned, LIMITS)
    chance = random.Random(9)
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert cache.check(planned, LIMITS) is None, place
    path.write_bytes(whole)
    assert cache.check(planned, LIMITS)


def test_cache_believes_no_entry_of_another_paper(cache, raw):
    folder = raw(a="patient:30", b="patient:30")
    store(cache, folder / "a.txt")
    planned = store(cache, folder / "b.txt")
    cache.path("b").write_bytes(cache.path("a").read_bytes())
    assert cache.check(planned, LIMITS) is None


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_cache_waits_for_no_pipe_and_follows_no_link(cache, raw, tmp_path, kind):
    planned = store(cache, raw(a="patient:30") / "a.txt")
    path = cache.path("a")
    if kind == "link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    else:
        path.unlink()
        (os.mkfifo if kind == "pipe" else os.mkdir)(path)
    assert cache.check(planned, LIMITS) is None
    with pytest.raises(BadEntry):
        list(cache.read(planned))
    cache.prune(set())
    cache.prepare()


def test_cache_tidies_up_in_no_folder_of_others(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.part").write_text("mine")
    (tmp_path / "papers").symlink_to("mine")
    with pytest.raises(OutputError):
        Cache(tmp_path / "papers", "program").prepare()
    assert (tmp_path / "mine/a.part").exists()


def test_cache_replaces_what_no_table_may_hold_one_for_one(cache, raw):
    path = raw(a="surrogate") / "a.txt"
    planned = store(cache, path)
    (stored,) = cache.read(planned)
    (record,) = scripted.read(path, "a", "a.txt")
    assert stored.text == "odd \ufffd text \nwith   all [2J  "
    assert len(stored.text) == len(record.text)
    assert stored.head.document["title"] == "odd \ufffd title"


def test_cache_keeps_characters_beyond_the_first_plane(cache, raw):
    planned = store(cache, raw(a="title=\U0001f9b4 patient:30 \U0001f9b4") / "a.txt")
    (stored,) = cache.read(planned)
    assert stored.text == "title=\U0001f9b4 patient:30 \U0001f9b4"


def test_cache_leaves_nothing_of_an_entry_that_was_not_committed(cache, raw):
    path = raw(a="many 250") / "a.txt"
    with pytest.raises(RuntimeError), cache.writer("a") as entry:
        for record in scripted.read(path, "a", "a.txt"):
            entry.add(record)
        raise RuntimeError
    assert list(cache.folder.iterdir()) == []


def test_cache_removes_what_a_killed_run_left(cache):
    (cache.folder / "a.part").write_text("half")
    cache.prepare()
    assert list(cache.folder.iterdir()) == []


def test_cache_holds_files_of_many_records(cache, raw):
    planned = store(cache, raw(a="many 250") / "a.txt")
    assert [s.text for s in cache.read(planned)] == [f"record {n}" for n in range(250)]


def test_cache_says_where_it_cannot_write(raw, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write to"):
        Cache(tmp_path / "file" / "papers", "program").prepare()


def test_cache_entries_are_lines_of_json_behind_checksums(cache, raw):
    store(cache, raw(a="patient:30") / "a.txt")
    lines = cache.path("a").read_bytes().splitlines()
    assert all(re.fullmatch(rb"[0-9a-f]{32} \{.*\} *", line) for line in lines)
    _, record, tail = (json.loads(line[33:]) for line in lines)
    assert set(record) == {"document", "rows", "text"}
    assert tail == {"records": 1}


def test_renamed_changes_every_key(cache, raw):
    planned = store(cache, raw(a="patient:30 patient:31") / "a.txt")
    (stored,) = cache.read(planned)
    new = renamed(stored, "b")
    assert new.head.document["doc_id"] == "b"
    assert [p.case_id for p in new.head.patients] == ["b-1", "b-2"]
    assert {tuple(row[:2]) for rows in new.rows.values() for row in rows} == {("b", "b-1"), ("b", "b-2")}
    place = BY_NAME["cases"].header.index("record_id")
    before, after = ({row[place] for row in found.rows["cases"]} for found in (stored, new))
    assert len(after) == 2 and not after & before
    assert renamed(stored, "b") == new


def test_cells_refuses_a_value_that_would_be_lost():
    with pytest.raises(KeyError, match="no column height"):
        cells(BY_NAME["onset"], {"doc_id": "a", "height": 3})


@pytest.mark.parametrize(("room", "written"), [(0, 1), (1 << 14, 0)])
def test_an_entry_is_handed_over_where_there_is_room_for_it(tmp_path, raw, room, written):
    path = raw(a="patient:30 patient:32") / "a.txt"
    cache = Cache(tmp_path / "papers", "program", carried=room)
    cache.prepare()
    with cache.writer("a") as entry:
        for record in scripted.read(path, "a", "a.txt"):
            entry.add(record)
        entry.left_out = 3
        whole = entry.commit(sha256(path)) or cache.entry("a")
    assert len(list(cache.folder.iterdir())) == written
    assert cache.head_of("a", whole)["sha256"] == sha256(path)
    assert cache.left_out_of("a", whole) == 3
    (stored,) = cache.records("a", "a.txt", io.BytesIO(whole))
    assert [patient.age for patient in stored.head.patients] == ["30", "32"]


def test_an_entry_that_is_longer_than_there_is_room_for_is_written(tmp_path):
    cache = Cache(tmp_path / "papers", "program", carried=1 << 14)
    cache.prepare()
    with cache.writer("a") as entry:
        entry.add(failed("a", "a.txt", "", "no reason" * 2000))
        assert entry.commit("") == b""
    assert len(list(cache.read(Planned("a", tmp_path, "a")))) == 1


def test_a_failure_is_always_written(tmp_path):
    cache = Cache(tmp_path / "papers", "program", carried=1 << 14)
    cache.prepare()
    cache.store_failure(Planned("a", tmp_path, "a.txt"), failed("a", "a.txt", "", "no reason"), None)
    assert cache.path("a").is_file()
