"""A Doc's text as the rules see it: sentences with offsets, folded once without a change of length.

Rules match characters, not tokens: levels, units and regimens are split differently by every
tokeniser, and character offsets are what the tables promise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from extractors.section import Section
from extractors.values import fixed

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.rules.book import Book
    from extractors.rules.lexicon import Lexicon
    from extractors.rules.scan import Gate, Scan, Scanner, Seen

_VIEW_KEY = "casebook.view"
_ZONES_KEY = "casebook.zones"

#: Characters; dumps without any full stop come in "sentences" of megabytes.
LONGEST_SENTENCE = 2000

# After these a full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    """fig figs tab dr prof mr mrs ms st vs cf ca approx resp no nos nr vol pp ed eds al e.g i.e eg ie viz
    inj tabl max avg incl excl dept univ cap caps syr vit int inf sup ant post lat med
    ref refs n.v norm alk phos""".split()
)
# After these it ends one only before a word with a capital letter ("20 µg s.c. Calcium was given").
_OFTEN_LAST = frozenset("s.c i.v i.m p.o b.i.d t.i.d q.i.d q.d b.d t.d.s o.d".split())
# An age's letters, and who is of that age: "A 29 y.o. Caucasian lady".
_AGE_LETTERS = re.compile(r"\d[ -]?(?:y\. ?o|y/o|yrs?|yo)$|\byrs?\. ?old$", re.IGNORECASE)
_OF_THAT_AGE = re.compile(
    r"\s+[A-Z][\w-]*,?(?:\s[\w-]+){0,3}?\s"
    r"(?:(?:wo)?man|(?:fe)?male|lady|gentleman|girl|boy|patient|mother|primi\w+|multipara|G\d ?P\d)\b"
)
# One set of characters first, so that `re` skips to it.
_BOUNDARY = re.compile(
    r"[.!?\n](?:(?<=\n)\n*|(?<!\n)(?:['\")\]]?\s+(?=[\"'(\[]?[A-Z0-9ÄÖÜÉÀÇŞİÅØ#<>≥≤±+-])|$))"
)
#: A range in its bracket belongs to the value before it: "28 mm/hr. (RR < 10)".
_NEXT_RANGE = re.compile(
    r"\s?[(\[]\s?(?:(?:RR|NR|NV|RI|N|[Nn]ormal|[Rr]eference|[Rr]ef)\b[^()\[\]]{0,30}?)?"
    r"(?:[<>≤≥]\s?\d|\d[\d.,]*\s?[-–]\s?\d)"
)
_DIGIT = re.compile(r"\d")
_CAPITALISED = re.compile(r"\s+[A-Z][a-z]")
#: What goes on with a score in its bracket.
_NEXT_SCORE = re.compile(r"\s*[TZ][ -]?scores?\b")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]{0,19})$")
_ANSWER = (
    r"\s?(?:[Nn]o(?:ne|t)?|[Yy]es|[Nn]il|[Nn]ever|[Dd]en(?:ied|ies)|[Aa]bsent|[Nn]egative)"
    r"(?:\s(?:used|taken|known|given|reported))?(?=\s?(?:[.,;(]|[–—-]\s|$)|\s[A-Z])"
)
#: "Heparin: none", "Steroids - yes": one that is answered, and where another key of such a list begins.
_ANSWERED = re.compile(rf"[:=–—-](?:(?<=[:=])|(?<=\s.)){_ANSWER}")
_NEXT_KEY = re.compile(
    r"(?<![,;:(–—-])(?<! and)(?<! or)(?<! &)\s"
    rf"(?=[A-Z][\w'/-]*(?:\s[\w'/-]+){{0,5}}?(?:\s?[:=]\s|(?:\s?[:=]|\s[–—-]){_ANSWER}))"
)


@fixed(frozen=True, slots=True)
class Zone:
    """Characters [start, end) that may be read as prose.

    `kind` is a block kind, `section` the heading above, `role` what its section is for.
    """

    start: int
    end: int
    kind: str = "paragraph"
    section: str = ""
    role: Section = Section.PLAIN


@fixed(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets into the text, its words (folded), and the zone (paragraph) it stands in."""

    start: int
    end: int
    text: str
    lower: str
    zone: Zone
    index: int  # in the view's sentences
    first: bool  # of its zone


