"""What OCR makes of raised digits and signs, put right where the words around leave no doubt."""

from __future__ import annotations

import re

#: what Tesseract reads for a small raised 2 or 3 and 9
_RAISED = "[?*°'\"’‘”“®©@!7z\u00b2\u00b3\u2070-\u2079#»]"
_SQUARE = re.compile(rf"((?:[mµu]?g|[kK]g|[mM][gG]|IU|U|ml|mL)/(?:c|e)?m){_RAISED}+(?=$|[).,;:/\]])")
_CENTIMETRE = re.compile(r"(?<=/)em(?=[23])")
_CUBE = re.compile(rf"(/mm){_RAISED}+(?=$|[).,;:\]])")
#: nothing is told in picograms a litre, a decilitre or a day: the letter is a µ
_MICRO = re.compile(r"(?<![A-Za-z])pg(?=/(?:[dD]?[lL]|day|d|kg)(?:$|[).,;:/\]]))")
#: counts of cells a litre are printed with ten to the ninth, and no other power that one sign stands for
_GIGA = re.compile(rf"(?<!\d)10(?:{_RAISED}|9)(?=/[lL1|](?:$|[).,;:\]]))")
_LITRE = re.compile(r"(?<=/)[1|](?=$|[).,;:\]])")
#: a minus is read as a long dash, as is the dash of a range
_MINUS = re.compile("[\u2012-\u2015\u2212]" r"(?=\.?\d)")
#: the digit of the second of two neighbouring vertebrae
_LEVEL = re.compile(r"(?<=[TL]\d[-/]L)([SIl])(?![A-Za-z])")
_DIGITS = {"S": "5", "I": "1", "l": "1"}
_NUMBER = re.compile(r"[^A-Za-z]*")
_UNIT = re.compile(r"\(?(?:k?g/c?m[23]|mg/c?m[23]|10\^9/L|/?mm[23])\)?[.,;:]?")
#: units of which one lost stroke makes another: µg, pg and g
_DOUBTFUL = re.compile(r"\(?[puµ]?g/(?:L|l|mL|ml|dL|dl)\)?[.,;:]?")


def repaired(text: str) -> str:
    """A word of OCR with its signs: "g/cm?" is g/cm2, "10°/L" is 10^9/L, "—3.1" is -3.1."""
    text = _LEVEL.sub(lambda match: _DIGITS[match.group(1)], _MINUS.sub("-", text))
    if "m" not in text and "10" not in text and "/" not in text:
        return text
    text = _SQUARE.sub(r"\g<1>2", text)
    text = _CENTIMETRE.sub("cm", text)
    text = _GIGA.sub("10^9", text)
    text = _LITRE.sub("L", text) if "10^9/" in text else text
    text = _MICRO.sub("µg", text)
    return _CUBE.sub(r"\g<1>3", text)


def is_unit(text: str) -> bool:
    """Whether a repaired word is a unit with a power, which OCR never invents."""
    return bool(_UNIT.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether a word has no letter: what OCR was not sure of is then a number, or a speck."""
    return bool(_NUMBER.fullmatch(text))


def is_doubtful_unit(text: str) -> bool:
    """Whether a word is a mass by volume, where one stroke tells micrograms from grams."""
    return bool(_DOUBTFUL.fullmatch(text))
