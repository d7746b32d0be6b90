"""The component `casebook.onset`: when symptoms began or worsened, relative to delivery or in gestation."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, store
from extractors.factory import register
from extractors.language.context import context_of
from extractors.onset.events import Event, Sign, event_of, events_in, lexicon, symptom_of
from extractors.onset.fact import OnsetMention
from extractors.onset.relative import DatedTime, DeliveryTimes
from extractors.rules.lexicon import Hit
from extractors.text import Sentence, View, view
from extractors.time import durations as du

#: A longer "sentence" is no prose, and linking its times costs time.
_LONGEST = 2500
#: A quote holds the time, its event and the symptom, the last only if it is no longer than this.
_WIDEST = 140
#: Days that the time of a bare symptom in gestation ("back pain in pregnancy") and of a visit may span.
_TOO_VAGUE = 190
_VISIT_SPAN = 31
_VAGUE_AFTER = 42
#: A bare symptom with a time as vague as this must be somebody's.
_VAGUE = 60
_PERSON = re.compile(r"\b(?:she|he|her|his|patient|woman|lady|mrs|mother|primi\w+|i|my|\d\d-year)\b")


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
            if len(s.text) > _LONGEST or not times.of(s):
                continue
            if signs is None:
                signs = _by_sentence(v)
            events, symptoms = events_in(s, signs.get(s.index, []))
            out.extend(self._statements(v, s, times, events, symptoms, _earlier(v, s, signs)))
        out = [_of_the_visit(v, m) for m in out]
        if any(m.role == "onset" and m.context.about_patient for m in out):
            return out
        return [*out, *_derived(v, out)]

    def _statements(
        self,
        v: View,
        s: Sentence,
        times: DeliveryTimes,
        events: list[Event],
        symptoms: list[Event],
        earlier: list[Event],
    ) -> list[OnsetMention]:
        out: list[OnsetMention] = []
        for time in times.of(s):
            event = event_of(s, time, events, symptoms, times.of(s), bool(earlier))
            if event is None or event.role not in ("onset", "worsening", "presentation"):
                continue
            symptom = symptom_of(s, event, time, symptoms, earlier)
            if symptom is None and event.role != "presentation" and not _heads(s, event, time):
                continue
            if not _is_dated(s, event, time, symptom):
                continue
            spans = [(time.start - s.start, time.end - s.start), (event.start, event.end)]
            if symptom is not None and symptom.start >= 0:
                spans.append((symptom.start, symptom.end))
            start, end = min(a for a, _ in spans), max(b for _, b in spans)
            if end - start > _WIDEST:
                start, end = min(spans[0][0], spans[1][0]), max(spans[0][1], spans[1][1])
            anchor = symptom if symptom is not None and symptom.start >= 0 else event
            context = context_of(v, s, s.start + anchor.start, s.start + anchor.end)
            if _of_many(s, event, time):
                context = replace(context, general=True)
            if context.negated:
                if not _reaches_over(v, context, s.start + anchor.start):
                    continue
                context = replace(context, negated=False)
            times.learn(s, time)
            out.append(
                OnsetMention(
                    start=s.start + start,
                    end=s.start + end,
                    rule=f"{event.rule} {time.rule}".strip(),
                    context=context,
                    certainty=round(event.certainty * time.certainty, 2),
                    time=time.ref,
                    symptom=symptom.word if symptom else "",
                    anchor=time.anchor,
                    pregnancy=time.ref.pregnancy,
                    days_min=time.days_min,
                    days_max=time.days_max,
                    role=event.role,
                )
            )
        return _narrowest(out)

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "onset"."""
        return store(doc, "onset", self.find(view(doc)))


def _heads(s: Sentence, event: Event, time: DatedTime) -> bool:
    """Whether a note says "Onset 3 weeks postpartum" and no more."""
    if event.word != "onset" or event.role != "onset":
        return False
    gap = s.lower[event.end : time.start - s.start].strip(" :,")
    return not s.lower[: event.start].strip(" -:") and gap in ("", "on", "at", "in", "was", "was at")


def _narrowest(found: list[OnsetMention]) -> list[OnsetMention]:
    """Of nested times of one event the narrower, with the pregnancy that the wider tells
    ("in her second pregnancy the pain recurred at 36 weeks")."""
    out: list[OnsetMention] = []
    for m in found:
        wider = [
            o
            for o in found
            if o is not m and o.role == m.role and o.days_min <= m.days_min and m.days_max <= o.days_max
        ]
        wider = [
            o for o in wider if (o.days_min, o.days_max) != (m.days_min, m.days_max) and o.anchor == m.anchor
        ]
        if m.pregnancy is None:
            told = min((o for o in wider if o.pregnancy), key=lambda o: _apart(o, m), default=None)
            m = replace(m, pregnancy=told.pregnancy) if told else m  # noqa: PLW2901
        narrower = any(
            o.role == m.role
            and o.anchor == m.anchor
            and m.days_min <= o.days_min
            and o.days_max <= m.days_max
            and o.days_max - o.days_min < m.days_max - m.days_min
            and o.start < m.end
            and m.start < o.end
            for o in found
        )
        if not narrower:
            out.append(m)
    return out


def _apart(wider: OnsetMention, m: OnsetMention) -> int:
    """Characters from a wider time to a narrower; one that stands before it is nearer than any after it."""
    gap = (m.time.start if m.time else m.start) - (wider.time.start if wider.time else wider.start)
    return gap if gap >= 0 else 10_000 - gap


def _numbered(suffix: str) -> str:
    """The pattern of a duration with its groups named apart, for a second one in one pattern."""
    return re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{suffix}>", du.DURATION)


