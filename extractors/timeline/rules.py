"""The phrases of a course: visits, how treatments begin, go on and end."""

from __future__ import annotations

import re
from typing import Any

from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon
from extractors.rules.rule import Glue, Rule
from extractors.rules.words import Vocabulary, Words
from extractors.time.atoms import SLOTS as TIMES
from extractors.time.durations import Days, duration_days
from extractors.timeline import relations

KINDS = frozenset({"seen", "urgent", "another event", "another doctor", "begun", "ended", "went on", "then"})
WORDS = Vocabulary(
    "extractors.timeline", "words.csv", ("word", "kind", "source"), ("word", "kind"), {"kind": KINDS}
)
_OWN = {kind: Words(WORDS, {"kind": kind}) for kind in sorted(KINDS)}
_SLOTS = {**TIMES, **_OWN}


def _days(m: re.Match[str]) -> Days | None:
    return duration_days(m["count"], m["unit"], m["upto"])


#: The patient is seen by a doctor.
VISITS = Book(
    "timeline.visit",
    (
        Rule(
            "seen",
            r"\b{seen}\b",
            says={"She presented at 5 months postpartum.": "presented", "She was seen in May.": "was seen"},
            silent=("She had never seen the sea.", "The presenting complaint was pain."),
        ),
    ),
    {"seen": _OWN["seen"]},
)
#: ... at once, when it happened.
URGENT = Book(
    "timeline.urgent",
    (
        Rule(
            "urgent",
            r"\b{urgent}\b",
            says={"She was carried to the emergency room.": "emergency"},
            silent=("She was carried upstairs.",),
        ),
    ),
    {"urgent": _OWN["urgent"]},
    seldom=True,
)
#: Another pregnancy is told.
AGAIN_PREGNANT = Book(
    "timeline.again",
    (
        Rule(
            "pregnant again",
            r"\b(?:second|third|fourth|fifth|next|subsequent|another|new|later|further) pregnancy\b|"
            r"\b(?:pregnant|conceived|delivered|gave birth) again\b|"
            r"\b(?:became|got|fell) pregnant\b|"
            r"\b(?:second|third|fourth|next|another) (?:child|baby|delivery|birth|son|daughter)\b",
            says={
                "Two years later she became pregnant.": "became pregnant",
                "In her second pregnancy she was well.": "second pregnancy",
                "She delivered again without pain.": "delivered again",
            },
            silent=("In this pregnancy she was well.", "She delivered a boy."),
        ),
    ),
    {},
)
#: Between a visit and a time: the time is that of something else.
ANOTHER_EVENT = Glue(r"\b{another event}\b|;", _SLOTS)
_NO_OTHER = r"(?!\b(?:{seen}|{another event}|{begun})\b)"
#: Before a date: the birth that was then.
BIRTH_BEFORE = Glue(
    rf"\b(?:{{birth}}|{{birth told}})\b(?:{_NO_OTHER}[^.;,]){{0,70}}$|"
    rf"\b(?:had|was|has|she|who|and|were) (?:delivered|given birth|gave birth|born)\b"
    rf"(?:{_NO_OTHER}[^.;]){{0,70}}$",
    _SLOTS,
)
#: Behind a date: the same.
BIRTH_BEHIND = Glue(
    r",?(?: (?!(?:{seen}|{another event}|after|since|months?|weeks?|days?)\b)[\w'-]+){0,9}? "
    r"(?:delivered|gave birth|given birth|(?:was|were) born|became a mother|"
    r"(?:had|underwent) (?:an? )?(?:\w+ ){0,2}(?:c(?:ae|e|a)sarean|delivery|birth|lscs))\b",
    _SLOTS,
)
#: A birth that is only expected then.
DUE = Glue(
    r"\b(?:expected|estimated|due|planned|scheduled|anticipated) (?:date|delivery|birth|on|in|for|day)\b"
)
#: Before a date: a treatment that was begun, or ended, then.
BEGUN_AT = Glue(r"\b{begun}\b[^,;.]{0,60}$", _SLOTS)
ENDED_BEFORE = Glue(r"\b(?:was|were|been|is) (?:\w+ly )?{ended}\b[^,;.]{0,30}$", _SLOTS)
#: Before a birth: it is told to say when something else was.
AROUND_A_BIRTH = Glue(
    r"\b(?:after|before|since|following|until|from|during|at|of|with|planned|previous|earlier|past|first two|"
    r"both|all|every|each) (?:[\w-]+ ){0,4}$"
)
#: The sentence tells of another doctor's visit.
ANOTHER_DOCTOR = Glue(r"\b{another doctor}\b(?! to our)", _SLOTS)
#: Between a drug and a time behind it, as between a verb and the drug behind that: it was begun then.
BEGUN = Glue(r"\b{begun}\b", _SLOTS)
#: Behind a drug: its end.
IS_OVER = Glue(r"[^.;]{0,40}?\b(?:was|were|had been|been|is|has been|to be) (?:\w+ly )?{ended}\b", _SLOTS)
#: Before a drug: its end.
END_OF = Glue(
    r"\b(?:when|once|after|on|upon|following|at) (?:the |her |this )?(?:end|completion|cessation|"
    r"discontinuation|withdrawal|course|completing|finishing|stopping|discontinuing|ending) (?:of )?"
    r"(?:the |her |this )?(?:[\w-]+ ){0,4}$",
    _SLOTS,
)
#: Between two drugs: the second follows when the first is over.
THEN = Glue(r"\b{then}\b|[,;] (?:and )?then\b", _SLOTS)
#: How a sentence begins that tells the next drug.
OPENS_WITH_THEN = Glue(r"(?:thereafter|subsequently|afterwards?|then|(?:this|it|which) was followed by)\b")
#: Between a verb, or a drug behind its verb, and the time of the begin.
TO_TIME = Glue(r"[^,;.]{0,60}?")
#: Between a verb and the time of the end.
ENDED_AT = Glue(r" ?(?:at|on|in|by|again)? ?")
#: How long a treatment went on.
LASTED = Glue(
    r"\b{went on}(?: (?:with|subcutaneously|intravenously|orally|daily|weekly|monthly))? "
    r"for (?:(?:a|the) )?(?:(?:total|period|whole|full|entire)(?: of)? )?(?:the )?{duration}\b",
    _SLOTS,
)
#: So long a treatment lasted: "a 2-year course of".
COURSE_OF = Glue(
    r"\b(?:an? |the )?{duration} (?:course|trial|cycle|period|treatment|therapy)(?: (?:of|with))? "
    r"(?:[\w-]+ ){0,3}$",
    _SLOTS,
)
BOOKS: tuple[Book, ...] = (VISITS, URGENT, AGAIN_PREGNANT, Book("timeline", (), {}, relations.RELATIONS))


def lasted(m: re.Match[str] | None) -> Days | None:
    """The days of a match that holds a duration."""
    return None if m is None else _days(m)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """Nothing is looked up beside the phrases."""
    return ()
