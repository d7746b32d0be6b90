"""Which shards to give to a cluster next, when workers die over them.

A worker that dies takes nothing with it but time: its shard is read again by another one, which tells each
paper that it takes. A paper that was in hand when that one dies too, and may have been the first time, is set
aside; where that is not sure, the papers in question are read one by one, the others in two halves, and the
shard is put together from these parts in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.scale.shard import Member, Shard
from pipeline.scale.work import Task

#: workers that a paper may kill
_MOST_DEATHS = 2
#: the same where each time others were read beside it
_MOST_BESIDE = 4


@dataclass(frozen=True, slots=True)
class InHand:
    """Papers of which a worker has one in hand. `alone`: it reads no other one at the same time."""

    papers: tuple[str, ...]
    alone: bool


@dataclass(eq=False, slots=True)
class Try:
    """A shard, or a part of one (`whole` is what it is a part of), on its way through a cluster.

    `in_hand` is by worker; `troubles` counts workers that could not work on it, `deaths` how often it
    came back because workers died.
    """

    shard: Shard
    whole: Try | None = None
    parts: list[str] = field(default_factory=list)
    aside: set[str] = field(default_factory=set)
    in_hand: dict[str, InHand] = field(default_factory=dict)
    open_parts: int = 0
    troubles: int = 0
    deaths: int = 0

    @property
    def task(self) -> Task:
        """What a worker has to know."""
        old, whole = [], self.whole
        while whole:
            old.append(whole.shard.key)
            whole = whole.whole
        careful = bool(self.deaths or self.whole)
        return Task(self.shard, tuple(old), tuple(self.parts), frozenset(self.aside), careful)

    def done(self) -> list[Try]:
        """What to do now that this is read: nothing, or the whole whose last part this was."""
        whole = self.whole
        if whole is None:
            return []
        whole.parts.append(self.shard.key)
        whole.aside |= self.aside
        whole.open_parts -= 1
        return [] if whole.open_parts else [whole]

    def killed(self) -> list[Try]:
        """What to do now that workers have died over this."""
        self.deaths += 1
        seen, alone = self._seen()
        left = [member for member in self.shard.members if member.doc_id not in self.aside]
        most = max(seen.values(), default=0)
        suspects = {doc_id for doc_id, deaths in seen.items() if deaths == most}
        culprits = suspects if most >= _MOST_DEATHS else set()
        deaths = max(self.deaths, len(self.in_hand))
        if len(left) <= 1 and deaths >= (_MOST_DEATHS if alone else _MOST_BESIDE):
            culprits = {member.doc_id for member in left}
        elif not alone or len(culprits) > 1:
            culprits = set()
        if culprits:
            self.aside |= culprits
            self.in_hand.clear()
            self.deaths = 0
            return [self]
        if len(left) <= 1 or self.deaths < _MOST_DEATHS:
            return [self]
        return self._split(left, suspects)

    def _seen(self) -> tuple[Counter[str], bool]:
        """How many workers may have had each paper in hand, and whether they read nothing else beside."""
        seen = list(self.in_hand.values())
        alone = bool(seen) and all(one.alone for one in seen)
        return Counter(doc_id for one in seen for doc_id in one.papers), alone

    def _split(self, members: list[Member], suspects: set[str]) -> list[Try]:
        singles = [[member] for member in members if member.doc_id in suspects]
        others = [member for member in members if member.doc_id not in suspects]
        middle = (len(others) + 1) // 2
        groups = [group for group in (*singles, others[:middle], others[middle:]) if group]
        self.parts.clear()
        self.in_hand.clear()
        self.open_parts, self.deaths = len(groups), 0
        return [self._part(number, group) for number, group in enumerate(groups)]

    def _part(self, number: int, members: Iterable[Member]) -> Try:
        key = f"{self.shard.key}.{number}"
        return Try(replace(self.shard, key=key, members=tuple(members)), self)
