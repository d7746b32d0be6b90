"""A rule's gate, derived from its own pattern: what must stand in every text that it matches.

A gate is a conjunction of clauses; a clause is a set of strings of which one stands in every match.
"(?:shortly|soon) after birth" needs one of {"shortly after birth", "soon after birth"}. Because it is
derived, a gate can hold nothing back that its pattern would match; a test proves it for every rule.

`re._parser` is CPython's own parser of patterns (3.11 to 3.14 have it). It is used in this module
alone; a node it does not know asks for nothing, so that the rule is tried too often, never too seldom.
"""

from __future__ import annotations

import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from math import prod
from typing import Any

Clause = frozenset[str]
#: The clause of a pattern that asks for a number; too frequent for places, it keeps whole sentences out.
DIGITS: Clause = frozenset("0123456789")
#: Strings of one clause at the most; more would ask for half a dictionary.
_MOST = 400
#: Strings that a run of adjoining parts may stand for while it is put together.
_MOST_RUN = 80
#: Clauses of a gate; more cost more than they save.
_CLAUSES = 3
#: The share of places at which a further clause may stand and still be worth looking for.
_FURTHER = 0.006
#: The share of places at which each sign stands in clinical English, roughly; a digit, any other sign.
_LETTERS = (0.1, 0.075, 0.065, 0.06, 0.057, 0.057, 0.053, 0.05, 0.045, 0.033, 0.033, 0.03, 0.023, 0.02, 0.018)
_RARER = (0.02, 0.016, 0.015, 0.014, 0.013, 0.008, 0.005, 0.002, 0.001, 0.001, 0.001)
_SIGNS = {" ": 0.17, ".": 0.012, ",": 0.01, "-": 0.006, "(": 0.004, ")": 0.004}
_SHARES = _SIGNS | dict(zip("etaoinsrhldcumfpgwybvkxjqz", _LETTERS + _RARER, strict=True))
_DIGIT, _OTHER = 0.0025, 0.0005
#: Words that are far more frequent than their letters tell, and the share of places at which each begins.
_COMMON = frozenset(
    ("the", "of", "and", "in", "was", "were", "with", "to", "on", "at", "as", "for", "by", "is")
)
_WORD = 0.005


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def clauses(pattern: str, often: float = 0.015) -> tuple[Clause, ...]:
    """The gate of a pattern: its rarest clauses, the rarest first; empty where nothing is sure.

    The strings are in lower case, with a plain blank for any white space, as `View.lower` writes them;
    digits are those of ASCII. A clause seen at a larger share of places than `often` tells nothing: a single
    letter, "a " and the like.
    """
    found = {_least(c) for c in _clauses(list(sre.parse(pattern))) if c and "" not in c}
    best = sorted(found, key=lambda c: (_frequency(c), sorted(c)))[:_CLAUSES]
    rare = tuple(c for c in best if _frequency(c) < (_FURTHER if c is not best[0] else often))
    sure = any(_has_digit(c) for c in rare)
    return (*rare, DIGITS) if not sure and any(_has_digit(c) for c in found) else rare


def _has_digit(clause: Clause) -> bool:
    return all(not DIGITS.isdisjoint(text) for text in clause)


def texts(pattern: str) -> frozenset[str] | None:
    """All texts that a pattern can match, in lower case; None where they are too many to list."""
    found = _sequence(sre.parse(pattern))
    return None if found is None else frozenset(found)


def _least(clause: AbstractSet[str]) -> Clause:
    """A clause without the strings that hold another one of it: the shorter is seen with them."""
    kept: list[str] = []
    for text in sorted(clause, key=len):
        if not any(short in text for short in kept):
            kept.append(text)
    return frozenset(kept)


def _ends(texts: AbstractSet[str]) -> set[str]:
    """Texts without those that end with another one: what follows stands behind the shorter too."""
    return {text for text in texts if not any(text[cut:] in texts for cut in range(1, len(text) + 1))}


def _frequency(clause: AbstractSet[str]) -> float:
    return float(sum(_WORD if text.strip() in _COMMON else prod(map(_share, text)) for text in clause))


def _share(char: str) -> float:
    return _SHARES.get(char, _DIGIT if char in DIGITS else _OTHER)


