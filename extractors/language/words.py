"""The words that clauses, sections and the people of a paper are told by: context_words.csv."""

from __future__ import annotations

from extractors.language.atoms import ATOMS
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

CLASSES = frozenset(
    {
        "finite verb",
        "auxiliary verb",
        "end of scope",
        "before an object",
        "adult",
        "maternity",
        "general label",
        "case label",
        "takes part",
        "answer no",
        "behind an answer",
        "person",
        "people",
        "general verb",
        "publication",
        "event verb",
        "done",
    }
)
CONTEXT_WORDS = Vocabulary(
    "extractors.language",
    "context_words.csv",
    columns=("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": CLASSES},
)


def _slots(*classes: str) -> dict[str, str | Pattern]:
    return {name.replace("-", " "): Words(CONTEXT_WORDS, {"class": name}) for name in classes}


_AT_A_PLACE = ("before an object", "general label", "case label", "takes part")
#: The classes that rules seek, as slots ("lead in section" for "lead-in section").
SLOTS: dict[str, str | Pattern] = {**ATOMS, **_slots(*sorted(CLASSES.difference(_AT_A_PLACE)))}
#: The classes that stand beside something found already.
BESIDE: dict[str, str | Pattern] = _slots(*_AT_A_PLACE)
