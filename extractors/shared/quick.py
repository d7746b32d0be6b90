r"""Patterns that `re` searches for quickly.

`re` skips ahead to a pattern's first letters only where every alternative begins with a plain
letter; a leading `\b` makes it try each character, some ten times slower (measured on prose).
"""

from __future__ import annotations

from collections.abc import Iterable


def at_word(alternatives: str) -> str:
    r"""The pattern `\b(?:a|b|...)` written so that `re` looks for the first letters.

    Each alternative of `alternatives` must begin with a plain letter or digit; ValueError else.
    """
    by_letter: dict[str, list[str]] = {}
    for alternative in _split(alternatives):
        first = alternative[:1]
        if not first.isalnum() or alternative[1:2] in ("?", "*", "{"):
            raise ValueError(f"an alternative must begin with a plain letter: {alternative!r}")
        by_letter.setdefault(first, []).append(alternative[1:])
    parts = [rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in by_letter.items()]
    return f"(?:{'|'.join(parts)})"


def _split(alternatives: str) -> list[str]:
    """The alternatives of the outermost level."""
    out, depth, begin, i = [], 0, 0, 0
    in_class = False
    while i < len(alternatives):
        char = alternatives[i]
        if char == "\\":
            i += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            out.append(alternatives[begin:i])
            begin = i + 1
        i += 1
    return [*out, alternatives[begin:]]


def any_of(text: str, parts: Iterable[str]) -> bool:
    """Whether one of these stands in a text: a quick look before a pattern is searched for."""
    for part in parts:  # noqa: SIM110  (any() with a generator takes twice as long)
        if part in text:
            return True
    return False
