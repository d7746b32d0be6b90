"""The trained model that proposes names: casebook's own, or one that is installed and was chosen.

Its weights lie beside this module (`trained/`, with a card that says from what they were made). A name of
models.csv chooses another package, "none" no model at all. Nothing is ever downloaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy import about
from spacy.language import Language
from spacy.util import is_compatible_version, is_package

from extractors.rules.words import Vocabulary
from extractors.text import Sentence

#: Packages that may be chosen in place of casebook's own model, with the label of their chemicals.
MODELS = Vocabulary(
    "extractors.ner", "models.csv", ("model", "label", "source"), ("model",), filled=frozenset({"label"})
)
#: What may be chosen beside them.
OWN, NONE = "", "none"
DRUG, ANALYTE, SYMPTOM = "DRUG", "ANALYTE", "SYMPTOM"
LABELS = (DRUG, ANALYTE, SYMPTOM)
#: Stretches [start, end) of a sentence.
Spans = list[tuple[int, int]]
#: Characters before and behind a word that the model sees.
_AROUND = 180
_FOLDER = "trained"
_NOT_NEEDED = ("tagger", "parser", "lemmatizer", "attribute_ruler")


class ModelError(ValueError):
    """The chosen model cannot be used; the text says why and what to do."""


class Entity(NamedTuple):
    """A name at [start, end) of a text: DRUG, ANALYTE or SYMPTOM."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Model:
    """A recogniser of names. `labels`: its labels that count, and what they are called here."""

    nlp: Language
    labels: dict[str, str]

    def entities(self, texts: Sequence[str]) -> Iterator[list[Entity]]:
        """The names in each text."""
        for doc in self.nlp.pipe(texts, batch_size=64):
            yield [
                Entity(e.start_char, e.end_char, self.labels[e.label_])
                for e in doc.ents
                if e.label_ in self.labels and any(c.isalpha() for c in e.text)
            ]

    def named(self, told: Sequence[tuple[Sentence, Spans]], *labels: str) -> Iterator[Spans]:
        """Of sentences with words that may be names: the names of some labels that hold one of them."""
        shown = [_window(sentence, spans) for sentence, spans in told]
        texts = [sentence.text[a:b] for (sentence, _), (a, b) in zip(told, shown, strict=True)]
        for (_, spans), (at, _), entities in zip(told, shown, self.entities(texts), strict=True):
            found = [(e.start + at, e.end + at) for e in entities if e.label in labels]
            yield [(a, b) for a, b in found if any(x < b and a < y for x, y in spans)]


def _window(sentence: Sentence, spans: Spans) -> tuple[int, int]:
    """The stretch of a sentence that the model is shown for some words, whole words of it."""
    start, end = max(0, spans[0][0] - _AROUND), min(len(sentence.text), spans[-1][1] + _AROUND)
    if start:
        start = sentence.text.rfind(" ", 0, start) + 1
    if end < len(sentence.text):
        cut = sentence.text.find(" ", end)
        end = cut if cut >= 0 else len(sentence.text)
    return start, end


def folder() -> Path:
    """Where the weights of casebook's own model lie."""
    return Path(str(resources.files("extractors.ner"))) / _FOLDER


@cache
def ordinary() -> frozenset[str]:
    """Words in lower case that the model was taught to be no names."""
    return frozenset((folder() / "ordinary.txt").read_text(encoding="utf-8").split())


def check(choice: str = OWN) -> None:
    """Raise ModelError where the chosen model is not there, or was made for another spaCy."""
    if choice == NONE:
        return
    if choice != OWN:
        if choice not in MODELS.values("model"):
            known = ", ".join(sorted(MODELS.values("model")))
            raise ModelError(f"there is no model {choice!r}: choose {known} or none")
        if not is_package(choice):
            raise ModelError(f"the model {choice} is not installed: install it with pip, or choose none")
        return
    try:
        needed = json.loads((folder() / "meta.json").read_text(encoding="utf-8"))["spacy_version"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"the model's files are missing or broken ({folder()}): install casebook again"
        ) from error
    if not is_compatible_version(about.__version__, needed):
        raise ModelError(
            f"the model needs spaCy {needed}, installed is {about.__version__}: install the pinned "
            "packages (make install), or train it again (make model)"
        )


@cache
def load(choice: str = OWN) -> Model | None:
    """The chosen model, loaded once per process; None for none. Raises ModelError (see `check`)."""
    check(choice)
    if choice == NONE:
        return None
    if choice == OWN:
        return Model(spacy.load(folder()), {label: label for label in LABELS})
    label = next(row["label"] for row in MODELS.rows if row["model"] == choice)
    return Model(spacy.load(choice, exclude=list(_NOT_NEEDED)), {label: DRUG})
