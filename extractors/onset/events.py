"""Which event of a sentence a time belongs to: a beginning, a worsening, a visit, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.onset.relative import DatedTime
from extractors.rules.lexicon import Entry, Hit, Lexicon, read_rows
from extractors.text import Sentence

#: What it costs an event, in characters, to be reached from a time across these.
_BREAK_COST = 70
_COMMA_COST = 12
_OTHER_TIME_COST = 60
#: Words such as "about" or "at" may stand between a bracket and its time.
_BRACKET_LEAD = 8
_NOUN_COST = 25
#: The distance of what lies inside the words of the time itself.
_INSIDE = 1000.0

_STRONG_BREAK = re.compile(
    r"[;:]|\bbut\b|\bwhereas\b|\balthough\b|\bhowever\b|,\s(?:and|so|then)\s(?:she|"
    r"he|the|her|an?|was|were)\b|\band\s(?:she|he|the\spain|it)\b|\band,?\s(?:at|in|on|after|from|since|by|"
    r"within|around|during|then|later|\d+|one|two|three|four|five|six|seven|eight|ten|twenty|a\sfew|"
    r"the\s(?:next|following))\b"
)
#: A further verb of the same subject, as it begins.
_CLAUSE_VERB = re.compile(
    r"(?:,|\band)\s(?:then\s|later\s|finally\s|gradually\s|suddenly\s|progressively\s)?(?:was|became|"
    r"worsened|had|got|spread|extended|increased|could|presented|visited|exacerbated|"
    r"aggravated|intensified|radiated|progressed|peaked|deteriorated)"
)
_SINCE = re.compile(
    r"\b(?:since|from|beginning|starting|as\sof|ever\ssince)\s(?:about\s|around\s|"
    r"approximately\s|the\s|her\s)*$"
)
#: The subject of the verb is a pronoun.
_IT = re.compile(
    r"(?:^|[,;]\s|\band\s|\bwhen\s|\bdelivery\s)(?:it|this)\s(?:(?:was|had|has|became|then|"
    r"further|also|gradually|suddenly|markedly)\s){0,3}$"
)
_EPISODES = frozenset({"episode", "episodes", "attack", "first symptoms", "first symptom"})
#: Between a symptom and a verb such as "noticed": the verb has an object of its own.
_SUBJECT = re.compile(r"(?<!which\s)(?<!that\s)\b(?:she|he|the\spatient)\b")
_PRONOUN = re.compile(r"\b(?:it|this|these|they|which|that|whose)\b")
_ONSET_OBJECT = frozenset(
    {
        "developed",
        "developing",
        "develops",
        "noticed",
        "noticing",
        "noted",
        "experienced",
        "experiencing",
        "experience",
        "experiences",
        "felt",
        "feel",
        "suffered",
        "suffering",
        "suffer",
        "perceived",
        "aware of",
        "initiated",
    }
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A vocabulary entry: a symptom (role "symptom") or a cue word with its role."""

    role: str
    word: str


@dataclass(frozen=True, slots=True)
class Event:
    """A cue or symptom at [start, end) of a sentence."""

    start: int
    end: int
    role: str
    word: str
    rule: str = ""
    certainty: float = 1.0


@cache
def lexicon() -> Lexicon[Sign]:
    """Symptoms and cues in one automaton."""
    entries = [
        Entry(row["phrase"], Sign("symptom", row["symptom"]))
        for row in read_rows("extractors.onset", "symptoms.csv")
    ]
    entries.extend(
        Entry(row["cue"], Sign(row["role"], row["cue"])) for row in read_rows("extractors.onset", "cues.csv")
    )
    return Lexicon(entries)


