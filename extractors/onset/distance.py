"""How far apart a time and an event of a sentence are, clauses between them counted."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.onset.events import Event
from extractors.onset.relative import DatedTime
from extractors.rules.rule import Glue
from extractors.text import Sentence

#: What it costs an event, in characters, to be reached from a time across these.
_BREAK_COST = 70
_COMMA_COST = 12
_OTHER_TIME_COST = 60
#: Words such as "about" or "at" may stand between a bracket and its time.
_BRACKET_LEAD = 8
#: The distance of what lies inside the words of the time itself.
INSIDE = 1000.0
#: An event's own words may begin a clause ("... and worsened"): so many characters before it.
_CLAUSE_REACH = 12

STRONG_BREAK = Glue(
    r"[;:]|\b(?:but|whereas|although|however)\b|"
    r", (?:and|so|then) (?:she|he|the|her|an?|was|were)\b|\band (?:she|he|the pain|it)\b|"
    r"\band,? (?:at|in|on|after|from|since|by|within|around|during|then|later|\d+|one|two|three|four|five|"
    r"six|seven|eight|ten|twenty|a few|the (?:next|following))\b"
)
#: A further verb of the same subject, as it begins.
_CLAUSE_VERB = Glue(
    r"(?:,|\band) (?:(?:then|later|finally|gradually|suddenly|progressively) )?(?:was|became|worsened|had|"
    r"got|spread|extended|increased|could|presented|visited|exacerbated|aggravated|intensified|radiated|"
    r"progressed|peaked|deteriorated)"
)


def _count(glue: Glue, text: str) -> int:
    return sum(1 for _ in glue.pattern.finditer(text))


def _cost(s: Sentence, a: int, b: int, times: Sequence[DatedTime]) -> float:
    """How far apart two places of a sentence are, breaks and other times between them counted."""
    low, high = min(a, b), max(a, b)
    between = s.lower[low:high]
    cost = float(high - low)
    cost += _BREAK_COST * (_count(STRONG_BREAK, between) + _count(_CLAUSE_VERB, between))
    cost += _COMMA_COST * between.count(",")
    cost += _OTHER_TIME_COST * sum(low <= t.start - s.start and t.end - s.start <= high for t in times)
    return cost


def _bracket_cost(s: Sentence, time: DatedTime, between: str) -> float:
    """A time in brackets by itself is said of what stands outside them, one among other words is not."""
    if between.count("(") == between.count(")"):
        return 0.0
    start = time.start - s.start
    alone = s.lower.rfind("(", 0, start) >= start - _BRACKET_LEAD
    return 0.0 if alone else INSIDE


def gap(s: Sentence, event: Event, time: DatedTime, times: Sequence[DatedTime]) -> float:
    """From an event to a time, the other times between them counted."""
    start, end = time.start - s.start, time.end - s.start
    others = [t for t in times if t is not time]
    if event.end <= start:
        between = s.lower[event.end : start]
        return _cost(s, event.end, start, others) + _bracket_cost(s, time, between)
    if event.start >= end:
        own = s.lower[max(end, event.start - _CLAUSE_REACH) : event.end]
        cost = _cost(s, end, event.start, others) + _BREAK_COST * _count(_CLAUSE_VERB, own)
        return cost + _bracket_cost(s, time, s.lower[end : event.start])
    return INSIDE


def apart(s: Sentence, event: Event, symptom: Event) -> float:
    """From an event to a symptom of its sentence."""
    if symptom.end <= event.start:
        return _cost(s, symptom.end, event.start, ())
    if symptom.start >= event.end:
        return _cost(s, event.end, symptom.start, ())
    return 0.0
