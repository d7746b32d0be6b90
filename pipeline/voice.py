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

    Once saying failed, the rest is silence. `write` and `flush` never raise OSError or ValueError, nor
    wait for a reader who does not read.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.live = self._is_terminal()

    def _is_terminal(self) -> bool:
        try:
            return self._stream is not None and self._stream.isatty()
        except (OSError, ValueError):
            return False

    def write(self, text: str) -> int:
        """Say something, if that is possible at once."""
        if self._stream is not None and self._heard():
            try:
                self._stream.write(text)
                self._stream.flush()
            except (OSError, ValueError):
                self._mute()
        return len(text)

    def flush(self) -> None:
        """Nothing is ever kept back."""

    def _heard(self) -> bool:
        """Whether writing would not wait: a pipe may be full, a terminal stopped."""
        try:
            number = self._stream.fileno()  # type: ignore[union-attr]
            return bool(select.select([], [number], [], 0)[1])
        except (OSError, ValueError):  # no real file, or a closed one: then writing tells
            return True

    def _mute(self) -> None:
        """Say nothing more, and let what hangs in the stream's buffer go nowhere when the program ends."""
        stream, self._stream = self._stream, None
        with suppress(OSError, ValueError, AttributeError):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())  # type: ignore[union-attr]
            os.close(null)
