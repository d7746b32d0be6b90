"""What a visit tells of the beginning: how long a complaint had lasted, how long ago she had delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.language.context import context_of
from extractors.onset import relations
from extractors.onset.events import Event, events_in
from extractors.onset.fact import WIDEST, OnsetMention
from extractors.onset.linking import Scene, symptom_of
from extractors.onset.phrases import BEGUN, HISTORY, LASTING, WELL_UNTIL
from extractors.onset.relative import DatedTime, DeliveryTimes
from extractors.onset.words import TOLD
from extractors.rules.book import Found
from extractors.rules.rule import Glue
from extractors.text import Sentence, View
from extractors.time import ago, times
from extractors.time import durations as du
from extractors.time.atoms import SLOTS

#: Between a history and the time at which it was told.
_HISTORY_OF = Glue(
    r"[\w ,-]{3,70} (?:was|were) (?:reported|noted|described|told|given|elicited|recorded)"
    r"(?: to \w+)?(?: (?:at|on|in|by))? ?(?:the )?"
)
#: Who gives a history tells it at the visit.
_TELLS = Glue(
    r"\b(?:gave|giving|reported|reporting|described|describing|had|having|with) (?:an? |about |the ){0,2}$"
)
_TELLS_REACH = 24
_WITH = Glue(r",? (?:with|c/o|complaining of|because of) ")
#: A complaint told at a visit, not one that begins.
_TOLD = Glue(r"\b(?:complain|report|describ|mention|present)\w*")
#: Between a complaint and how long it had lasted: "back pain, which had been present for".
_LASTED = Glue(
    r"(?: (?:in|of) (?:the|her|his|both|my) [\w-]+(?: [\w-]+)?)?,? ?(?:(?:which|that) )?"
    r"(?:(?:had|has|have|been|was|were|is|present|persist\w+|lasted|lasting|ongoing|going on|there|first|"
    r"progressive\w*|worsening|increasing|already|\w+ly) ?){0,5}"
)
#: So far behind "a 3-week history of" the complaint may stand.
_OF_SYMPTOM = 30
#: A complaint that was there long before the birth.
_FOR_YEARS = Glue(
    r"\b(?:since|from|for) (?:(?:her|his|early|many|several|the age of|\d+|{number word}) ){0,2}"
    r"(?:childhood|adolescence|youth|infancy|teens|years?)\b|\blong-?standing\b",
    SLOTS,
)
#: Before and behind a time that is the visit's: "She was 30 weeks pregnant at presentation."
_WAS = Glue(
    r"\b(?:she|the patient|the woman) (?:was|is|had reached) "
    r"(?:(?:then|at|in|already|currently|her|the) ){0,3}$"
)
_AT_VISIT = Glue(
    r"(?: pregnant)?,?(?: (?:and (?:was )?(?:still )?(?:breast-? ?feeding|nursing|lactating)|then|"
    r"(?:at|on|upon) (?:the |that |this )?(?:time|moment|presentation|admission|"
    r"referral|visit|first visit|consultation|examination|diagnosis)(?: of (?:the )?[\w-]+)?))?(?:[.;,]|$)"
)
#: "pain since 31 weeks": a week of the pregnancy, not so many weeks.
_WEEK_SINCE = Glue(
    r"since (?:the )?(?:1[4-9]|[23]\d|4[0-2])(?:th|st|nd|rd)? weeks?\b(?! (?:ago|earlier|before))"
)
#: How sure a visit is whose time the sentence beside tells.
_BESIDE = 0.6
#: Days of a week or a month of gestation.
_EXACT = 31


def of_the_visit(v: View, m: OnsetMention) -> OnsetMention:
    """A beginning whose time is that of the visit, where the sentence counts the beginning back from it."""
    s = v.sentence_at(m.start)
    if m.role != "onset" or s is None or m.time is None:
        return m
    counted = any(_counts_back(v, m, f) for f in LASTING.find(v, s))
    return replace(m, role="presentation") if counted else m


def _counts_back(v: View, m: OnsetMention, lasted: Found) -> bool:
    """Whether the words of how long a complaint lasted count its beginning back from the time told."""
    assert m.time is not None
    if lasted.rule is BEGUN:
        return lasted.start >= m.time.end
    if lasted.rule is HISTORY:  # "a 5-month history of back pain was reported at delivery"
        if _TELLS.within(v.lower, lasted.start - _TELLS_REACH, lasted.start) and lasted.start >= m.time.end:
            return True
        return _HISTORY_OF.fills(v.lower, lasted.end, m.time.start) is not None
    if m.rule == relations.SINCE.name:
        return False
    if m.rule == relations.BESIDE.name and 0 <= lasted.start - m.end <= 1:
        return _WITH.behind(v.lower, m.time.end) is not None  # "day 35, with back pain x 2 weeks"
    apart = lasted.end <= m.time.start or m.time.end <= lasted.start
    return apart and lasted.start >= m.start and _TOLD.within(v.lower, m.start, m.end) is not None


def reckoned(v: View, found: list[OnsetMention], dated: DeliveryTimes) -> list[OnsetMention]:
    """Beginnings reckoned from a visit ("seen 5 months after delivery with a 3-month history of ...")."""
    out: list[OnsetMention] = []
    for m in found:
        if not m.context.about_patient:
            continue
        told = _lasting(v, m) if m.symptom else None
        behind = _lasting_behind(v, m, dated) if told is None else None
        if behind is not None:
            told, m = behind  # noqa: PLW2901
        days = told.read() if told else None
        if told is not None and _WEEK_SINCE.behind(v.lower, told.start):
            continue
        if told is not None and days is not None and m.days_max - days[0] >= -du.TERM_DAYS:
            out.append(_made(m, told, days))
    return out


def _lasting_behind(
    v: View, m: OnsetMention, dated: DeliveryTimes
) -> tuple[Found, OnsetMention] | None:
    """How long a complaint had lasted by the sentence behind a visit, and the visit with that complaint.

    "She was seen 8 weeks after delivery. She had had back pain for 3 weeks."
    """
    s = v.sentence_at(m.end - 1)
    after = v.sentences[s.index + 1] if s is not None and s.index + 1 < len(v.sentences) else None
    if m.role != "presentation" or s is None or after is None or after.zone is not s.zone or dated.of(after):
        return None
    told = LASTING.first(v, after)
    if told is None:
        return None
    near = [e for e in events_in(v, after)[1] if _beside(after, e, told)]
    if not near:
        return None
    context = context_of(v, after, after.start + near[0].start, after.start + near[0].end)
    if context.negated or not context.about_patient:
        return None
    start = after.start + near[0].start
    word = m.symptom if m.symptom.endswith(near[0].word) else near[0].word  # "pelvic pain. The pain ..."
    return told, replace(m, symptom=word, start=start, end=after.start + near[0].end)


def _beside(s: Sentence, symptom: Event, told: Found) -> bool:
    """Whether words of how long something lasted stand beside a symptom of their sentence."""
    start, end = told.start - s.start, told.end - s.start
    if symptom.end <= start:
        return _LASTED.fills(s.lower, symptom.end, start) is not None
    return 0 <= symptom.start - end <= _OF_SYMPTOM or start <= symptom.start < end


def _lasting(v: View, m: OnsetMention) -> Found | None:
    """How long the complaint of a visit had lasted, in its sentence or the next."""
    s = v.sentence_at(m.start)
    last = v.sentence_at(m.end - 1)
    if s is None or last is None:
        return None
    found = LASTING.first(v, s) or (LASTING.first(v, last) if last is not s else None)
    if found is not None or s.index + 1 >= len(v.sentences):
        return found
    after = v.sentences[s.index + 1]
    return WELL_UNTIL.first(v, after) if after.zone is s.zone else None


def _made(m: OnsetMention, told: Found, days: du.Days) -> OnsetMention:
    low, high = m.days_min - days[1], m.days_max - days[0]
    start, end = min(m.start, told.start), max(m.end, told.end)
    if end - start > WIDEST:
        start, end = told.start, told.end
    return replace(
        m,
        start=start,
        end=end,
        rule=relations.RECKONED.name,
        certainty=0.5,
        role="onset",
        anchor="delivery" if high >= 0 else "gestation",
        days_min=low,
        days_max=high,
        context=replace(m.context, historical=False),
    )


def visits_beside(v: View, dated: DeliveryTimes, found: list[OnsetMention]) -> Iterator[OnsetMention]:
    """Visits with a complaint whose sentence stands beside one that tells how long ago the birth was,
    or how far the pregnancy had come.

    "She came with back pain. She had delivered two months earlier."
    """
    for s in v.sentences:
        if not dated.of(s) or any(s.start <= m.start < s.end for m in found):
            continue
        born = next((t for t in dated.of(s) if is_ago(v, s, t) or _is_now(v, s, t)), None)
        if born is None:
            continue
        for index in (s.index - 1, s.index + 1):
            beside = v.sentences[index] if 0 <= index < len(v.sentences) else None
            if beside is not None and _FOR_YEARS.within(beside.lower):
                continue
            if beside is not None and beside.zone is s.zone and not dated.of(beside):
                visit = _visit(v, beside, s, born)
                if visit is not None:
                    yield visit
                    break


def dates(v: View, s: Sentence, time: DatedTime, event: Event) -> bool:
    """Whether a time can date an event: a birth so long ago dates no beginning told before it."""
    visit = event.role == "presentation" or TOLD in event.kinds
    return visit or event.end > time.start - s.start or not is_ago(v, s, time)


def is_ago(v: View, s: Sentence, time: DatedTime) -> bool:
    """Whether a time tells how long ago the birth was."""
    return any(f.rule in ago.RULES and f.start <= time.start < f.end for f in times.BOOK.find(v, s))


def _is_now(v: View, s: Sentence, time: DatedTime) -> bool:
    """Whether a time is said to be that of the visit, in a sentence that tells nothing else."""
    if time.days_max - time.days_min > _EXACT:
        return False
    said = _WAS.within(v.lower, s.start, time.start)
    return said is not None and _AT_VISIT.behind(v.lower, time.end) is not None


def _visit(v: View, s: Sentence, told: Sentence, born: DatedTime) -> OnsetMention | None:
    """The visit that a sentence tells, dated by the sentence beside it."""
    events, symptoms = events_in(v, s)
    event = next((e for e in events if e.role == "presentation" or TOLD in e.kinds), None)
    symptom = symptom_of(Scene(s, events, symptoms, (), ()), event) if event is not None else None
    if event is None or symptom is None or symptom.start < 0:
        return None
    spans = [(s.start + e.start, s.start + e.end) for e in (event, symptom)] + [(born.start, born.end)]
    return OnsetMention(
        start=min(a for a, _ in spans),
        end=max(b for _, b in spans),
        rule=relations.SEEN.name,
        context=context_of(v, s, *spans[1]),
        certainty=_BESIDE,
        time=born.ref,
        symptom=symptom.word,
        anchor=born.anchor,
        pregnancy=born.ref.pregnancy,
        days_min=born.days_min,
        days_max=born.days_max,
        role="presentation",
    )
