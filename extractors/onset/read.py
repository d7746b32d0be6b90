"""The component `casebook.onset`: when symptoms began or worsened, relative to delivery or in gestation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, store
from extractors.factory import register
from extractors.language.context import context_of, patient_is_child
from extractors.onset import relations
from extractors.onset.by_date import BY_DATE
from extractors.onset.events import Event, events_in
from extractors.onset.fact import WIDEST, OnsetMention
from extractors.onset.linking import Scene, event_of, paired, symptom_of
from extractors.onset.objects import CHILD, FINITE, any_complaint
from extractors.onset.phrases import MANY, PERSON
from extractors.onset.relative import DatedTime, DeliveryTimes
from extractors.onset.visits import dates, of_the_visit, reckoned, visits_beside
from extractors.onset.words import LABEL, TAKES_ANY, TOLD
from extractors.rules.rule import Glue
from extractors.text import Sentence, View, view

#: A time that may be any day of a pregnancy ("pain in pregnancy") dates nothing.
_TOO_VAGUE = 190
#: Days that the time of a visit may span.
_VISIT_SPAN = 31
#: The same of a visit with a complaint: a trimester.
_COMPLAINT_SPAN = 98
_VAGUE_AFTER = 42
#: What begins so is told of somebody, or is a rule of medicine ("hip pain starts in late pregnancy").
_PRESENT = frozenset({"begins", "starts", "develops", "worsens"})
#: How many sentences back a symptom may have been told that "it became worse" takes up.
_CARRY = 4
#: So many characters before and behind a statement it may be said that it is one of many patients.
_MANY_BEFORE, _MANY_BEHIND = 70, 30
#: So many characters before a statement it may be said to be averted.
_AVERTED_REACH = 50
#: Between the label "Onset" and its time.
_OF_LABEL = Glue(r"[ :,]*(?:(?:on|at|in|was|was at)[ :,]*)?")
#: A patient whose first age told is a child's has grown up.
_OWN_PREGNANCY = Glue(
    r"\bshe (?:(?:had )?(?:become|became|got|was) (?:\w+ )?pregnant|(?:had )?delivered|gave birth|conceived)|"
    r"\bduring her (?:\w+ )?pregnancy\b|"
    r"\b(?:when|while|as) (?:the|her|my) (?:baby|child|infant|son|daughter)\b"
)
#: A complaint told is one that began at another time.
_WHICH_BEGAN = Glue(
    r",? (?:which|that) (?:had )?(?:first |initially |already )?(?:began|begun|started|commenced|appeared|"
    r"developed|set in|arisen|arose|occurred)\b(?! (?:suddenly|gradually|acutely|insidiously)\b)"
    r"[^,;.]{0,40}\b(?:in|at|on|during|after)\b"
)
#: What has gone is no complaint: "resolution of the bone marrow oedema".
_GONE = Glue(
    r"\b(?:resolution|disappearance|regression|remission|improvement|relief|reduction|decrease|absence|"
    r"subsidence|cessation|resorption|decline|normali[sz]ation|recovery) (?:of|in|from) (?:[\w-]+ ){0,4}$"
)
#: What is done so that it does not happen.
_AVERTED = Glue(r"\b(?:prevent(?:ed|ing|s)?|prevention of|avoid(?:ed|ing)?|risk of) (?:[\w-]+ ){0,3}$")
#: What may come is advice.
_IF = Glue(
    r"(?<!as )\b(?:if|should|in case|whenever|unless|in the event)\b (?!(?:be|have|not|only)\b)[^,;]*$|"
    r"\b(?:think of|suspect\w*|consider\w*) (?:[\w-]+ ){0,3}(?:when|if|in)\b[^,;]*$"
)
#: Behind a complaint: it is named, not told.
_NO_CASE = Glue(r" (?:(?:\w+ )?risk|screening|prophylaxis|prevention)\b")
#: A child told of before a time in gestation: it is that of its birth.
_NEWBORN = Glue(
    r"\b(?:neonates?|newborns?|infants?|baby|babies|pre-?term \w+|(?:boys?|girls?|twins?|male|female|case)"
    r"[, ]+(?:\w+ )?(?:born|delivered|with (?:an? )?gestational age))\b"
)
#: She who bears it; told behind the child, the time is hers again.
_BEARER = Glue(r"\b(?:she|wom[ae]n|mothers?|patient|primi\w+|pregnant)\b")
_ROLES = frozenset({"onset", "worsening", "presentation"})


#: In a view's cache: the indices of the sentences with a dated beginning of nothing that a list knows.
UNNAMED = "onset.unnamed"


class Onset:
    """Finds the statements of onset, worsening and presentation; see `extractors.onset`."""

    def find(self, v: View, others: Mapping[int, Sequence[Event]] | None = None) -> list[OnsetMention]:
        """One mention per event that the text dates by delivery or gestation, negated ones left out.

        `others`: symptoms that no list knows, by the index of their sentence.
        """
        unnamed = v.cache[UNNAMED] = list[int]()
        others = others or {}
        times = DeliveryTimes(v)
        out: list[OnsetMention] = []
        for s in v.sentences:
            if times.of(s):
                events, symptoms = events_in(v, s)
                if s.index in others:
                    symptoms = sorted([*symptoms, *others[s.index]], key=_start)
                symptoms = [e for e in symptoms if not _gone(s, e)] or symptoms
                scene = Scene(s, events, symptoms, times.of(s), _earlier(v, s))
                out.extend(_statements(v, scene, times))
        if out and patient_is_child(v) and not _OWN_PREGNANCY.within(v.lower, 0, len(v.lower)):
            unnamed.clear()
            return []  # what is told is the mother's, or counted from the patient's own birth
        out = [of_the_visit(v, m) for m in out]
        if any(m.role == "onset" and m.context.about_patient for m in out):
            return out
        out += list(visits_beside(v, times, out))
        return [*out, *reckoned(v, out, times)]

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "onset"."""
        return store(doc, "onset", self.find(view(doc)))


