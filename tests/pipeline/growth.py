"""How much work a function does, counted, so that its growth does not hang on the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def work(function: Callable[[], object]) -> int:
    """The lines of Python that run in the meantime; each turn of a loop counts, also of one in a line."""
    count = 0

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return step

    former = sys.gettrace()
    sys.settrace(step)
    try:
        function()
    finally:
        sys.settrace(former)
    return count