#: Adjectives may part the site from "pain": "pain of gradual onset in the right hip".
_SITE_AFTER = re.compile(
    r"\s(?:[\w-]+\s){0,3}(?:in|of|around|over|at|on|to)\s(?:the\s|her\s|his\s|my\s|both\s|"
    r"either\s)?(?:whole\s|entire\s|right\s|left\s|bilateral\s|middle\s|mid\s|mid-|upper\s|lower\s|low\s|"
    r"inner\s)*"
    r"(?P<site>back|lumbar|thoracolumbar|thoracic|dorsal|spine|loins?|hips?|groins?|pelvis|pubis|symphysis|"
    r"sacrum|buttocks?|ribs?|chest|thighs?|knees?|ankles?|feet|foot|legs?|shoulders?|neck|coccyx|flank)\b"
)
_SITE_BEFORE = re.compile(
    r"\b(?P<site>back|lumbar|thoracolumbar|thoracic|dorsal|spinal|loin|hip|groin|pelvic|pubic|sacral|"
    r"buttock|rib|thigh|knee|ankle|foot|leg|shoulder|neck)(?:\s(?:and|or|/)\s[\w-]+)?\s$"
)
_SITE_NAMES = {
    "back": "back pain",
    "thora": "back pain",
    "dorsa": "back pain",
    "spin": "back pain",
    "lumba": "low back pain",
    "loin": "low back pain",
    "hip": "hip pain",
    "groin": "groin pain",
    "pelv": "pelvic pain",
    "pub": "pelvic pain",
    "symph": "pelvic pain",
    "sacr": "pelvic pain",
    "coccyx": "pelvic pain",
    "buttock": "buttock pain",
    "rib": "rib pain",
    "chest": "rib pain",
    "thigh": "thigh pain",
    "knee": "knee pain",
    "ankle": "ankle pain",
    "foot": "foot pain",
    "feet": "foot pain",
    "leg": "leg pain",
    "shoulder": "shoulder pain",
    "neck": "neck pain",
    "flank": "flank pain",
}


def _sited(lower: str, start: int, end: int) -> str:
    """ "pain" with the site told around it."""
    match = _SITE_AFTER.match(lower, end) or _SITE_BEFORE.search(lower, max(0, start - 40), start)
    if match is None:
        return "pain"
    site = match["site"]
    return next((name for key, name in _SITE_NAMES.items() if site.startswith(key)), "pain")


_VISIT_NOUNS = frozenset(
    {"admission", "presentation", "referral", "diagnosis", "consultation", "treatment", "therapy"}
)
#: "Treatment was started": what somebody starts is no symptom.
_BEGINNINGS = frozenset({"started", "begun", "commenced", "initiated"})
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s(?:(?:then|also|first|only|\w+ly)\s)?$")
#: "two months before admission": counted from it, no visit told.
_BEFORE_VISIT = re.compile(r"\b(?:before|prior\sto|until|preceding)\s(?:the\s|her\s|his\s|our\s|this\s)?$")
_LOST = re.compile(
    r"\blost\s(?:about\s|approximately\s|some\s)?\d+(?:\.\d+)?\s?(?:cm|inch\w*|in)\s(?:in|"
    r"of)\s(?:her\s|his\s|body\s)?(?:height|stature)"
)


def events_in(s: Sentence, hits: list[Hit[Sign]]) -> tuple[list[Event], list[Event]]:
    """The cues and the symptoms of a sentence, in order, offsets of the sentence."""
    events: list[Event] = []
    symptoms: list[Event] = []
    for hit in hits:
        start, end = hit.start - s.start, hit.end - s.start
        if hit.value.role == "symptom":
            word = hit.value.word
            if word == "pain":
                word = _sited(s.lower, start, end)
            symptoms.append(Event(start, end, "symptom", word, "symptom"))
        elif hit.value.word in _BEGINNINGS and _PASSIVE.search(s.lower, max(0, start - 25), start):
            events.append(Event(start, end, "other", hit.value.word, "other"))
        elif hit.value.word in _VISIT_NOUNS and _BEFORE_VISIT.search(s.lower, max(0, start - 25), start):
            continue
        else:
            events.append(Event(start, end, hit.value.role, hit.value.word, hit.value.role))
    if "lost" in s.lower:
        symptoms.extend(
            Event(m.start(), m.end(), "symptom", "height loss", "symptom") for m in _LOST.finditer(s.lower)
        )
        symptoms.sort(key=lambda e: e.start)
    return events, symptoms


def _cost(s: Sentence, a: int, b: int, times: list[DatedTime]) -> float:
    """How far apart two places of a sentence are, breaks and other times between them counted."""
    low, high = min(a, b), max(a, b)
    between = s.lower[low:high]
    cost = float(high - low)
    cost += _BREAK_COST * (len(_STRONG_BREAK.findall(between)) + len(_CLAUSE_VERB.findall(between)))
    cost += _COMMA_COST * between.count(",")
    cost += _OTHER_TIME_COST * sum(low <= t.start - s.start and t.end - s.start <= high for t in times)
    return cost


