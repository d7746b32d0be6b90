"""Vocabulary look-up in one pass over a text (Aho-Corasick), longest match first.

A thousand-word alternation is some thirty times slower than one automaton.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any, Generic, NamedTuple, TypeVar

import ahocorasick

from extractors.rules.scan import Scanner, Seen, begins_word, word_end
from extractors.text import Sentence, View

V = TypeVar("V")


class Hit(NamedTuple, Generic[V]):
    """A vocabulary entry found at [start, end)."""

    start: int
    end: int
    value: V


@dataclass(frozen=True, slots=True)
class Entry(Generic[V]):
    """A phrase and what it stands for. `exact`: only in this very case ("Ca", "P", "IP")."""

    phrase: str
    value: V
    exact: bool = False


class Lexicon(Generic[V]):
    """Finds whole-word phrases. A plural "s" or "es" after a phrase of letters is accepted."""

    def __init__(self, entries: Iterable[Entry[V]]) -> None:
        grouped: dict[str, list[Entry[V]]] = {}
        for entry in entries:
            grouped.setdefault(entry.phrase.lower(), []).append(entry)
        #: The entries by their phrase in lower case.
        self.grouped = {phrase: tuple(group) for phrase, group in grouped.items()}

    @cached_property
    def scanner(self) -> Scanner:
        """A scanner for this lexicon alone, for views that come without a common one."""
        return Scanner((), (self,))

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for phrase, group in self.grouped.items():
            automaton.add_word(phrase, (len(phrase), group))
        automaton.make_automaton()
        return automaton

    def find(self, text: str, lower: str, start: int = 0, end: int | None = None) -> list[Hit[V]]:
        """Leftmost-longest, non-overlapping hits in text[start:end]; `lower` is text in lower case."""
        if not self.grouped:
            return []
        stop = len(text) if end is None else end
        seen: list[Seen] = []
        for last, (length, group) in self._automaton.iter(lower, start, stop):
            begin = last + 1 - length
            if begins_word(lower, begin) and (whole := word_end(lower, last + 1, stop)):
                seen.append((begin, whole, group))
        return _apart(seen, text)

    def in_sentence(self, view: View, sentence: Sentence) -> list[Hit[V]]:
        """Leftmost-longest, non-overlapping hits in a sentence, with offsets into the view's text."""
        found = view.seen.get(self)
        seen = (view.see(self) if found is None else found).get(sentence.index)
        return _apart(seen, view.folded) if seen else []

    def everywhere(self, view: View) -> list[Hit[V]]:
        """The hits in all sentences of a view, in order."""
        hits: list[Hit[V]] = []
        for seen in view.see(self).values():
            hits += _apart(seen, view.folded)
        return hits


def _apart(seen: Iterable[Seen], text: str) -> list[Hit[Any]]:
    """The hits that are spelled as they should, of overlapping ones the leftmost and longest."""
    found: list[Hit[Any]] = []
    for begin, end, group in seen:
        for entry in group:
            if not entry.exact or text.startswith(entry.phrase, begin):
                found.append(Hit(begin, end, entry.value))
                break
    if len(found) < 2:
        return found
    found.reverse()  # of one span the longer phrase, seen last: "mothers", not a plural of "mother"
    found.sort(key=_leftmost_longest)
    out: list[Hit[Any]] = []
    for hit in found:
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out


def _leftmost_longest(hit: Hit[Any]) -> tuple[int, int]:
    return hit.start, -hit.end


def read_rows(package: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a vocabulary CSV that ships beside a component (UTF-8, header row)."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
