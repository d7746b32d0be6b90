"""One pass over a text for everything that is looked for: triggers of rules, words of vocabularies.

A scanner is made once from the books and lexicons that will be asked. Each clause of a rule's gate is
a bit; a sentence's bits say at once which rules are worth trying.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ahocorasick

if TYPE_CHECKING:
    from extractors.rules.book import Book, Bound
    from extractors.rules.lexicon import Lexicon
    from extractors.text import Sentence

#: Where a vocabulary's phrase was seen: its last character, its length, its entries.
Seen = tuple[int, int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A book's rules with the bits that each needs, reached by the bit of the rarest clause."""

    always: tuple[tuple[int, Bound], ...]
    by_bit: dict[int, tuple[tuple[int, int, Bound], ...]]  # bit -> (place in the book, need, rule)
    rare: int

    def candidates(self, bits: int) -> list[Bound]:
        """The rules worth trying in a sentence with these bits, in the book's order."""
        hits = bits & self.rare
        if not hits:
            return [bound for _, bound in self.always]
        found = list(self.always)
        while hits:
            bit = hits & -hits
            hits ^= bit
            found += [(place, bound) for place, need, bound in self.by_bit[bit] if bits & need == need]
        found.sort(key=_place)
        return [bound for _, bound in found]


def _place(item: tuple[int, Bound]) -> int:
    return item[0]


@dataclass(slots=True)
class Scan:
    """What one pass saw: the bits of each sentence, and each lexicon's phrases by sentence."""

    bits: list[int]
    seen: dict[int, dict[int, list[Seen]]] = field(default_factory=dict)  # lexicon -> sentence -> phrases
    seldom: dict[int, int] = field(
        default_factory=dict
    )  # sentence -> its bits for books that are asked seldom


class Scanner:
    """The automaton of some books and lexicons.

    Books that are asked seldom have an automaton of their own (`seldom`), which sees single sentences.
    """

    def __init__(self, books: Iterable[Book], lexicons: Iterable[Lexicon[Any]] = ()) -> None:
        given, lexicons = tuple(books), tuple(lexicons)
        often = (
            given
            if not lexicons and all(b.seldom for b in given)
            else tuple(b for b in given if not b.seldom)
        )
        #: The scanner of the books that are asked seldom, None where all are alike.
        self.seldom = Scanner(b for b in given if b.seldom) if len(often) < len(given) else None
        self._bits: dict[frozenset[str], int] = {}
        self.plans: dict[int, Plan] = {}
        masks: dict[str, int] = {}
        self._kept: list[object] = []  # keys are identities: what they stand for must live as long
        for book in often:
            self.plans[id(book)] = self._plan(book)
            self._kept.append(book)
        for clause, bit in self._bits.items():
            for text in clause:
                masks[text] = masks.get(text, 0) | bit
        phrases: dict[str, list[tuple[int, tuple[Any, ...]]]] = {}
        self.lexicons: set[int] = set()
        for lexicon in lexicons:
            self.lexicons.add(id(lexicon))
            self._kept.append(lexicon)
            for phrase, group in lexicon.grouped.items():
                phrases.setdefault(phrase, []).append((id(lexicon), group))
        own = self.plans.keys() | self.lexicons
        self._known: frozenset[int] = frozenset(own | self.seldom._known if self.seldom else own)
        self._automaton = ahocorasick.Automaton()
        for text in masks.keys() | phrases.keys():
            self._automaton.add_word(text, (len(text), masks.get(text, 0), tuple(phrases.get(text, ()))))
        self._empty = not (masks or phrases)
        if not self._empty:
            self._automaton.make_automaton()

    def _plan(self, book: Book) -> Plan:
        always: list[tuple[int, Bound]] = []
        by_bit: dict[int, list[tuple[int, int, Bound]]] = {}
        for place, bound in enumerate(book.bound):
            if not bound.needs:
                always.append((place, bound))
                continue
            bits = [self._bits.setdefault(clause, 1 << len(self._bits)) for clause in bound.needs]
            by_bit.setdefault(bits[0], []).append((place, sum(set(bits)), bound))
        rare = sum(by_bit)
        return Plan(tuple(always), {bit: tuple(rules) for bit, rules in by_bit.items()}, rare)

    def knows(self, sought: object) -> bool:
        """Whether a book or lexicon is among those that the scanner was made from."""
        return id(sought) in self._known

    def bits_in(self, lower: str) -> int:
        """The bits of a single sentence."""
        bits = 0
        if not self._empty:
            for _, (_, mask, _) in self._automaton.iter(lower):
                bits |= mask
        return bits

    def candidates(self, book: Book, scan: Scan, sentence: Sentence) -> list[Bound]:
        """The rules of a book worth trying in a sentence; `scan` is what this scanner saw in its text."""
        if self.seldom is None or not book.seldom:
            return self.plans[id(book)].candidates(scan.bits[sentence.index])
        bits = scan.seldom.get(sentence.index)
        if bits is None:
            bits = scan.seldom[sentence.index] = self.seldom.bits_in(sentence.lower)
        return self.seldom.plans[id(book)].candidates(bits)

    def scan(self, lower: str, sentences: tuple[Sentence, ...]) -> Scan:
        """What stands in each sentence; `lower` is the text as rules see it (`View.lower`)."""
        out = Scan([0] * len(sentences), {key: {} for key in self.lexicons})
        if self._empty or not sentences:
            return out
        bits, seen = out.bits, out.seen
        starts, ends = [s.start for s in sentences], [s.end for s in sentences]
        index, last = 0, len(ends) - 1
        begin, limit = starts[0], ends[0]
        for place, (length, mask, groups) in self._automaton.iter(lower):
            while place >= limit and index < last:
                index += 1
                begin, limit = starts[index], ends[index]
            if place >= limit:
                break
            if place - length + 1 < begin:
                continue
            bits[index] |= mask
            for key, group in groups:
                seen[key].setdefault(index, []).append((place, length, group))
        return out
