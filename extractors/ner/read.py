"""The component `casebook.ner`: facts under names that no list knows, found by a trained model.

The vocabularies and rules go first. The model is shown only the words at places where a treatment, a
result or an onset is told and a name stands that no list knows; what it calls a drug, a test or a symptom
there is read by that table's own component, and has a lower certainty.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.base import Mention, mentions, store
from extractors.factory import register
from extractors.ner.drugs import unknown_drugs
from extractors.ner.gazetteer import create as create_gazetteer
from extractors.ner.labs import unknown_tests
from extractors.ner.model import OWN, Model, load
from extractors.ner.onset import unknown_symptoms
from extractors.text import View, view


class Ner:
    """Adds `doc.spans["ner"]` with the mentions, and all of the model's entities to `doc.ents`.

    `choice` names the model (see `extractors.ner.model`); `model` stands in for one.
    """

    def __init__(self, choice: str = OWN, model: Model | None = None) -> None:
        self._choice, self._model = choice, model

    @property
    def model(self) -> Model | None:
        """The model, None where none is wanted. Raises ModelError where the chosen one cannot be used."""
        return self._model or load(self._choice)

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions of a Doc; one with tokens shows the model's entities."""
        text = view(doc)
        store(doc, "ner", self.find(text, mentions(doc, "labs")))
        if len(doc) and self.model is not None:
            doc.ents = filter_spans([*doc.ents, *_spans(doc, text, self.model)])
        return doc

    def find(self, text: View, results: Sequence[Mention] = ()) -> list[Mention]:
        """The facts of a text under names that only the model knows; `results` the rules have read."""
        if self.model is None:
            return []
        drugs, tests = unknown_drugs(text, self.model), unknown_tests(text, self.model, results)
        return [*drugs, *tests, *unknown_symptoms(text, self.model)]


def _spans(doc: Doc, text: View, model: Model) -> list[Span]:
    """What the model finds in all sentences, where the Doc has no entities yet."""
    taken = {token.i for span in doc.ents for token in span}
    found: list[Span] = []
    entities = model.entities([sentence.text for sentence in text.sentences])
    for sentence, names in zip(text.sentences, entities, strict=True):
        for start, end, label in names:
            span = doc.char_span(
                sentence.start + start, sentence.start + end, label=label, alignment_mode="expand"
            )
            if span is not None and taken.isdisjoint(range(span.start, span.end)):
                found.append(span)
    return found


def _create(nlp: Language | None, name: str, model: str = OWN) -> Ner:
    return Ner(model)


#: Makes the component for `nlp.add_pipe("casebook.ner", config={"model": ...})`.
create = register("ner", _create)

__all__ = ["Ner", "create", "create_gazetteer"]
