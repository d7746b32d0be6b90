"""The component `casebook.onset`: when symptoms began or worsened, relative to delivery or in gestation."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import OnsetMention, store
from extractors.onset.events import Event, Sign, event_of, events_in, lexicon, symptom_of
from extractors.onset.relative import DeliveryTimes
from extractors.shared.context import context_of
from extractors.shared.factory import register
from extractors.shared.lexicon import Hit
from extractors.shared.view import Sentence, View, view

#: A quote is widened to the event or the symptom if that stands no further from the time than this.
_WIDEN = 110


class Onset:
    """Finds the statements of onset, worsening and presentation; see `extractors.onset`."""

    def find(self, v: View) -> list[OnsetMention]:
        """One mention per event that the text dates by delivery or gestation, negated ones left out."""
        times = DeliveryTimes(v)
        if not times.possible():
            return []
        signs: dict[int, list[Hit[Sign]]] | None = None
        out: list[OnsetMention] = []
        for s in v.sentences:
            dated = times.of(s)
            if not dated:
                continue
            if signs is None:
                signs = _by_sentence(v)
            events, symptoms = events_in(s, signs.get(s.index, []))
            before = v.previous(s)
            earlier = events_in(before, signs.get(before.index, []))[1] if before else []
            made = self._statements(v, s, times, events, symptoms, earlier)
            out.extend(made)
        return out

    def _statements(
        self, v: View, s: Sentence, times: DeliveryTimes, events: list[Event], symptoms: list[Event], earlier: list[Event]
    ) -> list[OnsetMention]:
        out: list[OnsetMention] = []
        for time in times.of(s):
            event = event_of(s, time, events, symptoms, times.of(s))
            if event is None or event.role not in ("onset", "worsening", "presentation"):
                continue
            symptom = symptom_of(s, event, time, symptoms, earlier)
            if symptom is None and event.role != "presentation":
                continue
            spans = [(time.start - s.start, time.end - s.start), (event.start, event.end)]
            if symptom is not None and symptom.start >= 0:
                spans.append((symptom.start, symptom.end))
            start, end = min(a for a, _ in spans), max(b for _, b in spans)
            if end - start > _WIDEN * 2:
                start, end = min(spans[0][0], spans[1][0]), max(spans[0][1], spans[1][1])
            anchor = symptom if symptom is not None and symptom.start >= 0 else event
            context = context_of(v, s, s.start + anchor.start, s.start + anchor.end)
            if context.negated and event.role != "worsening":
                continue
            times.learn(s, time)
            out.append(
                OnsetMention(
                    start=s.start + start, end=s.start + end, rule=f"{event.rule} {time.rule}".strip(), context=context,
                    certainty=round(event.certainty * time.certainty, 2), time=time.ref,
                    symptom=symptom.word if symptom else "", anchor=time.anchor, pregnancy=time.ref.pregnancy,
                    days_min=time.days_min, days_max=time.days_max, role=event.role,
                )
            )
        return out

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "onset"."""
        return store(doc, "onset", self.find(view(doc)))


def _by_sentence(v: View) -> dict[int, list[Hit[Sign]]]:
    found: dict[int, list[Hit[Sign]]] = {}
    for hit in lexicon().find(v.text, v.lower):
        sentence = v.sentence_at(hit.start)
        if sentence is not None:
            found.setdefault(sentence.index, []).append(hit)
    return found


def create(nlp: Language, name: str) -> Onset:
    """The spaCy factory of `casebook.onset`."""
    return Onset()


register("onset", create)