def _bracket_cost(s: Sentence, time: DatedTime, between: str) -> float:
    """A time in brackets by itself is said of what stands outside them, one among other words is not."""
    if between.count("(") == between.count(")"):
        return 0.0
    start = time.start - s.start
    alone = s.lower.rfind("(", 0, start) >= start - _BRACKET_LEAD
    return 0.0 if alone else _INSIDE


def _gap(s: Sentence, event: Event, time: DatedTime, times: list[DatedTime]) -> float:
    start, end = time.start - s.start, time.end - s.start
    others = [t for t in times if t is not time]
    if event.end <= start:
        return _cost(s, event.end, start, others) + _bracket_cost(s, time, s.lower[event.end : start])
    if event.start >= end:
        # with the event's own words, which may begin a clause ("... and worsened")
        clause = _BREAK_COST * len(_CLAUSE_VERB.findall(s.lower[max(end, event.start - 12) : event.end]))
        return (
            _cost(s, end, event.start, others) + clause + _bracket_cost(s, time, s.lower[end : event.start])
        )
    return _INSIDE


def event_of(
    s: Sentence,
    time: DatedTime,
    events: list[Event],
    symptoms: list[Event],
    times: list[DatedTime],
    told_before: bool,
) -> Event | None:
    """The event that a time dates: the nearest cue, else a bare symptom beside it; None for neither.

    `told_before`: a symptom was told in the sentences before, so that an inability is a worsening.
    """
    start, end = time.start - s.start, time.end - s.start
    if _JOINED.search(s.lower, max(0, start - 8), start) and _SUBJECT_BEHIND.match(s.lower, end):
        events = [e for e in events if e.start >= end]
        symptoms = [e for e in symptoms if e.start >= end]
    if _SINCE.search(s.lower, max(0, start - 30), start) or s.lower.startswith(("since ", "from "), start):
        before = [e for e in symptoms if e.end <= start]
        after = [e for e in symptoms if e.start >= time.end - s.start]
        if before or after:
            near = before[-1] if before else after[0]
            if before and _other_clause(s.lower[near.end : start]):
                return None
            return Event(near.start, near.end, "onset", near.word, "since", 0.95)
    if _UNTIL.search(s.lower, max(0, start - 60), start) and not _WHEN.match(s.lower, time.end - s.start):
        return None
    if time.anchor == "delivery":
        events = [e for e in events if e.role != "birth"]
    elif _BIRTH_BEFORE.search(s.lower, max(0, start - 60), start):
        return None
    ranked = sorted(((_gap(s, e, time, times), e) for e in events), key=lambda p: p[0])
    ranked = [(gap, e) for gap, e in ranked if gap < 220]
    nouns = sorted(((_gap(s, e, time, times) + _NOUN_COST, e) for e in symptoms), key=lambda p: p[0])
    if ranked and ranked[0][1].word in _PRESENTS_IT and _OBJECT.match(s.lower, ranked[0][1].end):
        shown = next((e for e in symptoms if e.start >= ranked[0][1].end), None)
        gap = (ranked[0][1].end + s.start, shown.start + s.start) if shown is not None else (0, 0)
        if shown is not None and gap[1] - gap[0] < 40 and not any(gap[0] <= t.start < gap[1] for t in times):
            return Event(shown.start, shown.end, "onset", shown.word, "presented", 0.8)
    if nouns and nouns[0][0] < 110 and (not ranked or nouns[0][0] < ranked[0][0] * 0.8):
        noun = nouns[0][1]
        governor = _governor(s, noun, [e for e in events if _gap(s, e, time, []) < _INSIDE])
        if governor is not None:
            return governor
        worse = noun.word == "inability to walk" and (told_before or noun is not symptoms[0])
        return Event(noun.start, noun.end, "worsening" if worse else "onset", noun.word, "noun", 0.8)
    return _visit_of(s, ranked[0][1], events) if ranked else None


