"""One pass over a text for everything that is looked for: triggers of rules, words of vocabularies.

A scanner is made once from the books and lexicons that will be asked. Each clause of a rule's gate is
a bit; a sentence's bits say at once which rules are worth trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import itemgetter, or_
from typing import TYPE_CHECKING, Any

import ahocorasick

from extractors.rules.triggers import DIGITS

if TYPE_CHECKING:
    from extractors.rules.book import Book, Bound
    from extractors.rules.lexicon import Lexicon
    from extractors.text import Sentence

#: Where a vocabulary's phrase was seen as whole words: its offsets in the text, its entries.
Seen = tuple[int, int, tuple[Any, ...]]
#: Combinations of bits that a plan remembers.
_MOST_KNOWN = 4096
_DIGIT = re.compile("[0-9]")
_WHICH = itemgetter(1)
_PLACE = itemgetter(0)


#: The rules of one book that are worth trying, by a sentence's index.
Gate = list["tuple[Bound, ...]"] | Mapping[int, "tuple[Bound, ...]"]


class Plan(dict[int, "tuple[Bound, ...]"]):
    """A book's rules that are worth trying, in the book's order, by the bits that a sentence has.

    Each rule needs bits; the rarest of them leads to it. Sentences have few different bits of a book
    (`mask`), so that what is worked out for one is remembered.
    """

    def __init__(self, needs: Sequence[tuple[tuple[int, ...], Bound]]) -> None:
        super().__init__()
        self.mask = 0
        self._always: list[tuple[int, Bound]] = []
        self._led: dict[int, list[tuple[int, int, Bound]]] = {}  # bit -> place, all bits, rule
        for place, (bits, bound) in enumerate(needs):
            need = sum(bits)
            self.mask |= need
            if bits:
                self._led.setdefault(bits[0], []).append((place, need, bound))
            else:
                self._always.append((place, bound))

    def __missing__(self, bits: int) -> tuple[Bound, ...]:
        """`bits` are among those of the mask."""
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found, left = list(self._always), bits
        while left:
            bit = left & -left
            left ^= bit
            found += [(place, bound) for place, need, bound in self._led.get(bit, ()) if bits & need == need]
        worth = self[bits] = tuple(bound for _, bound in sorted(found, key=_PLACE))
        return worth

    def gate(self, bits: Sequence[int], every: int) -> list[tuple[Bound, ...]]:
        """The rules worth trying in each of a text's sentences with these bits; `every` are all of them."""
        mask = self.mask
        return [self[b & mask] for b in bits] if every & mask else [self[0]] * len(bits)


class _Seldom(dict[int, int]):
    """The bits of sentences for books that are asked seldom, worked out when asked for."""

    def __init__(self, scanner: Scanner, sentences: Sequence[Sentence]) -> None:
        super().__init__()
        self._scanner, self._sentences = scanner, sentences

    def __missing__(self, index: int) -> int:
        bits = self[index] = self._scanner.bits_in(self._sentences[index].lower)
        return bits


class _SeldomGate(dict[int, "tuple[Bound, ...]"]):
    """The rules of a book that is asked seldom, worked out for the sentences that it is asked about."""

    def __init__(self, plan: Plan, bits: _Seldom) -> None:
        super().__init__()
        self._plan, self._bits = plan, bits

    def __missing__(self, index: int) -> tuple[Bound, ...]:
        worth = self[index] = self._plan[self._bits[index] & self._plan.mask]
        return worth


@dataclass(slots=True)
class Scan:
    """What one pass saw: the bits of each sentence, and each lexicon's phrases by sentence."""

    bits: list[int]
    every: int = 0  # the bits of all sentences together
    seen: dict[int, dict[int, list[Seen]]] = field(default_factory=dict)  # lexicon -> sentence -> phrases
    seldom: _Seldom | None = None  # sentence -> bits for books asked seldom


def _grouped(lexicons: Iterable[Lexicon[Any]]) -> dict[str, list[tuple[int, tuple[Any, ...]]]]:
    """The phrases of lexicons, each with the lexicons that it is of and its entries in them."""
    phrases: dict[str, list[tuple[int, tuple[Any, ...]]]] = {}
    for lexicon in lexicons:
        for phrase, group in lexicon.grouped.items():
            phrases.setdefault(phrase, []).append((id(lexicon), group))
    return phrases


