"""What is sought beside cues and symptoms: how long it lasts, of whom it is told, height lost."""

from __future__ import annotations

import re

from extractors.onset.words import HURTING_PARTS, hurting_parts
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.time import durations as du
from extractors.time.atoms import SLOTS

_SLOTS = SLOTS | {
    "begun": r"begun|started|appeared|set in|developed",
    "back": r"earlier|before|previously|ago|prior",
    # what a duration "of" is no complaint
    "no complaint": (
        r"(?:the |her )?(?:gestation|pregnan|amenorrh|treatment|therap|follow|breast|lactation|nursing|age\b|"
        r"labou?r|bed rest|observation|admission|use\b)"
    ),
    "few cases": (r"\d+|two|three|four|five|six|seven|eight|nine|ten|several|some|many|all|other|these"),
}


def _duration(m: re.Match[str]) -> du.Days | None:
    return du.duration_days(m["count"], m["unit"], m["upto"])


#: A beginning counted back from a visit: the time told with it is the visit's.
BEGUN = Rule(
    "begun units earlier",
    r"\b(?:{begun}|began) {duration} {back}\b",
    _duration,
    says={"She complained of pain which had begun three weeks earlier.": (21, 21)},
    silent=("Treatment begun three weeks later.",),
)
#: A complaint that has lasted for a time when it is told: "a 5-month history of pain was reported".
HISTORY = Rule(
    "units of history",
    r"{duration}'?s?[ -](?:long )?history of\b",
    _duration,
    says={"She had a 3-month history of back pain.": (91, 91)},
    silent=("She had a history of back pain.",),
)
#: How long a complaint has lasted at a visit.
LASTING = Book(
    "onset.lasting",
    (
        HISTORY,
        Rule(
            "for units",
            r"\b(?:for|x|since) (?:the )?(?:(?:past|last|previous|preceding) )?{duration}{not told}",
            _duration,
            says={"She had had pain for the past two weeks.": (14, 14), "with pain since 3 weeks": (21, 21)},
            silent=("She had pain after two weeks.", "She had pain since 2 weeks after the birth."),
        ),
        Rule(
            "units in duration",
            r"\b{duration} in duration\b",
            _duration,
            says={"She had pain three months in duration.": (91, 91)},
            silent=("She had pain three months in a row.",),
        ),
        Rule(
            "of units duration",
            r"\bof {duration}'?s? (?:duration|evolution|standing)\b",
            _duration,
            says={"She had back pain of 2 weeks duration.": (14, 14)},
            silent=("She had a fall of 2 metres.",),
        ),
        Rule(  # "pain of two months": no more may follow ("pain of 2 days after delivery")
            "complaint of units",
            r"\b(?:pain|ache|backache|lumbago|stiffness|weakness|limp(?:ing)?|inability to "
            r"(?:walk|stand|move|sit|bear weight)|difficulty (?:in )?(?:walking|standing)|"
            r"complaints?|symptoms?) (?:already )?of {duration}'?"
            r"(?=[,;.):]|$| (?:and|which|that|who|but|with|in)\b)",
            _duration,
            says={
                "She complained of back pain of 2 months; it was severe.": (61, 61),
                "She came with an inability to walk of one week.": (7, 7),
            },
            silent=("She had pain of 2 weeks after the birth.", "She had pain of a 3 months old fracture."),
        ),
        Rule(
            "with units of a complaint",
            r"\b(?:with|had|has|having|for|because of|reported|reporting|describ(?:ed|ing)|after|by) "
            r"(?:an? )?"
            r"{duration}'?s?'? of (?!{no complaint})",
            _duration,
            says={
                "She was seen with 8 weeks of hip pain.": (56, 56),
                "She came because of two days of fever.": (2, 2),
            },
            silent=("She was seen with 8 weeks of gestation.", "She came after two weeks of therapy."),
        ),
        Rule(
            "evolving over units",
            r"\b(?:evolving|present|ongoing|going on|existing) over (?:the )?"
            r"(?:(?:past|last|previous|preceding) )?{duration}",
            _duration,
            says={"She came with pain evolving over 3 days.": (3, 3)},
            silent=("She came with pain after 3 days.",),
        ),
        BEGUN,
    ),
    _SLOTS,
)
#: "She had been well until 7 weeks earlier, when ..."
WELL_UNTIL = Book(
    "onset.well until",
    (
        Rule(
            "well until units ago",
            r"\b(?:well|healthy|asymptomatic|good health) until {duration} {back}\b",
            _duration,
            says={"She had been well until 7 weeks earlier.": (49, 49)},
            silent=("She had been well until the delivery.",),
        ),
    ),
    _SLOTS,
)
#: It is said of several patients together.
MANY = Book(
    "onset.many",
    (
        Rule(
            "usually",
            r"\b(?:average|mean|median|usually|typically|often|commonly|generally|majority|frequently|"
            r"most (?:often|commonly|frequently))\b",
            says={"On average, symptoms began later.": "average"},
            silent=("Symptoms began later.",),
        ),
        Rule(
            "several patients",
            r"\b(?:{few cases}|most) (?:(?:published|reported|larger?|previous|other) )?"
            r"(?:women|patients|cases|mothers|series)\b",
            says={
                "Three women had pain.": "three women",
                "In most published series it starts early.": "most published series",
            },
            silent=("The woman had pain.", "A series of films was made."),
        ),
        Rule(
            "percent of patients",
            r"\d ?% (?:of|had)\b",
            says={"In 40 % of them pain began early.": "0 % of"},
            silent=("The haematocrit was 40 %.",),
        ),
    ),
    _SLOTS,
)
#: Somebody is spoken of.
PERSON = Book(
    "onset.person",
    (
        Rule(
            "somebody",
            r"\b(?:she|he|her|his|patient|woman|lady|mrs|mother|primi\w+|i|my|\d\d-year)\b",
            says={"She had pain.": "she", "A 31-year-old had pain.": "31-year"},
            silent=("Pain is usual.",),
        ),
    ),
    _SLOTS,
)
#: Height lost, told by a verb.
LOST_HEIGHT = Book(
    "onset.lost height",
    (
        Rule(
            "lost height",
            r"\blost (?:(?:about|approximately|some) )?\d+(?:\.\d+)? ?(?:cm|inch\w*|in) (?:in|of) "
            r"(?:(?:her|his|body) )?(?:height|stature)",
            says={"She lost 7 cm in height.": "lost 7 cm in height"},
            silent=("She lost 7 kg in weight.",),
        ),
    ),
    _SLOTS,
)
#: A patient's own words: a part of the body hurts, or begins to.
HURTING = Book(
    "onset.hurting",
    (
        Rule(
            "part that hurts",
            r"\b{part:hurting part} (?:(?:had|has|have) )?(?:(?:suddenly|then|gradually|also|first|again) )?"
            r"(?:{began} (?:to (?:hurt|ache)|hurting|aching)|hurt|ached|(?:was|were) (?:hurting|aching))\b",
            lambda m: hurting_parts()[m["part"]],
            says={
                "My back began to hurt.": "back pain",
                "Both her hips had started hurting.": "hip pain",
                "His feet ached.": "foot pain",
            },
            silent=("Her back began to bend.", "She hurt her back.", "hurtful"),
        ),
    ),
    _SLOTS | HURTING_PARTS | {"began": r"(?:began|begun|started)"},
)
BOOKS = (LASTING, WELL_UNTIL, MANY, PERSON, LOST_HEIGHT, HURTING)
