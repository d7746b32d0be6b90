"""Numbers as clinicians write them: digits in every grouping, decimals, words and ordinals."""

from __future__ import annotations

import re

#: A plain number: "1,200", "10 000", "3,45,000" (Indian), "1.250.000", "0.71", "0,714", ".5". Use with
#: re.VERBOSE off.
NUMBER = (
    r"(?:\d{1,3}(?:[, ]\d{3}){1,4}(?:\.\d+)?(?!\d)|\d{1,2}(?:,\d\d){1,4},\d{3}(?![\d,])|"
    r"\d{1,3}(?:\.\d{3}){2,4}(?![\d.])|\d+(?:[.,·]\d+)?|\.\d+)"
)

#: A number in which a comma is a decimal point and groups nothing: "0,714", "1,023", "-.71" without its sign.
DECIMAL = r"(?:\d+(?:[.,·]\d+)?|(?<!\d)[.,]\d+)"

_ONES = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TENS = {w: 10 * (i + 2) for i, w in enumerate(_TENS_WORDS)}
_ORDINALS = {
    w: i + 1
    for i, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    )
}
_TENS_ORDINALS = {w: 10 * (i + 2) for i, w in enumerate("twentieth thirtieth fortieth fiftieth".split())}

_ONE_TO_NINE = "one|two|three|four|five|six|seven|eight|nine"
_TENS_RE = "|".join(_TENS)
#: A number in words up to ninety-nine.
WORD_NUMBER = (
    rf"(?:(?:{_TENS_RE})(?:[- ](?:{_ONE_TO_NINE}))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    rf"seventeen|eighteen|nineteen|{_ONE_TO_NINE}|zero)"
)
#: An ordinal: "8th", "eighth", "thirty-second".
ORDINAL = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:{_TENS_RE})[- ](?:{'|'.join(list(_ORDINALS)[:9])})|"
    rf"{'|'.join(_ORDINALS)}|"
    rf"{'|'.join(list(_TENS_ORDINALS)[1:])})"
)
#: A count: digits, words, "a", "an", "half a", "one and a half", "several" is none.
COUNT = (
    r"(?:(?:(?<!\d)\d+(?:\.\d+)?(?:\s?(?:½|1/2))?|½|"
    rf"{WORD_NUMBER}|an?|half\san?|one)(?:\sand\san?\shalf)?)"
)

_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$|\d{1,2}(?:,\d\d)+,\d{3}$")
_BY_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+$")


def parse_number(text: str) -> float:
    """The value of a printed number, sign included ("1,200" = 1200, "0,714" = 0.714, "minus 3.2" = -3.2).

    A comma or a space before exactly three digits groups thousands, unless the number begins with
    "0,"; any other comma is a decimal one. Raises ValueError for anything else.
    """
    body = text.strip().lower()
    sign = 1.0
    for mark in ("minus", "-", "−", "–"):
        if body.startswith(mark):
            sign, body = -1.0, body[len(mark) :].strip()
            break
    else:
        for mark in ("plus", "+"):
            if body.startswith(mark):
                body = body[len(mark) :].strip()
                break
    body = body.replace("·", ".")
    if _GROUPED.match(body) and not body.startswith("0,"):
        return sign * float(body.replace(",", "").replace(" ", ""))
    if body.count(".") > 1:
        body = body.replace(".", "")
    return sign * float(body.replace(",", "."))


def grouped_by_dots(text: str) -> float | None:
    """The value of a number whose thousands dots group ("210.000" = 210000), None if none group it."""
    return float(text.replace(".", "")) if _BY_DOTS.match(text) else None


def parse_decimal(text: str) -> float:
    """The value of a `DECIMAL`. Raises ValueError for anything else."""
    return float(f"0{text.strip()}".replace(",", ".").replace("·", "."))


def decimals_of(text: str) -> int:
    """How many decimals a `DECIMAL` is printed with."""
    _, point, decimals = text.replace(",", ".").replace("·", ".").rpartition(".")
    return len(decimals) if point else 0


def parse_words(text: str) -> int | None:
    """The value of a cardinal in words up to ninety-nine, None if it is none."""
    total = 0
    parts = re.split(r"[\s-]+", text.strip().lower())
    for i, part in enumerate(parts):
        if part in _TENS and i == 0:
            total += _TENS[part]
        elif part in _ONES and (i == 0 or 0 < _ONES[part] < 10):
            total += _ONES[part]
        else:
            return None
    return total if parts and parts[0] else None


def parse_ordinal(text: str) -> int | None:
    """The value of an ordinal ("8th", "eighth", "thirty-second"), None if it is none."""
    body = text.strip().lower()
    digits = re.match(r"(\d{1,3})(?:st|nd|rd|th)$", body)
    if digits:
        return int(digits.group(1))
    if body in _ORDINALS:
        return _ORDINALS[body]
    if body in _TENS_ORDINALS:
        return _TENS_ORDINALS[body]
    parts = re.split(r"[\s-]+", body)
    if len(parts) == 2 and parts[0] in _TENS and parts[1] in _ORDINALS and _ORDINALS[parts[1]] < 10:
        return _TENS[parts[0]] + _ORDINALS[parts[1]]
    return None


def parse_count(text: str) -> float | None:
    """The value of a count ("3", "three", "a", "two and a half", "half a"), None if it is none."""
    body = re.sub(r"\s+", " ", text.strip().lower())
    half = 0.0
    for ending in (" and a half", " and an half", " 1/2", " ½", "½"):
        if body.endswith(ending) and body != ending.strip():
            body, half = body[: -len(ending)].strip(), 0.5
            break
    if body in ("a", "an", "one"):
        return 1.0 + half
    if body in ("half a", "half an", "½"):
        return 0.5
    try:
        return parse_number(body) + half
    except ValueError:
        words = parse_words(body)
        return None if words is None else words + half
