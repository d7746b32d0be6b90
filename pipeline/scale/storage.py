"""Files of a shared disk or a bucket, by one set of verbs: what reads and writes them need not know which.

    storage("s3://reviews/tables").write("bundles/a.jsonl.gz", data)

A `Storage` is a folder with what is below it. It holds no connection, so that it can be sent to other
processes and survives a fork. Names are relative, "/" between. Every method raises ReadError (E05 for what
is not there or not allowed, E15 for a storage that does not answer) or, where it writes, OutputError.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pipeline.config import UsageError
from pipeline.errors import ReadError

#: what is written aside, to be put in place whole; a listing leaves it out
PART = ".part"
#: kinds of bucket -> the module that fsspec needs for them, and the package with it
BUCKETS = {
    "s3": ("s3fs", "casebook-extract[cluster]"),
    "gs": ("gcsfs", "gcsfs"),
    "memory": ("fsspec", "casebook-extract[cluster]"),
}


class MissingError(ReadError):
    """E05, of a file that is not there; other trouble is no reason to think so."""

    def __init__(self, place: str) -> None:
        super().__init__("E05", f"{place}: there is no such file or bucket")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a bucket is waited for.

    `seconds` for one answer (a page of a listing, a block of a file), `tries` of everything, `pause`
    seconds before the second try, twice as many before each further one.
    """

    seconds: float = 60.0
    tries: int = 5
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A file there is: its name, its size in bytes, and what changes when its bytes do (ETag or time)."""

    name: str
    size: int
    state: str


@dataclass(frozen=True, slots=True)
class Storage(ABC):
    """A folder of a disk or a bucket; `url` has no "/" at its end."""

    url: str
    patience: Patience = field(default_factory=Patience)

    def place(self, name: str) -> str:
        """The URL of a file."""
        return f"{self.url}/{name}" if name else self.url

    @abstractmethod
    def find(self, name: str) -> Found:
        """What is known of a file without reading it."""

    def exists(self, name: str) -> bool:
        """Whether a file is there."""
        try:
            self.find(name)
        except MissingError:
            return False
        return True

    @abstractmethod
    def list(self, under: str = "") -> Iterator[Found]:
        """Every file below a folder, in no order, one by one; none where the folder is not there."""

    @abstractmethod
    def open(self, name: str) -> BinaryIO:
        """A file as a stream from its beginning; its `read` raises ReadError too."""

    @abstractmethod
    def read(self, name: str, most: int) -> bytes:
        """A file's bytes. Raises ReadError E06, before reading, for more than `most`."""

    @abstractmethod
    def write(self, name: str, data: bytes) -> None:
        """Write a file that is there whole or as before, with the folders that it needs."""

    @abstractmethod
    def put(self, local: Path, name: str) -> None:
        """The same with the bytes of a local file, of any size."""

    @abstractmethod
    def put_all(self, files: Iterable[tuple[Path, str]]) -> None:
        """Put many local files under these names; each one is gone from where it was."""

    @abstractmethod
    def move_all(self, names: Iterable[tuple[str, str]]) -> None:
        """Give files other names, in place of what has those; one by one, a bucket copies them."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file; it need not be there."""


def storage(url: str, patience: Patience | None = None) -> Storage:
    """The folder that a URL (`s3://`, `gs://`, `memory://`, `file://`) or a plain path names.

    Raises UsageError for another kind of URL, and where the library for one is not installed.
    """
    from pipeline.scale.bucket import Bucket  # noqa: PLC0415 - each of the two knows this module
    from pipeline.scale.disk import Disk  # noqa: PLC0415

    kind, mark, path = url.partition("://")
    patience = patience or Patience()
    if not mark or kind == "file":
        return Disk((path if mark else url).rstrip("/") or "/", patience)
    if kind not in BUCKETS:
        known = ", ".join(f"{name}://" for name in ("file", *BUCKETS))
        raise UsageError(f"{url}: there is no storage {kind}://; give a folder, or one of {known}")
    if not path.strip("/") and kind != "memory":
        raise UsageError(f"{url}: give the name of a bucket behind {kind}://")
    _check_library(kind)
    return Bucket(f"{kind}://{path}".rstrip("/") if path.strip("/") else f"{kind}://", patience)


def parted(url: str, patience: Patience | None = None) -> tuple[Storage, str]:
    """The folder and the name that the URL of one file has, as `Storage.place` gave it."""
    folder, _, name = url.rpartition("/")
    return storage(f"{folder}/" if folder.endswith(":/") else folder or "/", patience), name


def _check_library(kind: str) -> None:
    from importlib.util import find_spec  # noqa: PLC0415

    module, package = BUCKETS[kind]
    if find_spec("fsspec") is None or find_spec(module) is None:
        raise UsageError(f"{kind}:// needs a library that is not installed: pip install '{package}'")
