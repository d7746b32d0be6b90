"""How often a drug is taken: every printed form, to one normal form.

Normal forms: once, daily, twice daily, three times daily, four times daily, every other day, weekly,
twice weekly, ... every 2 weeks, monthly, every 3 months, yearly, as needed, every 4 hours.
Abbreviations are those of prescriptions (b.i.d., o.d., q8h, stat, p.r.n.).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.language.numbers import COUNT, WORD_NUMBER, parse_count
from extractors.rules.quick import any_of
from extractors.text import lower_same_length

_PERIOD = r"(?:day|d|week|wk|month|mo|year|yr|y|hour|hr|h|24\s?-?h(?:ours?|rs?)?)"
_TIMES = rf"(?:once|twice|thrice|(?:\d{{1,2}}|{WORD_NUMBER})(?:\s?[x×]|\s?-?\s?times?)|[x×]\s?\d{{1,2}})"
_ADVERB = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "nightly": "day",
}

_NEEDED = (
    r"\b(?:as|when|if|where)[- ](?:and when )?(?:needed|required|necessary)\b|"
    r"\b(?:on[- ]demand|at need|on request|sos|s\.o\.s|p\.?r\.?n|pro re nata)\b\.?|\boccasional(?:ly)?\b"
)
_OTHER = (
    r"\bevery (?:other|second|2nd|alternate) (?:day|week|month)\b|\b(?:on )?alternat(?:e|ing)[- ]days?\b|"
    r"\b(?:q\.?o|e\.?o)\.?d\b\.?|\bfortnightly\b|\b(?:every|each|a) fortnight\b|\bbi-?weekly\b"
)
_EVERY = (
    r"(?:\b(?:every|each|q|once in|(?:with|at) (?:an? )?intervals? of)\s?|"
    r"/\s?(?=\d\s?(?:day|week|month|year)s|(?:4|6|8|12|48|72)\s?h))"
    rf"(?P<n>{COUNT}|third|3rd|fourth|4th|sixth|6th)?(?:\s?(?:-|to|or)\s?{COUNT})?\s?-?"
    r"(?P<unit>hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|mornings?|evenings?|nights?|bedtime)\b"
)
_TIMES_PER = (
    rf"(?=[\dzotfsenx×])(?:\b{_TIMES}|(?<=\s)[x×]\s?\d)[\s-]?(?:(?:in\s(?:an?\s)?|per\s|/\s?|an?\s|each\s|"
    rf"every\s)\s?(?P<per>{_PERIOD})\b|"
    r"(?P<adv>daily|weekly|monthly|yearly|annually|nightly)\b)"
)
_LATIN_WORDS = (
    r"\b(?:b\.?i\.?d|b\.?d\.?s?|t\.?i\.?d|t\.?d\.?s|q\.?i\.?d|q\.?d\.?s|o\.?d|q\.?d|q\.?h\.?s|h\.?s|"
    r"q\.?w|t\.?i\.?w|b\.?i\.?w|stat|nocte|mane)\b\.?(?!\w)"
)
_SCHEME = r"\b[0-2]-[0-2]-[0-2](?:-[0-2])?\b|\b[1-4]\s?[x×]\s?1\b(?!\.)"
_CLOCK = r"\b(?:6/6|8/8|12/12|24/24)\s?-?h(?:ours?|rs?)?\b"
_NUMBERED = (
    rf"\b(?P<m>\d{{1,2}}|{WORD_NUMBER})[- ](?P<mu>monthly|weekly|yearly|hourly)\b(?!\s(?:dose|infusion|"
    rf"injection|cycle|pulse)s)|\bhalf-(?:yearly|annually)\b|"
    r"\bsemi-?annually\b|\bbi-?annually\b|\bquarterly\b"
)
#: "at 6-month intervals", "at yearly intervals", "three months apart".
_INTERVALS = (
    rf"\b(?:(?P<i>{COUNT})[- ])?(?P<iu>hour|day|week|month|year)(?:ly)?[- ]intervals?\b|"
    rf"\b(?P<ap>{COUNT})\s(?P<apu>weeks?|months?|years?)\sapart\b|"
    r"\bat (?P<iv>daily|weekly|monthly|yearly|annual) intervals\b"
)
_DAY_TWICE = (
    r"\b(?:in the )?mornings? and (?:in the |at )?(?:evening|night|bedtime)s?\b|"
    r"\b(?:with|after|before) (?:each|every|the) (?:main )?meals?\b"
)
_SINGLE = (
    r"\bas an? (?:(?:single|iv|intravenous|oral|loading)[- ]){0,2}(?:bolus|loading dose|stat dose)\b|"
    r"\b(?:a single|one single|one|single)(?:[- ][\w.-]{2,15})?[- ](?:doses?|infusions?|injections?|shot|"
    r"bolus|administration|"
    r"inj|ampoule|vial)\b\.?|\bone[- ]time\b|\bone-off\b"
)
_NOT_AGO = r"(?!\s(?:later|after|before|ago|prior|earlier|of|post))"
_SLASH = (
    rf"(?:/\s?|\bper |(?<!for )(?<!in )(?<!over )(?<!than )(?<!half )(?<!of )\ba |"
    rf"\beach )(?P<su>{_PERIOD})\b{_NOT_AGO}"
)
_PLAIN = (
    r"\b(?:once[- ])?(?:daily|weekly|monthly|yearly|annual(?:ly)?|nightly)\b|\bat (?:night|bedtime)\b|"
    r"\bin the (?:morning|evening)\b|\bbefore (?:sleep|bed)\b"
)
_ONCE = (
    r"(?<=\s)once(?=\s?(?:[,.;)]|$|(?:only|and|followed|then|after|before|during|intravenously|subcutaneously|"
    r"intramuscularly|orally|i\.?v|i\.?m|s\.?c)\b|in\s(?:\w+\s)?\d{4}|at\s\d|on\s))"
)
#: "1 g x 4" is four times a day; "30 mg IV x1" is once.
_MULTI = (
    r"(?<=[a-z%.])\s?[x×]\s?(?P<k>[1-6])\b(?!\s?(?:days?|d\b|weeks?|wks?|months?|years?|[x×]|mg|g\b|\d|"
    r"[./]))"
)
#: How a form begins: a quick look before all of them are tried at an edge of a word.
_BEGINNING = (
    r"(?=[/x×\d]|\s[x×]|a(?:s|lt|nnu|t|n?\s|f|n-)|b(?:\.|i|d|efo)|dai|day|e(?:ve|ach|ig|le|\.?o)|f(?:o|i)|"
    r"h(?:\.|s|our|alf)|i(?:f|n)\s|m(?:or|on|ane)|n(?:i|oc)|o(?:n|cc|\.?d)|p(?:er|r|\.r)|q|"
    r"s(?:i|e|os|\.o|ta)|t(?:w|hr|hi|e|\.?i|\.?d)|w(?:h|ee|it)|year|ze)"
)
#: Over lower-cased text. Every form begins at the edge of a word.
_PATTERN = re.compile(
    rf"(?:\b|(?<=\s)(?=×)){_BEGINNING}(?:"
    + "|".join(
        f"(?P<{name}>{part})"
        for name, part in {
            "needed": _NEEDED,
            "other": _OTHER,
            "every": _EVERY,
            "times": _TIMES_PER,
            "latin": _LATIN_WORDS,
            "scheme": _SCHEME,
            "clock": _CLOCK,
            "intervals": _INTERVALS,
            "twice": _DAY_TWICE,
            "multi": _MULTI,
            "numbered": _NUMBERED,
            "single": _SINGLE,
            "slash": _SLASH,
            "plain": _PLAIN,
            "once": _ONCE,
        }.items()
    )
    + ")"
)
_UNIT_WORDS = {
    "d": "day",
    "day": "day",
    "wk": "week",
    "week": "week",
    "mo": "month",
    "w": "week",
    "month": "month",
    "yr": "year",
    "y": "year",
    "year": "year",
    "h": "hour",
    "hr": "hour",
    "hour": "hour",
    "morning": "day",
    "evening": "day",
    "night": "day",
    "bedtime": "day",
}
_ADVERBS = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly", "hour": "every hour"}
_COUNTS = {1: "", 2: "twice ", 3: "three times ", 4: "four times ", 5: "five times ", 6: "six times "}
_LATIN = {
    "bid": 2,
    "bd": 2,
    "bds": 2,
    "tid": 3,
    "tds": 3,
    "qid": 4,
    "qds": 4,
    "od": 1,
    "qd": 1,
    "qhs": 1,
    "hs": 1,
    "nocte": 1,
    "mane": 1,
}
_PER_WEEK = {"qw": "weekly", "tiw": "three times weekly", "biw": "twice weekly"}
_ORDINALS = {"third": 3.0, "3rd": 3.0, "fourth": 4.0, "4th": 4.0, "sixth": 6.0, "6th": 6.0}
#: Without one of these no frequency is told; looking for them is quicker than matching.
_TRIGGERS = (
    "every",
    "each",
    " sos",
    "interval",
    "apart",
    "bolus",
    "iw",
    "meal",
    "request",
    "day",
    "dai",
    "week",
    "month",
    "year",
    "annual",
    "night",
    "morning",
    "evening",
    "hour",
    "need",
    "requir",
    "necessary",
    "demand",
    "occasional",
    "altern",
    "fortnight",
    "once",
    "single",
    "one ",
    "stat",
    ".d",
    "bid",
    "tid",
    "qid",
    "bd",
    " od",
    "qd",
    "tds",
    "hs",
    "qw",
    "q6",
    "q8",
    "q1",
    "q2",
    "q4",
    " x",
    "×",
    "time",
    "quarter",
    "/d",
    "/w",
    "/m",
    "/y",
    "/ y",
    "/h",
    "/2",
    "/ 2",
    "-0-",
    "-1-",
    "x1",
    "x2",
    "/8",
    "/12",
    "/6",
    "bed",
    "nocte",
    "mane",
    "p.r.n",
    "prn",
)


@dataclass(frozen=True, slots=True)
class Frequency:
    """A frequency at [start, end) of the text it was found in; `text` is its normal form."""

    start: int
    end: int
    text: str


def find_frequencies(text: str) -> Iterator[Frequency]:
    """The frequencies in a text, in order."""
    lower = lower_same_length(text)
    if not any_of(lower, _TRIGGERS):
        return
    for match in _PATTERN.finditer(lower):
        name = _normal(match)
        if name:
            yield Frequency(match.start(), match.end(), name)


def times_per(count: float, unit: str) -> str:
    """The normal form of so many times a day, week, month or year."""
    if unit == "year" and count in (2, 3, 4, 6):
        return every(12 / count, "month")
    if count == int(count) and int(count) in _COUNTS and unit in _ADVERBS:
        return _COUNTS[int(count)] + _ADVERBS[unit]
    return f"{count:g} times {_ADVERBS[unit]}"


def every(count: float, unit: str) -> str:
    """The normal form of an interval."""
    if unit == "hour":
        if count in (6, 8, 12, 24):
            return times_per(24 / count, "day")
        return f"every {count:g} hours"
    if count == 1:
        return _ADVERBS[unit]
    if unit == "day" and count == 2:
        return "every other day"
    if unit == "day" and count % 7 == 0:
        return every(count / 7, "week")
    if unit == "month" and count == 12:
        return "yearly"
    return f"every {count:g} {unit}s"


def _unit(word: str) -> str:
    lowered = word.lower()
    if lowered.startswith("24"):
        return "day"
    return _UNIT_WORDS.get(lowered, _UNIT_WORDS.get(lowered.rstrip("s"), ""))


def _normal(match: re.Match[str]) -> str:
    words = match.group().lower()
    if match["needed"]:
        return "as needed"
    if match["other"]:
        if "month" in words:
            return "every 2 months"
        return "every 2 weeks" if "week" in words or "fortnight" in words else "every other day"
    if match["intervals"]:
        return _interval(match)
    if match["twice"]:
        return "three times daily" if "meal" in words else "twice daily"
    if match["every"]:
        count = (_ORDINALS.get(match["n"].lower()) or parse_count(match["n"])) if match["n"] else 1.0
        unit = _unit(match["unit"])
        return every(count, unit) if count and unit else ""
    if match["times"]:
        count = _times(words)
        unit = _ADVERB.get((match["adv"] or "").lower()) or _unit(match["per"] or "")
        return times_per(count, unit) if count and unit in _ADVERBS and unit != "hour" else ""
    if match["latin"]:
        return _latin(match["latin"])
    if match["scheme"]:
        taken = (
            int(words[0]) if "x" in words or "×" in words else sum(part != "0" for part in words.split("-"))
        )
        return times_per(taken, "day") if taken else ""
    if match["multi"]:
        return "once" if match["k"] == "1" else times_per(int(match["k"]), "day")
    if match["clock"]:
        return every(float(words.split("/")[0]), "hour")
    if match["numbered"]:
        return _numbered(match, words)
    if match["single"] or match["once"]:
        return "once"
    if match["slash"]:
        unit = _unit(match["su"])
        return _ADVERBS[unit] if unit and unit != "hour" else ""
    for stem in ("week", "month", "year"):
        if stem in words:
            return _ADVERBS[stem]
    return "yearly" if "annual" in words else "daily"


def _times(words: str) -> float | None:
    """The count in "three times a day", "4 x daily", "twice per week"."""
    first = re.split(r"[\s-]*(?:times?\b|[x×]|\s|-)", words, maxsplit=1)[0]
    return {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(first) or parse_count(
        first or words.strip("x× ")[:1]
    )


def _latin(words: str) -> str:
    key = words.lower().replace(".", "").replace(" ", "")
    if key == "stat":
        return "once"
    if key in _PER_WEEK:
        return _PER_WEEK[key]
    return times_per(_LATIN[key], "day")


def _interval(match: re.Match[str]) -> str:
    """The normal form of "at 6-month intervals"."""
    if match["iv"]:
        return {"annual": "yearly"}.get(match["iv"], match["iv"])
    number, unit = (match["ap"], match["apu"]) if match["ap"] else (match["i"], match["iu"])
    count = parse_count(number) if number else 1.0
    return every(count, _unit(unit)) if count else ""


def _numbered(match: re.Match[str], words: str) -> str:
    if match.group("mu") is None:
        return "every 3 months" if words == "quarterly" else "every 6 months"
    count = parse_count(match.group("m"))
    unit = {"monthly": "month", "weekly": "week", "yearly": "year", "hourly": "hour"}[
        match.group("mu").lower()
    ]
    return every(count, unit) if count else ""
