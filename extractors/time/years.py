"""Results of one thing dated by the calendar: "-3.1 (2014) and -2.2 (2016)", "In 2009 ... In 2014 ...".

A date alone says little; two that differ say which of two results came later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.base import Mention, TimeRef
from extractors.rules.rule import Glue
from extractors.text import Sentence, View
from extractors.time import dates
from extractors.time.dates import DATE

M = TypeVar("M", bound=Mention)

#: Days by which the dates of two visits differ.
_APART = 61
_SLOTS = dict(dates.BOOK.slots) | {
    "date": r"(?P<date>(?:(?:{nn} )?{month}\.?,? (?:of )?|{nn}[/.])?{year})(?![\w-]|/\d|\.\d)"
}
_BEHIND = Glue(r"(?: ?[\w%/.]{1,9})? ?(?:[(\[](?:in )?|,? in |,? on ){date}", _SLOTS)
_IN_BRACKETS = Glue(r"[(\[](?:in )?{date}[)\]]", _SLOTS)
_TOLD = Glue(r"(?:^|\b(?:in|since|by|during|of|on) )(?:(?:early|late|the year) )?{date}", _SLOTS)


def with_years(view: View, found: Sequence[M], key: Callable[[M], Hashable]) -> list[M]:
    """The mentions; those of one `key` that different dates date have these as their times.

    The later ones are follow-ups. Who has a time of its own keeps it.
    """
    out = list(found)
    groups: dict[Hashable, list[int]] = {}
    for place, mention in enumerate(found):
        if mention.time is None or not mention.time.text:
            groups.setdefault(key(mention), []).append(place)
    for places in groups.values():
        dated = _dated(view, found, places) if len(places) > 1 else {}
        first = min((time.days_min or 0 for time in dated.values()), default=0)
        later = {place for place, time in dated.items() if (time.days_min or 0) - first >= _APART}
        for place, time in dated.items() if later else ():
            out[place] = replace(
                found[place], time=replace(time, phase="follow-up" if place in later else "")
            )
    return out


def _dated(view: View, found: Sequence[M], places: Sequence[int]) -> dict[int, TimeRef]:
    """The dates that mentions' own sentences give them."""
    out: dict[int, TimeRef] = {}
    for place in places:
        sentence = view.sentence_at(found[place].start)
        time = date_in(sentence, found[place]) if sentence else None
        if time is not None:
            out[place] = time
    return out


def date_in(sentence: Sentence, mention: Mention) -> TimeRef | None:
    """The date that dates a mention: right behind it, else the nearest before it, else the next behind it."""
    lower = sentence.lower
    start, end = mention.start - sentence.start, mention.end - sentence.start
    told = _BEHIND.behind(lower, end) or _TOLD.last(lower, 0, start) or _TOLD.within(lower, end)
    return _time(sentence, told) if told else None


def _time(sentence: Sentence, told: re.Match[str]) -> TimeRef | None:
    start, end = told.span("date")
    words = sentence.text[start:end]
    day = dates.date_of(words)
    return (
        None if day is None else TimeRef(sentence.start + start, sentence.start + end, words, DATE, day, day)
    )


def bracketed_dates(sentence: Sentence) -> list[tuple[int, int]]:
    """Where the dates that stand alone in brackets are, offsets in the sentence."""
    if "(" not in sentence.text and "[" not in sentence.text:
        return []
    return [told.span("date") for told in _IN_BRACKETS.pattern.finditer(sentence.lower)]
