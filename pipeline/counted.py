"""Numbers of things in words, for messages: "pages 3,001 to 3,005 and 3,010"."""

from __future__ import annotations

from collections.abc import Iterable


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbours in ascending numbers, as (first, last)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def several(number: int, noun: str) -> str:
    """ "1 record", "12 records"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def numbered(noun: str, numbers: Iterable[int]) -> str:
    """ "page 3", "pages 2 and 3", "pages 1 to 4, 7 and 9": the noun in its number, runs as spans."""
    parts: list[str] = []
    for first, last in spans(numbers):
        if last - first > 1:
            parts.append(f"{first:,} to {last:,}")
        else:
            parts += [f"{number:,}" for number in range(first, last + 1)]
    plural = len(parts) > 1 or any(" to " in part for part in parts)
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1] if parts else "")))
    return f"{noun}{'s' if plural else ''} {listed}"