#: "..., and at 33 weeks she was using crutches": a clause of its own.
_JOINED = re.compile(r"(?:[,;]|\b(?:and|but))\s$")
_SUBJECT_BEHIND = re.compile(r",?\s(?:she|he|the\spatient)\s")
#: "delivered at 39 weeks", "a forceps delivery at term": the time is that of the birth.
_BIRTH_BEFORE = re.compile(
    r"\b(?:deliver(?:y|ed|ing)|gave\sbirth|birth|born|c(?:a?e|a)sarean(?:\ssection)?|section|induced|"
    r"induction|labou?r|terminated)(?:\s(?!pain\b)[\w-]+){0,3}?\s(?:at|in|on|by)?\s?(?:the\s)?$"
)


def _other_clause(between: str) -> bool:
    """Whether a clause with a subject of its own begins between a symptom and a "since"."""
    breaks = list(_STRONG_BREAK.finditer(between))
    return bool(breaks) and bool(_OWN_SUBJECT.search(between, breaks[-1].start()))


_OWN_SUBJECT = re.compile(r"\b(?:she|he|the|was|were|had|took|used|received)\b")
_PRESENTS_IT = frozenset({"presented", "presents", "presenting"})
#: "presented dorsal pain": in translated reports the symptom and no visit.
_OBJECT = re.compile(
    r"\s(?!(?:with|to|for|at|in|on|after|because|due|complaining|by|again|herself|"
    r"himself)\b)"
)
#: The time is an end, not a beginning.
_WHEN = re.compile(r",?\s(?:when|at\swhich)\b")
_UNTIL = re.compile(
    r"\b(?:until|till|up\sto|through)\s(?:about\s|the\s|her\s)*$|"
    r"\bbetween\s[^.;]{5,50}\sand\s(?:the\s)?$"
)
_WITH = re.compile(
    r"\b(?:with|for|because\sof|due\sto|owing\sto|complaining\sof|on\saccount\sof|by|"
    r"complaints?\sof|suffering\sfrom|of)\b"
)


#: Verbs that tell a complaint at a visit as well as its beginning.
_TELLS = frozenset({"complaining", "suffering"})


def _visit_of(s: Sentence, event: Event, events: list[Event]) -> Event:
    """The visit at which something was complained of ("was admitted ... complaining of ...")."""
    if event.word not in _TELLS:
        return event
    for earlier in reversed([e for e in events if e.end <= event.start and e.role == "presentation"]):
        if not _STRONG_BREAK.search(s.lower, earlier.end, event.start):
            return earlier
    return event


def _governor(s: Sentence, noun: Event, events: list[Event]) -> Event | None:
    """The verb that a symptom is the object or subject of: "presented with ... pain"."""
    before = [e for e in events if e.end <= noun.start and e.role != "birth"]
    if before:
        between = s.lower[before[-1].end : noun.start]
        if not _STRONG_BREAK.search(between) and (_WITH.search(between) or len(between) < 30):
            return before[-1]
    after = [e for e in events if e.start >= noun.end and e.start - noun.end < 12]
    return after[0] if after else None


def symptom_of(
    s: Sentence, event: Event, time: DatedTime, symptoms: list[Event], earlier: list[Event]
) -> Event | None:
    """The symptom of an event: in its own words, else what a pronoun takes up from the sentence before."""
    if event.rule in ("since", "noun"):
        return event
    if earlier and _IT.search(s.lower, max(0, event.start - 25), event.start):
        return Event(-1, -1, "symptom", earlier[-1].word, "carried", 0.8)
    ranked = sorted(((_distance(s, event, e), e) for e in symptoms), key=lambda p: p[0])
    if ranked and ranked[0][0] < 170:
        near = ranked[0][1]
        if (
            event.word in _ONSET_OBJECT
            and near.end <= event.start
            and _SUBJECT.search(s.lower, near.end, event.start)
        ):
            after = [e for e in symptoms if e.start >= event.end]
            return after[0] if after else None
        return near
    if ranked and event.role == "worsening":
        return ranked[0][1]
    if event.word in _ONSET_OBJECT or event.word in ("fell", "confined"):
        return None
    if earlier and (
        event.word in _EPISODES or event.role == "worsening" or _PRONOUN.search(s.lower[: event.start])
    ):
        return Event(-1, -1, "symptom", earlier[-1].word, "carried", 0.8)
    return None


def _distance(s: Sentence, event: Event, symptom: Event) -> float:
    if symptom.end <= event.start:
        return _cost(s, symptom.end, event.start, [])
    if symptom.start >= event.end:
        return _cost(s, event.end, symptom.start, [])
    return 0.0
