"""Phrases of an age: "32-year-old", "34 y/o", "aged 29", "a woman of 56", "3 years and 6 months of age".

Each is read to decimal years; whose age it is, and when, `roles` decides.
"""

from __future__ import annotations

import re

from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_count
from extractors.person.clues import CLUE_WORDS
from extractors.rules.book import Book
from extractors.rules.rule import Relation, Rule
from extractors.rules.words import Words

#: Units of an age in years by their first letters; a month is a twelfth, weeks and days are of the mean
#: Gregorian year.
_YEARS_PER = {
    "y": 1.0,
    "mo": 1 / 12,
    "mt": 1 / 12,
    "m/": 1 / 12,
    "w": 7 / 365.25,
    "d": 1 / 365.25,
    "h": 1 / 8766,
}
_OLDEST = 115

#: Slots of all phrases of ages.
SLOTS = ATOMS | {
    "dash": r"[ -]",
    "half": r"(?: ?½| ?1/2|[- ]and[- ]a[- ]half)",
    "age number": r"\d{1,3}(?:\.\d{1,2})?{half}?|½|{number word}{half}?",
    "free": r"(?<![\w.,/])",  # no figure of a longer number or word
    "free digit": r"\d(?<![\w.,/]\d)",  # the same with its digit first, which `re` finds much faster
    "long unit": r"years?|yrs?|months?|mths?|weeks?|wks?|days?|hours?|hrs?",
    # "and 6 months" behind a first part
    "and months": r"(?:(?:, | |-)?(?:and[ -])?{n2:age number}{dash}(?P<u2>months?|mos?|weeks?|wks?|days?))?",
    "filler": (
        r" ?[:=,] ?| (?:of|is|was|were|being|about|around|approximately|approx\.?|only|just|now|currently)\b|"
        r" ?\(?(?:in )?(?:years?|yrs?|y)\)? ?:| (?:at|on|upon) (?:the )?(?:time of )?(?:presentation|"
        r"admission|referral|diagnosis|visit|evaluation|examination)| ?~"
    ),
    "event": (
        r"menarche|menopause|married|marriage|diagnosed|diagnosis|died|death|menstruat\w+|periods?|"
        r"thelarche|pubarche|retired"
    ),
    "another measure": (
        r"weeks?|months?|days?|hours?|h|a\.?m|p\.?m|cm|kg|mg|wk|centers?|centres?|hospitals?|levels?|sites?"
    ),
    "decade word": (
        r"teens|twenties|thirties|fou?rties|fifties|sixties|seventies|eighties|nineties|[1-9]0'?s"
    ),
    "whose": r"her|his|their|the",
    "person": (
        r"wom[ae]n|m[ae]n|lady|patient|gentleman|boy|girl|primipara|primigravida|multipara|housewife|wife|"
        r"widow|fe?male|mother"
    ),
    "one of several": (
        r"sister|brother|sibling|twin|cousin|elder|older|younger|former|latter|other|first|second|third"
    ),
    "sexed": r"wom[ae]n|m[ae]n|lady|gentleman|girl|boy|female|male",
    "little one": r"(?:(?:fe)?male )?(?:infant|toddler|baby|neonate|newborn|child|boy|girl)|(?:fe)?male",
    "case number": r"\d{1,2}|[a-h]|[ivx]{1,4}",
    "tens": r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety",
    "ones": r"one|two|three|four|five|six|seven|eight|nine",
    "two figures": r"[1-9]\d|{tens}(?:[- ]{ones})?|(?:thir|four|fif|six|seven|eigh|nine)teen",
}

#: "31/2" is how 3½ arrives where fractions are written out.
_STUCK_HALF = re.compile(r"^(\d{1,2})1/2$")


