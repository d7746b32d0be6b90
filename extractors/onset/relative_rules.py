"""Times that count from what was told before: "ten days later", "the next day", "at four months"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.time import durations as du
from extractors.time.atoms import SLOTS

_SLOTS = SLOTS | {
    "event before": r"operation|section|event|procedure|surgery",
    "bare lead": (
        r"\b(?:at|by|from|since|in|until|around|about|on) (?:(?:about|the|around|approximately) ){0,3}"
    ),
    "bare end": (
        r"\b(?! (?:of|after|post|before|later|old|ago|earlier|follow|gestation|pregnan|prior|puerper|from|"
        r"following|since|into))"
    ),
}


@dataclass(frozen=True, slots=True)
class Later:
    """Days after what was told last; `operated`: after the operation, which must be a caesarean's."""

    low: int
    high: int
    operated: bool = False


@dataclass(frozen=True, slots=True)
class Bare:
    """A count of units that tells no anchor: "week 30+4", "four months", "the seventh month" (`nth`)."""

    unit: str
    count: str
    nth: bool = False


def _duration(m: re.Match[str]) -> Later | None:
    days = du.duration_days(m["count"], m["unit"], m["upto"])
    return None if days is None else Later(*days)


def _nth(m: re.Match[str]) -> Later | None:
    count = parse_ordinal(m["nth"])
    return None if count is None else Later(*du.nth_span(count, m["unit"]))


def _postoperative(m: re.Match[str]) -> Later | None:
    nth = m.groupdict().get("nth")
    count = parse_ordinal(nth) if nth else parse_count(m["n"])
    return None if count is None else Later(int(count), int(count), operated=True)


def _same_day(m: re.Match[str]) -> Later:
    return Later(0, 0)


def _next_day(m: re.Match[str]) -> Later:
    return Later(1, 1)


def _bare(m: re.Match[str]) -> Bare:
    return Bare(m["unit"].rstrip("s"), m["n"])


def _bare_nth(m: re.Match[str]) -> Bare:
    return Bare(m["unit"], m["n"], nth=True)


LATER = Book(
    "onset.later",
    (
        Rule(
            "units later than told",
            r"(?<![\w.]){duration} (?:later|thereafter|afterwards?|"
            r"after (?:the|this|that) (?:{event before}|birth)|after (?:that|this|surgery))\b",
            _duration,
            says={
                "Ten days after the operation she felt pain.": Later(10, 10),
                "One week later she could no longer walk.": Later(7, 7),
            },
            silent=("Ten days after the fall she felt pain.",),
        ),
        Rule(
            "nth unit later than told",
            r"\b{nth:ordinal} (?P<unit>day|week|month) (?:after|following) "
            r"(?:it|that|this|(?:the|this|that|her) {event before})\b",
            _nth,
            says={"On the second day after it she fell.": Later(2, 2)},
            silent=("On the second day after delivery she fell.",),
        ),
        Rule(
            "postoperative day n",
            r"\b(?:post-?\s?op(?:erative)?(?:ly)? day|pod) ?#?(?P<n>\d{1,2}|{number word})\b",
            _postoperative,
            says={"On postoperative day 3 she felt pain.": Later(3, 3, True)},
            silent=("The postoperative days were quiet.",),
        ),
        Rule(
            "nth postoperative day",
            r"\b{nth:ordinal} (?:post-?\s?op(?:erative)?) day\b|"
            r"\bday (?P<n>\d{1,2}) post-?\s?op(?:erative(?:ly)?)?\b",
            _postoperative,
            says={
                "On the second postoperative day she felt pain.": Later(2, 2, True),
                "On day 4 post-op she felt pain.": Later(4, 4, True),
            },
            silent=("The second postoperative film was normal.",),
        ),
        Rule(
            "next day",
            r"\b(?:(?:on )?the )?(?:next|following) (?:day|morning)\b|"
            r"\bthe day after(?! \w+ (?:deliver|birth))\b",
            _next_day,
            says={"The next day she noticed severe back pain.": Later(1, 1)},
            silent=("The next visit was in May.",),
        ),
        Rule(
            "same day",
            r"\bthe same (?:day|night)\b|\bthat (?:same )?(?:night|evening)\b",
            _same_day,
            says={"That night she felt pain.": Later(0, 0)},
            silent=("At night she felt pain.",),
        ),
    ),
    _SLOTS,
)
BARE = Book(
    "onset.bare",
    (
        Rule(
            "bare unit n",
            r"{bare lead}(?P<unit>week|month|day) (?P<n>\d{1,2}(?: ?\+ ?[0-6])?|{number word}){bare end}",
            _bare,
            says={"Since week 26 she had had pain.": Bare("week", "26")},
            silent=("Since week 26 of gestation she had had pain.",),
        ),
        Rule(
            "bare n units",
            r"(?!since\b){bare lead}(?P<n>\d{1,2}|{number word}) (?P<unit>weeks|months){bare end}",
            _bare,
            says={"At two months she noticed back pain.": Bare("month", "two")},
            silent=("At two months after delivery she noticed back pain.", "She had had pain since 3 weeks."),
        ),
        Rule(
            "bare nth unit",
            r"{bare lead}{n:ordinal} (?P<unit>week|month|day)(?: on(?:wards?)?)?{bare end}",
            _bare_nth,
            says={"From the seventh month on she had pain.": Bare("month", "seventh", nth=True)},
            silent=("From the seventh month of pregnancy she had pain.",),
        ),
    ),
    _SLOTS,
)


def bare_count(told: Bare) -> float | None:
    """The count of a bare time, None if it is unreadable; of "30+4" the weeks."""
    if told.nth:
        return parse_ordinal(told.count)
    return parse_count(told.count.split("+", maxsplit=1)[0].strip())
