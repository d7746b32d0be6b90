"""What happens in a sentence: beginnings, worsenings, visits and symptoms, in order."""

from __future__ import annotations

from extractors.onset.phrases import HURTING, LOST_HEIGHT
from extractors.onset.words import (
    INITIATED,
    SITE_SLOTS,
    SITED,
    SYMPTOM,
    VISIT_NOUN,
    Sign,
    lexicon,
    site_names,
)
from extractors.rules.rule import Glue, Relation
from extractors.text import Sentence, View
from extractors.values import fixed


@fixed(frozen=True, slots=True)
class Event:
    """A cue or symptom at [start, end) of a sentence; both -1 where an earlier sentence told it.

    `relation` is how a time was related to it, None as long as it was not.
    """

    start: int
    end: int
    role: str
    word: str
    kinds: frozenset[str] = frozenset()
    relation: Relation | None = None
    certainty: float = 1.0


#: Adjectives may part the site from "pain": "pain of gradual onset in the right hip".
_SITE_BEHIND = Glue(
    r" (?:[\w-]+ ){0,3}(?:in|of|around|over|at|on|to) (?:(?:the|her|his|my|both|either) )?"
    r"(?:(?:whole|entire|right|left|bilateral|middle|mid|upper|lower|low|inner) |mid-)*"
    r"{site:site behind}\b",
    SITE_SLOTS,
)
_SITE_BEFORE = Glue(r"\b{site:site before}(?: (?:and|or|/) [\w-]+)? $", SITE_SLOTS)
#: "Treatment was started": what somebody starts is no symptom.
_PASSIVE = Glue(r"\b(?:was|were|been|being|be|is|are) (?:(?:then|also|first|only|\w+ly) )?$")
#: "two months before admission": counted from it, no visit told.
_BEFORE_VISIT = Glue(r"\b(?:before|prior to|until|preceding) (?:(?:the|her|his|our|this) )?$")
#: The word for any complaint, and what leads from it to the one meant.
_ANY = "symptoms"
_OF = Glue(
    r" (?:of|like|such as|including) "
    r"(?:(?:an?|the|her|severe|acute|sudden|progressive|diffuse|chronic) ){0,3}"
)
#: So many characters before a word its site or its auxiliary may stand.
_SITE_REACH, _VERB_REACH = 40, 25
#: An adjective and its noun stand so near.
_ADJECTIVE_REACH = 15


def _sited(lower: str, start: int, end: int) -> str | None:
    """ "pain" with the site told around it, None where none is told."""
    match = _SITE_BEHIND.behind(lower, end) or _SITE_BEFORE.within(lower, start - _SITE_REACH, start)
    return None if match is None else site_names()[match["site"]]


def _event(lower: str, start: int, end: int, sign: Sign) -> Event | None:
    """The event that a cue tells, None where it tells none after all."""
    before = start - _VERB_REACH
    if INITIATED in sign.kinds and _PASSIVE.within(lower, before, start):
        return Event(start, end, "other", sign.word)
    if VISIT_NOUN in sign.kinds and _BEFORE_VISIT.within(lower, before, start):
        return None
    return Event(start, end, sign.role, sign.word, sign.kinds)


def _of_a_finding(event: Event, symptoms: list[Event]) -> bool:
    """Whether "asymptomatic" is what a finding is ("an asymptomatic lump") and no relief."""
    return any(0 < e.start - event.end < _ADJECTIVE_REACH for e in symptoms)


def _specified(lower: str, symptom: Event, symptoms: list[Event]) -> bool:
    """Whether a word for any complaint says which behind it: "complaints of low backache"."""
    return symptom.word == _ANY and any(_OF.fills(lower, symptom.end, e.start) is not None for e in symptoms)


def events_in(v: View, s: Sentence) -> tuple[list[Event], list[Event]]:
    """The cues and the symptoms of a sentence, in order, offsets of the sentence."""
    events: list[Event] = []
    symptoms: list[Event] = []
    for hit in lexicon().in_sentence(v, s):
        start, end, sign = hit.start - s.start, hit.end - s.start, hit.value
        if sign.role == SYMPTOM:
            word = (_sited(s.lower, start, end) if SITED in sign.kinds else None) or sign.word
            symptoms.append(Event(start, end, SYMPTOM, word, sign.kinds))
            continue
        event = _event(s.lower, start, end, sign)
        if event is not None:
            events.append(event)
    events = [e for e in events if e.word != "asymptomatic" or not _of_a_finding(e, symptoms)]
    lost = [Event(f.start - s.start, f.end - s.start, SYMPTOM, "height loss") for f in LOST_HEIGHT.find(v, s)]
    hurting = [Event(f.start - s.start, f.end - s.start, SYMPTOM, f.read()) for f in HURTING.find(v, s)]
    if hurting:  # "began" is a part of it
        events = [e for e in events if not any(h.start <= e.start and e.end <= h.end for h in hurting)]
    symptoms = [e for e in symptoms if not _specified(s.lower, e, symptoms)]
    return events, sorted([*symptoms, *lost, *hurting], key=lambda e: e.start)
