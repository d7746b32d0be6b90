"""How often a drug is taken: every printed form, to one normal form.

Normal forms: once, daily, twice daily, three times daily, four times daily, every other day, weekly,
twice weekly, ... every 2 weeks, monthly, every 3 months, yearly, as needed, every 4 hours.
Abbreviations are those of prescriptions (prescription_terms.csv).
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.drugs.frequency_forms import (
    TERMS,
    always,
    divided,
    every_unit,
    figure_times,
    once_per,
    once_within,
    scheme,
    term,
    times,
    times_per,
)
from extractors.drugs.intervals import EVERY, INTERVALS
from extractors.language.atoms import ATOMS
from extractors.rules.book import Book
from extractors.rules.rule import Rule, Slots
from extractors.rules.words import Words
from extractors.text import Sentence, View

_SLOTS: Slots = ATOMS | {
    "unit": r"hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?",
    "time of day": r"mornings?|evenings?|nights?|bedtime",
    "period": r"day|dy|d|week|wk|month|mo|year|yr|y|hour|hr|h|24 ?-?h(?:ours?|rs?)?",
    "adverb": r"daily|weekly|monthly|yearly|annually|nightly",
    "times": r"{named:named}|{figure:figure}(?: ?[x×]| ?-? ?times?)",
    "named": "once|twice|thrice",
    "figure": r"\d{1,2}|{number word}",
    "nth": "{count}|third|3rd|fourth|4th|sixth|6th",
    "upto": r"(?: ?(?:-|to|or) ?{count})?",
    "term": Words(TERMS),
    "foreign": r"die|jour|j|tag|d[ií]a",
    "often": r"every|each|once|twice|per|daily|weekly|monthly|yearly|annually|an? (?:day|week|month|year)",
    "so much": r"(?: of)?(?: [\d.,]+ ?[a-zµ/]+)?(?: of \w+)?,?",
    "shot": r"doses?|infusions?|injections?|shot|bolus|administration|inj|ampoule|vial",
    "after once": (
        r"(?:only|and|followed|then|after|before|during|intravenously|subcutaneously|intramuscularly|orally|"
        r"i\.?v|i\.?m|s\.?c)\b|in (?:\w+ )?\d{4}|at \d|on "
    ),
    "a": "in (?:an? )?|per |/ ?|an? |each |every ",
    "no more than times": r"(?! ?(?:days?|d\b|weeks?|wks?|months?|years?|[x×]|mg|g\b|\d|[./]|{adverb}))",
    "no time ago": r"(?! (?:later|after|before|ago|prior|earlier|of|post))",
}


_NEEDED = (
    Rule(
        "as needed",
        r"\b(?:as|when|if|where)[- ](?:and when )?(?:needed|required|necessary)\b",
        always("as needed"),
        says={"ibuprofen as needed": "as needed", "paracetamol as and when required": "as needed"},
        silent=("She needed ibuprofen.",),
    ),
    Rule(
        "on demand",
        r"\b(?:on[- ]demand|at need|on request|occasional(?:ly)?)\b",
        always("as needed"),
        says={"tramadol on demand": "as needed", "occasional ibuprofen": "as needed"},
        silent=("on demanding work",),
    ),
)
_TIMES = (
    Rule(
        "divided into n doses",
        r"\(?\b(?:(?:divided|split) )?(?:in|into|as) {n:count} "
        r"(?:(?:divided|daily|equal|separate) ){0,2}(?:doses|portions)(?: (?:a|per|each) day| daily)?\)?",
        divided,
        says={"(divided into two doses)": "twice daily", "in 3 divided doses": "three times daily"},
        silent=("in two patients", "into two", "in 2 doses"),
    ),
    Rule(
        "a single dose each unit",
        r"\b(?:a |one )?(?:single|one)[- ](?:[\w.]{2,15}[- ])??(?:once[- ])?(?:{n:figure}[- ])?"
        r"(?P<u>{adverb}|annual)(?:[- ][\w.-]{2,15})?[- ]{shot}\b",
        every_unit,
        says={
            "a single yearly dose": "yearly",
            "a single once-weekly oral dose": "weekly",
            "single 3-monthly injection": "every 3 months",
        },
        silent=("a single dose", "one infusion yearly"),
    ),
    Rule(
        "adverb before a single dose",
        r"\b(?:once[- ]|{n:figure}[- ])?(?P<u>{adverb}|annual)[ -]"
        r"(?:single|one)(?:[- ][\w.-]{2,15})?[- ]{shot}\b",
        every_unit,
        says={"a monthly single dose": "monthly", "as an annual single IV infusion": "yearly"},
        silent=("a daily single room", "a single dose"),
    ),
    Rule(
        "times a unit",
        r"\b{times}[ -]?{a} ?{u:period}\b",
        times,
        says={
            "twice a day": "twice daily",
            "70 mg once a week": "weekly",
            "3 times per day": "three times daily",
            "two times in a week": "twice weekly",
        },
        silent=("twice a lady", "three times she fell"),
    ),
    Rule(
        "times daily",
        r"\b{times}[ -]?{u:adverb}\b",
        times,
        says={
            "thrice daily": "three times daily",
            "4 x daily": "four times daily",
            "twice yearly": "every 6 months",
            "once-weekly": "weekly",
        },
        silent=("twice in a daily round",),
    ),
    Rule(
        "x n a unit",
        r"(?:\b|(?<= ))[x×] ?(?P<figure>\d{1,2})[ -]?{a} ?(?P<u>{period}|{foreign})\b",
        figure_times,
        says={"500 mg x 3/day": "three times daily", "1 g x 3/j": "three times daily"},
        silent=("x 3 days",),
    ),
    Rule(
        "x n daily",
        r"(?:\b|(?<= ))[x×] ?(?P<figure>\d{1,2})[ -]?{u:adverb}\b",
        figure_times,
        says={"500 mg x2 daily": "twice daily"},
        silent=("x 3 days",),
    ),
    Rule(
        "prescription term",
        r"\b{term:term}\b\.?(?!\w)",
        term,
        says={
            "5 mg b.i.d. for a week": "twice daily",
            "5 mg od": "daily",
            "30 mg stat": "once",
            "50 mg sos": "as needed",
            "5 mg p.r.n.": "as needed",
        },
        silent=("the status",),
    ),
    Rule(
        "tablets a time of day",
        r"\b[0-2]-[0-2]-[0-2](?:-[0-2])?\b",
        scheme,
        says={"300 mg 1-0-1": "twice daily", "1-1-1-1": "four times daily"},
        silent=("0-0-0", "1-3-5"),
    ),
    Rule(
        "n dd",
        r"\b(?P<figure>[1-4]) ?dd(?: ?[1-4])?\b",
        lambda m: times_per(int(m["figure"]), "day"),
        says={"2.5 mg 2dd": "twice daily", "500 mg 3 dd 1": "three times daily"},
        silent=("2 ddI tablets",),
    ),
    Rule(
        "n times one",
        r"\b(?P<figure>[1-4]) ?[x×] ?1\b(?!\.)",
        lambda m: times_per(int(m["figure"]), "day"),
        says={"500 mg 2x1": "twice daily"},
        silent=("2 x 1.5 cm",),
    ),
)
_ONCE = (
    Rule(
        "as a bolus",
        r"\bas an? (?:(?:single|iv|intravenous|oral|loading)[- ]){0,2}(?:bolus|loading dose|stat dose)\b",
        always("once"),
        says={"500 mg as an IV bolus": "once"},
        silent=("as a loading test",),
    ),
    Rule(
        "a single dose",
        r"\b(?:a single|one single|one|single)(?: \d[\d.,]*[ -]?[a-zµ]+(?=[ -]))?(?:[- ][\w.-]{2,15})?"
        r"[- ]{shot}\b\.?(?!{so much} {often}\b)",
        always("once"),
        says={
            "a single dose": "once",
            "one infusion": "once",
            "a single IV dose": "once",
            "a single 4 mg-dose": "once",
        },
        silent=("a single fracture", "one ampoule of 25 mg every month", "one vial a week"),
    ),
    Rule(
        "one-time",
        r"\bone(?:[- ]time|-off)\b",
        always("once"),
        says={"given one-off": "once", "one-time only": "once"},
        silent=("one of them",),
    ),
)
_PLAIN = (
    Rule(
        "stroke unit",
        r"/ ?{u:period}\b(?:(?= of )|{no time ago})",
        once_per,
        says={"70 mg/week": "weekly", "5 mg/y": "yearly", "2 g/24 h": "daily"},
        silent=("12 µg/h", "9 mg/dl"),
    ),
    Rule(
        "in another language",
        r"(?:(?<!\W)/ ?|\b(?:pro|per|par|al) ){u:foreign}\b",
        once_per,
        says={"1 g pro die": "daily", "0.5 µg/die": "daily", "800 ui/j": "daily"},
        silent=("per jar", "and/or dialysis"),
    ),
    Rule(
        "per unit",
        r"\bper {u:period}\b{no time ago}",
        once_per,
        says={"20 mg per day": "daily"},
        silent=("25 µg per hour", "per daughter"),
    ),
    Rule(
        "a unit",
        r"(?<!for )(?<!in )(?<!over )(?<!than )(?<!half )(?<!of )(?<!after )(?<!within )(?<!about )"
        r"(?<!during )(?<!at )\ba {u:period}\b(?!['’]){no time ago}",
        once_per,
        says={"1 g a day": "daily"},
        silent=("for a month", "a week later", "after a month", "at a year on it"),
    ),
    Rule(
        "daily",
        r"\b(?P<u>{adverb}|annual)\b",
        once_per,
        says={"20 µg daily": "daily", "annual infusion": "yearly"},
        silent=("a dairy product",),
    ),
    Rule(
        "time of day",
        r"\b(?:at (?:night|bedtime)|in the (?:morning|evening)|before (?:sleep|bed))\b",
        always("daily"),
        says={"10 mg at night": "daily", "20 mg in the morning": "daily"},
        silent=("in the night before",),
    ),
    Rule(
        "once",
        r"(?<!\S)(?<!at )once(?= ?(?:[,.;)]|$|{after once}))",
        once_within,
        says={
            "was given once.": "once",
            "was given once in 2011": "once",
            "given once intravenously": "once",
        },
        silent=("once she walked", "made her sick at once"),
    ),
)
#: Of forms that begin at one place the one named first counts.
BOOK = Book("drugs.frequency", (*_NEEDED, *EVERY, *_TIMES, *INTERVALS, *_ONCE, *_PLAIN), _SLOTS, seldom=True)


@dataclass(frozen=True, slots=True)
class Frequency:
    """A frequency at [start, end) of its sentence; `text` is its normal form."""

    start: int
    end: int
    text: str


def find_frequencies(view: View, sentence: Sentence) -> list[Frequency]:
    """The frequencies of a sentence, in order; offsets count from its start."""
    out: list[Frequency] = []
    for found in BOOK.leftmost(view, sentence):
        form = found.read()
        if form:
            out.append(Frequency(found.start - sentence.start, found.end - sentence.start, form))
    return out
