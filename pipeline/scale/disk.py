"""A folder of a disk, one's own or shared by many machines. What the kernel says is final: no second try."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import OutputError, ReadError
from pipeline.files import TooLargeError, make_lasting, open_regular, read_regular
from pipeline.scale.storage import PART, Found, MissingError, Storage


@dataclass(frozen=True, slots=True)
class Disk(Storage):
    """See `Storage`. `url` is a plain path."""

    def find(self, name: str) -> Found:
        """See `Storage.find`."""
        try:
            told = os.stat(self.place(name))
        except OSError as error:
            raise _unreadable(error, self.place(name)) from error
        if stat.S_ISDIR(told.st_mode):
            raise MissingError(self.place(name))
        return _found(name, told)

    def list(self, under: str = "") -> Iterator[Found]:
        """See `Storage.list`. Links to folders are not followed."""
        folders = [under]
        while folders:
            folder = folders.pop()
            before = f"{folder}/" if folder else ""
            try:
                with os.scandir(self.place(folder)) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(before + entry.name)
                        elif entry.is_file() and not entry.name.endswith(PART):
                            yield _found(before + entry.name, entry.stat())
            except FileNotFoundError:
                continue  # never there, or gone meanwhile
            except OSError as error:
                raise _unreadable(error, self.place(folder)) from error

    def open(self, name: str) -> BinaryIO:
        """See `Storage.open`."""
        try:
            return open_regular(Path(self.place(name)))
        except OSError as error:
            raise _unreadable(error, self.place(name)) from error

    def read(self, name: str, most: int) -> bytes:
        """See `Storage.read`."""
        try:
            return read_regular(Path(self.place(name)), most)
        except TooLargeError as error:
            raise ReadError("E06", str(error.strerror)) from error
        except OSError as error:
            raise _unreadable(error, self.place(name)) from error

    def write(self, name: str, data: bytes) -> None:
        """See `Storage.write`."""
        self._whole(name, lambda handle: handle.write(data))

    def put(self, local: Path, name: str) -> None:
        """See `Storage.put`."""

        def copied(handle: BinaryIO) -> None:
            with local.open("rb") as source:
                shutil.copyfileobj(source, handle, 1 << 20)

        self._whole(name, copied)

    def _whole(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        """Written aside under a name that no other process takes, then put in place."""
        place = Path(self.place(name))
        aside = place.with_name(f"{place.name}.{uuid.uuid4().hex}{PART}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("xb") as handle:
                fill(handle)
                handle.flush()
                os.fsync(handle.fileno())
            os.replace(aside, place)
            make_lasting((), (place.parent,))
        except OSError as error:
            raise OutputError.of(error, place) from error
        finally:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)

    def put_all(self, files: Iterable[tuple[Path, str]]) -> None:
        """See `Storage.put_all`."""
        self._renamed((local, name) for local, name in files)

    def move_all(self, names: Iterable[tuple[str, str]]) -> None:
        """See `Storage.move_all`."""
        self._renamed((Path(self.place(name)), to) for name, to in names)

    def _renamed(self, files: Iterable[tuple[Path, str]]) -> None:
        """Move files, and see at the end that all are on the disk: one by one that takes far longer."""
        moved: list[Path] = []
        for local, name in files:
            place = Path(self.place(name))
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(local, place)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise OutputError.of(error, place) from error
                self.put(local, name)
                local.unlink()
            moved.append(place)
        try:
            make_lasting(moved, {place.parent for place in moved})
        except OSError as error:
            raise OutputError.of(error, Path(self.url)) from error

    def remove(self, name: str) -> None:
        """See `Storage.remove`."""
        try:
            Path(self.place(name)).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError.of(error, Path(self.place(name))) from error


def _found(name: str, told: os.stat_result) -> Found:
    return Found(name, told.st_size, f"{told.st_size}-{told.st_mtime_ns}")


def _unreadable(error: OSError, place: str) -> ReadError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingError(place)
    return ReadError("E05", f"{place}: {error.strerror or type(error).__name__}")
