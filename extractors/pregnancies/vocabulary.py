"""The words by which pregnancies, deliveries and nursing are told (words.csv)."""

from __future__ import annotations

from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words
from extractors.time.atoms import SLOTS as TIME

CLASSES = (
    "caesarean", "instrumental", "vaginal", "child", "several", "nurse", "nth", "of a pregnancy",
    "of a birth", "of a child", "of an nth",
)  # fmt: skip
WORDS = Vocabulary(
    "extractors.pregnancies",
    "words.csv",
    columns=("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(CLASSES)},
)
#: Slots by name: those of time, and the classes.
SLOTS: dict[str, str | Pattern] = {**TIME, **{name: Words(WORDS, {"class": name}) for name in CLASSES}}
