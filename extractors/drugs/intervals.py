"""How often a drug is taken, told by the interval between its doses: "every 6 months", "q8h"."""

from __future__ import annotations

from extractors.drugs.frequency_forms import (
    EVERY_TWO_DAYS,
    HOURLY,
    always,
    doses_a_day,
    every,
    every_unit,
    once_per,
)
from extractors.rules.rule import Rule

EVERY = (
    Rule(
        "by the clock",
        r"\b(?P<n>6|8|12|24)/(?P=n) ?-?(?P<u>h)(?:ours?|rs?)?\b",
        every_unit,
        says={"50 mg 8/8 h": "three times daily", "12/12 hours": "twice daily"},
        silent=("6/8 h",),
    ),
    Rule(
        "every other unit",
        r"\bevery (?:other|second|2nd|alternate) (?P<u>day|week|month)\b",
        lambda m: every(2, m["u"]),
        says={"every other day": EVERY_TWO_DAYS, "every second week": "every 2 weeks"},
        silent=("every other drug",),
    ),
    Rule(
        "alternate days",
        r"\b(?:on )?alternat(?:e|ing)[- ]days?\b",
        always(EVERY_TWO_DAYS),
        says={"on alternate days": EVERY_TWO_DAYS},
        silent=("an alternate drug",),
    ),
    Rule(
        "fortnightly",
        r"\b(?:fortnightly|(?:every|each|a) fortnight|bi-?weekly)\b",
        always("every 2 weeks"),
        says={"40 mg every fortnight": "every 2 weeks", "biweekly": "every 2 weeks"},
        silent=("for one fortnight",),
    ),
    Rule(
        "every half unit",
        r"\b(?:every|each|once (?:in|every)) half(?: an?|-)? ?(?P<u>year|month)\b",
        lambda m: every(0.5, m["u"]),
        says={"60 mg every half year": "every 6 months", "once every half a year": "every 6 months"},
        silent=("every half hour", "for half a year"),
    ),
    Rule(
        "every n units",
        r"\b(?:every|each|once in) ?{n:nth}{upto} ?-?{u:unit}\b",
        every_unit,
        says={
            "60 mg every six months": "every 6 months",
            "every third day": "every 3 days",
            "every 28 days": "every 4 weeks",
            "every 6-8 hours": "four times daily",
            "once in three months": "every 3 months",
        },
        silent=("every drug in 3 months",),
    ),
    Rule(
        "every unit",
        r"\b(?:every|each|once in) ?-?(?P<u>{unit}|{time of day})\b",
        every_unit,
        says={"every morning": "daily", "each week": "weekly"},
        silent=("every drug",),
    ),
    Rule(
        "q n units",
        r"\bq ?{n:nth}{upto} ?-?{u:unit}\b",
        every_unit,
        says={"1 g q8h": "three times daily", "60 mg q6mo": "every 6 months", "q 3 months": "every 3 months"},
        silent=("q8 was measured",),
    ),
    Rule(
        "q hours without a unit",
        r"(?<![\w-])q ?(?P<n>6|8|12|24)\b(?![\w.:/%-]| ?(?:mg|days?|weeks?|months?))",
        lambda m: every(float(m["n"]), "hour"),
        says={"1 mg/kg q12": "twice daily", "1 g q8,": "three times daily"},
        silent=("at q7", "q12.1", "q8 weeks"),
    ),
    Rule(
        "q unit",
        r"\bq ?(?P<u>{unit}|{time of day})\b",
        every_unit,
        says={"5 mg q day": "daily", "35 mg qweek": "weekly"},
        silent=("qt interval",),
    ),
    Rule(
        "at intervals of",
        r"\b(?:with|at) (?:an? )?intervals? of ?{n:nth}{upto} ?-?{u:unit}\b",
        every_unit,
        says={
            "at intervals of three months": "every 3 months",
            "at an interval of 12 weeks": "every 12 weeks",
        },
        silent=("an interval of three months",),
    ),
    Rule(
        "stroke n days",
        r"(?<!\W)/ ?(?P<n>\d) ?-?(?P<u>days|weeks|months|years)\b",
        every_unit,
        says={"3 mg/3 months": "every 3 months"},
        silent=("9 mg/3 ml", "2 mg/1 month"),
    ),
    Rule(
        "stroke n hours",
        r"(?<!\W)/ ?(?P<n>4|6|8|12|48|72) ?-?(?P<u>h)(?:ours?|rs?)?\b",
        every_unit,
        says={"1 g/8 h": "three times daily"},
        silent=("2 g/5 h",),
    ),
)
INTERVALS = (
    Rule(
        "n unit intervals",
        r"\b(?:{n:count}[- ])?(?P<u>hour|day|week|month|year)(?:ly)?[- ]intervals?\b",
        every_unit,
        says={"at 6-month intervals": "every 6 months", "at weekly intervals": "weekly"},
        silent=("at regular intervals",),
    ),
    Rule(
        "n units apart",
        r"\b{n:count} (?P<u>weeks?|months?|years?) apart\b",
        every_unit,
        says={"two infusions three months apart": "every 3 months"},
        silent=("three months part",),
    ),
    Rule(
        "at adverb intervals",
        r"\bat (?P<u>daily|annual) intervals\b",
        once_per,
        says={"at annual intervals": "yearly"},
        silent=("at short intervals",),
    ),
    Rule(
        "morning and evening",
        r"\b(?:in the )?mornings? and (?:in the |at )?(?:evening|night|bedtime)s?\b",
        always("twice daily"),
        says={"in the morning and at bedtime": "twice daily"},
        silent=("morning stiffness and night pain",),
    ),
    Rule(
        "with meals",
        r"\b(?:with|after|before) (?:each|every|the) (?:main )?meals?\b",
        always("three times daily"),
        says={"with every meal": "three times daily"},
        silent=("with a meal",),
    ),
    Rule(
        "x n",
        r"(?<![^a-z]) ?[x×] ?(?P<k>[1-6])\b{no more than times}",
        doses_a_day,
        says={"50 mg x 2": "twice daily", "30 mg iv x1": "once"},
        silent=("10 mg x 3 days", "2 cm x 3 x 4"),
    ),
    Rule(
        "n monthly",
        r"\b(?P<n>{figure})[- ](?P<u>monthly|weekly|yearly|hourly)\b"
        r"(?! (?:dose|infusion|injection|cycle|pulse)s)",
        every_unit,
        says={"60 mg six-monthly": "every 6 months", "12-hourly": "twice daily"},
        silent=("three monthly infusions",),
    ),
    Rule(
        "n hrly",
        r"(?<![\w.])(?P<n>4|6|8|12|24|48) ?[- ]?(?P<u>hrly|hourly)\b",
        every_unit,
        says={"4 mg 6hrly": "four times daily", "1 g 8 hrly": "three times daily"},
        silent=("16hrly", "hourly"),
    ),
    Rule(
        "hourly",
        r"(?<![\w.-])(?<!half )(?<!two )(?<!\d )(?:1[- ]?|one )?hourly\b"
        r"(?! (?:urine|rate|monitor|observ|measure|check))",
        always(HOURLY),
        says={"hourly eye drops": HOURLY, "drops given hourly": HOURLY},
        silent=("half-hourly", "hourly urine output", "4-hourly"),
    ),
    Rule(
        "half-yearly",
        r"\b(?:half-(?:yearly|annually)|semi-?annually|bi-?annually)\b",
        always("every 6 months"),
        says={"60 mg half-yearly": "every 6 months", "semiannually": "every 6 months"},
        silent=("half a year",),
    ),
    Rule(
        "quarterly",
        r"\bquarterly\b",
        always("every 3 months"),
        says={"3 mg quarterly": "every 3 months"},
        silent=("a quarter of a tablet",),
    ),
)
