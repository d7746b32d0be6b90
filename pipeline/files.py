"""Opening and writing files so that nothing waits, nothing planted is followed and nothing is half there."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path

#: from so many files on, one `sync` of everything is quicker than one of each
_MANY = 64
_CHUNK = 65_536


class NotRegularError(OSError):
    """A pipe, a socket, a device or a folder where a file was expected."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "no regular file", str(path))


class TooLargeError(OSError):
    """A file beyond a bound of bytes; it was not read."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(errno.EFBIG, f"more than {most:,} bytes", str(path))


def open_regular(path: Path, follow: bool = True) -> BufferedReader:
    """Open a file for reading; a pipe that nobody writes to is refused, not waited for.

    Raises OSError, and NotRegularError for everything but a file (`follow=False`: for a link too).
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    # looked at before and after: some devices do something when opened, and names may change hands
    if not stat.S_ISREG(os.stat(path, follow_symlinks=follow).st_mode):
        raise NotRegularError(path)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegularError(path)
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path, most: int) -> bytes:
    """A file's bytes. Raises OSError, TooLargeError beyond `most` bytes (before reading, if possible)."""
    with open_regular(path) as handle:
        size = os.fstat(handle.fileno()).st_size
        if size > most:
            raise TooLargeError(path, most)
        data = handle.read(size + 1)  # a buffer is made as large as is asked for, whatever comes
        while len(data) <= most and (more := handle.read(_CHUNK)):  # it grows, or is one of /proc
            data += more
    if len(data) > most:
        raise TooLargeError(path, most)
    return data


def sha256(path: Path, most: int) -> str:
    """SHA-256 of a file's bytes, in hexadecimal. Raises OSError as `read_regular` does."""
    with open_regular(path) as handle:
        if os.fstat(handle.fileno()).st_size > most:
            raise TooLargeError(path, most)
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or as before, also after a power cut. Raises OSError."""
    aside = path.with_name(f"{path.name}.part")
    aside.unlink(missing_ok=True)
    with aside.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(aside, path)


def make_lasting(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """See that what was written is on the disk. Raises OSError."""
    paths = list(files)
    if len(paths) > _MANY:
        os.sync()
        return
    for path in paths:
        _fsync(path, os.O_RDONLY)
    for folder in folders:
        with contextlib.suppress(PermissionError, IsADirectoryError):  # not every system syncs folders
            _fsync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _fsync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
