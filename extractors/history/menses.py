"""Menses that stayed away or were irregular, and regular ones; weeks of a pregnancy spent in bed."""

from __future__ import annotations

import re

from extractors.history.fact import ABSENT
from extractors.history.told import Told, always
from extractors.history.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

_MISSED, _REGULAR = Told("amenorrhea"), Told("amenorrhea", ABSENT)
_IN_BED = Told("immobilisation")
#: Then nobody has menses.
_OF_COURSE = Glue(
    r"\b(?:breast-?\s?fe|nursing|lactat|post-?\s?partum|puerper|(?<!before )deliver|(?<!after the )menopaus|"
    r"chemotherap|hysterectom|last menstrual|lmp\b)"
)
_SLOTS = SLOTS | {
    "menses": (
        r"menses|menstruations?|menstrual (?:cycles?|periods?|bleeding)|(?:her|monthly) (?:periods?|cycles?)"
    ),
}


def _missed(m: re.Match[str]) -> Told | None:
    return None if _OF_COURSE.within(m.string) else _MISSED


BOOK = Book(
    "history.menses",
    (
        Rule(
            "menses missed",
            r"\b(?:{menses})(?: \w+){0,2}? (?:(?:had|have|has|were|was|been|always|often|very|rather) ){0,3}"
            r"(?:stopped|ceased|absent|irregular|scanty|infrequent|disappeared|stayed away|suppressed)\b"
            r"|\bno (?:menses|menstruation|menstrual (?:cycles?|periods?|bleeding)|periods) "
            r"(?:(?:at all|whatsoever) )?(?:for|during|between)\b",
            _missed,
            says={
                "Her menses had stopped for a year in high school.": _MISSED,
                "Her periods were irregular.": _MISSED,
                "She had no menses for two years.": _MISSED,
            },
            silent=("Her menses were regular.", "Her menses had stopped while she was breastfeeding."),
        ),
        Rule(
            "menses regular",
            r"\b(?:{menses}|cycles?)(?:(?:,| is| was| were| had| has| been| always| remained| length| every|"
            r" \d{2}(?:[ /-]\d{1,2})?| days?| day|-day)){0,6},? (?:and )?regular\b",
            always(_REGULAR),
            says={
                "Menarche at 13, cycle 28 days, regular.": _REGULAR,
                "Her periods had always been regular.": _REGULAR,
            },
            silent=("Her periods were irregular.", "Three cycles of regular insulin were given."),
        ),
        Rule(
            "weeks in bed",
            r"\b(?:spent|stayed|remained|lay|lain|lying|kept)\b[^.;,]{0,40}? in "
            r"bed\b(?=[^.;]{0,60}?\b(?:pregnan|"
            r"placenta|contraction|cervi|preterm|premature|trimester))"
            r"|\b(?:spent|stayed|remained) [^.;,]{0,30}?\b(?:trimester|pregnancy)\b[^.;,]{0,20}? in bed\b",
            always(_IN_BED),
            says={
                "She stayed in bed for two months because of contractions.": _IN_BED,
                "She spent most of the last trimester in bed.": _IN_BED,
            },
            silent=("She stayed in bed for two days because of pain.", "She lay on the couch."),
        ),
    ),
    _SLOTS,
)
