"""Ctrl-C, and being told to end: a run stops in order, and not while its tables are put in place."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: besides Ctrl-C: the terminal is gone, `kill`
_ENDING = (signal.SIGHUP, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """Raised where Ctrl-C would be, for a signal that asks the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Let signals that would end the program at once raise Stopped instead, unless they are ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    taken = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _frame: object) -> None:
    raise Stopped(number)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C and the others wait. Only the main thread gets them; elsewhere there is nothing to do."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    held = [number for number in (signal.SIGINT, *_ENDING) if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, lambda got, _: waiting.append(got)) for number in held}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if waiting:
        signal.raise_signal(waiting[0])