def _clauses(nodes: Sequence[Any]) -> Iterator[Clause]:
    """What a sequence needs: each run of parts with few readings, and what the other parts need."""
    run: set[str] = {""}
    for place, node in enumerate(nodes):
        texts = _texts(node)
        if texts is not None:
            longer = {head + tail for head in run for tail in texts}
            if len(longer) <= _MOST_RUN:
                run = longer
                continue
            yield frozenset(run)
            run = _ends(texts)
            continue
        first = _edge(nodes[place:], last=False)
        if len(first) * len(run) <= _MOST_RUN:
            yield frozenset(head + tail for head in run for tail in first)
        else:
            yield frozenset(run)
        run = _ends(_edge(nodes[: place + 1], last=True))
        yield from _needs(node)
    yield frozenset(run)


def _edge(nodes: Sequence[Any], last: bool) -> set[str]:
    """What a sequence ends with, or begins with; {""} where that cannot be listed."""
    out = {""}
    for place in range(len(nodes))[:: -1 if last else 1]:
        rest = nodes[:place] if last else nodes[place + 1 :]
        texts = _texts(nodes[place])
        more = _node_edge(nodes[place], rest, last) if texts is None else texts
        if len(out) * len(more) > _MOST_RUN:
            break
        out = {near + far if not last else far + near for near in out for far in more}
        if texts is None:
            break
    return out


def _node_edge(node: Any, rest: Sequence[Any], last: bool) -> set[str]:
    """What a part of many readings ends or begins with; `rest` is what stands beyond it."""
    kind, value = str(node[0]), node[1]
    if kind in _REPEATS:
        inner = _edge(value[2], last)
        return inner if value[0] >= 1 else _few(inner, _edge(rest, last))
    if kind == "SUBPATTERN":
        return _edge(value[3], last)
    if kind == "BRANCH":
        return _few(*(_edge(branch, last) for branch in value[1]))
    return {""}


def _few(*parts: set[str]) -> set[str]:
    """The parts taken together; {""} where they are too many."""
    union = set().union(*parts)
    return union if len(union) <= _MOST_RUN else {""}


def _needs(node: Any) -> Iterator[Clause]:
    """What a part of many readings needs."""
    kind, value = str(node[0]), node[1]
    if kind == "SUBPATTERN":
        yield from _clauses(value[3])
    elif kind == "ATOMIC_GROUP":
        yield from _clauses(value)
    elif kind == "BRANCH":
        either = _either([list(_clauses(branch)) for branch in value[1]])
        if either is not None:
            yield either
    elif kind in _REPEATS and value[0] >= 1:
        yield from _clauses(value[2])


def _either(branches: Sequence[Sequence[Clause]]) -> Clause | None:
    """One clause for several branches: the rarest of each taken together."""
    union: set[str] = set()
    for needed in branches:
        usable = [c for c in needed if c and "" not in c]
        if not usable:
            return None
        union |= min(usable, key=_frequency)
    return frozenset(union) if len(union) <= _MOST else None


def _texts(node: Any) -> set[str] | None:
    """All texts that a part can match, None where they are too many to list."""
    kind, value = str(node[0]), node[1]
    if kind == "LITERAL":
        return {_folded(chr(value))}
    if kind == "IN":
        return _members(value)
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        return {""}
    if kind == "SUBPATTERN":
        return _sequence(value[3])
    if kind == "BRANCH":
        return _union(_sequence(branch) for branch in value[1])
    if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[1] == 1:
        once = _sequence(value[2])
        return None if once is None else once | ({""} if value[0] == 0 else set())
    return None


def _sequence(nodes: Iterable[Any]) -> set[str] | None:
    out = {""}
    for node in nodes:
        texts = _texts(node)
        if texts is None:
            return None
        out = {head + tail for head in out for tail in texts}
        if len(out) > _MOST_RUN:
            return None
    return out


def _union(parts: Iterable[set[str] | None]) -> set[str] | None:
    out: set[str] = set()
    for part in parts:
        if part is None or len(out) > _MOST_RUN:
            return None
        out |= part
    return out


def _members(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """The characters of a set."""
    out: set[str] = set()
    for kind, value in members:
        name = str(kind)
        if name == "LITERAL":
            out.add(_folded(chr(value)))
        elif name == "RANGE" and value[1] - value[0] < 10:
            out |= {_folded(chr(code)) for code in range(value[0], value[1] + 1)}
        elif name == "CATEGORY" and str(value) == "CATEGORY_SPACE":
            out.add(" ")
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            out |= set("0123456789")
        else:
            return None
    return out


def _folded(char: str) -> str:
    low = char.lower()
    return " " if char.isspace() else low if len(low) == 1 else char
