"""Drugs that no list knows: names that the model proposes, where a treatment is told.

What is said of such a name is read by the drugs' own component, as if it were listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.drugs.fact import DrugMention
from extractors.drugs.names import name_hits
from extractors.drugs.read import Drugs
from extractors.drugs.vocabulary import Drug
from extractors.labs.vocabulary import names_of
from extractors.ner.gate import odd_words
from extractors.ner.model import DRUG, Model, Spans
from extractors.ner.places import places
from extractors.onset.words import lexicon as symptoms
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Relation
from extractors.text import Sentence, View

UNKNOWN = Relation(
    "drug of the model",
    "A drug that no list knows, where a treatment is told.",
    says={
        "She was treated with ossifenol 30 mg daily.": {"drug": "ossifenol", "dose": 30.0, "status": "given"},
        "She had never taken ossifenol.": {"drug": "ossifenol", "status": "denied"},
    },
    silent=("She was treated with alendronate.", "Serum ossifenol was 30 ng/mL.", "Ossifenol was measured."),
)
#: How far a name is to be trusted that only the model knows.
CERTAINTY = 0.6


def candidates(view: View) -> Iterator[tuple[Sentence, Spans]]:
    """Sentences that tell a treatment, with their words that may be a drug's unknown name (offsets of it)."""
    known: dict[int, Spans] = {}
    drugs: dict[int, Spans] = {}
    for hit in name_hits(view, every=True):
        sentence = view.sentence_at(hit.start)
        if sentence is not None:
            span = hit.start - sentence.start, hit.end - sentence.start
            known.setdefault(sentence.index, []).append(span)
            if hit.value.name and not hit.value.lab:
                drugs.setdefault(sentence.index, []).append(span)
    for sentence in view.sentences:
        told = list(places(view, sentence, drugs.get(sentence.index, ())))
        if told and (spans := list(_odd(view, sentence, told, known.get(sentence.index, [])))):
            yield sentence, spans


def _odd(view: View, sentence: Sentence, told: Spans, known: Spans) -> Iterator[tuple[int, int]]:
    """The odd words at the places told, none that another vocabulary knows."""
    spans = sorted({s for start, end in told for s in odd_words(sentence, start, end, known)})
    if not spans:
        return
    at = sentence.start
    others = [(h.start - at, h.end - at) for h in symptoms().in_sentence(view, sentence)]
    others += [(h.start, h.end) for h in names_of(view, sentence)]
    yield from (s for s in spans if not any(a < s[1] and s[0] < b for a, b in others))


def proposed(model: Model, told: Sequence[tuple[Sentence, Spans]]) -> list[Hit[Drug]]:
    """What the model calls a drug among the words of some sentences."""
    out: list[Hit[Drug]] = []
    for (sentence, _), names in zip(told, model.named(told, DRUG), strict=True):
        for start, end in names:
            name = " ".join(sentence.lower[start:end].split())
            out.append(Hit(sentence.start + start, sentence.start + end, Drug(name, "", lab=True)))
    return out


def unknown_drugs(view: View, model: Model) -> list[DrugMention]:
    """The treatments with a drug that only the model knows."""
    told = list(candidates(view))
    new = proposed(model, told) if told else []
    if not new:
        return []
    places = {sentence.index for sentence, _ in told}
    known = [h for h in name_hits(view) if (s := view.sentence_at(h.start)) is not None and s.index in places]
    known = [h for h in known if not any(n.start < h.end and h.start < n.end for n in new)]
    names = {hit.value.name for hit in new}
    found = Drugs().from_hits(view, sorted([*known, *new], key=_start))
    return [replace(m, rule=UNKNOWN.name, certainty=CERTAINTY) for m in found if m.drug in names]


def _start(hit: Hit[Drug]) -> int:
    return hit.start