def to_years(count: str, unit: str | None) -> float | None:
    """Years for a count and its unit's word ("13", "month"), None if unreadable or beyond a lifetime."""
    count = _STUCK_HALF.sub(r"\1 1/2", count.strip())
    number = parse_count(re.sub(r"-and-a-half|-and a half", " and a half", count.strip()))
    if number is None:
        return None
    word = (unit or "years").lower()
    per = next((v for key, v in _YEARS_PER.items() if word.startswith(key)), 1 / 12 if word == "m" else 1.0)
    years = number * per
    return years if years <= _OLDEST else None


def _years(match: re.Match[str]) -> float | None:
    """Decimal years of a match with the groups n, u, n2 and u2."""
    groups = match.groupdict()
    years = to_years(groups.get("n") or "", groups.get("u"))
    if years is not None and groups.get("n2"):
        years += to_years(groups["n2"], groups["u2"]) or 0.0
    return None if years is None else round(years, 4)


_WITH_A_WORD = (
    Rule(
        "age old",
        r"{free}{n:age number}{dash}{0,3}(?P<u>{long unit}|mos?)\.?(?:'s?)?{and months}{dash}{0,3}olds?\b",
        _years,
        says={
            "A 32-year-old woman presented.": 32.0,
            "a six month old infant": 0.5,
            "A 45 year's old woman": 45.0,
            "The boy was 3 years and 6 months old.": 3.5,
        },
        silent=("She had had pain for three years.", "an old fracture"),
    ),
    Rule(
        "age old of years",
        r"{free}(?P<n>[1-9]\d?)(?:[ -]olds?[ -](?P<u>years?|yrs?|months?)|-old)\b",
        _years,
        says={"A 37-old-years man fell.": 37.0, "A 27-old clerk came.": 27.0, "a 5 old months girl": 0.4167},
        silent=("two 30 old fractures", "a 2-older group"),
    ),
    Rule(
        "age years of a person",
        r"(?:^|(?<=\ba )|(?<=\ban )|(?<=\bthe )){n:two figures}[ -](?P<u>years?|yrs?)(?=[ -]{sexed}\b)",
        _years,
        says={"A 34-year woman came.": 34.0, "A 71 years man fell.": 71.0, "Fifty years male had": 50.0},
        silent=("a 10-year patient registry", "a 20 years marriage"),
    ),
    Rule(
        "age of a little one",
        r"(?:^|(?<=\ba )|(?<=\ban )|(?<=\bthe )){n:age number}[ -](?P<u>{long unit})(?=[ -]{little one}\b)",
        _years,
        says={"A 13 months toddler came.": 1.0833, "The 9 years boy fell.": 9.0, "A six weeks infant": 0.115},
        silent=("a 6 months girlhood", "a 3 weeks hospital stay"),
    ),
    Rule(
        "age of age",
        r"{free}{n:age number}{dash}(?P<u>{long unit}|mos?){and months} (?:of |in )?age\b",
        _years,
        says={"She was 28 years of age.": 28.0, "at 3 months of age": 0.25},
        silent=("28 years of agony",),
    ),
    Rule(
        "age in letters",
        r"(?P<n>{free digit}\d{0,2}(?:\.\d)?)[ -]?(?P<u>y|yr|m|mo|w|wk|d)s?"
        r"(?:/o\b|\.o\b\.?|o\b|\.?[ -]old\b|\.? ?of age)",
        _years,
        says={"A 34 y/o female": 34.0, "a 41yo man": 41.0, "a 36 y.o. woman": 36.0},
        silent=("34 mol/l", "a dose of 20 mg"),
    ),
    Rule(
        "age aged",
        r"\bage[ds]?{filler}{0,4} ?{n:age number}(?![\d.]*\d| ?[%/])"
        r"(?:{dash}?(?P<u>{long unit}|mos?|y)\b{and months})?",
        _years,
        says={"a woman aged 29 with back pain": 29.0, "Age: 31 years": 31.0, "at the age of thirteen": 13.0},
        silent=("The average was 29.", "an ageing man"),
    ),
    Rule(
        "age event",
        r"\b{event}\b(?: \w+){0,4}? at (?:about |around )?(?P<n>\d{1,2}(?:\.\d)?)"
        r"(?!\d|\.\d| ?[%/:+-]| ?{another measure}\b)(?: (?P<u>years?|yrs?)\b)?",
        _years,
        says={"Menarche was at 13.": 13.0, "She was diagnosed at 27 years.": 27.0},
        silent=("diagnosed at 3 weeks", "died at 5:30"),
    ),
)

