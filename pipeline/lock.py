"""One run at a time on one output folder."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files import NotRegularError


class Busy(Exception):
    """Another run is writing to the output folder; the text says which."""


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the lock of an output folder; `state` is its `.casebook` folder, made where it is missing.

    The lock ends with the process however it ends. Raises Busy, and OutputError where the folder
    cannot be written.
    """
    try:
        state.mkdir(parents=True, exist_ok=True)
        descriptor = _open(state)
    except OSError as error:
        raise OutputError.of(error, state.parent) from error
    try:
        _take(descriptor, state)
        yield
    finally:
        os.close(descriptor)


def _open(state: Path) -> int:
    """The lock file; a planted link or pipe is neither followed nor waited for."""
    if state.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, f"{state.name} is a link", str(state))
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(state / "lock", flags, 0o644)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegularError(state / "lock")
    return descriptor


def _take(descriptor: int, state: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        who = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        raise Busy(
            f"another run{f' (process {who})' if who else ''} is writing to {state.parent}; "
            "wait for it or choose another output folder"
        ) from error
    except OSError as error:
        raise OutputError.of(error, state) from error
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
    except OSError as error:
        raise OutputError.of(error, state) from error
