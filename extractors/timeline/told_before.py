"""Events that hang on what was told before them: "at that time", a weaning, "she took it for a year"."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.language.context import context_of
from extractors.rules.book import Book, Found
from extractors.text import Sentence, View
from extractors.timeline import relations
from extractors.timeline.dated import timed_by
from extractors.timeline.moments import LASTED, OF_THE_END, SAME, WEANED
from extractors.timeline.rules import AFTER_WHICH, AHEAD, AT_THAT_TIME, TAKEN_FOR, WEANING
from extractors.timeline.told import EventMention

#: So many characters lie between a weaning and its time.
_REACH = 60


def told_before(v: View) -> Iterator[EventMention]:
    """These events of a text."""
    for sentence, found in _in_sentences(v, AT_THAT_TIME):
        yield EventMention(
            start=found.start if found.start - sentence.start > _REACH else sentence.start, end=found.end,
            rule=relations.AT_THAT_TIME.name, event=SAME, until=sentence.end,
        )  # fmt: skip
    for sentence, found in _in_sentences(v, AFTER_WHICH):
        opens = found.start if v.lower[found.start] in ",;:" else sentence.start
        yield EventMention(
            start=opens, end=found.end, rule=relations.AFTER_WHICH.name, event=SAME, name=OF_THE_END,
            until=sentence.end,
        )  # fmt: skip
    for _, found in _in_sentences(v, TAKEN_FOR):
        yield EventMention(
            start=found.start, end=found.end, rule=relations.TAKEN_FOR.name, event=LASTED, lasts=found.read()
        )
    for sentence, found in _in_sentences(v, WEANING):
        context = context_of(v, sentence, found.start, found.end)
        ahead = AHEAD.within(v.lower, max(sentence.start, found.start - _REACH), found.start)
        if not (ahead or context.negated or context.planned or context.historical):
            yield _weaned(v, sentence, found)


def _weaned(v: View, s: Sentence, found: Found) -> EventMention:
    times = timed_by(v, s)
    until, since = v.lower.find(";", found.end, s.end), v.lower.rfind(";", s.start, found.start)
    until = until if until >= 0 else s.end
    behind = [t for t in times if found.end <= t.start <= min(until, found.end + _REACH)]
    before = [t for t in times if t.start > since and 0 <= found.start - t.end <= _REACH]
    time = next(iter(behind or before), None)
    return EventMention(start=found.start, end=found.end, rule=relations.WEANED.name, event=WEANED, time=time)


def _in_sentences(v: View, book: Book) -> Iterator[tuple[Sentence, Found]]:
    for found in book.everywhere(v):
        sentence = v.sentence_at(found.start)
        if sentence is not None:
            yield sentence, found
