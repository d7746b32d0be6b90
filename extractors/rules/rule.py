"""A rule: a phrase with slots, how its match is read, the sentences that prove it.

A phrase is a regular expression in which a blank is any one white space and `{slot}` is a named part
from the book's slots; `{name:slot}` keeps the part's words under a group's name:

    Rule("n units after birth", "{count:number} {unit:unit} after {her }?{birth}", read_span,
         says={"Pain began 3 weeks after her delivery.": (21, 21)},
         silent=("Pain lasted for three weeks.",))
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

#: `{slot}`, `{group:slot}`; a repeat such as {0,3} begins with a digit.
_SLOT = re.compile(r"\{(?:(?P<group>[a-z]\w*):)?(?P<slot>[a-z][\w ]*)\}")


class Pattern(Protocol):
    """What may fill a slot beside a regular expression: words of a vocabulary."""

    @property
    def pattern(self) -> str:
        """A regular expression without groups of its own names."""


Slots = Mapping[str, "str | Pattern"]


@dataclass(frozen=True, eq=False)
class Rule:
    """One visible thing that is looked for.

    `read` turns a match into what it says, None where it says nothing after all. `says` holds
    sentences with their readings, `silent` near misses on which the phrase must not match.
    `printed`: the phrase is matched against the text as printed, not in lower case.
    """

    name: str
    phrase: str
    read: Callable[[re.Match[str]], Any] = lambda match: match.group()
    says: Mapping[str, Any] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    printed: bool = False


@dataclass(frozen=True, eq=False)
class Relation:
    """A rule that is code: it relates what phrases and vocabularies found ("the value behind a name").

    `says` holds sentences with the fields of the mention that its extractor makes of them under this
    name; in `silent` sentences it makes none. `of` is what they are: a "sentence", a "table" (a line a row,
    " | " between its cells, heads first) or a "paper" (which the rows of its tables are taken from).
    """

    name: str
    meaning: str
    says: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    of: str = "sentence"


class RuleError(ValueError):
    """A rule that contradicts itself: an unknown slot, a broken phrase, a name used twice."""


def expand(phrase: str, slots: Slots, name: str = "") -> str:
    """The regular expression of a phrase; slots may hold slots. Raises RuleError for an unknown one."""
    return _filled(phrase, slots, name, ()).replace(" ", r"\s")


def _filled(phrase: str, slots: Slots, name: str, inside: tuple[str, ...]) -> str:
    def part(match: re.Match[str]) -> str:
        slot = match["slot"]
        if slot not in slots:
            raise RuleError(f"rule {name!r}: no slot {slot!r}; there are {', '.join(sorted(slots))}")
        if slot in inside:
            raise RuleError(f"rule {name!r}: the slot {slot!r} holds itself")
        filler = slots[slot]
        words = filler if isinstance(filler, str) else filler.pattern
        filled = _filled(words, slots, name, (*inside, slot))
        return f"(?P<{match['group']}>{filled})" if match["group"] else f"(?:{filled})"

    return _SLOT.sub(part, phrase)


def broken(rule: Rule, error: re.error) -> RuleError:
    """The error of a rule whose phrase is no regular expression."""
    return RuleError(f"rule {rule.name!r}: {error}")


def compiled(rule: Rule, expression: str) -> re.Pattern[str]:
    """A rule's pattern. Raises RuleError where its phrase, expanded, is no regular expression."""
    try:
        return re.compile(expression)
    except re.error as error:
        raise broken(rule, error) from error


@dataclass(frozen=True, eq=False)
class Glue:
    """A phrase matched at a place: what may stand between, before or behind things already found.

    It is no rule: it is never sought through a text. Written like a rule's phrase; raises RuleError at
    its first use where it is no regular expression.
    """

    phrase: str
    slots: Slots = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled phrase."""
        try:
            return re.compile(expand(self.phrase, self.slots, self.phrase))
        except re.error as error:
            raise RuleError(f"glue {self.phrase!r}: {error}") from error

    def behind(self, text: str, pos: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The phrase right behind `pos`, not beyond `end`."""
        return self.pattern.match(text, pos, len(text) if end is None else end)

    def fills(self, text: str, pos: int, end: int) -> re.Match[str] | None:
        """The phrase from `pos` to `end`, with nothing left over."""
        return self.pattern.fullmatch(text, pos, end)

    def within(self, text: str, pos: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The phrase within [pos, end); one that ends with $ stands right before `end`."""
        return self.pattern.search(text, max(0, pos), len(text) if end is None else end)

    def last(self, text: str, pos: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The last place of the phrase within [pos, end), in time that grows with the text."""
        found = self.pattern.finditer(text, max(0, pos), len(text) if end is None else end)
        return next(iter(deque(found, maxlen=1)), None)
