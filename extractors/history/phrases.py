"""Phrases that tell a factor by themselves: trauma at the onset, habits with their numbers, former fractures."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.history.fact import ABSENT, PRESENT, PREVIOUS_FRACTURE, TRAUMA
from extractors.history.vocabulary import SLOTS
from extractors.language.numbers import parse_count
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.values import fixed


@fixed(frozen=True, slots=True)
class Told:
    """What a phrase says: a factor, whether it is there, and what specifies it.

    `denied`: the words themselves deny it; else a negation around them does.
    """

    factor: str
    status: str = PRESENT
    detail: str = ""
    value: float | None = None
    unit: str = ""

    @property
    def denied(self) -> bool:
        """Whether the words themselves deny it."""
        return self.status == ABSENT


Reader = Callable[[re.Match[str]], Told | None]


def _always(factor: str, status: str = PRESENT) -> Reader:
    return lambda m: Told(factor, status)


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


def _no_fracture(m: re.Match[str]) -> Told | None:
    """No former fracture; not where only the family's are denied."""
    own = "famil" not in m[0] or re.search(r"\b(?:personal|individual|past|previous|prior)\b", m[0])
    return Told(PREVIOUS_FRACTURE, ABSENT) if own else None


def _broken(m: re.Match[str]) -> Told:
    return Told(PREVIOUS_FRACTURE, detail=re.sub(r"\s+", " ", m["what"]).strip(" ,"))