#: The rule of several ages told together, by name.
LISTED = "ages of several"

_WITHOUT = (
    Rule(
        "age apposed",
        r"\b(?:{person}|{one of several}|(?:patient|case|subject) (?:no\.? ?)?{case number}) ?[,(:] ?"
        r"(?:(?:wo)?man, |(?:fe)?male, |[fm], )?(?P<n>[1-9]\d(?:\.\d)?) ?(?P<u>years?|yrs?|y)\b(?= ?[,);.])",
        _years,
        says={"A woman (38 years) had pain.": 38.0, "the patient, 35 yrs, came": 35.0},
        silent=("a woman, 3 weeks later,", "patient (T-score -3)"),
    ),
    Rule(
        "age apposed alone",
        r"\b(?:the|our) (?:(?:elder|older|younger|first|second|third) )?{one of several}, "
        r"(?P<n>[1-9]\d)(?=, (?!\d))",
        _years,
        says={"The elder, 32, had pain.": 32.0, "the younger sister, 29, fell": 29.0},
        silent=("The first, 12, 14 and 16 were new.", "the woman, 32 weeks pregnant,"),
    ),
    Rule(
        LISTED,
        r"\b(?:wom[ae]n|men|patients|mothers|ladies|sisters|brothers|siblings|cases|girls|boys|primipara[es]?)"
        r"(?: \(|, )(?P<list>(?:[1-9]\d(?: ?(?:years?|yrs?|y))?(?:, and |, | and | & )){1,8}(?P<n>[1-9]\d)"
        r" ?(?P<u>years?|yrs?|y)(?: old| of age)?)\b",
        _years,
        says={"Two women (29 yr and 31 yr) came.": 31.0, "Three women, 25, 28, and 36 yrs, came.": 36.0},
        silent=("Two women (29 of 31 years)", "women (25 and 28 kg)", "women followed for 12 and 18 years"),
    ),
    Rule(
        "age of the next",
        r"(?:(?<=years old)|(?<=years of age)|(?<=year-old)|(?<=years)),? (?:and|while|whereas|but) "
        r"(?:the (?:other|second|latter|younger|older)(?: one| patient| woman| sister)?|"
        r"(?:patient|case|subject) {case number}) (?:was |being |is )?(?:aged )?"
        r"(?P<n>[1-9]\d)(?=[,;)]|\.(?!\d)|$)",
        _years,
        says={
            "Patient 1 was 30 years old, and patient 2 was 35.": 35.0,
            "One was 32 years old and the other 41.": 41.0,
            "was 32 years of age, while the second was 41;": 41.0,
        },
        silent=(
            "Patient 1 had pain for 3 years and patient 2 took 35 mg.",
            "It lasted for years, and the other was 41.5",
            "she was 32 years old, and her BMI was 41.",
        ),
    ),
    Rule(
        "age before a person",
        r"(?:(?<=\ba )|(?<=\ban ))(?P<n>[1-9]\d)(?= (?:(?:fe)?male|wom[ae]n|lady|man)\b"
        r"(?! (?:\w+ )?(?:cohort|series|study|group|sample|population|rats?|mice|mouse|rabbits?)\b))",
        _years,
        says={"Seen in a 64 male patient.": 64.0, "A 45 woman fell.": 45.0},
        silent=("the 64 female participants", "a 12 woman cohort", "a 30 male Wistar rats"),
    ),
    Rule(
        "age titled",
        r"\b(?:mrs|mr|ms|miss)\.? [\w.]{1,15} ?[,(] ?(?P<n>[1-9]\d) ?(?:years?|yrs?)?(?= ?[,)])",
        _years,
        says={"Mrs L., 36, complained of pain.": 36.0, "Ms. Ito (41 years) was seen.": 41.0},
        silent=("Mr. Smith, 3 days later",),
    ),
    Rule(
        "age titled in years",
        r"\b(?:mrs|mr|ms|miss)\.? [\w.]{1,15},?(?: (?!for\b|had\b|has\b|was\b|in\b)[a-z-]{3,15},?){1,3} "
        r"(?P<n>[1-9]\d) ?(?P<u>years?|yrs?)(?= ?[,;.(]| (?:with|who|old)\b)",
        _years,
        says={"Ms. T.R., Cuban, 44 years, had pain.": 44.0, "Mr. O. retired clerk 61 years (in 2011)": 61.0},
        silent=("Mrs. A. had pain for 12 years.", "Mr. B smoked for some 30 years."),
    ),
    Rule(
        "age of initials",
        r"^(?:(?:the |our )?(?:patient|case|subject),? )?(?!i\. ?e\.|e\. ?g\.)(?:[a-zà-þ]\.[ -]?){2,3},? "
        r"(?P<n>[1-9]\d)[ -](?P<u>years?|yrs?)(?= ?[,;(])",
        _years,
        says={"Patient M.C., 26 years, teacher, came.": 26.0, "S.K., 29 years, had pain.": 29.0},
        silent=("Patient A. had 12 years, then", "i.e., 30 years, on average"),
    ),
    Rule(
        "age person of",
        r"\b{person} of (?:about |only )?{n:two figures}\b(?! ?[%-]| (?:children|weeks|days|patients))"
        r"(?: (?P<u>years?|yrs?|months?)\b)?",
        _years,
        says={"a woman of 29 with pain": 29.0, "a man of fifty-six years": 56.0},
        silent=("a mother of two", "women of 36 weeks"),
    ),
    Rule(
        "age child of",
        r"\b(?:boy|girl|child|infant|baby|toddler) of (?:about |only )?{n:age number} (?P<u>{long unit})\b"
        r"(?!(?: of|'s)? gestation)",
        _years,
        says={"A boy of 7 years fell.": 7.0, "an infant of three months": 0.25},
        silent=("a girl of the village", "an infant of 36 weeks gestation", "years of 7 girls"),
    ),
    Rule(
        "age was",
        r"\b(?:she|he|i|(?:the|our|this) patient)(?: was| is| am|'m|'s) "
        r"(?:only |just |then |now |aged? )?{n:two figures}"
        r"(?: (?P<u>years?|yrs?)\b)?(?=[,.;] |[.;]?$| (?:when|and|but|at the time|at presentation|"
        r"at diagnosis|at onset)\b)",
        _years,
        says={
            "The patient was 31.": 31.0,
            "She was twenty-eight when it began.": 28.0,
            "I'm 34, and": 34.0,
            "I was thirty-two.": 32.0,
        },
        silent=("She was 34 weeks pregnant.", "It was 34."),
    ),
)

