"""What a sentence is made of: names of tests, values, result words; and what they state together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.labs.relations import VALUE
from extractors.labs.vocabulary import Analyte, NameHit
from extractors.language.quantities import Quantity, Reference
from extractors.language.units import Unit
from extractors.rules.rule import Relation
from extractors.text import Sentence, View

#: Words and the marks that count as such between a name and what is said of it.
WORD = re.compile(r"[A-Za-zα-ω][\w'-]*|[:=;]")


@dataclass(slots=True)
class Name:
    """A test named at [start, end) of a sentence; `head` is the vocabulary phrase inside it."""

    start: int
    end: int
    head: tuple[int, int]
    analyte: Analyte
    specimen: str
    symbol: bool
    reference: Reference | None = None  # printed between name and value
    unit: Unit | None = None  # in brackets behind the name: "calcium (mg/dL) 9.4"
    flag: str = ""  # of a name that states its result itself ("hypokalaemia (2.9 mmol/L)")

    @property
    def urine(self) -> bool:
        """Whether it was measured in urine."""
        return self.specimen == "urine"


@dataclass(slots=True)
class Value:
    """A quantity that is neither a range nor a second unit, with the range printed beside it."""

    quantity: Quantity
    reference: Reference | None
    end: int  # of the range, else of the quantity
    owner: Name | None = None  # the cells that it counts: "12,400 leukocytes/mm3"

    @property
    def start(self) -> int:
        """Where its first character (comparator, sign) stands."""
        return self.quantity.start


@dataclass(slots=True)
class Result:
    """A result word ("normal", "elevated") at [start, end); `kind` is one of results.KINDS."""

    start: int
    end: int
    kind: str
    used: bool = False

    @property
    def changed(self) -> bool:
        """Whether it may be a verb of change as well ("decreased")."""
        return self.kind.startswith("changed")


@dataclass(slots=True)
class Scan:
    """All of a sentence, offsets relative to its start.

    `text` is the sentence as printed without marks behind values, `plain` the same with ranges blanked
    out, `low` that in lower case. No two names begin at one place, nor do two values: their starts tell
    them apart.
    """

    view: View
    sentence: Sentence
    names: list[Name]
    states: list[NameHit]
    values: list[Value] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    tests: list[Name] = field(default_factory=list)  # names that do not state a result themselves
    text: str = ""
    plain: str = ""
    low: str = ""

    @property
    def lower(self) -> str:
        """The sentence in lower case."""
        return self.sentence.lower

    def blank(self, start: int, end: int) -> None:
        """Hide characters from the patterns that look at what stands between things."""
        self.plain = blanked(self.plain, start, end)
        self.low = blanked(self.low, start, end)


@dataclass(slots=True)
class Reading:
    """One result of one test: a value, or a flag, or both. `earlier`, `later`: the ends of a change.

    `shared`: the flag was told of a list, at whose head the test does not stand.
    """

    name: Name
    value: Value | None = None
    flag: str = ""
    flag_span: tuple[int, int] | None = None
    later: bool = False
    certainty: float = 1.0
    relation: Relation = VALUE
    earlier: bool = False
    shared: bool = False
    when: tuple[int, int] | None = None  # where to look for its time, if not around itself


def blanked(text: str, start: int, end: int) -> str:
    """A text of the same length, characters [start, end) of it blank."""
    return text[:start] + " " * (end - start) + text[end:]


def without_brackets(gap: str) -> str:
    """A stretch without what stands in closed brackets."""
    for _ in range(3):
        gap = re.sub(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]", " ", gap)
    return gap
