"""What a filter's expression means: terms in fields, and how they are put together.

`fits` asks a `Told`. `possible` asks what knows less of a paper, and is False only where no paper that
looks so can fit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.only.fold import EDGE
from pipeline.only.told import ENTRIES, Told


@dataclass(frozen=True, slots=True)
class Term:
    """Words, folded, side by side in a field; `cut` where the last one may go on ("osteopor*")."""

    field: str
    words: str
    cut: bool = False

    def fits(self, told: Told) -> bool:
        """Whether the field has them."""
        edge = EDGE if self.field in ENTRIES else ""
        return f"{edge} {self.words}{'' if self.cut else f' {edge}'}" in told.of(self.field)

    def possible(self, may: Callable[[Term], bool]) -> bool:
        """Whether `may` says so."""
        return may(self)


def _is_no_type(part: Node) -> bool:
    return not (isinstance(part, Term) and part.field == "type")


@dataclass(frozen=True, slots=True)
class Years:
    """The year of publication, from `first` to `last`; a paper without one does not fit."""

    first: int
    last: int

    def fits(self, told: Told) -> bool:
        """Whether the paper is of these years."""
        return told.year is not None and self.first <= told.year <= self.last

    def possible(self, may: Callable[[Term], bool]) -> bool:
        """Always."""
        return True


@dataclass(frozen=True, slots=True)
class All:
    """AND."""

    parts: tuple[Node, ...]

    def fits(self, told: Told) -> bool:
        """Whether every part does."""
        return all(part.fits(told) for part in self.parts)

    def possible(self, may: Callable[[Term], bool]) -> bool:
        """Whether every part is; types first, which bytes tell at once."""
        return all(part.possible(may) for part in sorted(self.parts, key=_is_no_type))


@dataclass(frozen=True, slots=True)
class Any:
    """OR."""

    parts: tuple[Node, ...]

    def fits(self, told: Told) -> bool:
        """Whether some part does."""
        return any(part.fits(told) for part in self.parts)

    def possible(self, may: Callable[[Term], bool]) -> bool:
        """Whether some part is."""
        return any(part.possible(may) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """NOT."""

    part: Node

    def fits(self, told: Told) -> bool:
        """Whether the part does not."""
        return not self.part.fits(told)

    def possible(self, may: Callable[[Term], bool]) -> bool:
        """Always: that words may be there does not say that they are."""
        return True


Node = Term | Years | All | Any | Not
