"""Symptoms that no list knows: names that the model proposes, where a beginning is dated by a birth.

What follows "developed" is a complaint whatever its words, by the onset's own rules; here it stands
before its verb.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.ner.model import SYMPTOM, Model
from extractors.onset.events import Event
from extractors.onset.fact import OnsetMention
from extractors.onset.read import UNNAMED, Onset
from extractors.onset.words import SYMPTOM as OF_SYMPTOMS
from extractors.rules.rule import Relation
from extractors.text import View

UNKNOWN = Relation(
    "symptom of the model",
    "A symptom that no list knows, whose beginning is dated by a birth.",
    says={"Severe stridor appeared 3 weeks after her delivery.": {"symptom": "stridor"}},
    silent=("Her back pain began 2 weeks after delivery.", "Treatment began 2 weeks after delivery."),
)
CERTAINTY = 0.6
#: Letters of the shortest name.
_SHORTEST = 4


def unknown_symptoms(view: View, model: Model) -> list[OnsetMention]:
    """The dated beginnings of symptoms that only the model knows."""
    if UNNAMED not in view.cache:  # the onset's own component did not run
        Onset().find(view)
    asked = [view.sentences[index] for index in sorted(set(view.cache[UNNAMED]))]
    if not asked:
        return []
    new: dict[int, list[Event]] = {}
    for sentence, entities in zip(asked, model.entities([s.text for s in asked]), strict=True):
        for start, end, label in entities:
            if label == SYMPTOM and end - start >= _SHORTEST:
                word = " ".join(sentence.lower[start:end].split())
                new.setdefault(sentence.index, []).append(Event(start, end, OF_SYMPTOMS, word))
    if not new:
        return []
    words = {event.word for events in new.values() for event in events}
    found = [m for m in Onset().find(view, new) if m.symptom in words and m.role == "onset"]
    return [replace(m, rule=UNKNOWN.name, certainty=round(m.certainty * CERTAINTY, 2)) for m in found]