def _began_else(s: Sentence, event: Event, symptom: Event | None, time: DatedTime) -> bool:
    """Whether a complaint told before its symptom goes on with when it began: "complained of pain which began
    in the last trimester"."""
    if symptom is None or symptom.start < event.end or time.start - s.start > event.start:
        return False
    return TOLD in event.kinds and _WHICH_BEGAN.behind(s.lower, symptom.end) is not None


def _gone(s: Sentence, symptom: Event) -> bool:
    """Whether it is said that a symptom has gone or grown less."""
    return _GONE.within(s.lower, symptom.start - _AVERTED_REACH, symptom.start) is not None


def _statements(v: View, scene: Scene, times: DeliveryTimes) -> list[OnsetMention]:
    """The dated events of a sentence; each may be counted from by what follows."""
    out: list[OnsetMention] = []
    for time in scene.times:
        event = event_of(scene, time)
        if event is None or event.role not in _ROLES or _of_the_child(scene.s, event, time):
            continue
        if not dates(v, scene.s, time, event) or (time.rule == BY_DATE and event.role == "presentation"):
            continue  # a visit on some day after a birth need not have to do with it
        symptom = paired(scene, time, event, symptom_of(scene, event))
        if symptom is None and TAKES_ANY in event.kinds and time.days_max - time.days_min <= _COMPLAINT_SPAN:
            symptom = any_complaint(scene.s, event)
            if symptom is not None:
                event = replace(event, relation=relations.ANY, certainty=0.85)
        if symptom is None and event.role != "presentation" and not _heads(scene.s, event, time):
            v.cache[UNNAMED].append(scene.s.index)
            continue
        if not _is_dated(v, scene.s, event, time, symptom):
            continue
        context = _context(v, scene.s, event, time, symptom)
        if context is None:
            continue
        times.learn(scene.s, time)
        if _began_else(scene.s, event, symptom, time):
            event = replace(event, role="presentation")
        out.append(_mention(scene.s, event, time, symptom, context))
    since = {m.symptom for m in out if m.rule == relations.SINCE.name}  # "came in June with pain since April"
    out = [m for m in _narrowest(out) if m.rule != relations.BESIDE.name or m.symptom not in since]
    return [m for m in out if m.anchor != "gestation" or m.days_max - m.days_min <= _TOO_VAGUE]


def _of_the_child(s: Sentence, event: Event, time: DatedTime) -> bool:
    """Whether the child is what an event is told of, or whose time it is."""
    child = CHILD.within(s.lower, 0, event.start)
    tells_time = child is not None and time.start <= s.start + child.start() < time.end
    if child is not None and not tells_time:  # "her son was a month old when she felt pain" tells it
        return True
    if time.anchor != "gestation":
        return False
    stop = time.start - s.start
    hers = _BEARER.last(s.lower, 0, stop)
    return bool(_NEWBORN.within(s.lower, hers.end() if hers else 0, stop))


def _context(v: View, s: Sentence, event: Event, time: DatedTime, symptom: Event | None) -> Context | None:
    """How a statement was made, None where it is denied."""
    anchor = symptom if symptom is not None and symptom.start >= 0 else event
    context = context_of(v, s, s.start + anchor.start, s.start + anchor.end)
    if _of_many(v, s, event, time):
        context = replace(context, general=True)
    first = min(anchor.start, event.start)
    if _IF.within(s.lower, first - _AVERTED_REACH, first):
        return None
    if _gone(s, anchor):
        return None
    if _AVERTED.within(s.lower, first - _AVERTED_REACH, first) or _NO_CASE.behind(s.lower, anchor.end):
        return None
    if not context.negated:
        return context
    return replace(context, negated=False) if _reaches_over(v, context, s.start + anchor.start) else None


