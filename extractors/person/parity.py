"""Gravida and para in every notation: "G2P1", "gravida 3, para 2", "II gravida I para"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.numbers import WORD_NUMBER, parse_ordinal, parse_words

_ROMAN = {"0": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_VALUE = rf"(?:\d{{1,2}}|viii|vii|vi|iv|ix|iii|ii|i|v|x|{WORD_NUMBER}|zero)"
_SEP = r"[\s,;/&-]{0,3}(?:and\s)?"
#: "G3P2", "G3 P2 A1", "G4P2012", "P2G3"
_LETTERS = re.compile(
    r"(?<![\w.])(?:g\s?(?P<g>\d{1,2}|i{1,3}|iv|v)[\s,/;-]{0,2}p\s?(?P<p>\d{1,4}|i{1,3}|iv|v|0)|"
    r"p\s?(?P<p2>\d{1,2})[\s,/;-]{0,2}g\s?(?P<g2>\d{1,2}))"
    r"(?:\s?\+\s?\d)?(?:[\s,/;-]{0,2}(?:ab?|m|l|c|d|e|y|sb)\s?\d{1,2}){0,3}(?![\w%])"
)
#: "1G1P", "2 gravida, 1 para", "II gravida/I para"
_NUMBER_FIRST = re.compile(
    rf"(?<![\w.])(?P<g>\d{{1,2}}|i{{1,3}}|iv|v)[\s-]?(?:gravida|gravidae|"
    rf"g){_SEP}(?P<p>\d{{1,2}}|i{{1,3}}|iv|v|o)[\s-]?(?:para|p)\b"
)
_GRAVIDA = re.compile(rf"\bgravid(?:a|ae|ity|um)?[\s:=-]{{1,3}}(?:of\s)?(?P<n>{_VALUE})\b")
_PARA = re.compile(
    rf"\b(?:para|parity)[\s:=-]{{1,3}}(?:(?:of|"
    rf"was)\s)?(?P<n>{_VALUE})\b(?:\s?\+\s?\d)?(?!\s?%)"
)
#: "P1L1", "para 1 living 1"
_LIVING = re.compile(r"(?<![\w.])p\s?(?P<p>\d)\s?l\s?\d(?![\w%])")
_FIRST_TIME = re.compile(r"\bpregnant\sfor\sthe\s(?P<n>first|second|third|fourth)\stime\b")
_HAS_CHILDREN = re.compile(
    rf"\b(?:she|patient|woman|i)\s(?:has|had|have|with)\s(?P<n>{WORD_NUMBER}|\d)\s(?:healthy\s|living\s|"
    rf"other\s)?(?:children|vaginal\sdeliveries|deliveries|births)\b"
)
_ALONE_P = re.compile(rf"\bgravida[\s:=-]{{0,3}}(?P<g>{_VALUE}){_SEP}p\s?(?P<p>\d)\b")
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|[4-9]th|10th)"
_ADJ = (
    r"(?:(?:uneventful|uncomplicated|normal|spontaneous|vaginal|full-term|term|singleton|twin|healthy|"
    r"successful|current|ongoing|planned|elective|cesarean|caesarean|live|full|preterm|premature|naturally|"
    r"conceived|ivf|assisted|and)\s){0,4}"
)
_NTH_PREGNANCY = re.compile(rf"\b(?:her|the|my|a)\s(?P<n>{_ORDINAL})\s{_ADJ}(?:pregnancy|gestation)\b")
_NTH_BIRTH = re.compile(
    rf"\b(?:her|the|my)\s(?P<n>{_ORDINAL})\s{_ADJ}(?:delivery|childbirth|birth|parturition|labou?r|"
    rf"confinement|cesarean(?:\ssection)?|caesarean(?:\ssection)?|"
    r"c-section)\b|"
    rf"\b(?:birth|delivery|delivered|birth\sto|delivering|nursing|breast-?\s?feeding|"
    rf"delivery\sby\s[\w\s]{{3,25}})\s(?:\([^)]{{1,20}}\)\s)?(?:of\s|to\s)?(?:her|the|"
    rf"my)\s(?P<c>{_ORDINAL})(?:-born)?\s"
    rf"{_ADJ}(?:child|baby|infant|son|daughter|boy|girl)\b|"
    rf"\bhad\s(?:just\s)?(?:had|given\sbirth\sto|delivered)\s(?:her|"
    rf"the)\s(?P<d>{_ORDINAL})\s{_ADJ}(?:child|baby|infant)\b"
)
_MOTHER_OF = re.compile(
    rf"\bmother\sof\s(?P<n>{WORD_NUMBER}|\d{{1,2}}|an?\sonly)\b(?!\s?-?(?:days?|weeks?|"
    rf"months?|years?|infants?\swith))"
)
_G_FIGURE = re.compile(r"g\s?[\di]|[\di]\s?g")
_ANY_ORDINAL = re.compile(r"(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|[4-9]th)(?:-born)?\s")
_NOT_OWN = re.compile(r"\b(?:previous|prior|earlier|since|past)\s*$")


@dataclass(frozen=True, slots=True)
class Parity:
    """A statement of gravida or para; `explicit` where it is notation and no inference from an ordinal."""

    start: int
    end: int
    gravida: int | None
    para: int | None
    explicit: bool


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
    return value if value is None or value <= 20 else None


def find_parity(lower: str) -> list[Parity]:
    """All statements of gravida and para of a sentence in lower case."""
    found: list[Parity] = []

    def add(match: re.Match[str], gravida: int | None, para: int | None, explicit: bool) -> None:
        if (gravida is None and para is None) or any(
            match.start() < f.end and match.end() > f.start for f in found
        ):
            return
        found.append(Parity(match.start(), match.end(), gravida, para, explicit))

    if _G_FIGURE.search(lower):
        for match in _LETTERS.finditer(lower):
            add(match, _value(match["g"] or match["g2"]), _births(match["p"] or match["p2"]), True)
    for match in _LIVING.finditer(lower):
        add(match, None, int(match["p"]), True)
    if "gravid" in lower or "para" in lower or "parity" in lower or _G_FIGURE.search(lower):
        for match in _NUMBER_FIRST.finditer(lower):
            add(match, _value(match["g"]), _births(match["p"]), True)
        for match in _ALONE_P.finditer(lower):
            add(match, _value(match["g"]), _births(match["p"]), True)
        for match in _GRAVIDA.finditer(lower):
            add(match, _value(match["n"]), None, True)
        for match in _PARA.finditer(lower):
            add(match, None, _value(match["n"]), True)
    if _ANY_ORDINAL.search(lower):
        for match in _NTH_PREGNANCY.finditer(lower):
            if not _NOT_OWN.search(lower, max(0, match.start() - 15), match.start()):
                add(match, parse_ordinal(match["n"]), None, False)
        for match in _NTH_BIRTH.finditer(lower):
            add(match, None, parse_ordinal(match["n"] or match["c"] or match["d"]), False)
    if "pregnant for" in lower:
        for match in _FIRST_TIME.finditer(lower):
            add(match, parse_ordinal(match["n"]), None, False)
    if "children" in lower or "deliveries" in lower or "births" in lower:
        for match in _HAS_CHILDREN.finditer(lower):
            add(match, None, _value(match["n"]), False)
    if "mother of" in lower:
        for match in _MOTHER_OF.finditer(lower):
            add(match, None, 1 if "only" in match["n"] else _value(match["n"]), False)
    return found
