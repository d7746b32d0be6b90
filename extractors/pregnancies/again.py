"""Whether fracture or pain came again in a pregnancy after the disease."""

from __future__ import annotations

from extractors.pregnancies.fact import NO, YES
from extractors.pregnancies.said import Said, always
from extractors.pregnancies.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Rule

_SLOTS = SLOTS | {
    "trouble": r"(?:(?:back|low back|bone|hip|new|further|fresh|vertebral|other|additional) ){0,3}"
    r"(?:pains?|symptoms?|complaints?|fractures?|backache|relapses?|recurrences?|problems?)",
    "none": r"(?:no|without(?: an?y?)?|free (?:of|from)|did not have|had no|nor)",
    "came again": r"recurred|recurs|recurring|reappeared|returned|relapsed|came back|happened again",
    "later pregnancy": (
        r"(?:(?!first\b|1st\b){nth}|next|subsequent|later|another|further|following|new|this|both) "
        r"(?:{of an nth}[ -]){0,3}(?:pregnancy|pregnancies|puerperium|delivery|lactation|childbirth)|"
        r"(?:pregnant|conceived|delivered|gave birth) (?:once )?again"
    ),
}
#: It tells something of a pregnancy only where that is a later one, told just before.
OF_A_LATER_ONE = "nothing came again"
BOOK = Book(
    "pregnancies.again",
    (
        Rule(
            "no recurrence",
            r"\b{none} (?:[\w-]+ ){0,2}?{trouble}\b[^.;]{0,80}?\b(?:{later pregnancy})\b|"
            r"\b(?:{later pregnancy})\b[^.;]{0,80}?\b{none} (?:[\w-]+ ){0,2}?{trouble}\b|"
            r"\b{trouble} (?:did|does) not (?:recur|return|reappear)\b[^.;]{0,60}?\b(?:{later pregnancy})\b|"
            r"\b(?:{later pregnancy})\b[^.;]{0,60}?\bdid not (?:recur|relapse)\b",
            always(Said(recurrence=NO)),
            says={
                "Her second pregnancy went by without back pain.": Said(recurrence=NO),
                "She had no new fractures during her next pregnancy.": Said(recurrence=NO),
            },
            silent=("She had no fractures.", "In her second pregnancy she had back pain."),
        ),
        Rule(
            OF_A_LATER_ONE,
            r"\bno (?:{trouble})(?: or {trouble})? (?:appeared|occurred|recurred|developed|"
            r"(?:was|were) (?:seen|noted|noticed))\b",
            always(Said(recurrence=NO)),
            says={"No back pain appeared.": Said(recurrence=NO)},
            silent=("Back pain appeared.",),
        ),
        Rule(
            "recurrence",
            r"\b{trouble} (?:[\w-]+ ){0,2}?(?:{came again}|again)\b[^.;]{0,80}?\b(?:{later pregnancy})\b|"
            r"\b(?:{later pregnancy})\b[^.;]{0,80}?\b(?:{trouble} (?:[\w-]+ ){0,3}?(?:{came again}|again)|"
            r"(?:again|same|similar) (?:[\w-]+ ){0,4}?{trouble}|recurrence of (?:[\w-]+ ){0,3}?{trouble})\b",
            always(Said(recurrence=YES)),
            says={
                "The pain recurred in her second pregnancy.": Said(recurrence=YES),
                "During her next pregnancy she again had severe back pain.": Said(recurrence=YES),
            },
            silent=("In her second pregnancy she had back pain.", "The pain recurred."),
        ),
    ),
    _SLOTS,
)
