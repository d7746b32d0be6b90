"""Gravida and para in every notation: "G2P1", "gravida 3, para 2", "II gravida I para".

Terms and notations (TPAL, GPAL): ACOG reVITALize Obstetrics Data Definitions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_ordinal, parse_words
from extractors.rules.book import Book
from extractors.rules.rule import Rule

_ROMAN = {"0": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
#: More deliveries than these are a number of something else.
_MOST_BIRTHS = 20


@dataclass(frozen=True, slots=True)
class Parity:
    """Gravida and para as told; `explicit` where it is notation and no inference from an ordinal."""

    gravida: int | None = None
    para: int | None = None
    explicit: bool = True


Reader = Callable[[re.Match[str]], Parity | None]

_SLOTS = ATOMS | {
    "value": r"\d{1,2}|viii|vii|vi|iv|ix|iii|ii|i|v|x|{number word}|zero",
    "few": r"\d{1,2}|i{1,3}|iv|v",  # as many as notes write in figures
    "between": r"[ ,;/&-]{0,3}(?:and )?",
    "near": r"[ ,/;-]{0,2}",
    # stillbirths, abortions, living children ... of the same notation
    "others": r"(?: ?\+ ?\d)?(?:{near}(?:ab?|m|l|c|d|e|y|sb) ?\d{1,2}){0,3}",
    "sign": r"[ :=-]{1,3}",
    "nth": r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|[4-9]th|10th",
    "her": r"her|the|my",
    "adjectives": (
        r"(?:(?:uneventful|uncomplicated|normal|spontaneous|vaginal|full-term|term|singleton|twin|healthy|"
        r"successful|current|ongoing|planned|elective|cesarean|caesarean|live|full|preterm|premature|naturally|"
        r"conceived|ivf|assisted|and) ){0,4}"
    ),
    "child": r"child|baby|infant|son|daughter|boy|girl",
    "delivery": (
        r"delivery|childbirth|birth|parturition|labou?r|confinement|cesarean(?: section)?|"
        r"caesarean(?: section)?|c-section"
    ),
}


def _value(text: str | None) -> int | None:
    if not text:
        return None
    word = text.strip().lower()
    if word in _ROMAN:
        return _ROMAN[word]
    if word == "o":
        return 0
    if word.isdecimal():
        return int(word)
    return parse_words(word)


def _births(text: str | None) -> int | None:
    """Para of "P1", or of the four figures "P2012" (term, preterm, abortions, living)."""
    if text and text.isdecimal() and len(text) == 4:
        return int(text[0]) + int(text[1])
    value = _value(text)
    return value if value is None or value <= _MOST_BIRTHS else None


def _told(gravida: int | None, para: int | None, explicit: bool = True) -> Parity | None:
    return None if gravida is None and para is None else Parity(gravida, para, explicit)


def _both(m: re.Match[str]) -> Parity | None:
    return _told(_value(m["g"]), _births(m["p"]))


def _gravida(m: re.Match[str]) -> Parity | None:
    return _told(_value(m["n"]), None)


def _para(m: re.Match[str]) -> Parity | None:
    return _told(None, _value(m["n"]))


def _nth_pregnancy(m: re.Match[str]) -> Parity | None:
    return _told(parse_ordinal(m["n"]), None, explicit=False)


def _nth_birth(m: re.Match[str]) -> Parity | None:
    return _told(None, parse_ordinal(m["n"]), explicit=False)


def _children(m: re.Match[str]) -> Parity | None:
    return _told(None, 1 if "only" in m["n"] else _value(m["n"]), explicit=False)


_NOTATION = (
    Rule(
        "parity G P",
        r"(?<![\w.])g(?:: ?| )?{g:few}{near}p(?:: ?| )?(?P<p>\d{1,4}|i{1,3}|iv|v|0){others}(?![\w%])",
        _both,
        says={"She was G3P2.": Parity(3, 2), "A G4P2012 woman": Parity(4, 2), "(G: 2, P: 1)": Parity(2, 1)},
        silent=("The T-score was G3.", "p 3.5 g 2.1"),
    ),
    Rule(
        "parity P G",
        r"(?<![\w.])p ?(?P<p>\d{1,2}){near}g ?(?P<g>\d{1,2}){others}(?![\w%])",
        _both,
        says={"A woman, P2G3, had pain.": Parity(3, 2)},
        silent=("P2 was measured.",),
    ),
    Rule(
        "parity P L",
        r"(?<![\w.])p ?(?P<n>\d) ?l ?\d(?![\w%])",
        _para,
        says={"A 30-year-old, P3 L3": Parity(para=3), "P1L1": Parity(para=1)},
        silent=("P 3 mmol/l 4",),
    ),
    Rule(
        "parity P A",
        r"(?<![\w.])p ?(?P<n>\d)(?:{near}ab? ?\d| ?\+ ?\d)(?![\w%]| ?\+)",
        _para,
        says={"A woman (P1 A0) fell.": Parity(para=1), "P2A1": Parity(para=2), "P1+1": Parity(para=1)},
        silent=("in P 3 mmol/l", "P1 and A2"),
    ),
    Rule(
        "parity number first",
        r"(?<![\w.]){g:few}[ -]?(?:gravida|gravidae|g){between}(?P<p>\d{1,2}|i{1,3}|iv|v|o)[ -]?(?:para|p)\b",
        _both,
        says={"2 gravida, 1 para": Parity(2, 1), "II gravida I para": Parity(2, 1), "1G1P": Parity(1, 1)},
        silent=("2 g of calcium and 1 pill",),
    ),
    Rule(
        "parity nth gravida",
        r"\b(?P<g>{nth}) (?:gravida|gesta)(?:,? (?:and )?(?P<p>{nth}) para)?\b",
        lambda m: _told(parse_ordinal(m["g"]), parse_ordinal(m["p"]) if m["p"] else None),
        says={"A third gravida, second para": Parity(3, 2), "a second gesta": Parity(2)},
        silent=("her second pregnancy", "the third graft"),
    ),
    Rule(
        "parity gravida P",
        r"\bgravida[ :=-]{0,3}{g:value}{between}p ?(?P<p>\d)\b",
        _both,
        says={"gravida 2 P1": Parity(2, 1)},
        silent=("gravida 2",),
    ),
    Rule(
        "parity gravida",
        r"\bgravid(?:a|ae|ity|um)?{sign}(?:of )?{n:value}\b",
        _gravida,
        says={"A gravida 3 woman": Parity(3), "gravidity of two": Parity(2)},
        silent=("a gravid woman",),
    ),
    Rule(
        "parity para",
        r"\b(?:para|parity){sign}(?:(?:of|was) )?{n:value}\b(?: ?\+ ?\d)?(?! ?%)",
        _para,
        says={"para 2": Parity(para=2), "Her parity was one.": Parity(para=1)},
        silent=("paraspinal", "parity 20 %"),
    ),
)

_INFERRED = (
    Rule(
        "parity nth pregnancy",
        r"(?<!previous )(?<!prior )(?<!earlier )(?<!since )(?<!past )"
        r"\b(?:her|the|my|a) {n:nth} {adjectives}(?:pregnancy|gestation)\b",
        _nth_pregnancy,
        says={
            "It was her third pregnancy.": Parity(3, explicit=False),
            "In her 3rd gestation she fell.": Parity(3, explicit=False),
        },
        silent=("since her first pregnancy", "the third trimester of pregnancy"),
    ),
    Rule(
        "parity nth birth",
        r"\b{her} {n:nth} {adjectives}{delivery}\b",
        _nth_birth,
        says={
            "This was her 2nd c-section.": Parity(para=2, explicit=False),
            "after her first normal delivery": Parity(para=1, explicit=False),
        },
        silent=("her second complaint",),
    ),
    Rule(
        "parity birth of nth child",
        r"\b(?:birth|delivery|delivered|birth to|delivering|nursing|breast-? ?feeding|"
        r"delivery by [\w ]{3,25}) (?:\([^)]{1,20}\) )?(?:of |to )?{her} {n:nth}(?:-born)? "
        r"{adjectives}{child}\b",
        _nth_birth,
        says={"She was nursing her second child.": Parity(para=2, explicit=False)},
        silent=("birth of her child",),
    ),
    Rule(
        "parity had nth child",
        r"\bhad (?:just )?(?:(?:had|given birth to|delivered) )?(?:her|the) {n:nth} "
        r"{adjectives}(?:child|baby|infant)\b",
        _nth_birth,
        says={
            "She had just had her first baby.": Parity(para=1, explicit=False),
            "This lady had her second child in March.": Parity(para=2, explicit=False),
        },
        silent=("She had had her first fracture.",),
    ),
    Rule(
        "parity pregnant for nth time",
        r"\bpregnant for the (?P<n>first|second|third|fourth) time\b",
        _nth_pregnancy,
        says={"She was pregnant for the second time.": Parity(2, explicit=False)},
        silent=("pregnant for the time being",),
    ),
    Rule(
        "parity has children",
        r"\b(?:she|patient|woman|i|who) (?:has|had|have|with) (?P<n>{number word}|\d) "
        r"(?:healthy |living |other )?(?:children|vaginal deliveries|deliveries|births|(?<=one )child|"
        r"(?<=one healthy )child)\b",
        _children,
        says={
            "She had two healthy children.": Parity(para=2, explicit=False),
            "She had one child.": Parity(para=1, explicit=False),
        },
        silent=("She had two fractures.",),
    ),
    Rule(
        "parity children in brackets",
        r"(?:\b(?:multi|pluri|grand ?multi|primi)par(?:a|ous)(?: (?:woman|lady|patient|mother))? \()"
        r"(?P<n>{number word}|\d) (?:healthy |living |previous |vaginal )?"
        r"(?:children|deliveries|births|child|delivery)\b",
        _children,
        says={
            "a multiparous woman (three children)": Parity(para=3, explicit=False),
            "Female, multiparous (3 deliveries)": Parity(para=3, explicit=False),
        },
        silent=("multiparous women (three of 10)", "women (three children)"),
    ),
    Rule(
        "parity mother of",
        r"\bmother of (?P<n>{number word}|\d{1,2}|an? only)\b"
        r"(?! ?-?(?:days?|weeks?|months?|years?|infants? with))",
        _children,
        says={
            "A mother of two presented.": Parity(para=2, explicit=False),
            "the mother of an only child": Parity(para=1, explicit=False),
        },
        silent=("a mother of 3-month-old twins",),
    ),
)

#: The rules that infer it from an ordinal or a number of children.
INFERRED = frozenset(rule.name for rule in _INFERRED)
#: Statements of gravida and para; where two overlap, the one named first counts.
BOOK = Book("person.parity", (*_NOTATION, *_INFERRED), _SLOTS)