class Scanner:
    """The automaton of some books and lexicons.

    Books that are asked seldom have an automaton of their own (`seldom`), which sees single sentences.
    """

    def __init__(self, books: Iterable[Book], lexicons: Iterable[Lexicon[Any]] = ()) -> None:
        given, sought = tuple(books), tuple(lexicons)
        often = given
        if sought or not all(book.seldom for book in given):
            often = tuple(book for book in given if not book.seldom)
        #: The scanner of the books that are asked seldom, None where all are alike.
        self.seldom = Scanner(b for b in given if b.seldom) if len(often) < len(given) else None
        self._bits: dict[frozenset[str], int] = {}
        self.plans: dict[int, Plan] = {id(book): self._plan(book) for book in often}
        self.lexicons: set[int] = {id(lexicon) for lexicon in sought}
        self._kept = (*often, *sought)  # keys are identities: what they stand for must live as long
        self._digits = self._bits.get(DIGITS, 0)
        own = self.plans.keys() | self.lexicons
        self._known: frozenset[int] = frozenset(own | self.seldom._known if self.seldom else own)
        masks, phrases = self._triggers(), _grouped(sought)
        texts = [*sorted(phrases), *sorted(masks.keys() - phrases.keys())]
        self._masks = [masks.get(text, 0) for text in texts]
        #: Of the texts that are phrases of lexicons, which stand first: the length, whether it begins with a
        #: letter or digit, the entries.
        self._phrases = [(len(text), text[0].isalnum(), phrases[text]) for text in texts[: len(phrases)]]
        self._automaton = ahocorasick.Automaton()
        for place, text in enumerate(texts):
            self._automaton.add_word(text, place)
        self._empty = not texts
        if texts:
            self._automaton.make_automaton()

    def _triggers(self) -> dict[str, int]:
        """The strings of the clauses, each with the bits of those that it stands in."""
        masks: dict[str, int] = {}
        for clause, bit in self._bits.items():
            for text in clause if clause != DIGITS else ():
                masks[text] = masks.get(text, 0) | bit
        return masks

    def _plan(self, book: Book) -> Plan:
        """A book's plan; its clauses, the rarest of each rule first, get bits."""
        bits = self._bits
        return Plan(
            [
                (tuple(dict.fromkeys(bits.setdefault(c, 1 << len(bits)) for c in bound.needs)), bound)
                for bound in book.bound
            ]
        )

    def knows(self, sought: object) -> bool:
        """Whether a book or lexicon is among those that the scanner was made from."""
        return id(sought) in self._known

    def bits_in(self, lower: str) -> int:
        """The bits of a single sentence."""
        which = () if self._empty else set(map(_WHICH, self._automaton.iter(lower)))
        return reduce(or_, map(self._masks.__getitem__, which), self._digits_in(lower))

    def gate(self, book: Book, scan: Scan) -> Gate:
        """What of a book is worth trying in which sentence; `scan` is what this scanner saw in the text."""
        if self.seldom is None or not book.seldom:
            return self.plans[id(book)].gate(scan.bits, scan.every)
        assert scan.seldom is not None
        return _SeldomGate(self.seldom.plans[id(book)], scan.seldom)

    def scan(self, lower: str, sentences: Sequence[Sentence]) -> Scan:
        """What stands in each sentence; `lower` is the text as rules see it (`View.lower`)."""
        out = Scan([], seen={key: {} for key in self.lexicons})
        if self.seldom is not None:
            out.seldom = _Seldom(self.seldom, sentences)
        if self._empty:
            out.bits = [self._digits_in(sentence.lower) for sentence in sentences]
            out.every = reduce(or_, out.bits, 0)
            return out
        look, bits_of = self._automaton.iter, self._masks.__getitem__
        digits, count = self._digits, len(self._phrases)
        for sentence in sentences:
            hits = list(look(sentence.lower))  # given the text with offsets, it copies the text each time
            which = set(map(_WHICH, hits))  # hits are many: what is done with each is done in C
            out.bits.append(reduce(or_, map(bits_of, which), digits if _DIGIT.search(sentence.lower) else 0))
            named = [hit for hit in hits if hit[1] < count]
            if named:
                self._keep(named, lower, sentence, out.seen)
        out.every = reduce(or_, out.bits, 0)
        return out

    def _keep(
        self,
        named: list[tuple[int, int]],
        lower: str,
        sentence: Sentence,
        seen: dict[int, dict[int, list[Seen]]],
    ) -> None:
        """Keep the phrases of lexicons that are whole words."""
        phrases, start, stop = self._phrases, sentence.start, sentence.end
        for place, text in named:
            length, of_a_word, groups = phrases[text]
            end = start + place + 1
            begin = end - length
            if of_a_word and begin and lower[begin - 1].isalnum():
                continue
            if end < stop and lower[end].isalnum():
                end = word_end(lower, end, stop)
                if not end:
                    continue
            for key, group in groups:
                seen[key].setdefault(sentence.index, []).append((begin, end, group))

    def _digits_in(self, lower: str) -> int:
        return self._digits if _DIGIT.search(lower) else 0


def begins_word(lower: str, begin: int) -> bool:
    """Whether no word is cut in two where a phrase begins."""
    return not (begin and lower[begin - 1].isalnum() and lower[begin].isalnum())


def word_end(lower: str, end: int, stop: int) -> int:
    """Where the word ends that goes on behind a phrase, with a plural's "s" or "es"; 0 if it is another word.

    `lower` is looked at up to `stop`.
    """
    if end >= stop or not lower[end].isalnum() or not lower[end - 1].isalnum():
        return end
    for plural in ("s", "es"):
        after = end + len(plural)
        whole = after >= stop or not lower[after].isalnum()
        if whole and lower.startswith(plural, end) and lower[end - 1].isalpha():
            return after
    return 0
