"""The components `casebook.ner` and `casebook.gazetteer`: names of drugs beyond the extractor's rules.

`casebook.ner` proposes drugs that no vocabulary knows, where a trained scispaCy model is installed
(models.csv lists them in order of preference). Nothing is downloaded; without a model it finds
nothing. `casebook.gazetteer` shows every vocabulary name as a span, whatever is said about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from extractors.base import store
from extractors.drugs.fact import DrugMention
from extractors.drugs.names import name_hits
from extractors.drugs.read import Drugs
from extractors.drugs.vocabulary import Drug
from extractors.factory import register
from extractors.rules.lexicon import Hit
from extractors.rules.words import Vocabulary
from extractors.text import View, view

#: Trained models in order of preference, with the label of their chemicals.
MODELS = Vocabulary(
    "extractors.ner", "models.csv", ("model", "label", "source"), ("model",), filled=frozenset({"label"})
)
#: How far a name is to be trusted that only the model knows.
CERTAINTY = 0.4
RULE = "model"
_NOT_NEEDED = ("tagger", "parser", "lemmatizer", "attribute_ruler")


@cache
def installed_model() -> tuple[str, str] | None:
    """Name and entity label of the first model of models.csv that is installed, None without one."""
    for row in MODELS.rows:
        if is_package(row["model"]):
            return row["model"], row["label"]
    return None


@cache
def _load(name: str) -> Language:
    return spacy.load(name, exclude=list(_NOT_NEEDED))


class Ner:
    """Adds `doc.spans["ner"]` and low-certainty drug mentions from a trained model's entities."""

    def __init__(self, model: Language | None = None, label: str = "CHEMICAL") -> None:
        self._model = model
        self._label = label
        if model is None:
            found = installed_model()
            self._name, self._label = found if found else ("", label)

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions of a Doc."""
        return store(doc, "ner", self.find(view(doc)))

    def find(self, text: View) -> list[DrugMention]:
        """Treatments that the model calls a chemical and no vocabulary knows.

        The same signs of treatment are asked for as of an analyte's name: most chemicals in a
        case report are measured, not given.
        """
        model = self._model or (_load(self._name) if self._name else None)
        if model is None:
            return []
        return Drugs().from_hits(text, self._unknown(model, text), rule=RULE, certainty=CERTAINTY)

    def _unknown(self, model: Language, text: View) -> list[Hit[Drug]]:
        known = name_hits(text, every=True)
        return [
            Hit(start, end, Drug(name.lower(), "", lab=True))
            for start, end, name in _entities(model, text, self._label)
            if not any(h.start < end and start < h.end for h in known)
        ]


def _entities(model: Language, text: View, label: str) -> Iterator[tuple[int, int, str]]:
    """The model's entities of one label, sentence by sentence of the readable zones."""
    for sentence in text.sentences:
        for entity in model(sentence.text).ents:
            if entity.label_ == label and len(entity.text) > 2 and any(c.isalpha() for c in entity.text):
                yield sentence.start + entity.start_char, sentence.start + entity.end_char, entity.text


class Gazetteer:
    """Adds `doc.spans["gazetteer"]`: every vocabulary name, labelled DRUG, `kb_id` the generic name."""

    def __call__(self, doc: Doc) -> Doc:
        """Show the names of a Doc."""
        spans = [
            doc.char_span(h.start, h.end, label="DRUG", kb_id=h.value.name, alignment_mode="expand")
            for h in name_hits(view(doc))
        ]
        doc.spans["gazetteer"] = [span for span in spans if span is not None]
        return doc


def _create_ner(nlp: Language, name: str) -> Ner:
    return Ner()


def _create_gazetteer(nlp: Language, name: str) -> Gazetteer:
    return Gazetteer()


#: Makes the component for `nlp.add_pipe("casebook.ner")`.
create = register("ner", _create_ner)
#: Makes the component for `nlp.add_pipe("casebook.gazetteer")`.
create_gazetteer = register("gazetteer", _create_gazetteer)
