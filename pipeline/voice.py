"""What is said to people: no command of a terminal in it, and no run ends because nobody can hear it."""

from __future__ import annotations

import os
import re
import select
from contextlib import suppress
from typing import TextIO

#: C0 without tab and line feed, delete, C1: what terminals take for commands
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """The text with each control character replaced by one other, so that offsets stay true."""
    return _COMMANDS.sub("\ufffd", text)


class Voice:
    """A stream of messages that may be closed, full, slow or missing: what cannot be said is left out.

    Once saying failed, the rest is silence. Nothing raises OSError or ValueError, nor waits for a reader
    who does not read.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.live = self._is_terminal()

    def _is_terminal(self) -> bool:
        try:
            return self._stream is not None and self._stream.isatty()
        except (OSError, ValueError):
            return False

    def write(self, text: str) -> None:
        """Say something, if that is possible at once."""
        if self._stream is None or not self._heard():
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            silence(self._stream)
            self._stream = None

    def _heard(self) -> bool:
        """Whether writing would not wait: a pipe may be full, a terminal stopped."""
        try:
            number = self._stream.fileno()  # type: ignore[union-attr]
            return bool(select.select([], [number], [], 0)[1])
        except (OSError, ValueError):  # no real file, or a closed one: then writing tells
            return True


def silence(stream: TextIO) -> None:
    """Let what hangs in a stream's buffer, and all that follows, go nowhere: the program must end well."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
