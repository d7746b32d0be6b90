"""Which event of a sentence a time belongs to, and which symptom an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.onset import relations
from extractors.onset.by_date import BY_DATE
from extractors.onset.distance import INSIDE, STRONG_BREAK, apart, gap
from extractors.onset.events import Event
from extractors.onset.relative import DatedTime
from extractors.onset.words import (
    COMPLAINS,
    CONDITION,
    EPISODE,
    INABILITY,
    OBSTETRIC,
    OF_A_QUANTITY,
    OF_THE_PATIENT,
    PERCEIVED,
    SHOWS,
)
from extractors.rules.rule import Glue
from extractors.text import Sentence
from extractors.time.atoms import SLOTS

_NOUN_COST = 25
#: A cue further from a time, a bare symptom further from it, a symptom further from its cue is not meant.
_CUE_REACH, _NOUN_REACH, _SYMPTOM_REACH = 220, 110, 170
#: A bare symptom must be so much nearer than the nearest cue.
_NEARER = 0.8
#: A symptom "presented" stands so near behind the verb, one governed without a preposition so near.
_OBJECT_REACH, _BARE_OBJECT, _SUBJECT_REACH = 40, 30, 12

#: A symptom of several stands this near to its own of several times.
_PAIRED = 30
_RIGHT_BEFORE = Glue(r" (?:at|in|on|about|after|from|since) (?:about )?| ")
_ROLES = frozenset({"onset", "worsening", "presentation"})

_SINCE = Glue(
    r"\b(?:since|from|beginning|starting|as of|ever since) (?:(?:about|around|approximately|the|her) )*$"
)
_SINCE_HERE = Glue(r"since |from ")
#: The subject of the verb is a pronoun.
_IT = Glue(
    r"(?:^|[,;] |\band |\bwhen |\bdelivery )(?:it|this) "
    r"(?:(?:was|had|has|became|then|further|also|gradually|suddenly|markedly) ){0,3}$"
)
_IT_BEHIND = Glue(r" (?:it|this|them)\b")
#: Between a complaint and the verb that says that it grew; its site and the clauses on it may stand there.
_GREW = Glue(
    r"(?:(?: and|,)? (?:\w+ly|which|that|and|but|had|has|was|were|then|also|further|again|over time|"
    r"(?:in|of|on|at|over|around|to) (?:(?:the|her|his|my|both|either|right|left) ){0,2}[\w-]+"
    r"(?: [\w-]+)?)){0,5}"
    r",? "
)
#: What a complaint is measured by.
_HOW_BAD = Glue(
    r"\b(?:intensity|severity|frequency|symptoms?|complaints?|pains?|condition|weakness|blood pressure)\b"
    r"[^,;]{0,40}$"
)
_TAKES_UP = Glue(r"\b(?:it|this|they|these)\b[^,;]{0,40}$")
#: The verb is a second one of a relative clause on the complaint.
_RELATIVE = Glue(r",? (?:which|that) [^,;]{5,90}(?:,|,? and|,? but) (?:\w+ly )?")
#: What is told of the birth itself: "at 35 weeks labour was induced, during which ..."
_DURING_WHICH = Glue(r"[^.;]{0,80}\b(?:during|after|upon|following) which\b")
#: Between a disease and the complaints told with it.
_AND_WITH = Glue(r",?(?: (?:and|with|associated with|accompanied by))? (?:[\w-]+ )?")
#: Between a symptom and a verb such as "noticed": the verb has an object of its own.
_SUBJECT = Glue(r"(?<!which )(?<!that )\b(?:she|he|the patient)\b")
_PRONOUN = Glue(r"\b(?:it|this|these|they|which|that|whose)\b")
#: "..., and at 33 weeks she was using crutches": a clause of its own.
_JOINED = Glue(r"(?:[,;]|\b(?:and|but)) $")
_SUBJECT_BEHIND = Glue(r",? (?:she|he|the patient) ")
#: "delivered at 39 weeks", "a forceps delivery at term": the time is that of the birth.
_BIRTH_BEFORE = Glue(
    r"\b(?:{birth}|born|section|induced|induction|terminated)(?: (?!pain\b)[\w-]+){0,3}?"
    r"(?:,? \(|,? )(?:at|in|on|by)? ?(?:the )?$",
    SLOTS,
)
_OWN_SUBJECT = Glue(r"\b(?:she|he|the|was|were|had|took|used|received)\b")
#: "presented dorsal pain": in translated reports the symptom and no visit.
_OBJECT = Glue(r" (?!(?:with|to|for|at|in|on|after|because|due|complaining|by|again|herself|himself)\b)")
#: The time is an end, not a beginning.
_UNTIL = Glue(r"\b(?:until|till|up to|through) (?:(?:about|the|her) )*$|\bbetween [^.;]{5,50} and (?:the )?$")
_WHO = Glue(r"\b(?:who|whose) (?:[\w-]+ ){0,3}$")
_HAD = Glue(r" (?:had|has|developed|suffered|experienced) ")
_WHEN = Glue(r",? (?:when|at which)\b")
_WITH = Glue(
    r"\b(?:with|for|because of|due to|owing to|complaining of|on account of|by|complaints? of|"
    r"suffering from|of)\b"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its cues, symptoms and times.

    `earlier`: the symptoms that the sentences before told; an inability is a worsening of them.
    """

    s: Sentence
    events: Sequence[Event]
    symptoms: Sequence[Event]
    times: Sequence[DatedTime]
    earlier: Sequence[Event]


