"""Strings made from a pattern itself: what it matches, over and over, and what it does not quite match."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from re import _constants as ops  # the parser of `re` has no public name
from re import _parser as parser
from typing import Any

_SOME = 3  # of what may repeat without end
_CATEGORIES = {
    "CATEGORY_DIGIT": "7",
    "CATEGORY_NOT_DIGIT": "x",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": "x",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_WORD": "-",
}
_NOBODY = "\x00"  # hardly any pattern wants it


def strings(pattern: re.Pattern[str], length: int, seed: int = 0) -> Iterator[str]:
    """Strings of about `length` characters: matches and near misses repeated, every repeat drawn out."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    rng = random.Random(f"{seed} {pattern.pattern!a}")
    unit = _example(tree, rng) or "a"
    yield (unit * (length // len(unit) + 1))[:length]
    spaced = unit + " "
    yield (spaced * (length // len(spaced) + 1))[:length]
    short = unit[:-1] or unit
    yield (short * (length // len(short) + 1))[:length] + _NOBODY
    for before, body in _repeats(tree, "", rng):
        yield before + (body * (length // len(body) + 1))[:length] + _NOBODY


def _example(tree: Any, rng: random.Random) -> str:
    """A string that a parsed pattern is likely to match."""
    return "".join(_one(op, argument, rng) for op, argument in tree)


def _one(op: Any, argument: Any, rng: random.Random) -> str:
    if op is ops.LITERAL:
        return chr(argument)
    if op is ops.NOT_LITERAL:
        return "x" if argument != ord("x") else "y"
    if op is ops.ANY:
        return "x"
    if op is ops.IN:
        return _of_class(argument, rng)
    if op is ops.BRANCH:
        return _example(rng.choice(argument[1]), rng)
    if op is ops.SUBPATTERN:
        return _example(argument[3], rng)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        low, high, body = argument
        count = max(low, min(high, _SOME if low or rng.random() < 0.7 else 0))
        return "".join(_example(body, rng) for _ in range(min(count, 50)))
    if op is ops.ATOMIC_GROUP:
        return _example(argument, rng)
    if op is ops.GROUPREF_EXISTS:
        return _example(argument[1], rng)
    return ""  # anchors, looks around and references take no characters of their own


def _of_class(items: Any, rng: random.Random) -> str:
    negated = items[0][0] is ops.NEGATE
    if negated:
        taken = re.compile("[" + "".join(_written(op, argument) for op, argument in items[1:]) + "]")
        return next((c for c in "xa7 -.\u00e9\n" if not taken.match(c)), "\u4e00")
    op, argument = rng.choice(items)
    if op is ops.LITERAL:
        return chr(argument)
    if op is ops.RANGE:
        return chr(rng.randint(*argument))
    return _CATEGORIES[str(argument)]


def _written(op: Any, argument: Any) -> str:
    if op is ops.LITERAL:
        return re.escape(chr(argument))
    if op is ops.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    names = {
        "CATEGORY_DIGIT": r"\d",
        "CATEGORY_NOT_DIGIT": r"\D",
        "CATEGORY_SPACE": r"\s",
        "CATEGORY_NOT_SPACE": r"\S",
        "CATEGORY_WORD": r"\w",
        "CATEGORY_NOT_WORD": r"\W",
    }
    return names[str(argument)]


def _repeats(tree: Any, before: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Every repeat of a parsed pattern: what stands before it, and its body."""
    for op, argument in tree:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            body = _example(argument[2], rng)
            if body and argument[1] > _SOME:
                yield before, body
            yield from _repeats(argument[2], before, rng)
        elif op is ops.SUBPATTERN:
            yield from _repeats(argument[3], before, rng)
        elif op is ops.ATOMIC_GROUP:
            yield from _repeats(argument, before, rng)
        elif op is ops.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before, rng)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _repeats(argument[1], before, rng)
        before += _one(op, argument, rng)
