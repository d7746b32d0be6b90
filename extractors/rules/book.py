"""A book of rules: which of them are worth trying in a sentence, and what they find there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from extractors.rules.kept import gates
from extractors.rules.rule import Relation, Rule, RuleError, Slots, broken, compiled, expand
from extractors.rules.scan import Scanner
from extractors.rules.triggers import Clause
from extractors.text import Sentence, View


@dataclass(frozen=True, eq=False)
class Bound:
    """A rule with its gate and its pattern, which is compiled when the rule is first tried."""

    rule: Rule
    expression: str
    needs: tuple[Clause, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled phrase. Raises RuleError where it is no regular expression."""
        return compiled(self.rule, self.expression)


class Found(NamedTuple):
    """A rule's match in a sentence; `start` and `end` are offsets into the text."""

    rule: Rule
    match: re.Match[str]
    start: int
    end: int

    def read(self) -> Any:
        """What the match says."""
        return self.rule.read(self.match)


class Book:
    """Rules in order, with the slots of their phrases. Patterns are compiled when first asked for.

    `relations` are the book's rules that are code; they have a name and sentences, but no phrase. A book
    that is asked `seldom`, only where something else was found, takes no part in the pass over a text:
    its triggers are looked for in the sentences that it is asked about.
    Raises RuleError where two rules have one name.
    """

    def __init__(
        self,
        name: str,
        rules: tuple[Rule, ...],
        slots: Slots,
        relations: tuple[Relation, ...] = (),
        seldom: bool = False,
    ) -> None:
        self.seldom = seldom
        self.name, self.rules, self.slots, self.relations = name, rules, slots, relations
        names = [rule.name for rule in rules] + [relation.name for relation in relations]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise RuleError(f"book {name!r}: two rules are named {twice[0]!r}")

    @cached_property
    def bound(self) -> tuple[Bound, ...]:
        """The rules, ready to be tried."""
        made = []
        for rule in self.rules:
            expression = expand(rule.phrase, self.slots, rule.name)
            made.append(Bound(rule, expression, _gate(rule, expression)))
        return tuple(made)

    @cached_property
    def scanner(self) -> Scanner:
        """A scanner for this book alone, for views that come without a common one."""
        return Scanner((self,))

    @cached_property
    def _by_name(self) -> dict[str, Bound]:
        return {bound.rule.name: bound for bound in self.bound}

    def pattern(self, name: str) -> re.Pattern[str]:
        """The pattern of the rule of this name; raises KeyError where there is none."""
        return self._by_name[name].pattern

    def candidates(self, view: View, sentence: Sentence) -> tuple[Bound, ...]:
        """The rules worth trying in a sentence, in the book's order."""
        return (view.gates.get(self) or view.gate(self))[sentence.index]

    def possible(self, view: View, sentence: Sentence) -> bool:
        """Whether any rule is worth trying in a sentence."""
        return bool(self.candidates(view, sentence))

    def find(self, view: View, sentence: Sentence) -> Iterator[Found]:
        """All matches of all rules in a sentence: by rule, in the book's order."""
        bounds = (view.gates.get(self) or view.gate(self))[sentence.index]
        return _matches(bounds, sentence) if bounds else _NOTHING

    def everywhere(self, view: View) -> Iterator[Found]:
        """All matches of all rules in all sentences of a view, in the order of the sentences."""
        gate = view.gates.get(self) or view.gate(self)
        for sentence in view.sentences:
            if bounds := gate[sentence.index]:
                yield from _matches(bounds, sentence)

    def in_text(self, text: str, lower: str) -> Iterator[Found]:
        """All matches of all rules in a text that is no sentence of a view: a label, a cell.

        `text` is folded, `lower` the same in lower case; offsets are of `text`.
        """
        for bound in self.bound:
            for match in bound.pattern.finditer(text if bound.rule.printed else lower):
                yield Found(bound.rule, match, match.start(), match.end())

    def within(self, lower: str, printed: str | None = None) -> Iterator[Found]:
        """All matches of all rules worth trying in any text in lower case; offsets are of it.

        `printed`: the same text as printed, for rules that are matched against that.
        """
        scanner = self.scanner
        plan = scanner.plans[id(self)]
        for bound in plan[scanner.bits_in(lower) & plan.mask]:
            words = lower if printed is None or not bound.rule.printed else printed
            for match in bound.pattern.finditer(words):
                yield Found(bound.rule, match, match.start(), match.end())

    def says(self, lower: str, printed: str | None = None) -> bool:
        """Whether any rule matches anywhere in a text in lower case; `printed` as in `within`."""
        return next(self.within(lower, printed), None) is not None

    def leftmost(self, view: View, sentence: Sentence, words: str | None = None) -> list[Found]:
        """Matches in order, none overlapping; of those that begin together the earlier rule's counts.

        `words` may stand for the sentence's, in lower case and of the same length, parts blanked out.
        """
        bounds, lower = self.candidates(view, sentence), sentence.lower if words is None else words
        return _leftmost(bounds, sentence.text, lower, sentence.start) if bounds else []

    def leftmost_in(self, text: str, lower: str) -> list[Found]:
        """The same in a text that is no sentence of a view: a label, a cell."""
        return _leftmost(self.bound, text, lower, 0)

    def apart(self, view: View, sentence: Sentence) -> list[tuple[Found, Any]]:
        """Matches that say something, with their readings; where two overlap, the earlier rule's counts."""
        kept: list[tuple[Found, Any]] = []
        for found in self.find(view, sentence):
            if any(found.start < k.end and k.start < found.end for k, _ in kept):
                continue
            said = found.read()
            if said is not None:
                kept.append((found, said))
        return kept

    def first(
        self, view: View, sentence: Sentence, start: int | None = None, end: int | None = None
    ) -> Found | None:
        """The leftmost match of any rule in a sentence, or in [start, end) of it (offsets of the text)."""
        begin = 0 if start is None else max(0, start - sentence.start)
        stop = len(sentence.text) if end is None else end - sentence.start
        best: Found | None = None
        for bound in self.candidates(view, sentence):
            words = sentence.text if bound.rule.printed else sentence.lower
            match = bound.pattern.search(words, begin, stop)
            if match is not None and (best is None or match.start() < best.match.start()):
                at = sentence.start
                best = Found(bound.rule, match, at + match.start(), at + match.end())
        return best


