"""The words of the course, and what a phrase says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.language.atoms import ATOMS
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

_CLASSES = (
    "ache",
    "complaint",
    "resolved",
    "improved",
    "base form",
    "partly",
    "fully",
    "worse",
    "lasting",
    "relief",
    "end",
    "later verb",
    "more",
    "befell",
    "seen",
    "aid",
    "daily life",
    "vertebral",
)
WORDS = Vocabulary(
    "extractors.course", "words.csv", ("word", "class", "source"), ("word", "class"),
    {"class": frozenset(_CLASSES)},
)  # fmt: skip
_WORDS = {name: Words(WORDS, {"class": name}) for name in _CLASSES}
#: Classes that stand only around what a rule finds.
_AROUND = ("partly", "fully", "befell", "seen", "vertebral")
#: Slots of the rules, and of what may stand around them.
SLOTS: dict[str, str | Pattern] = {
    **ATOMS,
    **{name: words for name, words in _WORDS.items() if name not in _AROUND},
    # between a complaint and its verb: no mark, no second subject
    "of it": (
        r"(?: (?!(?:and|but|while|whereas) (?:the|her|his|an?|she|he|it|bmd)\b|"
        r"(?:after|when|until|as|once|because|since|if|before|while) (?:she|he|we|they|the)\b)"
        r"[\w'/()-]+){0,7}?"
    ),
    "degree": r"(?:[a-z]+ly|also|then|had|has|been|soon|now|once|again|to|almost|much)",
    "not": r"(?:not|never|failed to|fail to|neither|didn't|hadn't|no)",
}
AROUND: dict[str, str | Pattern] = {**SLOTS, **_WORDS}


@dataclass(frozen=True, slots=True)
class Said:
    """What a phrase says of the course; `later` and the rest as in `CourseMention`.

    `start` and `end`: the part of the match that is quoted, all of it where they are None.
    `complaint`: it speaks of "symptoms", which are pain only in a paper on pain.
    """

    outcome: str
    status: str
    value: float | None = None
    unit: str = ""
    later: bool = False
    complaint: bool = False


def always(outcome: str, status: str, later: bool = False) -> Callable[[re.Match[str]], Said]:
    """A reading that does not hang on the words."""
    return lambda match: Said(outcome, status, later=later)