def event_of(scene: Scene, time: DatedTime) -> Event | None:
    """The event that a time dates: the nearest cue, else a bare symptom beside it; None for neither."""
    scene = _own_clause(scene, time)
    s, start, end = scene.s, time.start - scene.s.start, time.end - scene.s.start
    if _told_since(s, start) and any(e.end <= start or e.start >= end for e in scene.symptoms):
        return _since(scene, start, end)
    narrowed = _narrowed(scene, time, start, end)
    if narrowed is None:
        return None
    scene = narrowed
    events = [e for e in scene.events if not _grew_later(s, e, end) and not _of_an_aside(s, e, start)]
    scene = replace(scene, events=events)
    ranked = sorted(((gap(s, e, time, scene.times), e) for e in events), key=_by_gap)
    ranked = [(cost, e) for cost, e in ranked if cost < _CUE_REACH]
    cue = ranked[0] if ranked else None
    found = cue and _presented(scene, cue[1])
    found = found or _bare_symptom(scene, time, cue[0] if cue else None)
    return found or (_as_cue(_visit_of(scene, cue[1])) if cue else None)


def _of_an_aside(s: Sentence, event: Event, start: int) -> bool:
    """Whether a relative clause tells an event before the verb of its sentence: "who nursed had pain"."""
    if event.role != "other" or not _WHO.within(s.lower, event.start - 30, event.start):
        return False
    return _HAD.within(s.lower, event.end, start) is not None


def _narrowed(scene: Scene, time: DatedTime, start: int, end: int) -> Scene | None:
    """The part of a sentence, and its events, that a time at [start, end) of it can date; None for none."""
    s = scene.s
    if _UNTIL.within(s.lower, start - 60, start):
        if not _WHEN.behind(s.lower, end):
            return None
        scene = _behind(scene, end)
    during = _DURING_WHICH.behind(s.lower, end)
    if during:
        scene = _behind(scene, during.end())
    if time.anchor == "delivery" or time.rule == BY_DATE:  # a date's own birth is known, and another
        scene = replace(scene, events=[e for e in scene.events if e.role != "birth"])
    elif not during and _BIRTH_BEFORE.within(s.lower, start - 60, start):
        return None
    return scene


def _grew_later(s: Sentence, event: Event, end: int) -> bool:
    """Whether a growth is told as what followed: "noted a lump in week 9, slightly increasing since"."""
    return (
        OF_A_QUANTITY in event.kinds
        and event.word.endswith("ing")
        and s.lower.find(",", end, event.start) >= 0
    )


def _by_gap(ranked: tuple[float, Event]) -> float:
    return ranked[0]


def _as_cue(event: Event) -> Event:
    return replace(event, relation=relations.BY_ROLE.get(event.role))


def _own_clause(scene: Scene, time: DatedTime) -> Scene:
    """What stands behind a time that opens a clause with a subject of its own."""
    start, end = time.start - scene.s.start, time.end - scene.s.start
    opens = _JOINED.within(scene.s.lower, start - 8, start) and _SUBJECT_BEHIND.behind(scene.s.lower, end)
    return _behind(scene, end) if opens else scene


