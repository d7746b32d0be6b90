"""The vocabularies of procedures: their names, and the words around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.language.atoms import ATOMS
from extractors.procedures.fact import PROCEDURES
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

_PACKAGE = "extractors.procedures"
#: An operation whose place the bone beside it tells.
SURGERY = "surgery"
#: What such a one with screws, nails or plates is.
FIXATION = "internal fixation"
#: Names: `act` tells a procedure by itself, `loose` only beside a word that says it took place, `verb` is
#: such a word itself, `none` only looks like one.
NAMES = Vocabulary(
    _PACKAGE,
    "names.csv",
    ("term", "procedure", "kind", "detail", "exact", "source"),
    ("term",),
    {
        "procedure": frozenset((*PROCEDURES, SURGERY, "")),
        "kind": frozenset(("act", "loose", "verb", "none")),
        "exact": frozenset(("", "yes")),
    },
)
_CLASSES = (
    "refused",
    "set aside",
    "done",
    "considered",
    "planned",
    "action",
    "effect",
    "prospect",
    "spine word",
    "hip word",
    "hip place",
    "other bone",
    "foreign gene",
    "birth operation",
)
WORDS = Vocabulary(
    _PACKAGE, "words.csv", ("word", "class", "source"), ("word", "class"), {"class": frozenset(_CLASSES)}
)
#: Slots of phrases: the classes of words.csv.
SLOTS: dict[str, str | Pattern] = {**ATOMS, **{name: Words(WORDS, {"class": name}) for name in _CLASSES}}


@dataclass(frozen=True, slots=True)
class Name:
    """A row of names.csv."""

    procedure: str
    kind: str
    detail: str = ""


@cache
def lexicon() -> Lexicon[Name]:
    """All names and all terms that are none; the longest phrase wins. Raises VocabularyError."""
    return Lexicon(
        Entry(row["term"], Name(row["procedure"], row["kind"], row["detail"]), row["exact"] == "yes")
        for row in NAMES.rows
    )
