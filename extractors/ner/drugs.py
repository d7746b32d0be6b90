"""Drugs that no list knows: names that the model proposes, where a treatment is told.

What is said of such a name is read by the drugs' own component, as if it were listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.drugs.fact import DrugMention
from extractors.drugs.names import name_hits
from extractors.drugs.read import Drugs
from extractors.drugs.vocabulary import Drug, cue_words
from extractors.labs.vocabulary import names_of
from extractors.ner.gate import odd_words
from extractors.ner.model import DRUG, Model, Spans
from extractors.ner.places import NO_DRUG, following, places
from extractors.onset.words import lexicon as symptoms
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue, Relation
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
#: What is given and no drug, or only the salt of one.
_NO_DRUG = Glue(
    r"(?:(?:{none}|{salt})(?: |$))+|.* (?:therap(?:y|ies)|treatments?|blood|urine|sputum|fluids?)",
    {"none": NO_DRUG, "salt": cue_words("salt")},
)


def candidates(view: View) -> Iterator[tuple[Sentence, Spans]]:
    """Sentences that tell a treatment, with their words that may be a drug's unknown name (offsets of it)."""
    known: dict[int, Spans] = {}
    drugs: dict[int, list[Hit[Drug]]] = {}
    for hit in name_hits(view, every=True):
        sentence = view.sentence_at(hit.start)
        if sentence is not None:
            span = hit.start - sentence.start, hit.end - sentence.start
            known.setdefault(sentence.index, []).append(span)
            if hit.value.name and not hit.value.lab:
                drugs.setdefault(sentence.index, []).append(hit)
    for sentence in view.sentences:
        told = list(places(view, sentence, drugs.get(sentence.index, ())))
        if told and (spans := list(_odd(view, sentence, told, known.get(sentence.index, [])))):
            yield sentence, spans


def _odd(view: View, sentence: Sentence, told: Spans, known: Spans) -> Iterator[tuple[int, int]]:
    """The odd words at the places told and in lists that they begin, none that another vocabulary knows."""
    spans: set[tuple[int, int]] = set()
    while told:
        new = {s for start, end in told for s in odd_words(sentence, start, end, known)} - spans
        spans |= new
        told = [place for _, end in sorted(new) for place in following(sentence, end)]
    if not spans:
        return
    at = sentence.start
    others = [(h.start - at, h.end - at) for h in symptoms().in_sentence(view, sentence)]
    others += [(h.start, h.end) for h in names_of(view, sentence)]
    yield from (s for s in sorted(spans) if not any(a < s[1] and s[0] < b for a, b in others))


def proposed(
    model: Model, told: Sequence[tuple[Sentence, Spans]], known: Sequence[Hit[Drug]]
) -> list[Hit[Drug]]:
    """What the model calls a drug among the words of some sentences, no part of it a `known` name."""
    taken = {place for hit in known for place in range(hit.start - 1, hit.end + 1)}
    out: list[Hit[Drug]] = []
    for (sentence, _), names in zip(told, model.named(told, DRUG), strict=True):
        for start, end in names:
            name, at = " ".join(sentence.lower[start:end].split()), sentence.start
            if taken.isdisjoint(range(at + start, at + end)) and not _NO_DRUG.fills(name, 0, len(name)):
                out.append(Hit(at + start, at + end, Drug(name, "")))
    return out


def unknown_drugs(view: View, model: Model) -> list[DrugMention]:
    """The treatments with a drug that only the model knows."""
    told = list(candidates(view))
    new = proposed(model, told, name_hits(view, every=True)) if told else []
    if not new:
        return []
    places = {sentence.index for sentence, _ in told}
    known = [h for h in name_hits(view) if (s := view.sentence_at(h.start)) is not None and s.index in places]
    names = {hit.value.name for hit in new}
    found = Drugs().from_hits(view, sorted([*known, *new], key=_start))
    return [replace(m, rule=UNKNOWN.name, certainty=CERTAINTY) for m in found if m.drug in names]


def _start(hit: Hit[Drug]) -> int:
    return hit.start