_DECADES = (
    Rule(
        "age decade",
        r"\bin {whose} (?:very )?(?:(?:early|mid|middle|late)[ -]?(?:to[ -]late[ -])?)?{decade word}(?!\w)",
        says={
            "a woman in her late fourties": "in her late fourties",
            "a man in his 50s": "in his 50s",
        },
        silent=("in the late evening",),
    ),
    Rule(
        "age nth decade",
        r"\bin {whose} (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth) decade(?: of life)?",
        says={"in her fourth decade of life": "in her fourth decade of life"},
        silent=("in the past decade",),
    ),
    Rule(
        "age part of decade",
        r"\b(?:early|mid|late)[ -]{decade word}(?!\w)",
        says={"Mid-thirties woman with pain": "mid-thirties"},
        silent=("mid thoracic",),
    ),
)

_INITIALS = (
    Rule(
        "age before letter",
        r"(?P<n>[1-9](?<!\w[1-9])(?!(?<=1)(?:8F|[234]M))\d?) ?[/,-]? ?{sex:sex}\b"
        r"(?! ?(?:{device}\b|and \d))",
        says={"28F with back pain": "28F", "(38/F)": "38/F"},
        silent=("18F-FDG", "12F catheter"),
        printed=True,
    ),
    Rule(
        "age in years before letter",
        r"(?P<n>{free digit}\d?(?:\.\d)?) ?(?:years?|yrs?|y\.?o?\.?|y/o)[ ,/-]{1,2}{sex:sex}\b"
        r"(?! ?(?:{device}\b|and \d))",
        says={"A 28 y F was seen.": "28 y F"},
        silent=("28 years Follow-up",),
        printed=True,
    ),
    Rule(
        "age behind letter",
        r"(?:(?<=[(\[,;:/] )|(?<=[(\[,;:])|^|(?<=\b[Aa] )){sex:sex} ?[,/;:] ?(?P<n>[1-9]\d?)\b"
        r"(?: ?(?:years?|yrs?|y\.?o?\.?|y/o)\b\.?(?: old)?)?(?=[ ,;).]|$)(?! ?{no age})",
        says={"Patient (F, 32) had pain.": "F, 32"},
        silent=("M, 32 mg",),
        printed=True,
    ),
)