_SECOND_DURATION, _THIRD_DURATION = _numbered("_2"), _numbered("_3")
#: How many sentences back a symptom may have been told that "it became worse" takes up.
_CARRY = 4
_FINITE = re.compile(
    r"\b(?:had|has|was|were|presented|developed|noticed|appeared|began|started|worsened|"
    r"experienced|complained)\b"
)


def _earlier(v: View, s: Sentence, signs: dict[int, list[Hit[Sign]]]) -> list[Event]:
    """The symptoms of the nearest sentence before in the paragraph that tells any."""
    for index in range(s.index - 1, max(-1, s.index - 1 - _CARRY), -1):
        before = v.sentences[index]
        if before.zone is not s.zone:
            break
        symptoms = events_in(before, signs.get(index, []))[1]
        if symptoms:
            return symptoms
    return []


def _reaches_over(v: View, context: Context, start: int) -> bool:
    """Whether every negating word is in another clause ("no toxic habits, was admitted for back pain")."""
    return bool(context.cues) and all(
        end <= start and _FINITE.search(v.lower, end, start) is not None for _, end in context.cues
    )


_MANY = re.compile(
    r"\b(?:average|mean|median|usually|typically|most\s(?:women|patients|cases|commonly|often|frequently)|"
    r"often|commonly|generally|majority|frequently|"
    r"\d+\s(?:women|patients|cases)|(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|all|"
    r"other|these)\s(?:women|patients|cases|mothers))\b|\d\s?%\s(?:of|had)"
)


#: "... complained of pain which had begun three weeks earlier"
_EARLIER = (
    rf"\b(?:begun|started|appeared|set\sin|developed)\s{_numbered('_4')}\s(?:earlier|before|previously|ago)\b"
)
_BEGUN_EARLIER = re.compile(_EARLIER)
_LASTING = re.compile(
    rf"{du.DURATION}'?s?[\s-](?:long\s)?history\sof\b|\b(?:for|x)\s(?:the\s)?(?:past\s|last\s|previous\s|"
    rf"preceding\s)?{_SECOND_DURATION}\b|"
    rf"\bof\s{_THIRD_DURATION}'?s?\s(?:duration|evolution|standing)\b|{_EARLIER}"
)


#: "She had been well until 7 weeks earlier, when ..."
_WELL_UNTIL = re.compile(
    rf"\b(?:well|healthy|asymptomatic|good\shealth)\suntil\s{_numbered('_4')}\s(?:earlier|before|previously|ago)\b"
)


def _of_the_visit(v: View, m: OnsetMention) -> OnsetMention:
    """A beginning whose time is that of the visit, where the sentence counts the beginning back from it."""
    s = v.sentence_at(m.start)
    if m.role != "onset" or s is None or m.time is None:
        return m
    counted = _BEGUN_EARLIER.search(v.lower, m.time.end, s.end)
    return replace(m, role="presentation") if counted else m


def _derived(v: View, found: list[OnsetMention]) -> list[OnsetMention]:
    """Beginnings reckoned from a visit ("seen 5 months after delivery with a 3-month history of ...")."""
    out: list[OnsetMention] = []
    for m in found:
        s = v.sentence_at(m.start)
        if s is None or not m.symptom or not m.context.about_patient:
            continue
        match, told = _LASTING.search(s.lower), s
        if match is None and s.index + 1 < len(v.sentences):
            told = v.sentences[s.index + 1]
            match = _WELL_UNTIL.search(told.lower) if told.zone is s.zone else None
        if match is None:
            continue
        days = du.duration_days(*[match[name] for name in _groups_of(match)])
        if days is None or m.days_max - days[0] < -du.TERM_DAYS:
            continue
        low, high = m.days_min - days[1], m.days_max - days[0]
        start, end = min(m.start, told.start + match.start()), max(m.end, told.start + match.end())
        if end - start > _WIDEST:
            start, end = told.start + match.start(), told.start + match.end()
        anchor = "delivery" if high >= 0 else "gestation"
        out.append(
            replace(
                m,
                start=start,
                end=end,
                rule="derived",
                certainty=0.5,
                role="onset",
                anchor=anchor,
                days_min=low,
                days_max=high,
                context=replace(m.context, historical=False),
            )
        )
    return out


def _groups_of(match: re.Match[str]) -> tuple[str, str, str]:
    """The names of the groups that hold the duration that was found: count, unit, upper count."""
    for suffix in ("", "_2", "_3", "_4"):
        if match.groupdict().get(f"count{suffix}"):
            return f"count{suffix}", f"unit{suffix}", f"upto{suffix}"
    raise AssertionError("the pattern has a duration in each alternative")


def _of_many(s: Sentence, event: Event, time: DatedTime) -> bool:
    """Whether the statement sums up several patients ("began on average 2 months after delivery")."""
    low = min(event.start, time.start - s.start)
    high = max(event.end, time.end - s.start)
    return bool(_MANY.search(s.lower, max(0, low - 70), min(len(s.lower), high + 30)))


def _is_dated(s: Sentence, event: Event, time: DatedTime, symptom: Event | None) -> bool:
    """Whether an event is dated well enough and is somebody's: "usually seen in late pregnancy" is not."""
    span = time.days_max - time.days_min
    if s.zone.kind == "title" and span >= _VAGUE_AFTER:
        return False  # "Back pain after childbirth"
    if event.role == "presentation":
        if span > _VISIT_SPAN or (time.anchor == "gestation" and symptom is None):
            return False
        return symptom is not None or "fracture" in s.lower or bool(_PERSON.search(s.lower))
    if event.word == "onset" and span >= _VAGUE_AFTER:
        return False  # a label: "symptom onset after delivery (weeks)"
    if event.rule != "noun":
        return True
    if time.anchor == "gestation" and span > _TOO_VAGUE:
        return False
    return span <= _VAGUE or bool(_PERSON.search(s.lower))


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