TRAUMA_RULES = (
    Rule(
        "no trauma",
        r"\b(?:no|without|denied|denies|denying|absence of|absent|lack of|not recall|nor|never had) "
        r"(?:(?:{before trauma}|,|and|or) ?){0,6}{trauma}\b(?! (?:surgeon|cent|unit|bay|team|care|ward|scale))",
        _always(TRAUMA, ABSENT),
        says={
            "Back pain began without trauma.": Told(TRAUMA, ABSENT),
            "She had no history of preceding trauma.": Told(TRAUMA, ABSENT),
            "There was no fall.": Told(TRAUMA, ABSENT),
            "She denied any recent injury.": Told(TRAUMA, ABSENT),
            "in the absence of significant trauma": Told(TRAUMA, ABSENT),
            "She had no antecedent of a traumatic event.": Told(TRAUMA, ABSENT),
        },
        silent=("No fracture was seen after trauma.", "There was no trauma surgeon.", "without a history"),
    ),
    Rule(
        "atraumatic",
        r"\b(?:atraumatic(?:ally)?|non-?traumatic|nontraumatically)\b"
        r"(?! (?:needle|clamp|forceps|technique|suture|grasp|care|intub|normoceph|head))",
        _always(TRAUMA, ABSENT),
        says={"Atraumatic fractures of T8 were seen.": Told(TRAUMA, ABSENT)},
        silent=("Traumatic fractures were seen.", "An atraumatic needle was used."),
    ),
    Rule(
        "not injured",
        r"\b(?:not|never|neither|nor) (?:[\w-]+ (?:nor |or )?){0,2}"
        r"(?:injured|fallen|traumati[sz]ed)\b|\bdid not (?:fall|sustain (?:any |an? )?{trauma})\b",
        _always(TRAUMA, ABSENT),
        says={"She had not fallen.": Told(TRAUMA, ABSENT), "She did not fall.": Told(TRAUMA, ABSENT)},
        silent=("The vessel had fallen.",),
    ),
    Rule(
        "trauma told",
        r"\b(?:after|following|from|due to|by|because of|sustained|suffered|with|related to) "
        r"(?:(?:{kind of trauma}|an?|the|her|his|,|and) ?){0,5}"
        r"(?P<what>(?:(?:slip and )?fall|trauma|(?:road )?(?:traffic|car|motor(?:-?\s?vehicle|cycle|bike)?|vehicle|bicycle|"
        r"bike|ski(?:ing)?|vehicular) (?:accident|collision|crash)|rta|mva|mvc))\b"
        r"(?! (?:in|of) (?!her|his|the (?:bath|stair|house|street|ground|snow|ice|kitchen|garden|home))|s\b|ing\b|"
        r"[- ](?:surgeon|cent|unit|team|risk))",
        lambda m: Told(TRAUMA, detail=re.sub(r"\s+", " ", m["what"])),
        says={
            "Back pain began after a minor fall.": Told(TRAUMA, detail="fall"),
            "She was admitted following a road traffic accident.": Told(
                TRAUMA, detail="road traffic accident"
            ),
        },
        silent=("after a fall in haemoglobin", "after the birth of her son", "without a fall"),
    ),
    Rule(
        "she fell",
        r"\b(?:she|he|patient|who|i|and) (?:had (?:just )?|has |also |then |accidentally |suddenly )?"
        r"(?P<what>(?:fell|fallen|slipped|tripped|tumbled)(?: (?:and fell|down|off|from|on|over|onto|backwards?|"
        r"in the|on the|while|when|at home|to the (?:floor|ground)))?)\b"
        r"(?! (?:to(?! the (?:floor|ground))|below|asleep|pregnant|ill|short|sharply|from \d|by|into (?:a|the) "
        r"(?:categor|group|normal|range)|within|under|out|sick|in love|behind|on (?:day|the (?:first|second))))",
        lambda m: Told(TRAUMA, detail=re.sub(r"\s+", " ", m["what"])),
        says={
            "She slipped on ice.": Told(TRAUMA, detail="slipped on"),
            "The patient had fallen from a chair.": Told(TRAUMA, detail="fallen from"),
        },
        silent=("Calcium fell to 2.1 mmol/L.", "She fell asleep.", "She fell pregnant."),
    ),
)  # fmt: skip
HABIT_RULES = (
    Rule(
        "cigarettes a day",
        r"(?<![\w.])(?P<n>\d{1,2}(?:\.\d)?|{number word}|an?|half an?)(?: ?(?:-|to) ?\d{1,2})? "
        r"(?P<what>cigarettes?|cigs?|packs?)(?: of cigarettes)? ?"
        r"(?:a day|per day|/ ?day|daily|each day|every day)",
        _cigarettes,
        says={
            "She smoked 10 cigarettes a day.": Told("smoking", value=10.0, unit="cigarettes/day"),
            "half a pack per day": Told("smoking", value=0.5, unit="packs/day"),
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
        r"\b(?:smoked|smokes|smoking \d+|quit smoking|stopped smoking|gave up smoking)\b",
        lambda m: Told("smoking", detail="former" if m[0][0] in "qg" or "stopp" in m[0] else ""),
        says={"She smoked.": Told("smoking"), "She had quit smoking.": Told("smoking", detail="former")},
        silent=("She was exposed to smoke.",),
    ),
    Rule(
        "drank",
        r"\b(?:drank|drinks|drink|consumed|consumes)(?= ?(?:[.,;)]|and\b|or\b|nor\b|alcohol|beer|wine|regularly|"
        r"heavily|socially|occasionally|moderately|excessively|$))",
        _always("alcohol"),
        says={"She did not smoke or drink.": Told("alcohol"), "He drank heavily.": Told("alcohol")},
        silent=("She drank water.",),
    ),
)
FRACTURE_RULES = (
    Rule(
        "no former fracture",
        r"\b(?:no|without(?: an?y?)?|denied(?: any)?|negative for|nor|never had|never sustained) "
        r"(?:(?:{before fracture}|,|and|or) ?){1,6}(?:fractures?|broken bones?)\b",
        _no_fracture,
        says={
            "She had no previous fractures.": Told(PREVIOUS_FRACTURE, ABSENT),
            "There was no history of fragility fracture.": Told(PREVIOUS_FRACTURE, ABSENT),
            "no personal or family history of fracture": Told(PREVIOUS_FRACTURE, ABSENT),
        },
        silent=("No fracture was seen.", "no family history of fracture", "no new fractures"),
    ),
    Rule(
        "never broken a bone",
        r"\bnever (?:had )?(?:broken (?:a|any) bones?|sustained an?y? (?:\w+ )?fractures?|"
        r"fractured (?:a|any|anything)|had (?:a|any) (?:\w+ )?fractures?)",
        _always(PREVIOUS_FRACTURE, ABSENT),
        says={"She had never broken a bone.": Told(PREVIOUS_FRACTURE, ABSENT)},
        silent=("She had broken a bone.",),
    ),
    Rule(
        "history of a fracture",
        r"\bhistory of (?:an? |two |three |several |multiple )?(?:previous |prior |childhood )?"
        r"(?P<what>(?:{of a fracture} ){0,4}fractures?(?: (?:of|in|at) (?:the |her |his )?(?:[\w-]+ ){0,2}"
        r"(?:radius|wrist|forearm|ankle|hip|femur|tibia|fibula|humerus|clavicle|rib|ribs|foot|hand|arm|leg|"
        r"metatarsal|elbow|ulna|neck|toe|finger|vertebra|spine|shoulder))?)(?! (?:risk|healing))",
        _broken,
        says={
            "She had a history of a wrist fracture.": Told(PREVIOUS_FRACTURE, detail="wrist fracture"),
        },
        silent=("no history of the patient", "history of femoral shortening"),
    ),
    Rule(
        "previous fracture",
        r"\b(?:previous|prior|past|earlier|former|previously (?:had|sustained|suffered)) (?:an? )?"
        r"(?P<what>(?:{of a fracture} ){0,4}fractures?(?: (?:of|in|at) (?:the |her |his )?(?:[\w-]+ ){0,2}"
        r"(?:radius|wrist|forearm|ankle|hip|femur|tibia|fibula|humerus|clavicle|rib|ribs|foot|hand|arm|leg|"
        r"metatarsal|elbow|ulna|neck|toe|finger|vertebra|spine|shoulder))?)(?! (?:risk|healing))",
        _broken,
        says={"She had a previous wrist fracture.": Told(PREVIOUS_FRACTURE, detail="wrist fracture")},
        silent=("prior to the fracture", "the previous visit"),
    ),
    Rule(
        "fracture in youth",
        r"\b(?:fractures?|fractured|broken|broke) (?P<what>(?:[\w'-]+ ){1,12}?)"
        r"(?:at (?:the )?age(?:d| of)? (?:of )?(?:\d{1,2}|{number word})|in (?:her |his )?(?:childhood|adolescence|"
        r"youth|early childhood)|as (?:a|an) (?:child|teenager|adolescent)|during childhood|when (?:she|he) was "
        r"(?:\d{1,2}|{number word}|a child|a teenager)|(?:\d{1,2}|{number word}) years (?:ago|earlier|before|"
        r"previously))",
        _broken,
        says={"She had broken her wrist at the age of 12.": Told(PREVIOUS_FRACTURE, detail="her wrist")},
        silent=("The fracture healed within 3 months.", "She was seen at the age of 12."),
    ),
)
#: What tells a factor by its words; where two overlap the earlier rule's counts.
BOOK = Book("history.phrases", (*FRACTURE_RULES, *TRAUMA_RULES, *HABIT_RULES), SLOTS)