def _mention(
    s: Sentence, event: Event, time: DatedTime, symptom: Event | None, context: Context
) -> OnsetMention:
    spans = [(time.start - s.start, time.end - s.start), (event.start, event.end)]
    if symptom is not None and symptom.start >= 0:
        spans.append((symptom.start, symptom.end))
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    if end - start > WIDEST:
        start, end = min(spans[0][0], spans[1][0]), max(spans[0][1], spans[1][1])
    return OnsetMention(
        start=s.start + start,
        end=s.start + end,
        rule=event.relation.name if event.relation else "",
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


def _start(event: Event) -> int:
    return event.start


def _heads(s: Sentence, event: Event, time: DatedTime) -> bool:
    """Whether a note says "Onset 3 weeks postpartum" and no more."""
    if LABEL not in event.kinds or event.role != "onset" or s.lower[: event.start].strip(" -:"):
        return False
    return _OF_LABEL.fills(s.lower, event.end, time.start - s.start) is not None


def _narrowest(found: list[OnsetMention]) -> list[OnsetMention]:
    """Of nested times of one event the narrower, with the pregnancy that the wider tells
    ("in her second pregnancy the pain recurred at 36 weeks")."""
    out: list[OnsetMention] = []
    for m in found:
        wider = [o for o in found if _holds(o, m) and o.pregnancy]
        if m.pregnancy is None and wider:
            m = replace(m, pregnancy=min(wider, key=lambda o: _apart(o, m)).pregnancy)  # noqa: PLW2901
        if not any(_holds(m, o) and o.start < m.end and m.start < o.end for o in found):
            out.append(m)
    return out


def _holds(wider: OnsetMention, m: OnsetMention) -> bool:
    """Whether the time of a mention of the same kind holds another's and is longer."""
    return (
        (wider.role, wider.anchor) == (m.role, m.anchor)
        and wider.days_min <= m.days_min
        and m.days_max <= wider.days_max
        and (wider.days_min, wider.days_max) != (m.days_min, m.days_max)
    )


def _apart(wider: OnsetMention, m: OnsetMention) -> int:
    """Characters from a wider time to a narrower; one that stands before it is nearer than any after it."""
    gap = (m.time.start if m.time else m.start) - (wider.time.start if wider.time else wider.start)
    return gap if gap >= 0 else 10_000 - gap


def _earlier(v: View, s: Sentence) -> Sequence[Event]:
    """The symptoms of the nearest sentence before in the paragraph that tells any."""
    before = v.previous(s)
    for _ in range(_CARRY):
        if before is None:
            break
        symptoms = events_in(v, before)[1]
        if symptoms:
            return symptoms
        before = v.previous(before)
    return ()


def _reaches_over(v: View, context: Context, start: int) -> bool:
    """Whether every negating word is in another clause ("no toxic habits, was admitted for back pain")."""
    return bool(context.cues) and all(
        # the verb right behind is the negated one: "had not experienced"
        end <= start and FINITE.within(v.lower, end + 2, start) is not None
        for _, end in context.cues
    )


def _of_many(v: View, s: Sentence, event: Event, time: DatedTime) -> bool:
    """Whether the statement sums up several patients ("began on average 2 months after delivery")."""
    low = min(event.start, time.start - s.start) - _MANY_BEFORE
    high = max(event.end, time.end - s.start) + _MANY_BEHIND
    return MANY.first(v, s, s.start + max(0, low), s.start + min(len(s.lower), high)) is not None


def _is_dated(v: View, s: Sentence, event: Event, time: DatedTime, symptom: Event | None) -> bool:
    """Whether an event is dated well enough and is somebody's: "usually seen in late pregnancy" is not."""
    span = time.days_max - time.days_min
    if span >= _VAGUE_AFTER and s.zone.kind == "title":
        return False  # "Back pain after childbirth"
    if event.role == "presentation":
        return _is_visit(v, s, event, time, symptom)
    if span >= _VAGUE_AFTER and LABEL in event.kinds:
        return False  # a label: "symptom onset after delivery (weeks)"
    of_somebody = PERSON.first(v, s) is not None
    if event.relation is not relations.BESIDE:
        return of_somebody or event.word not in _PRESENT
    return of_somebody or span < _VAGUE_AFTER


def _is_visit(v: View, s: Sentence, event: Event, time: DatedTime, symptom: Event | None) -> bool:
    """Whether a visit is dated well enough and is the patient's."""
    complains = time.anchor == "gestation" and TAKES_ANY in event.kinds and symptom is not None
    longest = _COMPLAINT_SPAN if complains else _VISIT_SPAN
    if time.days_max - time.days_min > longest or (time.anchor == "gestation" and symptom is None):
        return False
    return symptom is not None or "fracture" in s.lower or PERSON.first(v, s) is not None


def create(nlp: Language, name: str) -> Onset:
    """The spaCy factory of `casebook.onset`."""
    return Onset()


register("onset", create)
