"""How long a drug was taken, as printed: "12 months", "until delivery", "from 2004 until 2007"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.atoms import ATOMS
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View

_SLOTS = ATOMS | {
    "unit": (
        r"hours?|hrs?|h|days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?|trimesters?|cycles?|courses?"
    ),
    "vague": r"several|few|many|a few|some|a couple of|couple of",
    "about": (
        r"(?:(?:the|a|an|last|past|next|first|following|preceding|previous|whole of the|whole|entire|"
        r"total of|period of|total|at least|about|approximately|almost|nearly|around|some|more than|over|"
        r"up to|further|another|additional|less than|only|planned) ){0,4}"
    ),
    "length": r"(?:{count}|{vague})(?: ?(?:-|to|or) ?{count})?[ -]?(?:consecutive |full |more )?{unit}",
    "few": r"\d{1,2}|{number word}",
    "no time ago": r"(?! (?:later|after|ago))",
    "point": (
        r"weeks?|months?|delivery|birth|term|labou?r|trimester|pregnancy|gestation|conception|admission|"
        r"presentation|weaning|diagnosis|\d{4}"
    ),
    "since when": r"\d{4}|childhood|adolescence|trimester|birth|diagnosis|delivery|surgery",
    "taken": (
        r"'?(?! of (?:age|gestation|pregnancy|life))"
        r"(?: (?:of|course|treatment|therapy|history|trial|cycle|period)\b){1,2}"
    ),
}


def _long(match: re.Match[str]) -> str:
    return match["long"]


def _long_within(match: re.Match[str]) -> str | None:
    """Not as a sentence's first words."""
    return match["long"] if match.start() else None


#: Every phrase keeps under `long` the words that the table shows.
BOOK = Book(
    "drugs.duration",
    (
        Rule(
            "for a length",
            r"\b(?:for|over|during|throughout) {about}{long:length}\b{no time ago}",
            _long,
            says={
                "for 12 months": "12 months",
                "for the last four years": "four years",
                "over 6-8 weeks": "6-8 weeks",
                "for several months": "several months",
            },
            silent=("for two weeks later", "for pain"),
        ),
        Rule(
            "x a length",
            r"[x×] ?{about}{long:length}\b{no time ago}",
            _long,
            says={"10 mg x 8 weeks": "8 weeks", "40 mg×3 days": "3 days"},
            silent=("x 3",),
        ),
        Rule(
            "from year to year",
            r"\b(?P<long>from (?:\w+ )?\d{4} (?:to|until|till|through) (?:\w+ )?\d{4})\b",
            _long,
            says={"from 2004 until 2007": "from 2004 until 2007"},
            silent=("from 2004 on",),
        ),
        Rule(
            "until",
            r"\b(?P<long>(?:until|till|up to) (?:the )?(?:\w+ ){0,3}{point}"
            r"(?:(?:(?<=week)|(?<=month)) \d{1,2})?)\b",
            _long,
            says={"until the 10th week": "until the 10th week", "until month 18": "until month 18"},
            silent=("up to 20 mg",),
        ),
        Rule(
            "since",
            r"\b(?P<long>since (?:(?:the|her|his|age|of|early|late) ){0,2}(?:\w+ )?{since when})\b",
            _long,
            says={"since childhood": "since childhood", "since march 2011": "since march 2011"},
            silent=("since she fell",),
        ),
        Rule(
            "a length of treatment",
            r"(?<!within )(?<!the first )\b(?P<long>{count}[ -]{unit}){taken}",
            _long,
            says={"3 years of treatment with": "3 years", "a 6-month course": "6-month"},
            silent=("3 years of age", "6 months later", "within 72 hours of it", "at 6 weeks of gestation"),
        ),
        Rule(
            "a length by itself",
            r"(?<![^,] )(?<![^ (])(?P<long>{few} ?{unit})(?= ?(?:[,;)]|\.?$))",
            _long_within,
            says={"20 µg daily, 18 months": "18 months", "20 µg/d (18 mo)": "18 mo"},
            silent=("aged 30 years, she fell",),
        ),
        Rule(
            "a length then another drug",
            r"(?<![^a-z] )(?<!\S)(?P<long>{few} ?{unit}) (?:then|followed)\b",
            _long_within,
            says={"teriparatide 24 months then denosumab": "24 months"},
            silent=("24 months later",),
        ),
        Rule(
            "for the whole of",
            r"\bfor (?P<long>the whole of (?:the|her) (?:nine months|pregnancy)|"
            r"the rest of (?:the|her) pregnancy|life)\b",
            _long,
            says={"for the rest of her pregnancy": "the rest of her pregnancy", "for life": "life"},
            silent=("for the lifting of loads",),
        ),
    ),
    _SLOTS,
    seldom=True,
)


@dataclass(frozen=True, slots=True)
class Duration:
    """How long, at [start, end) of its sentence: `text` as printed, without "for" or "over"."""

    start: int
    end: int
    text: str


def find_durations(view: View, sentence: Sentence) -> list[Duration]:
    """The durations of a sentence, in order; offsets count from its start."""
    out: list[Duration] = []
    for found in BOOK.leftmost(view, sentence):
        words = found.read()
        if words:
            out.append(Duration(found.match.start(), found.match.end("long"), words))
    return out
