"""One run at a time on one output folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.write.tables import OutputError


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
        handle = (state / "lock").open("a+")
    except OSError as error:
        raise OutputError.of(error, state.parent) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            who = handle.read(20).strip()
            raise Busy(
                f"another run{f' (process {who})' if who else ''} is writing to {state.parent}; "
                "wait for it or choose another output folder"
            ) from error
        except OSError as error:
            raise OutputError.of(error, state) from error
        try:
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
        except OSError as error:
            raise OutputError.of(error, state) from error
        yield
