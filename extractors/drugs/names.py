"""Names that no vocabulary holds: abbreviations that the author defines, and new drugs by their INN stem.

"Teriparatide (TPTD)" makes TPTD teriparatide in this text. A word ending in a stem of the WHO's
stem book ("-dronate", "-tinib") is a drug of the stem's class: newer than the list, or misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick

from extractors.drugs.vocabulary import Drug
from extractors.rules.lexicon import Hit, read_rows

_DEFINED = re.compile(r"\s\(\s?([A-Z][A-Za-z0-9]{0,3}(?:-?[A-Z0-9][A-Za-z0-9]{0,3}){0,2})(?=[,;:)])")
_LETTER = re.compile(r"[a-z-]")
_MIN_STEM_WORD = 3  # letters before the stem
#: Ordinary words and analytes that end like a drug.
_NO_DRUG_WORDS = frozenset("cocaine quinine harlequine masculine platin cisplatine equine sequine".split())


def defined(text: str, hits: Sequence[Hit[Drug]]) -> Iterator[Hit[Drug]]:
    """The occurrences of abbreviations that the text defines behind a drug's name."""
    found: dict[str, Drug] = {}
    for hit in hits:
        if not hit.value.name:
            continue
        match = _DEFINED.match(text, hit.end)
        if match and _stands_for(match.group(1), text[hit.start : hit.end]):
            found.setdefault(match.group(1), hit.value)
    for short, drug in found.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w])", text):
            yield Hit(match.start(), match.end(), drug)


def _stands_for(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation come in this order in the name."""
    letters = [c for c in short.lower() if c.isalpha()]
    if len(letters) < 2 or letters[0] not in (name[:1].lower(), name.lower().lstrip("l-")[:1]):
        return False
    rest = iter(name.lower())
    return sum(c in rest for c in letters) >= len(letters) - 1


@cache
def _stems() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in read_rows("extractors.drugs", "inn_stems.csv"):
        automaton.add_word(row["stem"], (len(row["stem"]), row["class"]))
    automaton.make_automaton()
    return automaton


def by_stem(lower: str, taken: Sequence[Hit[Drug]]) -> Iterator[Hit[Drug]]:
    """Words that end in an INN stem and are in no vocabulary, as drugs of the stem's class."""
    covered = {position for hit in taken for position in (hit.end - 1, hit.start)}
    seen: set[int] = set()
    for last, (length, drug_class) in _stems().iter(lower):
        end = last + 1
        if end < len(lower) and (lower[end].isalnum() or lower[end] == "-"):
            continue
        begin = end - length
        while begin > 0 and _LETTER.match(lower[begin - 1]):
            begin -= 1
        word = lower[begin:end].strip("-")
        if (
            end - length - begin < _MIN_STEM_WORD
            or last in covered
            or word in _NO_DRUG_WORDS
            or len(word) > 25
        ):
            continue
        if begin not in seen:
            seen.add(begin)
            yield Hit(begin, end, Drug(word, drug_class))