def _behind(scene: Scene, end: int) -> Scene:
    """What a sentence tells behind a place."""
    return replace(
        scene,
        events=[e for e in scene.events if e.start >= end],
        symptoms=[e for e in scene.symptoms if e.start >= end],
    )


def _told_since(s: Sentence, start: int) -> bool:
    return bool(_SINCE.within(s.lower, start - 30, start) or _SINCE_HERE.behind(s.lower, start))


def _since(scene: Scene, start: int, end: int) -> Event | None:
    """The symptom that has been there since a time."""
    before = [e for e in scene.symptoms if e.end <= start]
    near = before[-1] if before else next(e for e in scene.symptoms if e.start >= end)
    if before and _other_clause(scene.s.lower[near.end : start]):
        return None
    return replace(near, role="onset", relation=relations.SINCE, certainty=0.95)


def _other_clause(between: str) -> bool:
    """Whether a clause with a subject of its own begins between a symptom and a "since"."""
    breaks = list(STRONG_BREAK.pattern.finditer(between))
    return bool(breaks) and bool(_OWN_SUBJECT.within(between, breaks[-1].start(), len(between)))


def _presented(scene: Scene, cue: Event) -> Event | None:
    """The symptom that a patient "presented", where no preposition makes it a visit."""
    if SHOWS not in cue.kinds or not _OBJECT.behind(scene.s.lower, cue.end):
        return None
    shown = next((e for e in scene.symptoms if e.start >= cue.end), None)
    if shown is None or shown.start - cue.end >= _OBJECT_REACH:
        return None
    if any(cue.end <= t.start - scene.s.start < shown.start for t in scene.times):
        return None
    return replace(shown, role="onset", relation=relations.PRESENTED, certainty=0.8)


def _bare_symptom(scene: Scene, time: DatedTime, nearest_cue: float | None) -> Event | None:
    """A symptom nearer to a time than any cue: its governing verb, else the symptom by itself."""
    nouns = sorted(
        ((gap(scene.s, e, time, scene.times) + _NOUN_COST, e) for e in scene.symptoms), key=_by_gap
    )
    if not nouns or nouns[0][0] >= _NOUN_REACH:
        return None
    if nearest_cue is not None and nouns[0][0] >= nearest_cue * _NEARER:
        return None
    noun = nouns[0][1]
    governor = _governor(scene, noun, time)
    if governor is not None:
        return _as_cue(governor)
    if noun.kinds & {
        CONDITION,
        OBSTETRIC,
    }:  # a disease that no verb tells of as new may have been there before
        with_it = [e for e in scene.symptoms if not e.kinds & {CONDITION, OBSTETRIC} and e.start >= noun.end]
        if not with_it or not _AND_WITH.fills(scene.s.lower, noun.end, with_it[0].start):
            return None
        noun = with_it[0]
    worse = INABILITY in noun.kinds and (scene.earlier or noun is not scene.symptoms[0])
    role = "worsening" if worse else "onset"
    return replace(noun, role=role, relation=relations.BESIDE, certainty=0.8)


def _governor(scene: Scene, noun: Event, time: DatedTime) -> Event | None:
    """The verb that a symptom is the object or subject of: "presented with ... pain"."""
    lower = scene.s.lower
    events = [e for e in scene.events if gap(scene.s, e, time, ()) < INSIDE]
    before = [e for e in events if e.end <= noun.start and e.role != "birth"]
    if before:
        begin = before[-1].end
        near = noun.start - begin < _BARE_OBJECT or _WITH.within(lower, begin, noun.start)
        if near and not STRONG_BREAK.within(lower, begin, noun.start):
            return before[-1]
    after = [e for e in events if e.start >= noun.end and e.start - noun.end < _SUBJECT_REACH]
    return after[0] if after and not STRONG_BREAK.within(lower, noun.end, after[0].start) else None


def _visit_of(scene: Scene, event: Event) -> Event:
    """The visit at which something was complained of ("was admitted ... complaining of ...")."""
    if COMPLAINS not in event.kinds:
        return event
    for earlier in reversed([e for e in scene.events if e.end <= event.start and e.role == "presentation"]):
        if not STRONG_BREAK.within(scene.s.lower, earlier.end, event.start):
            return earlier
    return event


