"""What a run says while it goes on: one live line on a terminal, a line now and then in a log."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from pipeline.voice import Voice

_LIVE_SECONDS = 0.2
_LOG_SECONDS = 30.0


class Progress:
    """Counts papers and shows how far a run is. `total` is None where nobody knows it.

    `clock` gives seconds; tests bring their own.
    """

    def __init__(
        self,
        total: int | None,
        unchanged: int,
        stream: TextIO | None,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total, self.done, self.failed = total, unchanged, 0
        self._unchanged, self._voice, self._quiet, self._clock = unchanged, Voice(stream), quiet, clock
        self._live = self._voice.live
        self._every = _LIVE_SECONDS if self._live else _LOG_SECONDS
        self._start = self._shown = clock()
        self._width = 0

    def add(self, failed: int, papers: int = 1, unchanged: int = 0) -> None:
        """Papers are done, one more or several; so many of them have failed, or had not to be read."""
        self.done += papers
        self.failed += failed
        self._unchanged += unchanged

    def show(self, final: bool = False) -> None:
        """Show the state if it is time to."""
        now = self._clock()
        if self._quiet or (not final and now - self._shown < self._every):
            return
        self._shown = now
        line = self.line()
        if self._live:
            self._voice.write("\r" + line.ljust(self._width))
            self._width = len(line)
        elif not final:
            self._voice.write(line + "\n")

    def line(self) -> str:
        """The state in one line: how many, how fast, how long still."""
        if self.total is None:
            parts = [f"{self.done} papers"]
        else:
            parts = [f"{self.done}/{self.total} papers", f"{100 * self.done // max(self.total, 1)} %"]
        read, seconds = self.done - self._unchanged, self._clock() - self._start
        if read and seconds > 0:
            rate = read / seconds
            parts.append(f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute")
            if self.total is not None and self.done < self.total:
                parts.append(f"{duration((self.total - self.done) / rate)} left")
        if self.failed:
            parts.append(f"{self.failed} failed")
        return "  ".join(parts)

    def clear(self) -> None:
        """Take the live line off the terminal, so that something else can be said."""
        if self._live and self._width:
            self._voice.write("\r" + " " * self._width + "\r")
            self._width = 0


def duration(seconds: float) -> str:
    """Seconds for people: 0:07, 12:30, 3:05:00."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
