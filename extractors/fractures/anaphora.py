"""Fractures of "this vertebra", "that level", "these areas": the level or bone is told a sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.fractures.bones import SiteRef, sites_in
from extractors.fractures.cues import Cue
from extractors.fractures.levels import levels_in
from extractors.fractures.sites import owner_of
from extractors.rules.book import Book
from extractors.rules.rule import Relation, Rule
from extractors.text import Sentence, View

_SLOTS = {
    "which": r"this|that|these|those|the same|the said|the latter|the respective|both of these",
    "of spine": r"vertebra[el]?(?: bod(?:y|ies))?|bod(?:y|ies)|levels?|segments?",
    "of any bone": r"bones?|areas?|sites?|regions?|locations?",
}
#: Words that stand for what the sentence before names.
PHRASES = Book(
    "fractures.anaphora",
    (
        Rule(
            "this vertebra",
            r"\b{which} (?:\w+ )?{of spine}\b",
            lambda m: True,
            says={"CT showed a fracture of this vertebra.": True, "That level had collapsed.": True},
            silent=("The vertebra was fractured.", "this woman"),
        ),
        Rule(
            "these areas",
            r"\b{which} {of any bone}\b",
            lambda m: False,
            says={"MRI confirmed fractures in these areas.": False},
            silent=("fractures of bones", "this woman"),
        ),
    ),
    _SLOTS,
)
REFERRED = Relation(
    "level told in the sentence before",
    "This vertebra, these areas: what the sentence before names is fractured.",
    says={
        "L3 was tender. X-rays showed a wedge fracture of this vertebra.": {"level": "L3"},
        "The right tibia was sclerotic. MRI showed a fracture in this area.": {"site": "tibia"},
    },
    silent=("L3 and L4 were tender. X-rays of this level were normal.", "This vertebra was fractured."),
)
#: A quote may reach back so far (characters); else it is the level's or bone's name.
LONGEST = 220


@dataclass(frozen=True, slots=True)
class Referred:
    """What is named at [start, end) of the text, and the fracture word of the sentence after it."""

    start: int
    end: int
    site: str
    level: str
    side: str
    cue: Cue


def referred(view: View, sentence: Sentence, cues: Sequence[Cue]) -> list[Referred]:
    """The levels or bones of the sentence before that a sentence says to be fractured without their names."""
    before = view.previous(sentence)
    if before is None or levels_in(view, sentence):
        return []
    out: list[Referred] = []
    for found in PHRASES.leftmost(view, sentence):
        word = SiteRef(found.start - sentence.start, found.end - sentence.start, "vertebra", "")
        cue = owner_of(sentence, word, [c for c in cues if c.tells])
        if cue is not None:
            out += _levels(view, before, cue) if found.read() else _bones(view, before, cue)
    return out


def _levels(view: View, before: Sentence, cue: Cue) -> list[Referred]:
    """The only level of the sentence before, else the levels of its last list."""
    refs = levels_in(view, before)
    last = [r for r in refs if r.chain == refs[-1].chain]
    at = before.start
    return [
        Referred(at + r.start, at + r.end, "vertebra", level, "", cue) for r in last for level in r.levels
    ]


def _bones(view: View, before: Sentence, cue: Cue) -> list[Referred]:
    """The bones of the sentence before that are no spine."""
    at = before.start
    return [
        Referred(at + s.start, at + s.end, s.site, "", s.side, cue)
        for s in sites_in(view, before)
        if not s.spine
    ]


BOOK = Book("fractures.referred", (), {}, (REFERRED,))