def symptom_of(scene: Scene, event: Event) -> Event | None:
    """The symptom of an event: in its own words, else what a pronoun takes up from the sentence before."""
    if event.relation in (relations.SINCE, relations.BESIDE):
        return event
    s = scene.s
    if scene.earlier and _IT.within(s.lower, event.start - 25, event.start):
        return _carried(scene)
    if scene.earlier and PERCEIVED in event.kinds and _IT_BEHIND.behind(s.lower, event.end):
        return _carried(scene)
    if OF_A_QUANTITY in event.kinds:
        return _complaint_that_grew(scene, event)
    ranked = sorted(((apart(s, event, e), e) for e in scene.symptoms), key=_by_gap)
    if ranked and ranked[0][0] < _SYMPTOM_REACH:
        near = ranked[0][1]
        return _object(scene, event) if _has_object(s, event, near) else near
    if ranked and event.role == "worsening":
        return ranked[0][1]
    takes_up = EPISODE in event.kinds or event.role == "worsening"
    if not scene.earlier or event.kinds & {PERCEIVED, OF_THE_PATIENT}:
        return None
    return _carried(scene) if takes_up or _PRONOUN.within(s.lower, 0, event.start) else None


def paired(scene: Scene, time: DatedTime, event: Event, symptom: Event | None) -> Event | None:
    """The symptom that a time of several stands beside, where one verb has several symptoms, each with its
    time: "developed hip pain at 30 weeks and back pain two months after delivery"."""
    if symptom is None or symptom.start < 0 or len(scene.symptoms) < 2 or event.relation is relations.SINCE:
        return symptom
    if len(scene.times) < 2:
        return _beside_it(scene, time, event, symptom)
    base = scene.s.start
    spans = [(t.start - base, t.end - base) for t in scene.times]
    own = time.start - base, time.end - base

    def parted(one: Event) -> bool:
        low, high = (one.end, own[0]) if one.end <= own[0] else (own[1], one.start)
        return any(low <= a and b <= high for a, b in spans)

    first = min(spans)[0] < min(e.start for e in scene.symptoms)  # "at 30 weeks hip pain, at 36 back pain"
    side = [e for e in scene.symptoms if (e.start >= own[1] if first else e.end <= own[0]) and not parted(e)]
    if not side or symptom in side or (event is not symptom and event.start > side[0].start):
        return symptom
    near = side[0] if first else side[-1]
    between = (own[1], near.start) if first else (near.end, own[0])
    others = any(e.role in _ROLES and between[0] <= e.start < between[1] for e in scene.events)
    return near if between[1] - between[0] <= _PAIRED and not others else symptom


def _beside_it(scene: Scene, time: DatedTime, event: Event, symptom: Event) -> Event:
    """The symptom right before a time, behind "and" and another one with its verb: "back pain began early
    and hip pain at four months after delivery"."""
    lower, start = scene.s.lower, time.start - scene.s.start
    for one in scene.symptoms:
        beside = event.end <= one.start and _RIGHT_BEFORE.fills(lower, one.end, start)
        if beside and one is not symptom and lower.startswith(" and ", one.start - 5):
            return one
    return symptom


def _complaint_that_grew(scene: Scene, event: Event) -> Event | None:
    """The symptom that "increased"; None where a result did ("creatinine increased to 375")."""
    lower = scene.s.lower
    for e in reversed(scene.symptoms):
        if e.end <= event.start and _GREW.fills(lower, e.end, event.start):
            return e
    grown = next((e for e in scene.symptoms if e.start >= event.end), None)
    if grown is not None and grown.start - event.end < _BARE_OBJECT:
        between = lower[event.end : grown.start]
        return grown if not any(c.isdigit() or c in ",;" for c in between) else None
    before = [e for e in scene.symptoms if e.end <= event.start]
    if before:
        span = before[-1].end, event.start
        if _TAKES_UP.within(lower, *span) or _RELATIVE.fills(lower, *span):
            return before[-1]
    if scene.earlier and _HOW_BAD.within(lower, 0, event.start):
        return _carried(scene)
    return None


def _has_object(s: Sentence, event: Event, near: Event) -> bool:
    """Whether a verb such as "noticed" has another object than the symptom before it."""
    if PERCEIVED not in event.kinds or near.end > event.start:
        return False
    return _SUBJECT.within(s.lower, near.end, event.start) is not None


def _object(scene: Scene, event: Event) -> Event | None:
    return next((e for e in scene.symptoms if e.start >= event.end), None)


def _carried(scene: Scene) -> Event:
    return Event(-1, -1, "symptom", scene.earlier[-1].word, certainty=0.8)
