"""The names of drugs in a text: those of the vocabulary, abbreviations that the author defines, and new
drugs by their INN stem.

"Teriparatide (TPTD)" makes TPTD teriparatide in this text. A word near a known name is that name where
treatment is told (`misspelt`); one ending in a stem of the WHO's stem book ("-dronate", "-tinib") is a
drug of the stem's class, newer than the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick

from extractors.abbreviations.read import DEFINED
from extractors.drugs.misspelt import misspelt, nearest
from extractors.drugs.vocabulary import CLASSES, DRUGS, Drug, cue_words, lexicon
from extractors.rules.lexicon import Hit
from extractors.rules.words import Vocabulary
from extractors.text import View

#: Stems of INN and the class of their drugs.
STEMS = Vocabulary(
    "extractors.drugs",
    "inn_stems.csv",
    ("stem", "class", "source"),
    ("stem",),
    refers={"class": (CLASSES, "class")},
)
_KEY = ("drugs", "names")
_DEFINED = re.compile(r"\s\(\s?([A-Z][A-Za-z0-9]{0,3}(?:-?[A-Z0-9][A-Za-z0-9]{0,3}){0,2})(?=[,;:)])")
#: Vitamin D by its number alone, in international units, behind the calcium: "Ca 600 mg + D3 2,000 IU".
_BY_NUMBER = re.compile(r"(?<![\w(-])d[23](?= (?:\d{3}|\d{1,2},?\d{3}) ?(?:iu|i\.u\.|u|units?)\b)")
_CALCIUM = re.compile(r"\b(?:calcium|ca|caco3|vitamins?)\b")
_CALCIUM_WITHIN = 60
_LETTER = re.compile(r"[a-z-]")
#: The two parts of a name that a hyphen cuts, and the letters of such a name at least.
_REST = re.compile(r"-(?<=[a-z]-) ?([a-z]{2,16})(?![\w-])")
_BEGINNING = re.compile(r"(?<![\w-])[a-z]{2,16}$")
_LEAST_OF_BROKEN = 7
#: Letters of the shortest short form.
_LEAST_OF_SHORT = 3
#: Letters before a stem, and of a whole word.
_LEAST_BEFORE_STEM, _LONGEST_WORD = 3, 25


def name_hits(view: View, every: bool = False) -> list[Hit[Drug]]:
    """All names of a text, in order.

    With `every`, the terms that only look like a drug ("insulin resistance") are among them.
    """
    found = view.cache.get(_KEY)
    if found is None:
        known = lexicon().everywhere(view)
        taken = {position for hit in known for position in range(hit.start, hit.end)}
        short = [h for h in defined(view, known) if taken.isdisjoint(range(h.start, h.end))]
        cut = list(broken(view, taken))
        taken |= {position for hit in cut for position in range(hit.start, hit.end)}
        cut += by_number(view, taken)
        near = list(misspelt(view, known, taken))
        taken |= {position for hit in near for position in range(hit.start, hit.end)}
        found = sorted([*known, *short, *cut, *near, *by_stem(view, taken)], key=_start)
        view.cache[_KEY] = found
    return list(found) if every else [h for h in found if h.value.name]


def _start(hit: Hit[Drug]) -> int:
    return hit.start


def defined(view: View, hits: Sequence[Hit[Drug]]) -> Iterator[Hit[Drug]]:
    """The occurrences of abbreviations that the text defines behind a drug's name."""
    text, found = view.folded, dict[str, Drug]()
    for hit in hits:
        match = _DEFINED.match(text, hit.end) if hit.value.name else None
        if match and _stands_for(match.group(1), text[hit.start : hit.end]):
            found.setdefault(match.group(1), hit.value)
    for short, long in view.cache.get(DEFINED, {}).items():
        drug = _named(long.lower()) if len(short) >= _LEAST_OF_SHORT else None
        if drug is not None and not _named(short.lower()):
            found.setdefault(short, drug)
    for short, drug in found.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w])", text):
            yield Hit(match.start(), match.end(), drug)


def _named(words: str) -> Drug | None:
    """The drug of which some words are a name, and of no analyte."""
    entries = lexicon().grouped.get(words, ())
    return next((e.value for e in entries if e.value.name and not e.value.lab), None)


def _stands_for(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation come in this order in the name."""
    letters = [c for c in short.lower() if c.isalpha()]
    if len(letters) < 2 or letters[0] not in (name[:1].lower(), name.lower().lstrip("l-")[:1]):
        return False
    rest = iter(name.lower())
    return sum(c in rest for c in letters) >= len(letters) - 1


@cache
def _long_names() -> dict[str, Drug]:
    """The names of one long word, which no two words beside each other give by chance."""
    return {
        row["alias"].lower(): Drug(row["name"], row["class"], row["lab"] == "yes")
        for row in DRUGS.rows
        if len(row["alias"]) >= _LEAST_OF_BROKEN and row["alias"].isalpha() and not row["exact"]
    }


def broken(view: View, taken: set[int]) -> Iterator[Hit[Drug]]:
    """Names that a line's end has cut with a hyphen ("alen-dronate"), none in the characters `taken`."""
    lower = view.lower
    for match in _REST.finditer(lower):
        before = _BEGINNING.search(lower, max(0, match.start() - _LONGEST_WORD), match.start())
        drug = _long_names().get(before.group() + match.group(1)) if before else None
        if before and drug and taken.isdisjoint(range(before.start(), match.end())):
            yield Hit(before.start(), match.end(), drug)


def by_number(view: View, taken: set[int]) -> Iterator[Hit[Drug]]:
    """Where vitamin D is told by its number alone, none in the characters `taken`."""
    lower = view.lower
    for match in _BY_NUMBER.finditer(lower):
        drug = _vitamin(f"vitamin {match.group()}")
        beside = _CALCIUM.search(lower, max(0, match.start() - _CALCIUM_WITHIN), match.start())
        if drug is not None and beside and match.start() not in taken:
            yield Hit(match.start(), match.end(), drug)


def _vitamin(words: str) -> Drug | None:
    return next((e.value for e in lexicon().grouped.get(words, ()) if e.value.name), None)


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in STEMS.rows:
        automaton.add_word(row["stem"], (len(row["stem"]), row["class"]))
    automaton.make_automaton()
    return automaton


def by_stem(view: View, taken: set[int]) -> Iterator[Hit[Drug]]:
    """Words that end in an INN stem and are in no vocabulary, as drugs of the stem's class.

    `taken` are the characters of known names.
    """
    lower, seen = view.lower, set[int]()
    ordinary = frozenset(cue_words("ending like a drug").words)
    for last, (length, drug_class) in _automaton().iter(lower):
        end = last + 1
        if last in taken or (end < len(lower) and (lower[end].isalnum() or lower[end] == "-")):
            continue
        begin = _word_start(lower, end - length)
        word = lower[begin:end].strip("-")
        if end - length - begin < _LEAST_BEFORE_STEM or len(word) > _LONGEST_WORD or word in ordinary:
            continue
        if begin not in seen:
            seen.add(begin)
            yield Hit(begin, end, nearest(word) or Drug(word, drug_class))


def _word_start(lower: str, place: int) -> int:
    """Where the word begins that ends at a place, not further back than a word is long."""
    least = max(0, place - _LONGEST_WORD)
    while place > least and _LETTER.match(lower[place - 1]):
        place -= 1
    return place
