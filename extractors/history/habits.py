"""Smoking and drinking with their numbers: 10 cigarettes a day, 20 pack-years, two glasses of wine a week."""

from __future__ import annotations

import re

from extractors.history.told import Told, always
from extractors.history.vocabulary import SLOTS
from extractors.language.numbers import parse_count
from extractors.rules.book import Book
from extractors.rules.rule import Rule


def _cigarettes(m: re.Match[str]) -> Told | None:
    count = parse_count(m["n"])
    per_day = {"pack": "packs/day"}.get(m["what"][:4], "cigarettes/day")
    return None if count is None else Told("smoking", value=count, unit=per_day)


def _pack_years(m: re.Match[str]) -> Told | None:
    count = parse_count(m["n"])
    return None if count is None else Told("smoking", value=count, unit="pack-years")


def _drinks(m: re.Match[str]) -> Told | None:
    count = parse_count(m["n"])
    unit = re.sub(r"s$", "", m["what"].split()[0])
    unit = {"g": "g", "gram": "g", "ml": "mL"}.get(unit, f"{unit}s")
    per = "week" if m["per"].endswith(("week", "weekly", "wk")) else "day"
    return None if count is None else Told("alcohol", value=count, unit=f"{unit}/{per}")


RULES = (
    Rule(
        "cigarettes a day",
        r"(?<![\w.])(?P<n>\d{1,2}(?:\.\d)?|{number word}|an?|half an?)(?: ?(?:-|to) ?\d{1,2})? "
        r"(?P<what>cigarettes?|cigs?|packs?)(?: of cigarettes)?\)? ?"
        r"(?:a day|per day|/ ?da?y?\b|daily|each day|every day)",
        _cigarettes,
        says={
            "She smoked 10 cigarettes a day.": Told("smoking", value=10.0, unit="cigarettes/day"),
            "half a pack per day": Told("smoking", value=0.5, unit="packs/day"),
            "half a pack (10 cigarettes) per day": Told("smoking", value=10.0, unit="cigarettes/day"),
        },
        silent=("She took 10 tablets a day.",),
    ),
    Rule(
        "pack-years",
        r"(?<![\w.])(?P<n>\d{1,3}(?:\.\d)?|{number word})[ -]{1,3}pack(?:et|s)?[ /-]{0,2}years?\b",
        _pack_years,
        says={"a 20 pack-year history": Told("smoking", value=20.0, unit="pack-years")},
        silent=("a 20-year history", "2 packs"),
    ),
    Rule(
        "drinks",
        r"(?<![\w.])(?P<n>\d{1,3}(?:\.\d)?|{number word}|an?)(?: ?(?:-|to) ?\d{1,3})? ?"
        r"(?P<what>(?:(?:glass(?:es)?|units?|bottles?|cans?|drinks?|beers?)(?: of)?|(?:g|grams?|ml)(?: of)?)"
        r"(?: (?:red |white )?(?:wine|beer|alcohol|ethanol|sake|spirits|liquor))?)"
        r"(?<!unit)(?<!units)(?<! g)(?<!gram)(?<!grams)(?<!ml)(?<!\dg) ?"
        r"(?P<per>(?:a|per|each|every) (?:day|week)|/ ?(?:day|week)|daily|weekly)",
        _drinks,
        says={
            "She drank two glasses of wine a week.": Told("alcohol", value=2.0, unit="glasses/week"),
            "20 g of alcohol per day": Told("alcohol", value=20.0, unit="g/day"),
        },
        silent=("20 units per day", "500 ml daily", "a glass of milk a day"),
    ),
    Rule(
        "smoked",
        r"\b(?:smoked|smokes|smoking \d+|(?:quit|stopped|gave up|given up|ceased) (?:smoking|cigarettes|"
        r"tobacco))\b",
        lambda m: Told("smoking", detail="" if m[0].startswith("smok") else "former"),
        says={"She smoked.": Told("smoking"), "She had quit smoking.": Told("smoking", detail="former")},
        silent=("She was exposed to smoke.",),
    ),
    Rule(
        "wine",
        r"\b(?:(?:glass(?:es)?|bottles?|cans?|pints?) of|occasional|red|white|drank|drinks|drinking) "
        r"(?:(?:glass(?:es)? of )?(?:red |white )?)(?:wine|beer|sake|whiske?y|spirits|vodka)\b",
        always(Told("alcohol")),
        says={"She had an occasional glass of wine.": Told("alcohol")},
        silent=("a port wine stain", "a glass of milk"),
    ),
    Rule(
        "drank",
        r"\b(?:drank|drinks|drink|consumed|consumes)(?= ?(?:[.,;)]|and\b|or\b|nor\b|alcohol|beer|wine|"
        r"regularly|heavily|socially|occasionally|moderately|excessively|$))",
        always(Told("alcohol")),
        says={"She did not smoke or drink.": Told("alcohol"), "He drank heavily.": Told("alcohol")},
        silent=("She drank water.",),
    ),
    Rule(
        "drinks by a note",
        r"\b(?:alcohol|etoh|ethanol)(?: (?:use|intake|consumption|habits?))? ?[:=] ?"
        r"(?:occasional(?:ly)?|social(?:ly)?|moderate(?:ly)?|rare(?:ly)?|daily|regular(?:ly)?|\d)\b",
        always(Told("alcohol")),
        says={"Alcohol: occasionally.": Told("alcohol")},
        silent=("Alcohol: none.", "Alcohol was used for disinfection."),
    ),
    Rule(
        "hardly any exercise",
        r"\b(?:did|does|took|takes|performed|performs|had|got|gets) (?:hardly any|almost no|very little|"
        r"little|no|"
        r"not any) (?:(?:regular|physical|specific) ){0,2}(?:exercise|exercises|sports?|physical activity)\b|"
        r"\b(?:rarely|seldom|hardly(?: ever)?|never|(?:did|does) not(?: regularly)?) "
        r"(?:exercised?|exercises|did sports?|(?:do|take) (?:any )?(?:exercise|sports?))\b|"
        r"\b(?:exercise|sports?|physical activity) ?: ?(?:none|nil|no|rare|minimal)\b",
        always(Told("physical inactivity")),
        says={
            "She did hardly any exercise.": Told("physical inactivity"),
            "Exercise: none.": Told("physical inactivity"),
            "She never exercised.": Told("physical inactivity"),
        },
        silent=("She took regular exercise.", "Exercise was tolerated."),
    ),
    Rule(
        "endurance sport",
        r"\b(?:ran|runs|running|cycled|cycles) (?:(?:about|up to|some|at least) )?\d{1,3} ?(?:km|"
        r"kilomet(?:er|re)s|"
        r"miles) ?(?:a|per|every|each|/) ?(?:week|day)\b|"
        r"\b(?:train(?:s|ed|ing)?|prepar(?:ed|ing)) for (?:an? |the )?(?:\w+ )?(?:marathons?|triathlons?|"
        r"ironman)\b|"
        r"\b(?:competitive|elite|professional|high-level|top-level|national-level|former) "
        r"(?:\w+ )?(?:runner|rower|swimmer|cyclist|gymnast|dancer|skater|athlete|skier|climber|footballer|"
        r"(?:volley|basket|hand)ball player|tennis player)\b",
        always(Told("strenuous exercise")),
        says={
            "She ran 50 km per week.": Told("strenuous exercise"),
            "She had trained for triathlons.": Told("strenuous exercise"),
            "a competitive rower": Told("strenuous exercise"),
        },
        silent=("She ran to the bus.", "The course of the race was 50 km."),
    ),
    Rule(
        "thin",
        r"\b(?:she|he|patient|woman|man|who|girl|boy) (?:was|is|(?:had|has) (?:always )?been|appeared|"
        r"looked) "
        r"(?:(?:always|very|rather|quite|extremely) ){0,2}(?P<thin>thin|slim|slender|skinny|lean)\b",
        always(Told("low body weight")),
        says={"She had always been thin.": Told("low body weight")},
        silent=("The skin was thin.", "The cortex had been thin."),
    ),
)
#: Habits by their numbers and verbs; where two overlap the earlier rule's counts.
BOOK = Book("history.habits", RULES, SLOTS)
