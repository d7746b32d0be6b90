"""Calendar dates as times from delivery, where the text tells the date of the birth."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.base import TimeRef
from extractors.text import Sentence, View
from extractors.time.calendar import BOOK, dates_in
from extractors.time.durations import TERM_DAYS
from extractors.timeline.dated import is_birthday

_CACHE_KEY = "onset.birthdays"
#: The rule of such a time.
BY_DATE = "calendar date"
#: What lies further from a birth concerns something else.
_AT_MOST = 400


def dated(v: View, s: Sentence) -> Iterator[tuple[TimeRef, int, int]]:
    """The dates of a sentence, each with the days from the birth that it goes with."""
    if not BOOK.possible(v, s):
        return
    births = _birthdays(v)
    for date in dates_in(v, s) if births else ():
        if date.days_min is None or date.days_max is None or is_birthday(v, s, date):
            continue
        spans = [(date.days_min - high, date.days_max - low) for low, high in births]
        near = [span for span in spans if span[0] >= -TERM_DAYS and span[1] <= _AT_MOST]
        if near:
            low, high = min(near, key=lambda span: (span[0] < 0, abs(span[0])))
            yield date, low, high


def _birthdays(v: View) -> list[tuple[int, int]]:
    """The days of the births that the text dates."""
    found = v.cache.get((_CACHE_KEY,))
    if found is None:
        found = v.cache[(_CACHE_KEY,)] = [
            (date.days_min, date.days_max)
            for s in v.sentences
            if BOOK.possible(v, s)
            for date in dates_in(v, s)
            if is_birthday(v, s, date) and date.days_min is not None and date.days_max is not None
        ]
    return list(found)
