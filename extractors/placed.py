"""A mention in its place, and the tools with which a fact tells which tellings are one.

What a fact's functions (see `extractors.fact`) are given is plain: the mention, and which part of the
paper it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from extractors.base import Mention
from extractors.values import fixed

M = TypeVar("M", bound=Mention)

#: Which part of a paper is preferred where two tellings are equally precise.
_SOURCE_ORDER = {"text": 0, "table": 1, "abstract": 2, "caption": 3, "title": 4}
#: Tests within so many days of the first visit still belong to it.
_VISIT_DAYS = 61
#: Two times are one where they are no more than so many days apart.
_SAME_DAYS = 16


@fixed(frozen=True, slots=True)
class Placed(Generic[M]):
    """A mention of one patient, with its component and where it stands.

    `source` is text | table | caption | title | abstract, `section` the nearest heading, `page` of a PDF.
    `presents`: the age of "another person" who turns out to be this patient. `attribution`: how sure it is,
    at most, that it is told of this patient.
    """

    mention: M
    component: str
    source: str
    section: str
    page: int | None
    presents: bool = False
    attribution: float = 1.0

    @property
    def certainty(self) -> float:
        """How sure the statement is: by its rule, and by whose it is."""
        return min(self.mention.certainty, self.attribution)


def told(found: list[Placed[M]]) -> list[Placed[M]]:
    """What is said to be there; what is said not to be there is no row."""
    return [p for p in found if not p.mention.context.negated]


def at_first(mention: Mention) -> bool:
    """Whether a finding is one of the first visit: no follow-up, no history."""
    later = mention.time is not None and mention.time.phase == "follow-up"
    return not later and not mention.context.historical


def filled(placed: Placed[M], *fields: str) -> int:
    """How many of a mention's fields say something."""
    return sum(getattr(placed.mention, f) not in (None, "") for f in fields)


def first(members: Iterable[Placed[M]], chosen: Placed[M], field: str) -> Any:
    """The chosen telling's value of a field, else the first telling's that has one."""
    own = getattr(chosen.mention, field)
    if own is not None and own != "":
        return own
    for other in members:
        value = getattr(other.mention, field)
        if value is not None and value != "":
            return value
    return own


def group(placed: Iterable[Placed[M]], same: Callable[[Placed[M], Placed[M]], bool]) -> list[list[Placed[M]]]:
    """Put mentions of one fact together: each joins the first group whose every member it equals.

    What `same` says of two mentions must not hang on where they stand: a group is compared by one of those
    that say alike, and who follows one that says alike need not ask the groups which that did not join.
    """
    groups: list[list[Placed[M]]] = []
    kinds: list[dict[Hashable, Placed[M]]] = []  # of each group
    joined: dict[Hashable, int] = {}
    for one in placed:
        said = _said(one)
        at = joined.get(said, 0)
        while at < len(groups) and not all([same(one, other) for other in kinds[at].values()]):
            at += 1
        if at == len(groups):
            groups.append([])
            kinds.append({})
        groups[at].append(one)
        kinds[at].setdefault(said, one)
        joined[said] = at
    return groups


def _said(placed: Placed[M]) -> Hashable:
    """All that a telling says and how, but for where it stands and how sure it is."""
    mention: Mention = placed.mention
    kind: Any = type(mention)
    time, context = mention.time, mention.context
    when = time and (time.anchor, time.days_min, time.days_max, time.phase, time.pregnancy)
    how = (context.negated, context.uncertain, context.historical, context.family, context.planned)
    values = _values_of(kind)(mention)
    return kind, placed.source, placed.presents, when, how, context.general, values


@cache
def _values_of(kind: Any) -> Callable[[Mention], Hashable]:
    """Gives the fields that a type of mention adds."""
    common = {field.name for field in fields(Mention)}
    own = [field.name for field in fields(kind) if field.name not in common]
    return attrgetter(*own) if own else lambda mention: ()


def best(members: list[Placed[M]], precision: Callable[[Placed[M]], float]) -> Placed[M]:
    """The telling to quote: the most precise, then body before table before abstract, then the first."""
    return min(
        members, key=lambda p: (-precision(p), _SOURCE_ORDER.get(p.source, 9), p.mention.start, p.mention.end)
    )


@lru_cache(maxsize=1024)
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


def same_unless_told(a: Placed[M], b: Placed[M], *fields: str) -> bool:
    """False where both tell one of the fields and tell it differently."""
    for field in fields:
        x, y = getattr(a.mention, field), getattr(b.mention, field)
        if x not in (None, "") and y not in (None, "") and x != y:
            return False
    return True


def phase_of(placed: Placed[M]) -> str:
    """baseline | follow-up | history, by what the statement's time expression says; baseline without one."""
    time = placed.mention.time
    if time is not None and time.phase:
        return time.phase
    return "baseline"


def two_phases(placed: Placed[M], first_visit: int | None = None) -> str:
    """As `phase_of`, for tables that know baseline and follow-up only.

    A time told from delivery is a follow-up where it lies well behind the first visit's day.
    """
    time = placed.mention.time
    if time is not None and time.anchor == "delivery" and first_visit is not None and not time.phase:
        late = time.days_min is not None and time.days_min > first_visit + _VISIT_DAYS
        return "follow-up" if late else "baseline"
    return "follow-up" if phase_of(placed) == "follow-up" else "baseline"


def same_time(a: Placed[M], b: Placed[M]) -> bool:
    """False where both tell a time and the times differ."""
    x, y = a.mention.time, b.mention.time
    if x is None or y is None:
        return two_phases(a) == two_phases(b) or a.source != b.source
    if two_phases(a) != two_phases(b):
        return False
    if x.anchor == y.anchor and x.days_min is not None and y.days_min is not None:
        return abs(x.days_min - y.days_min) <= _SAME_DAYS
    return True
