"""One fact told several times is one record, the most precise telling its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from pipeline.resolve.placed import M, Placed

#: Which part of a paper is preferred where two tellings are equally precise.
_SOURCE_ORDER = {"text": 0, "table": 1, "abstract": 2, "caption": 3, "title": 4}


def group(placed: Iterable[Placed[M]], same: Callable[[Placed[M], Placed[M]], bool]) -> list[list[Placed[M]]]:
    """Put mentions of one fact together: each joins the first group whose every member it equals."""
    groups: list[list[Placed[M]]] = []
    for one in placed:
        for members in groups:
            if all(same(one, other) for other in members):
                members.append(one)
                break
        else:
            groups.append([one])
    return groups


def best(members: list[Placed[M]], precision: Callable[[Placed[M]], float]) -> Placed[M]:
    """The telling to quote: the most precise, then body before table before abstract, then the first."""
    return min(
        members, key=lambda p: (-precision(p), _SOURCE_ORDER.get(p.source, 9), p.mention.start, p.mention.end)
    )


def decimals(value: float | None) -> int:
    """Decimal places of a value as printed (0.714 has three)."""
    if value is None:
        return -1
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def same_value(a: float | None, b: float | None) -> bool:
    """Whether one value is the other, or the other rounded to fewer places (0.71 and 0.714)."""
    if a is None or b is None:
        return a is b
    if a == b:
        return True
    places = min(decimals(a), decimals(b))
    if max(decimals(a), decimals(b)) == places or (places == 0 and min(abs(a), abs(b)) < 10):
        return False
    step = 10.0**-places
    return abs(a - b) <= step / 2 + 1e-9