#: Many signs of one meaning, one character each: dashes and minus, apostrophes and primes, mu, blanks.
_FOLDED = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\u2043\ufe63\uff0d\u02d7\u00ac\uf02d", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u02b9\u0060", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u03bc\uf06d", "\u00b5"),
    **dict.fromkeys("\t\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680", " "),
    **dict.fromkeys("\u2028\u2029\u202f\u205f\u3000", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
}
#: They are rare: what is searched for takes a tenth of the time of `str.translate`.
_TO_FOLD = re.compile(f"[{re.escape(''.join(_FOLDED))}]")


def folded(text: str) -> str:
    """The text with one spelling for each sign, of the same length: what patterns match in any input."""
    return _TO_FOLD.sub(lambda sign: _FOLDED[sign.group()], text)


def lower_same_length(text: str) -> str:
    """Lower-case without changing the length, so that offsets hold (İ would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of text[start:end], without surrounding space."""
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        if text[match.start()] != "\n" and not _ends(text, begin, match.start()):
            continue
        stop = match.start() if text[match.start()] == "\n" else match.start() + len(match.group().rstrip())
        yield from _trimmed(text, begin, stop)
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _by_key(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same, a list of keys and answers that lost its line ends cut before each key."""
    for begin, end in sentences:
        start = begin
        if _ANSWERED.search(text, begin, end):
            for key in _NEXT_KEY.finditer(text, begin, end):
                yield from _trimmed(text, start, key.start())
                start = key.end()
        yield from _trimmed(text, start, end)


def _readable(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same, what is too long for a sentence cut at a mark or a blank: rules relate words to words."""
    for begin, end in sentences:
        start = begin
        while end - start > LONGEST_SENTENCE:
            stop = start + LONGEST_SENTENCE
            cuts = [text.rfind(mark, start + 1, stop) for mark in ("; ", ", ", " ")]
            cut = next((c for c in cuts if c > 0), stop - 1) + 1
            yield from _trimmed(text, start, cut)
            start = cut
        yield from _trimmed(text, start, end)


def _sentences_of(text: str, zone: Zone) -> Iterable[tuple[int, int]]:
    """Offsets of the sentences of a zone, none too long."""
    found: Iterable[tuple[int, int]] = split_sentences(text, zone.start, zone.end)
    if _ANSWERED.search(text, zone.start, zone.end):
        found = _by_key(text, found)
    return _readable(text, found) if zone.end - zone.start > LONGEST_SENTENCE else found


def _trimmed(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        yield begin, stop


def _ends(text: str, begin: int, dot: int) -> bool:
    """Whether the mark at `dot` really ends a sentence."""
    if text[dot] != ".":
        return True
    if _NEXT_RANGE.match(text, dot + 1) and _DIGIT.search(text, max(begin, dot - 14), dot):
        return False
    if text[dot - 1 : dot].isdigit() and _NEXT_SCORE.match(text, dot + 1):
        return text.count("(", begin, dot) <= text.count(")", begin, dot)  # "(T-score -2.2. Z-score -2.5)"
    word = _LAST_WORD.search(text, max(begin, dot - 20), dot)
    if not word:
        return True
    last = word.group(1)
    if last.lower() in _ABBREVIATIONS:
        return False
    if "." in last and text[dot + 1 : dot + 3].strip().isdigit():
        return False  # "E.S.R. 9 mm/h"
    if _AGE_LETTERS.search(text, max(begin, dot - 12), dot) and _OF_THAT_AGE.match(text, dot + 1):
        return False
    if last.lower() in _OFTEN_LAST:
        return bool(_CAPITALISED.match(text, dot + 1))
    # an initial ("J. Smith"), but not a vitamin, a unit or a level's letter at a sentence's end
    return not (len(last) == 1 and last.isupper() and last not in "DKLUIC")


class View:
    """The sentences of a Doc's readable zones.

    `scanner` looks for everything that a pipeline's books and lexicons know in one pass; what it does
    not know is looked for by itself.
    """

    def __init__(self, text: str, zones: Sequence[Zone] = (), scanner: Scanner | None = None) -> None:
        self.text = text
        self._scanner = scanner
        self._scans: dict[Scanner, Scan] = {}
        #: Of each book that was asked: the rules worth trying, by a sentence's index (see `gate`).
        self.gates: dict[Book, Gate] = {}
        #: Of each lexicon that was asked: its phrases by sentence (see `see`).
        self.seen: dict[Lexicon[Any], dict[int, list[Seen]]] = {}
        self.zones = tuple(zones) or (Zone(0, len(text)),)
        #: Results that several rules share, kept as long as the view (keys begin with a module's name).
        self.cache: dict[Hashable, Any] = {}

    @cached_property
    def lower(self) -> str:
        """The text folded and in lower case, of the same length."""
        return lower_same_length(self.folded)

    @cached_property
    def folded(self) -> str:
        """The text with one spelling for each sign, of the same length."""
        return folded(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order; zones are never joined."""
        out: list[Sentence] = []
        text, folded, lower = self.text, self.folded, self.lower
        for zone in self.zones:
            first = True
            for start, end in _sentences_of(text, zone):
                out.append(Sentence(start, end, folded[start:end], lower[start:end], zone, len(out), first))
                first = False
        return tuple(out)

    def gate(self, book: Book) -> Gate:
        """Which of a book's rules are worth trying in which sentence; kept in `gates`."""
        scanner = self._scanner_for(book)
        found = self.gates[book] = scanner.gate(book, self._scan(scanner))
        return found

    def see(self, lexicon: Lexicon[Any]) -> dict[int, list[Seen]]:
        """A lexicon's phrases by the index of the sentence that holds them; kept in `seen`."""
        found = self.seen[lexicon] = self._scan(self._scanner_for(lexicon)).seen[id(lexicon)]
        return found

    def _scanner_for(self, sought: Book | Lexicon[Any]) -> Scanner:
        """The pipeline's scanner if it knows a book or lexicon, else the one for it alone."""
        common = self._scanner
        return common if common is not None and common.knows(sought) else sought.scanner

    def _scan(self, scanner: Scanner) -> Scan:
        """What a scanner sees in the text, in one pass, made once."""
        found = self._scans.get(scanner)
        if found is None:
            found = self._scans[scanner] = scanner.scan(self.lower, self.sentences)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character, None in skipped parts."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and offset < self.sentences[i].end:
            return self.sentences[i]
        return None

    def previous(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, within the same zone."""
        return None if sentence.first else self.sentences[sentence.index - 1]


def set_zones(
    doc: Doc, zones: Sequence[Zone], text: str | None = None, scanner: Scanner | None = None
) -> None:
    """Say which parts of the Doc are readable prose; without it all of it is.

    `text` may hand over the Doc's text, which spaCy would put together anew from its tokens;
    `scanner` is the pipeline's common one.
    """
    doc.user_data[_ZONES_KEY] = tuple(zones)
    doc.user_data.pop(_VIEW_KEY, None)
    if text is not None:
        doc.user_data[_VIEW_KEY] = View(text, zones or (Zone(0, 0),), scanner)


def view(doc: Doc) -> View:
    """The Doc's view, made once."""
    found = doc.user_data.get(_VIEW_KEY)
    if found is None:
        found = View(doc.text, doc.user_data.get(_ZONES_KEY, ()))
        doc.user_data[_VIEW_KEY] = found
    return found
