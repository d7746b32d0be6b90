"""The parts of a pattern, with the texts that each can match, as far as they can be listed.

`re._parser` is CPython's own parser of patterns (3.11 to 3.14 have it). It is used in this module
alone; a node it does not know stands for anything.
"""

from __future__ import annotations

import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

#: Strings that a part, or a run of adjoining parts, may stand for.
MOST = 80

Texts = frozenset[str]
_NOTHING: Texts = frozenset(("",))
_DIGITS: Texts = frozenset("0123456789")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


@dataclass(frozen=True, slots=True)
class Part:
    """A part: `texts` are all it can match, in lower case, None where they cannot be listed.

    `ways` are the sequences of parts of which one is met; `optional`: or none of them. `ahead` is what
    has to follow, `behind` what has to stand before, without being a part of the match.
    """

    texts: Texts | None
    ways: tuple[tuple[Part, ...], ...] = ()
    optional: bool = False
    ahead: tuple[Part, ...] = ()
    behind: tuple[Part, ...] = ()

    @property
    def looks_around(self) -> bool:
        """Whether something is looked for around the match, in the part or in what it is made of."""
        return bool(self.ahead or self.behind) or any(p.looks_around for way in self.ways for p in way)


def parts_of(pattern: str) -> tuple[Part, ...]:
    """The parts of a pattern in their order."""
    return _parts(sre.parse(pattern))


def joined(parts: Iterable[Part]) -> Texts | None:
    """All texts of a sequence of parts, None where they are too many to list."""
    out: Texts = _NOTHING
    for part in parts:
        if part.texts is None or len(out) * len(part.texts) > MOST * MOST:
            return None
        out = frozenset(head + tail for head in out for tail in part.texts)
        if len(out) > MOST:
            return None
    return out


def edge(parts: Sequence[Part], last: bool) -> AbstractSet[str]:
    """What a sequence ends with (`last`) or begins with; {""} where that cannot be listed."""
    out: AbstractSet[str] = _NOTHING
    for place in range(len(parts))[:: -1 if last else 1]:
        part = parts[place]
        if part.texts is None:
            more = _edge_of(part, parts[:place] if last else parts[place + 1 :], last)
        else:
            more = part.texts
        if len(out) * len(more) > MOST:
            break
        out = {far + near if last else near + far for near in out for far in more}
        if part.texts is None:
            break
    return out


def _edge_of(part: Part, beyond: Sequence[Part], last: bool) -> AbstractSet[str]:
    """The edge of a part that cannot be listed; `beyond` is what stands there where it is left out."""
    ways = [edge(way, last) for way in part.ways]
    if part.optional:
        ways.append(edge(beyond, last))
    union = frozenset().union(*ways) if ways else _NOTHING
    return union if len(union) <= MOST else _NOTHING


def _parts(nodes: Iterable[Any]) -> tuple[Part, ...]:
    return tuple(_part(str(node[0]), node[1]) for node in nodes)


def _part(kind: str, value: Any) -> Part:
    if kind == "LITERAL":
        return Part(frozenset((_folded(chr(value)),)))
    if kind == "IN":
        return Part(_members(value))
    if kind == "ASSERT":
        around = _parts(value[1])
        return Part(_NOTHING, ahead=around) if value[0] > 0 else Part(_NOTHING, behind=around)
    if kind in ("AT", "ASSERT_NOT"):
        return Part(_NOTHING)
    if kind == "SUBPATTERN":
        return _either((_parts(value[3]),))
    if kind == "ATOMIC_GROUP":
        return Part(None, (_parts(value),))
    if kind == "BRANCH":
        return _either(tuple(_parts(branch) for branch in value[1]))
    if kind in _REPEATS:
        return _repeat(kind, value)
    return Part(None)


def _either(ways: tuple[tuple[Part, ...], ...]) -> Part:
    return Part(_union(joined(way) for way in ways), ways)


def _repeat(kind: str, value: Any) -> Part:
    least, most, way = value[0], value[1], _parts(value[2])
    once = joined(way) if most == 1 and kind != "POSSESSIVE_REPEAT" else None
    if once is not None and least == 0:
        once |= _NOTHING
    return Part(once, (way,), optional=least == 0)


def _union(found: Iterable[Texts | None]) -> Texts | None:
    out: set[str] = set()
    for texts in found:
        if texts is None or len(out) > MOST:
            return None
        out |= texts
    return frozenset(out)


def _members(members: Iterable[tuple[Any, Any]]) -> Texts | None:
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
            out |= _DIGITS
        else:
            return None
    return frozenset(out)


def _folded(char: str) -> str:
    low = char.lower()
    return " " if char.isspace() else low if len(low) == 1 else char
