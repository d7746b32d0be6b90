"""The component `casebook.gazetteer`: every name that a vocabulary knows, whatever is said about it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.drugs.names import name_hits
from extractors.factory import register
from extractors.labs.vocabulary import names_of
from extractors.ner.model import ANALYTE, DRUG, SYMPTOM
from extractors.onset.words import SYMPTOM as OF_SYMPTOMS
from extractors.onset.words import lexicon as symptoms
from extractors.text import View, view

#: A name at [start, end), its label and its canonical form.
Named = tuple[int, int, str, str]


class Gazetteer:
    """Adds `doc.spans["gazetteer"]`, and to `doc.ents` what overlaps no entity there.

    Names of drugs, tests and symptoms are labelled DRUG, ANALYTE and SYMPTOM; `kb_id` is the canonical one.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Show the names of a Doc."""
        spans: list[Span] = []
        for start, end, label, name in names(view(doc)):
            span = doc.char_span(start, end, label=label, kb_id=name, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["gazetteer"] = spans
        taken = {token.i for span in doc.ents for token in span}
        new = [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
        doc.ents = filter_spans([*doc.ents, *new])
        return doc


def names(text: View) -> Iterator[Named]:
    """The names that the vocabularies know in a text: drugs, tests, symptoms, then what is both."""
    drugs = name_hits(text)
    yield from ((h.start, h.end, DRUG, h.value.name) for h in drugs if not h.value.lab)
    for sentence in text.sentences:
        at = sentence.start
        for name in names_of(text, sentence):
            if not name.term.flag:
                yield at + name.start, at + name.end, ANALYTE, name.term.analyte.name
        for sign in symptoms().in_sentence(text, sentence):
            if sign.value.role == OF_SYMPTOMS:
                yield sign.start, sign.end, SYMPTOM, sign.value.word
    # what is measured as well as given comes last: an entity is a test
    yield from ((h.start, h.end, DRUG, h.value.name) for h in drugs if h.value.lab)


def _create(nlp: Language | None, name: str) -> Gazetteer:
    return Gazetteer()


#: Makes the component for `nlp.add_pipe("casebook.gazetteer")`.
create = register("gazetteer", _create)
