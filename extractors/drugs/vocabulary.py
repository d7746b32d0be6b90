"""Which words name a drug: drugs.csv (names and classes) and not_drugs.csv (terms that only look so).

drugs.csv: `name` (generic, lower case; a class where only the class is named), `alias` (as printed),
`class`, `exact` (only in this very case), `lab` (the word names an analyte too, so that a row needs
a sign of treatment), `source`. Names follow the WHO ATC index.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.rules.lexicon import Entry, Lexicon, read_rows

_PACKAGE = "extractors.drugs"


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug's generic name and class. `name` is empty for a term that is no drug."""

    name: str
    drug_class: str
    lab: bool = False

    @property
    def is_class(self) -> bool:
        """Whether only a class is named ("bisphosphonate")."""
        return self.name in class_names()


_NO_DRUG = Drug("", "")


@cache
def lexicon() -> Lexicon[Drug]:
    """All names and all terms that are none; the longest phrase wins, so "iron overload" hides "iron"."""
    entries = [
        Entry(row["alias"], Drug(row["name"], row["class"], row["lab"] == "yes"), row["exact"] == "yes")
        for row in read_rows(_PACKAGE, "drugs.csv")
    ]
    entries += [Entry(row["phrase"], _NO_DRUG) for row in read_rows(_PACKAGE, "not_drugs.csv")]
    return Lexicon(entries)


@cache
def _wider() -> dict[str, frozenset[str]]:
    """Which other classes' drugs the words of a class cover too ("an analgesic (tramadol)")."""
    found: dict[str, set[str]] = {}
    for row in read_rows(_PACKAGE, "class_members.csv"):
        found.setdefault(row["name"], set()).update({row["class"]} - {""})
    return {name: frozenset(classes) for name, classes in found.items()}


@cache
def class_names() -> frozenset[str]:
    """The names that stand for a class: those equal to their class, and the wider ones."""
    own = {row["name"] for row in read_rows(_PACKAGE, "drugs.csv") if row["name"] == row["class"]}
    single = {"calcium", "calcitonin", "vitamin d", "vitamin k", "iron"}  # one substance, one class
    return frozenset((own | set(_wider())) - single)


def covers(wide: Drug, narrow: Drug) -> bool:
    """Whether `wide` names a class that `narrow` is a specific member of."""
    if not wide.is_class or wide.name == narrow.name or narrow.is_class:
        return False
    return narrow.drug_class == wide.name or narrow.drug_class in _wider().get(wide.name, ())


@cache
def _members() -> dict[str, frozenset[str]]:
    """The drugs of each class by its name, none that is a class itself."""
    found: dict[str, set[str]] = {}
    for row in read_rows(_PACKAGE, "drugs.csv"):
        if row["name"] not in class_names():
            found.setdefault(row["class"], set()).add(row["name"])
    return {name: frozenset(drugs) for name, drugs in found.items()}


@cache
def class_members(name: str) -> frozenset[str]:
    """The names of the drugs that a class's name covers; empty if the name is no class."""
    if name not in class_names():
        return frozenset()
    classes = (name, *_wider().get(name, ()))
    return frozenset().union(*(_members().get(c, frozenset()) for c in classes)) - {name}
