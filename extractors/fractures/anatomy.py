"""The levels of the spine: their names, their order, ranges of them.

The spine has 7 cervical, 12 thoracic, 5 lumbar and 5 sacral segments (Terminologia Anatomica, TA2 1038-1071).
"""

from __future__ import annotations

from collections.abc import Iterable

SEGMENTS = {"C": 7, "T": 12, "L": 5, "S": 5}
#: All levels from top to bottom.
ORDER = tuple(f"{region}{n}" for region, count in SEGMENTS.items() for n in range(1, count + 1))
#: Each level's place from the top.
PLACE = {level: i for i, level in enumerate(ORDER)}


def expand(first: str, last: str) -> tuple[str, ...]:
    """All levels from `first` to `last` in either order, across regions ("T11", "L2" -> 4 levels).

    Raises KeyError for a level that does not exist.
    """
    a, b = sorted((PLACE[first], PLACE[last]))
    return ORDER[a : b + 1]


def valid(region: str, number: int) -> str | None:
    """The level's name if the spine has it, else None."""
    return f"{region}{number}" if 1 <= number <= SEGMENTS[region] else None


def in_order(levels: Iterable[str]) -> list[str]:
    """Levels, each once, from top to bottom."""
    return sorted(set(levels), key=PLACE.__getitem__)