_RELATIONS = (
    Relation(
        "age range",
        "the ends of a range: nobody's single age",
        {"Women aged 28 to 35 years were asked.": {"years": None, "role": "other"}},
        ("A woman aged 28 to whom it was given.",),
    ),
    Relation(
        "age list",
        'one of several ages told together: "three women aged 28, 30 and 35"',
        {"Three women aged 28, 30 and 35 years came with pain.": {"years": 30.0, "listed": (2, 3)}},
        ("A woman aged 28 and her husband came.",),
    ),
    Relation(
        "age word",
        "a word for an adult's age",
        {"An elderly woman fell.": {"age_text": "elderly"}},
        ("The elder sister came.",),
    ),
    Relation(
        "age newborn",
        "a word for a newborn who is the patient",
        {"A newborn had a fracture of the femur.": {"years": None}},
        ("A 30-year-old woman and her newborn were well.",),
    ),
    Relation(
        "age named",
        'a name, the age, a trade: "Sarah, 27, a teacher"',
        {"Sarah, 27, a teacher came with pain.": {"years": 27.0}},
        ("Sarah, 27 weeks pregnant, came.",),
    ),
    Relation(
        "age letter",
        "an age with a letter for the sex",
        {"28F with back pain and fractures.": {"years": 28.0, "sex": "F"}},
        ("12F catheter",),
    ),
    Relation(
        "age stand-in",
        "an age at another event, where none at presentation is told",
        {"At 65 years of age, she had a fall.": {"years": 65.0}},
        ("At 65 days she fell.",),
    ),
)

#: Phrases in order of trust; where two overlap, the one named first counts.
BOOK = Book("person.ages", (*_WITH_A_WORD, *_WITHOUT, *_DECADES), SLOTS, _RELATIONS)
#: The rules that tell years, by name, in contrast to those of a decade.
EXACT = frozenset(rule.name for rule in (*_WITH_A_WORD, *_WITHOUT))
#: Ages told with the letter or word for the sex only.
INITIALS = Book(
    "person.initials",
    _INITIALS,
    SLOTS
    | {
        "sex": r"F|M|[Ff]emale|[Mm]ale",
        "device": Words(CLUE_WORDS, {"class": "device"}),
        "no age": r"(?:months|weeks|days|%|mg|kg|cm|/)",
    },
)
