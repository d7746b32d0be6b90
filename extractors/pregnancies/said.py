"""What a phrase can say of a pregnancy, and which pregnancy it can be."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.time.durations import duration_days
from extractors.values import fixed


@fixed(frozen=True, slots=True)
class Said:
    """Fields of a pregnancy that a phrase tells; weight in g, days as the contract's columns count them."""

    outcome: str = ""
    mode: str = ""
    infants: int | None = None
    weight: int | None = None
    breastfeeding: str = ""
    nursed_days: int | None = None
    weaned_days: int | None = None
    recurrence: str = ""


@fixed(frozen=True, slots=True)
class Which:
    """A pregnancy's number. `of_all`: it and all before; `birth`: its end is told; `every`: all there are;
    `child`: one child is told;
    `later`: one after the disease, without a number; `known`: only that there were so many is told."""

    number: int | None
    of_all: bool = False
    birth: bool = False
    every: bool = False
    child: bool = False
    known: bool = False
    later: bool = False


def always(said: Said) -> Callable[[re.Match[str]], Said]:
    """A reader that says the same of every match."""
    return lambda m: said


def middle(m: re.Match[str]) -> int | None:
    """The days of the duration that a phrase holds, the middle of a span; None if it cannot be read."""
    days = duration_days(m["count"], m["unit"], m["upto"])
    return None if days is None else round(sum(days) / 2)
