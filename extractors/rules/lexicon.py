"""Vocabulary look-up in one pass over a text (Aho-Corasick), longest match first.

A thousand-word alternation is some thirty times slower than one automaton.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

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
        self._automaton = ahocorasick.Automaton()
        grouped: dict[str, list[Entry[V]]] = {}
        for entry in entries:
            grouped.setdefault(entry.phrase.lower(), []).append(entry)
        for phrase, group in grouped.items():
            self._automaton.add_word(phrase, (len(phrase), tuple(group)))
        if grouped:
            self._automaton.make_automaton()
        self._empty = not grouped

    def find(self, text: str, lower: str, start: int = 0, end: int | None = None) -> list[Hit[V]]:
        """Leftmost-longest, non-overlapping hits in text[start:end]; `lower` is text in lower case."""
        if self._empty:
            return []
        stop = len(text) if end is None else end
        found: list[Hit[V]] = []
        for last, (length, group) in self._automaton.iter(lower, start, stop):
            begin, after = last + 1 - length, last + 1
            if begin > 0 and lower[begin - 1].isalnum() and lower[begin].isalnum():
                continue
            if after < stop and lower[after].isalnum():
                after = _word_end(lower, after, stop)
                if after < 0:
                    continue
            for entry in group:
                if not entry.exact or text.startswith(entry.phrase, begin):
                    found.append(Hit(begin, after, entry.value))
                    break
        if len(found) < 2:
            return found
        found.sort(key=_leftmost_longest)
        out: list[Hit[V]] = []
        for hit in found:
            if not out or hit.start >= out[-1].end:
                out.append(hit)
        return out


def _leftmost_longest(hit: Hit[V]) -> tuple[int, int]:
    return hit.start, -hit.end


def _word_end(lower: str, after: int, stop: int) -> int:
    """Where the word ends that goes on behind a phrase, -1 if the phrase stops inside a word."""
    if not lower[after - 1].isalnum():
        return after
    for plural in ("s", "es"):
        end = after + len(plural)
        whole = end >= stop or not lower[end].isalnum()
        if whole and lower.startswith(plural, after) and lower[after - 1].isalpha():
            return end
    return -1


def read_rows(package: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a vocabulary CSV that ships beside a component (UTF-8, header row)."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
