"""Misspelt and foreign names of drugs ("azythromycin", "vancomicin"): the nearest known name.

Such a word counts only where treatment is told: beside a dose, beside a verb of giving, or in a list with
a known drug. The distance is that of optimal string alignment; the first letter has to be right. Words of
English and chemistry that lie near a drug's name are in not_misspelt.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from extractors.drugs.vocabulary import DRUGS, NO_DRUGS, Drug, class_names
from extractors.rules.lexicon import Hit
from extractors.rules.words import Vocabulary
from extractors.text import View

#: Words near a drug's name that are none.
ORDINARY = Vocabulary("extractors.drugs", "not_misspelt.csv", ("word", "source"), ("word",))
#: Letters of the shortest name that may be misspelt, and of one that may have two wrong letters.
_SHORTEST, _LONG = 7, 10
_WORD = r"(?P<word>[a-z]{7,22})"
#: No drug ends like these, however it is spelt.
_NO_DRUG = re.compile(
    r"(?:ase|emia|uria|itis|osis|oma|pathy|tomy|logy|ing|ed|tion|ics?|ous|ity|ment|ness|ly|is[mt]|ive|"
    r"[ai]ble|ful|less|ers?|ors?|ian|ies|tes|nts)$"
)
_DOSE = re.compile(r"\d ?(?:mg|mcg|µg|g|gm|grams?|iu)\b(?! ?(?:/|per) ?(?:d|m|100 ?m|µ)?l)")
_BEFORE_DOSE = re.compile(
    rf"\b{_WORD}(?:[ (:,-]+(?:(?:at|to|in|of|an?|the|dose|dosage|tablets?|injection|iv|oral)\b ?)*)[\d.,]*$"
)
_BEHIND_DOSE = re.compile(
    rf"(?: ?/ ?(?:kg|day|d|m2))*(?: (?:of|daily|oral|intravenous|iv|tablets?))* {_WORD}\b"
)
_GIVEN = re.compile(
    r"\b(?:received|receiving|treated (?:with|by)|started (?:on|with)|treatment with|therapy with|course of|"
    r"switched to|administration of|such as|combin(?:ation|ed) with|combination of|(?:put|placed|maintained|"
    r"discharged|continued) on|(?:was|were) (?:started|given|administered|prescribed|added|initiated))\b"
)
_BEHIND_VERB = re.compile(
    rf"(?: (?:an?|the|on|with|by|oral|intravenous|iv|topical|high|low|dose|high-dose|low-dose|of|tablets?|"
    rf"and|[\d.,]+ ?m?g))* {_WORD}\b"
)
_BEFORE_VERB = re.compile(rf"\b{_WORD}(?: (?:therapy|treatment|tablets?))? $")
_NEXT_OF_LIST = re.compile(rf"(?:,? (?:and|or|plus) |, |/| ?\+ ?|(?: [a-z]+)? \(){_WORD}\b")
_FIRST_OF_LIST = re.compile(rf"\b{_WORD}(?:,? (?:and|or|plus) |, |/| ?\+ ?)$")
_REACH = 60


@cache
def _spellings() -> dict[str, tuple[list[str], list[Drug]]]:
    """Names of letters alone and their drugs by the first letter; no brands, classes, names of analytes."""
    found: dict[str, tuple[list[str], list[Drug]]] = {}
    for row in DRUGS.rows:
        alias = row["alias"].lower()
        named = row["source"] != "brand name" and not row["exact"] and not row["lab"]
        if named and len(alias) >= _SHORTEST and alias.isalpha() and row["name"] not in class_names():
            names, drugs = found.setdefault(alias[0], ([], []))
            names.append(alias)
            drugs.append(Drug(row["name"], row["class"], guessed=True))
    return found


@cache
def _ordinary() -> frozenset[str]:
    known = {row["alias"].lower() for row in DRUGS.rows} | {row["phrase"].lower() for row in NO_DRUGS.rows}
    return frozenset(known | ORDINARY.values("word"))


@lru_cache(maxsize=4096)
def nearest(word: str) -> Drug | None:
    """The drug whose name a word in lower case misspells; None for none, for several, for a known name."""
    if _NO_DRUG.search(word) or word in _ordinary() or word.removesuffix("s") in _ordinary():
        return None
    most = 1 if len(word) < _LONG else 2
    names, drugs = _spellings().get(word[0], ([], []))
    near = process.extract(word, names, scorer=OSA.distance, score_cutoff=most, limit=None)
    least = min((away for _, away, _ in near), default=0)
    found = {drugs[place].name: drugs[place] for _, away, place in near if away == least}
    return next(iter(found.values())) if len(found) == 1 else None


def misspelt(view: View, known: Sequence[Hit[Drug]], taken: set[int]) -> Iterator[Hit[Drug]]:
    """The misspelt names of a text, beside the `known` ones and none in the characters `taken`."""
    seen = set[int]()
    for start, end in _words(view.lower, known):
        if start in seen or start in taken:
            continue
        seen.add(start)
        drug = nearest(view.lower[start:end])
        if drug is not None:
            yield Hit(start, end, drug)


def _words(lower: str, known: Sequence[Hit[Drug]]) -> Iterator[tuple[int, int]]:
    """Where a drug's name may stand: beside doses, verbs of giving and known drugs."""
    for dose in _DOSE.finditer(lower):
        yield from _beside(lower, _BEFORE_DOSE, _BEHIND_DOSE, dose.start(), dose.end())
    for verb in _GIVEN.finditer(lower):
        if verb.group().startswith("w"):
            yield from _beside(lower, _BEFORE_VERB, None, verb.start(), 0)
        if not verb.group().startswith("w") or verb.group().endswith("given"):  # "he was given A"
            yield from _beside(lower, None, _BEHIND_VERB, 0, verb.end())
    for hit in known:
        if hit.value.name and not hit.value.lab:
            yield from _beside(lower, _FIRST_OF_LIST, _NEXT_OF_LIST, hit.start, hit.end)


def _beside(
    lower: str, before: re.Pattern[str] | None, behind: re.Pattern[str] | None, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The word that `before` finds up to `start`, and the one that `behind` finds from `end`."""
    found = before.search(lower, max(0, start - _REACH), start) if before else None
    if found:
        yield found.span("word")
    found = behind.match(lower, end) if behind else None
    if found:
        yield found.span("word")