def _gate(rule: Rule, expression: str) -> tuple[Clause, ...]:
    try:
        return gates().of(expression)
    except re.error as error:
        raise broken(rule, error) from error


#: No match; an iterator that has ended may be given to everybody.
_NOTHING: Iterator[Found] = iter(())


def _matches(bounds: Sequence[Bound], sentence: Sentence) -> Iterator[Found]:
    for bound in bounds:
        words = sentence.text if bound.rule.printed else sentence.lower
        for match in bound.pattern.finditer(words):
            yield Found(bound.rule, match, sentence.start + match.start(), sentence.start + match.end())


def _leftmost(bounds: Sequence[Bound], text: str, lower: str, at: int) -> list[Found]:
    """Matches from left to right; `at` is what their offsets count from."""
    ahead: list[tuple[int, int, re.Match[str]]] = []  # a heap: where a match begins, its rule's place
    for place, bound in enumerate(bounds):
        if match := bound.pattern.search(text if bound.rule.printed else lower):
            ahead.append((match.start(), place, match))
    heapify(ahead)
    out: list[Found] = []
    end = 0
    while ahead:
        start, place, match = heappop(ahead)
        bound = bounds[place]
        if start >= end:
            out.append(Found(bound.rule, match, at + start, at + match.end()))
            end = max(match.end(), start + 1)
        if following := bound.pattern.search(text if bound.rule.printed else lower, end):
            heappush(ahead, (following.start(), place, following))
    return out
