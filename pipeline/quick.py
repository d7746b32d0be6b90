"""A quick look before a pattern is searched for: `in` is some fifty times faster than `re`."""

from __future__ import annotations

from collections.abc import Iterable


def any_of(text: str, parts: Iterable[str]) -> bool:
    """Whether one of these stands in a text."""
    for part in parts:  # noqa: SIM110  (any() with a generator takes twice as long)
        if part in text:
            return True
    return False
