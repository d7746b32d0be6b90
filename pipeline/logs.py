"""What the parts of the program log, on standard error: for those who want to see more than the progress."""

from __future__ import annotations

import logging
from typing import TextIO

from pipeline.voice import Voice, plain

#: the logger that all parts use
NAME = "casebook"
_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


class _Spoken(logging.Handler):
    """A handler that never fails and never waits, and writes over the live line of progress."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._voice = Voice(stream)

    def emit(self, record: logging.LogRecord) -> None:
        over = "\r\033[K" if self._voice.live else ""
        self._voice.write(f"{over}{plain(self.format(record))}\n")


def log_to(stream: TextIO, verbose: int) -> None:
    """Log to `stream`: what is done with `verbose` 1, every detail from 2 on, nothing new with 0."""
    logger = logging.getLogger(NAME)
    logger.setLevel(_LEVELS[min(verbose, len(_LEVELS) - 1)])
    handler = _Spoken(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S"))
    logger.handlers = [handler]
