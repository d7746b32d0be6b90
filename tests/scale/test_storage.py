"""Every storage answers alike, whole or not at all, and none is waited for longer than was said."""

from __future__ import annotations

import os
import pickle
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.config import UsageError
from pipeline.errors import OutputError, ReadError
from pipeline.scale.bucket import BLOCK
from pipeline.scale.storage import MissingError, Patience, Storage, parted, storage

#: of a storage that is waited for as short as a test can bear
_SOON = Patience(seconds=1, tries=2, pause=0.01)


@pytest.fixture(params=["folder", "file", "memory", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage of each kind, which is sent through pickle as it is to workers."""
    if request.param == "s3":
        url = request.getfixturevalue("bucket") + "/deep/inside"
    else:
        url = {
            "folder": f"{tmp_path}/new",
            "file": f"file://{tmp_path}/new/",
            "memory": f"memory://{tmp_path}",
        }[request.param]
    found: Storage = pickle.loads(pickle.dumps(storage(url)))
    return found


def test_what_is_written_is_found_listed_read_and_removed(place: Storage, tmp_path: Path) -> None:
    assert list(place.list()) == []
    assert not place.exists("a/one paper.xml")
    place.write("a/one paper.xml", b"<article/>")
    place.write("a/b/zwei ß.txt", b"")
    assert place.read("a/one paper.xml", 10) == b"<article/>"
    assert place.read("a/b/zwei ß.txt", 10) == b""
    assert place.exists("a/one paper.xml") and not place.exists("a") and not place.exists("a/one")
    listed = {found.name: found for found in place.list()}
    assert {name: found.size for name, found in listed.items()} == {
        "a/one paper.xml": 10,
        "a/b/zwei ß.txt": 0,
    }
    assert [found.name for found in place.list("a/b")] == ["a/b/zwei ß.txt"]
    assert list(place.list("a/o")) == []
    assert place.find("a/one paper.xml") == listed["a/one paper.xml"]
    folder, name = parted(place.place("a/one paper.xml"))
    assert folder.read(name, 10) == b"<article/>"
    local = tmp_path / "local"
    local.write_bytes(b"<article>2</article>")
    place.put_all([(local, "c/new.xml")])
    place.move_all([("c/new.xml", "a/one paper.xml")])
    place.move_all([("a/one paper.xml", "c/d/moved.xml")])
    assert place.read("c/d/moved.xml", 20) == b"<article>2</article>"
    assert not (place.exists("a/one paper.xml") or place.exists("c/new.xml") or local.exists())
    place.remove("c/d/moved.xml")
    place.remove("c/d/moved.xml")
    assert [found.name for found in place.list()] == ["a/b/zwei ß.txt"]


def test_the_state_of_a_file_changes_with_its_bytes(place: Storage) -> None:
    place.write("a", b"one")
    before = place.find("a").state
    assert before and place.find("a").state == before
    time.sleep(0.01)
    place.write("a", b"two")
    assert place.find("a").state != before
    assert place.read("a", 3) == b"two"


def test_a_large_file_is_put_whole_and_read_as_a_stream(place: Storage, tmp_path: Path) -> None:
    data = os.urandom(1024) * (BLOCK // 1024 + 3)
    local = tmp_path / "local"
    local.write_bytes(data)
    place.put(local, "packs/large.zip")
    with place.open("packs/large.zip") as handle:
        assert handle.read(10) == data[:10]
        assert handle.read() == data[10:]
    with pytest.raises(ReadError, match=r"E06.*more than 1,024 bytes"):
        place.read("packs/large.zip", 1024)


def test_what_is_not_there_is_said_with_its_place(place: Storage) -> None:
    for ask in (lambda: place.read("no", 1), lambda: place.open("no"), lambda: place.find("no")):
        with pytest.raises(MissingError, match=r"^E05: .*/no: there is no such file or bucket"):
            ask()


def test_a_bucket_that_does_not_exist(s3_server: str) -> None:
    place = storage("s3://nobody-made-this")
    assert list(place.list()) == []
    with pytest.raises(
        OutputError, match="cannot write to s3://nobody-made-this/a: there is no such file or bucket"
    ):
        place.write("a", b"")


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = storage(str(tmp_path))
    place.write("a", b"before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"cannot write to .*/a: No space left on device"):
        place.write("a", b"after")
    assert place.read("a", 10) == b"before"
    assert os.listdir(tmp_path) == ["a"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="no regular file"):
        storage(str(tmp_path)).open("pipe")
    assert list(storage(str(tmp_path)).list()) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://host/papers", "there is no storage ftp://; give a folder, or one of file://, s3://, gs://"),
        ("s3://", "give the name of a bucket"),
        ("gs://papers", "needs a library that is not installed: pip install 'gcsfs'"),
    ],
)
def test_a_url_that_cannot_be_meant(url: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        storage(url)


# ------------------------------------------------------------------------ a bucket in trouble
@contextmanager
def _server(answer: Callable[[socket.socket], None]) -> Iterator[tuple[str, list[int]]]:
    """A server that does `answer` with every connection; its URL, and a list that grows with each."""
    listening, seen = socket.create_server(("127.0.0.1", 0)), []
    open_ones = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            seen.append(1)
            open_ones.append(connection)
            answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for connection in open_ones:
            connection.close()
        thread.join()


def _drip(connection: socket.socket) -> None:
    """An answer that begins at once and never ends: no time-out of a single read sees that."""

    def run() -> None:
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while True:
                connection.sendall(b"x")
                time.sleep(0.05)
        except OSError:
            return

    threading.Thread(target=run, daemon=True).start()


def _busy(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    connection.close()


def _hang_up(connection: socket.socket) -> None:
    connection.close()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda connection: None, "no answer within 1 s, 2 tries"),
        (_drip, "no answer within 1 s, 2 tries"),
        (_busy, "Service Unavailable"),
        (_hang_up, "[Cc]onnect"),
    ],
    ids=["stalls", "drips", "busy", "hangs up"],
)
def test_a_bucket_in_trouble_is_told_in_a_sentence(
    s3_server: str, monkeypatch: pytest.MonkeyPatch, answer: Callable[[socket.socket], None], words: str
) -> None:
    with _server(answer) as (url, seen):
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        place = storage(f"s3://slow-{url[-5:]}", _SOON)
        start = time.monotonic()
        with pytest.raises(ReadError, match=f"^E15: The storage does not answer.*{words}"):
            list(place.list())
        assert seen
        with pytest.raises(OutputError, match=f"cannot write to s3://slow-.*/a: .*{words}"):
            place.write("a", b"data")
        assert time.monotonic() - start < 6


def test_an_address_where_nobody_is(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    with pytest.raises(ReadError, match=r"^E15: .*[Cc]o(nnect|uld not connect)"):
        storage("s3://gone", _SOON).find("a")


def test_a_second_try_helps(bucket: str, s3_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    storage(bucket).write("a", b"bytes")
    real = int(s3_server.rpartition(":")[2])
    first = []

    def sometimes(connection: socket.socket) -> None:
        if not first:
            first.append(1)
            return _busy(connection)
        with socket.create_connection(("127.0.0.1", real)) as onward:
            onward.sendall(connection.recv(65536).replace(b"Connection: keep-alive", b"Connection: close"))
            onward.settimeout(0.2)
            try:
                while data := onward.recv(65536):
                    connection.sendall(data)
            except TimeoutError:
                pass
        connection.close()

    with _server(sometimes) as (url, seen):
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        assert storage(bucket, Patience(tries=3, pause=0.01)).find("a").size == 5
    assert len(seen) == 2
