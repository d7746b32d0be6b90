"""What factors are called (terms.csv), and the words that say whether she has them (words.csv)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.history.fact import FACTORS
from extractors.language.atoms import ATOMS
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

_PACKAGE = "extractors.history"
#: How a term tells its factor. A "condition" has to be said to be there; a "habit" is denied or has to be
#: said to be there; what somebody "is" and what was "done" is there unless it is denied; "is not" denies it.
CONDITION, HABIT, IS, DONE, IS_NOT = "condition", "habit", "is", "done", "is not"
TERMS = Vocabulary(
    _PACKAGE,
    "terms.csv",
    columns=("phrase", "factor", "kind", "detail", "exact", "source"),
    key=("phrase",),
    allowed={
        "factor": frozenset(FACTORS),
        "kind": frozenset({CONDITION, HABIT, IS, DONE, IS_NOT}),
        "exact": frozenset({"", "yes"}),
    },
)
_AT_A_PLACE = ("has", "no disease", "no treatment", "told behind", "of a test")
_SOUGHT = (
    "trauma", "before trauma", "kind of trauma", "before fracture", "of a fracture", "relative",
    "of an accident", "no fall", "broken bone",
)  # fmt: skip
#: "has": behind it stands what somebody has; "no disease" and "no treatment": not if this stands between;
#: "told behind": what is said of a condition that is there; "of a test": the words before are no condition.
WORDS = Vocabulary(
    _PACKAGE,
    "words.csv",
    columns=("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset((*_AT_A_PLACE, *_SOUGHT))},
)


def slot(name: str) -> Words:
    """The words of a class."""
    return Words(WORDS, {"class": name})


#: Slots by name for what is matched at a place, and for the phrases.
BESIDE: dict[str, str | Pattern] = {**ATOMS, **{name: slot(name) for name in _AT_A_PLACE}}
SLOTS: dict[str, str | Pattern] = {**ATOMS, **{name: slot(name) for name in _SOUGHT}}


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase stands for; `kind` tells how (see `CONDITION` and the others)."""

    phrase: str
    factor: str
    kind: str
    detail: str = ""


@cache
def lexicon() -> Lexicon[Term]:
    """The terms as they are looked for. Raises VocabularyError where terms.csv breaks its schema."""
    return Lexicon(
        Entry(
            row["phrase"],
            Term(row["phrase"], row["factor"], row["kind"], row["detail"]),
            row["exact"] == "yes",
        )
        for row in TERMS.rows
    )
