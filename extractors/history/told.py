"""What a phrase says of a factor."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.history.fact import ABSENT, PRESENT
from extractors.values import fixed


@fixed(frozen=True, slots=True)
class Told:
    """A factor, whether it is there, and what specifies it; a negation around the words denies it, too."""

    factor: str
    status: str = PRESENT
    detail: str = ""
    value: float | None = None
    unit: str = ""

    @property
    def denied(self) -> bool:
        """Whether the words themselves deny it."""
        return self.status == ABSENT


def always(told: Told) -> Callable[[re.Match[str]], Told]:
    """A reader that says the same of every match."""
    return lambda m: told


def words_of(m: re.Match[str], group: str) -> str:
    """The words of a group with single blanks."""
    return re.sub(r"\s+", " ", m[group]).strip(" ,")
