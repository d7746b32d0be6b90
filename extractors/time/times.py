"""Time expressions: when something was, relative to delivery, to the first visit or in gestation.

Weeks of gestation count from the last menstrual period; delivery is taken at 40 weeks 0 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.base import TimeRef
from extractors.rules.quick import any_of
from extractors.rules.topics import BIRTH, LATER, PHASE, UNIT, topics_of
from extractors.text import Sentence, View
from extractors.time.durations import duration_days
from extractors.time.times_patterns import BEFORE_DURATIONS, COURSE_WORDS, patterns
from extractors.time.times_reading import (
    Reading,
    pregnancy_of,
    read_course,
    read_duration,
    read_free,
    read_phase,
)

#: Prepositions without which a bare duration is no time.
_NEEDS_LEAD = {"after_duration": ("after", "at", "by")}
#: Of these a time begins with the preposition before its duration.
_KEPT_LEADS = ("after", "at", "within")
#: How far before its unit a count may begin.
_COUNT_REACH = 48


def _duration_matches(lower: str) -> Iterator[re.Match[str]]:
    """Durations, found from their unit words backwards: most words of a sentence begin no count."""
    p = patterns()
    last = 0
    for unit in p.unit.finditer(lower):
        if unit.start() < last or unit.start() == 0 or lower[unit.start() - 1] not in " -":
            continue
        match = p.duration.search(lower, max(last, unit.start() - _COUNT_REACH), unit.end())
        if match is not None:
            last = match.end()
            yield match


def _read_duration(
    lower: str, m: re.Match[str], on_birth: bool
) -> tuple[Reading, int, int, re.Match[str]] | None:
    """A duration with what follows it: the reading, start, end and the match of what followed."""
    p = patterns()
    lead_match = p.lead.search(lower, max(0, m.start() - 24), m.start())
    lead = lead_match["lead"] if lead_match else ""
    suffixes = p.suffixes
    if p.suffix_start.match(lower, m.end()) is None:
        if lead not in _NEEDS_LEAD["after_duration"]:
            return None
        suffixes = suffixes[-1:]
    for name, pattern in suffixes:
        if name in _NEEDS_LEAD and lead not in _NEEDS_LEAD[name]:
            continue
        tail = pattern.match(lower, m.end())
        if tail is None:
            continue
        reading = read_duration(name, m, tail, lead, on_birth)
        if reading is not None:
            start = lead_match.start("lead") if lead_match and lead in _KEPT_LEADS else m.start()
            return reading, start, tail.end(), tail
    return None


_JOINT = re.compile(r",?\s(?:and|or)\s(?:at\s|after\s)?|,\s")


def _listed(lower: str, waiting: list[re.Match[str]], last: re.Match[str]) -> list[re.Match[str]]:
    """The durations that share the words behind the last one: "3 weeks and 2 months post partum"."""
    out: list[re.Match[str]] = []
    following = last
    for match in reversed(waiting):
        joint = _JOINT.fullmatch(lower, match.end(), following.start())
        if joint is None or (following is last and joint.group() == ", "):
            break
        out.append(match)
        following = match
    return out


_AT_WEEKS = re.compile(r"\bat\s(?:about\s)?(?:2\d|3\d|4[0-2])(?:\s?\+\s?[0-6])?\s(?:weeks|wks)\b")
_EXPECTING = re.compile(r"\bpregnan|\bgestation|\btrimester|\bprimigravid|\bgravida|\bantenatal|\bobstetric")
_BORN = re.compile(
    r"\b(?:was\sdelivered|delivered\s(?:a|her|of|by|vaginally)|gave\sbirth|was\sborn|post-?\s?partum|after\s(?:the\s)?delivery)\b"
)
#: What begins "at 32 weeks" in a paper on pregnancy begins in one.
_BEGAN = re.compile(r"\b(?:began|begun|started|onset|developed|noticed|noted|experienced|complained)\b")
#: So many sentences back a pregnancy may have been told.
_EXPECTING_REACH = 8


def tells_weeks(lower: str) -> bool:
    """Whether a sentence has a time that may be one of a pregnancy it does not name: "at 34 weeks"."""
    return any_of(lower, (" weeks", " wks")) and _AT_WEEKS.search(lower) is not None


def _expecting(view: View, sentence: Sentence) -> bool:
    """Whether the paragraph before a sentence tells of a pregnancy and not yet of a birth: "At 34 weeks"."""
    topics = topics_of(view)
    before = view.previous(sentence)
    for _ in range(_EXPECTING_REACH):
        if before is None:
            return _BEGAN.search(sentence.lower) is not None and "pregnan" in view.lower
        if topics[before.index] & BIRTH:
            if _BORN.search(before.lower):
                return False
            if _EXPECTING.search(before.lower):
                return True
        before = view.previous(before)
    return False


def _readings(view: View, sentence: Sentence, topics: int) -> Iterator[TimeRef]:
    lower = sentence.lower
    on_birth = bool(topics & BIRTH) or (tells_weeks(lower) and _expecting(view, sentence))

    def made(reading: Reading, start: int, end: int, match: re.Match[str]) -> TimeRef:
        begin, stop = sentence.start + start, sentence.start + end
        pregnancy = pregnancy_of(match, lower, end) if reading[0] != "baseline" else None
        return TimeRef(begin, stop, view.text[begin:stop], *reading, pregnancy=pregnancy)

    def free(early: bool) -> Iterator[TimeRef]:
        for name, words, pattern in patterns().free:
            if (name in BEFORE_DURATIONS) == early and any_of(lower, words):
                for match in pattern.finditer(lower):
                    reading = read_free(name, match)
                    if reading is not None:
                        yield made(reading, match.start(), match.end(), match)

    if on_birth:
        yield from free(True)
    plain: list[TimeRef] = []
    if topics & UNIT:
        waiting: list[re.Match[str]] = []
        for match in _duration_matches(lower):
            found = _read_duration(lower, match, on_birth)
            if found is None:
                waiting.append(match)
                continue
            reading, start, end, tail = found
            time = made(reading, start, end, tail)
            if reading[0] not in ("delivery", "gestation"):
                plain.append(time)
                waiting = []
                continue
            for earlier in _listed(lower, waiting, match):
                days = duration_days(earlier["count"], earlier["unit"], earlier["upto"])
                if days is not None and reading[0] == "delivery" and (reading[2] or 0) > 0:
                    yield made(("delivery", *days, ""), earlier.start(), earlier.end(), earlier)
            waiting = []
            yield time
    if on_birth:
        yield from free(False)
    yield from plain
    if topics & UNIT and any_of(lower, COURSE_WORDS):
        for match in patterns().course.finditer(lower):
            read = read_course(match, lower, on_birth)
            if read is not None:
                yield made(read, match.start(), match.end(), match)
    if topics & PHASE:
        for match in patterns().phase.finditer(lower):
            yield made(read_phase(match), match.start(), match.end(), match)


def find_times(view: View, sentence: Sentence) -> tuple[TimeRef, ...]:
    """All time expressions of a sentence, in order, with absolute offsets; the more specific wins."""
    key = ("times", sentence.index)
    cached = view.cache.get(key)
    if cached is None:
        topics = topics_of(view)[sentence.index] & (UNIT | BIRTH | PHASE)
        cached = _find(view, sentence, topics) if topics else ()
        view.cache[key] = cached
    return cached


def _find(view: View, sentence: Sentence, topics: int) -> tuple[TimeRef, ...]:
    kept: list[TimeRef] = []
    for time in _readings(view, sentence, topics):
        if all(time.end <= k.start or time.start >= k.end for k in kept):
            kept.append(time)
    return tuple(sorted(kept, key=lambda t: t.start))


#: Before a time the counts that share its unit: "at 2 and 4 months".
_CHAIN = re.compile(
    r"\b(?:at|after|on|by|between|days?|weeks?|months?)\s(?:\d{1,3}(?:,\s(?:and\s)?|\s(?:and|or|to)\s))+$"
)
_BEHIND = re.compile(r"\s?[)\]]?\s(?:(?:at|after|on|in|by)\s(?:the\s)?)?")


def counted_spans(view: View, sentence: Sentence) -> list[tuple[int, int]]:
    """Where the times of a sentence stand (absolute), the counts that share a unit included."""
    out: list[tuple[int, int]] = []
    for time in find_times(view, sentence):
        chain = _CHAIN.search(view.lower, max(sentence.start, time.start - 40), time.start)
        out.append((chain.start() if chain else time.start, time.end))
    return out


def time_behind(view: View, sentence: Sentence, end: int) -> TimeRef | None:
    """The time right behind a value that ends at `end` ("-3.1 at 12 months and -2.7 at 24 months")."""
    times = find_times(view, sentence)
    return next((t for t in times if end <= t.start and _BEHIND.fullmatch(view.text, end, t.start)), None)


_CLAUSE_BREAK = re.compile(
    r";|\b(?:but|whereas|while|then|(?:as\s)?compared\s(?:with|to)|versus|vs|from|"
    r"and (?:after|at|one|two|three|six|\d+))\b"
)
#: Words of a later value: "rose to", "had improved to", "last control".
_LATER = re.compile(
    r"\b(?:(?:rose|risen|increased|improved|climbed|recovered|gained|returned|fell|fallen|dropped|declined|"
    r"decreased|settled|stabili[sz]ed|came down|gone up|went up|"
    r"(?:was|were|is|now|back)\sup|down)\s(?:(?:slightly|markedly|"
    r"significantly|further|only|"
    r"again|back|sharply|steadily)\s)?(?:to|by|at|from)|normali[sz]ed|reach(?:ed|ing)|repeat(?:ed)?|"
    r"last control|"
    r"latest|most recent|subsequent(?:ly)?|thereafter|stable at|later measured|on repeat)\b"
)
#: A time this near to a sentence's beginning (characters) opens a stretch of the story.
_OPENING = 14
#: So many sentences a time may be carried on.
_CARRIED_SENTENCES = 5


def time_of(view: View, sentence: Sentence, start: int, end: int) -> TimeRef | None:
    """The time that governs the words [start, end): the nearest before them in the sentence, else the
    nearest after them in their clause, else words of a later value, else a time that opened an
    earlier sentence of the paragraph."""
    times = find_times(view, sentence)
    before = [t for t in times if t.end <= end and t.start < start]
    if before:
        return before[-1]
    for time in times:
        if time.start < end or time.text.lower() == "after which":
            continue
        if not _CLAUSE_BREAK.search(view.text[end : time.start].lower()):
            return time
    return _later(view, sentence, end) or _carried(view, sentence)


def _later(view: View, sentence: Sentence, end: int) -> TimeRef | None:
    """A follow-up told by its verb alone ("the T-score rose to -1.9")."""
    if not topics_of(view)[sentence.index] & LATER:
        return None
    match = _LATER.search(view.lower, sentence.start, end)
    if match is None:
        return None
    return TimeRef(match.start(), match.end(), "", "baseline", None, None, "follow-up")


def _carried(view: View, sentence: Sentence) -> TimeRef | None:
    """The follow-up or baseline time that opened the nearest earlier sentence of the paragraph."""
    earlier = view.previous(sentence)
    for _ in range(_CARRIED_SENTENCES):
        if earlier is None:
            return None
        for time in find_times(view, earlier):
            if time.start - earlier.start <= _OPENING:
                return time if time.phase in ("follow-up", "baseline") else None
        earlier = view.previous(earlier)
    return None
