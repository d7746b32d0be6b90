"""The vocabularies of densitometry: measured sites, words of phrases."""

from __future__ import annotations

from functools import cache

from extractors.language.atoms import ATOMS
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

_PACKAGE = "extractors.bmd"
_SITES = """lumbar spine|femoral neck|total hip|proximal femur|trochanter|ward's triangle|radius|whole body|
calcaneus|tibia"""
_CLASSES = """up|down|changed|other subject|comparing|counted|normal|of a norm|group|kind of group|
not measured|finding at|fracture near|before site|side of site|region word|region prefix|gain|
of densitometry|no bone treatment|about a birth"""

SITES = Vocabulary(
    _PACKAGE,
    "sites.csv",
    ("site", "alias", "exact", "source"),
    key=("alias",),
    allowed={
        "site": frozenset(name.strip() for name in _SITES.split("|")),
        "exact": frozenset(("", "yes")),
    },
)
_WORD_CLASSES = tuple(name.strip() for name in _CLASSES.split("|"))
WORDS = Vocabulary(
    _PACKAGE,
    "words.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(_WORD_CLASSES)},
)
VOCABULARIES = (SITES, WORDS)

#: The slots of all phrases of densitometry.
SLOTS: dict[str, str | Pattern] = {
    **ATOMS,
    **{name: Words(WORDS, {"class": name}) for name in _WORD_CLASSES},
}


def slots(*names: str) -> dict[str, str | Pattern]:
    """Some of them, for a book that uses no others."""
    return {name: SLOTS[name] for name in names}


@cache
def site_names() -> Lexicon[str]:
    """The names of measured sites (sites.csv). Raises VocabularyError."""
    return Lexicon(Entry(row["alias"], row["site"], row["exact"] == "yes") for row in SITES.rows)


@cache
def known_words() -> frozenset[str]:
    """Words that keep to densitometry."""
    return frozenset(row["word"] for row in WORDS.rows if row["class"] == "of densitometry")
