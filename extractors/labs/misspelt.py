"""Misspelt and foreign names of tests, and misspelt words of results: the nearest known one.

Distances are those of Levenshtein; the first letter has to be right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extractors.labs.vocabulary import STATES, Analyte, NameHit, Term, analytes, plain_names
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View

#: Letters of the shortest name that may be misspelt, and of one that may have two wrong letters.
_SHORTEST, _LONG = 7, 10
#: Letters of the shortest name that counts in any case.
_LEAST = 5


def _letters(printed: str) -> str:
    """A name in lower case without accents."""
    apart = unicodedata.normalize("NFKD", printed.lower())
    return "".join(c for c in apart if not unicodedata.combining(c)).strip()


def _joined(name: str) -> str:
    """A name of letters without what joins its words and the s of a plural; one spelling for each sound."""
    name = name.replace("-", "").replace(" ", "").removesuffix("s")
    return name.replace("ph", "f").replace("ae", "e").replace("oe", "e")


def _most_wrong(word: str) -> int:
    return 1 if len(word) < _LONG else 2


@cache
def _spellings() -> dict[str, tuple[list[str], list[Analyte]]]:
    """Names of letters alone, and what they name, by their first letter."""
    out: dict[str, tuple[list[str], list[Analyte]]] = {}
    for name, analyte in plain_names().items():
        word = _joined(name)
        if len(word) >= _SHORTEST and word.isalpha():
            words, named = out.setdefault(word[0], ([], []))
            words.append(word)
            named.append(analyte)
    return out


@cache
def known_as(printed: str) -> Analyte | None:
    """The known test whose name, misspelt or foreign, is printed; None for none or several."""
    word = _letters(printed)
    exact = plain_names().get(word) if len(word) >= _LEAST else None
    if exact is not None:
        return exact
    word = _joined(word)
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    words, named = _spellings().get(word[0], ([], []))
    near = process.extract(
        word, words, scorer=Levenshtein.distance, score_cutoff=_most_wrong(word), limit=None
    )
    least = min((away for _, away, _ in near), default=0)
    found = {named[place].name for _, away, place in near if away == least}
    return analytes()[found.pop()] if len(found) == 1 else None


@cache
def _state(word: str) -> tuple[str, str] | None:
    """The analyte and the flag of the state that a word of blood misspells; None for none."""
    prefix = "hyper" if word.startswith("hyper") else "hypo"
    best, least = None, _most_wrong(word) + 1
    for row in STATES.rows:
        state = row["state"]
        if state == word:
            return None
        if state.startswith(prefix) and abs(len(state) - len(word)) < least:
            away = Levenshtein.distance(word, state, score_cutoff=least)
            if away < least:
                best, least = (row["analyte"], row["flag"]), away
    return best


#: Words of results that no list has.
BOOK = Book(
    "labs.misspelt",
    (
        Rule(
            "misspelt state",
            r"\bhyp(?:er|o)[a-z]{2,}(?:a?emia|emea|imea|eamia|imia|uria)\b",
            lambda match: _state(match.group()),
            says={
                "She had hypocalcimea.": ("calcium", "low"),
                "Hypoalbunemia was found.": ("albumin", "low"),
            },
            silent=("Hyperthermia was treated.",),
        ),
    ),
    {},
)


def misspelt_states(view: View, sentence: Sentence, known: Sequence[NameHit]) -> Iterator[NameHit]:
    """Misspelt words of results in a sentence, offsets relative to it."""
    for found, (analyte, flag) in BOOK.apart(view, sentence):
        start, end = found.start - sentence.start, found.end - sentence.start
        if not any(k.start < end and start < k.end for k in known):
            yield NameHit(start, end, Term(analytes()[analyte], flag=flag))
