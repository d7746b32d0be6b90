"""Words for people: what sex, parity and relation to the patient they tell (people.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.rules.lexicon import Entry, Hit, Lexicon
from extractors.rules.words import Vocabulary
from extractors.text import Sentence, View

PEOPLE = Vocabulary(
    "extractors.person",
    "people.csv",
    columns=("word", "sex", "gravida", "para", "kind", "source"),
    key=("word",),
    allowed={
        "sex": frozenset({"F", "M", ""}),
        "gravida": frozenset({"", *"0123"}),
        "para": frozenset({"", *"012345"}),
        "kind": frozenset({"person", "child", "mother", "kin", "sibling", "offspring", "plural", "title"}),
    },
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a word for a person says.

    `kind`: person | child | mother | kin | sibling | offspring | plural | title.
    """

    word: str
    sex: str
    gravida: int | None
    para: int | None
    kind: str


@cache
def lexicon() -> Lexicon[Noun]:
    """The words for people. Raises VocabularyError where people.csv breaks its schema."""
    return Lexicon(
        Entry(
            row["word"],
            Noun(
                row["word"],
                row["sex"],
                int(row["gravida"]) if row["gravida"] else None,
                int(row["para"]) if row["para"] else None,
                row["kind"],
            ),
        )
        for row in PEOPLE.rows
    )


def find_people(view: View, sentence: Sentence) -> list[Hit[Noun]]:
    """The words for people in a sentence, offsets of the sentence."""
    hits = lexicon().in_sentence(view, sentence)
    return [Hit(h.start - sentence.start, h.end - sentence.start, h.value) for h in hits]


#: A noun phrase ends at these.
_PHRASE_END = re.compile(
    r"[;:.()]|\bborn\b|\b(?:and|of)\s(?:her|his|the|an?|two|three|four)\b|,\s(?:who|with|was|and|she|he|"
    r"previously\sknown)\b|,\s(?:the\s)?(?:other|another|second|latter)\b|\band\s(?:case|patient)\b|"
    r",\s(?:(?:the|her|his|their|an?)\s)?(?:[\w-]+\s)?(?:child|baby|son|daughter|offspring)\b|\b(?:with|who|whose|was|is|were|had|has|presented|presenting|presents|"
    r"came|gave|delivered|delivering|admitted|referred|in|at|on|after|during|since|from|suffering|complained|"
    r"developed|experienced|noted|noticed|felt|reported|sought|consulted|attended|visited|arrived|became|began|"
    r"fell|broke|suffered|sustained|received|required|diagnosed|underwent|married\sto|whom|that|which|by|because|due|status|when|while|whilst)\b"
)


def phrase_end(lower: str, end: int) -> int:
    """Where the noun phrase ends that words up to `end` open ("34-year-old | G2P1 Asian woman | with")."""
    stop = _PHRASE_END.search(lower, end)
    return min(stop.start() if stop else len(lower), end + 120)


def head_nouns(hits: list[Hit[Noun]], lower: str, end: int) -> list[Hit[Noun]]:
    """The people named in the noun phrase that an age at [.., end) opens ("34-year-old G2P1 Asian woman")."""
    limit = phrase_end(lower, end)
    return [hit for hit in hits if end <= hit.start < limit]
