"""Labels that name a patient of a series: "Case 1", "Patient B", "#3", "the second patient"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from extractors.language.numbers import parse_ordinal, parse_words
from extractors.text import lower_same_length
from pipeline.cases.phrases import COMPARED, words
from pipeline.quick import any_of

_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"
_KEY = rf"(?:\d{{1,2}}|[IVX]{{1,4}}|[A-H]|{_NUMBER_WORDS})"
_PERSON = (
    r"(?:case|patient|woman|mother|lady|girl|man|boy|gentleman|female|male|sister|brother|twin|"
    r"individual|subject)"
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|[4-9]th)"

#: The same label inside a sentence: "in case 2", "(patient 1)", "cases 1 and 3", "#2".
INSIDE = re.compile(
    r"\b(?P<who>case|patient|subject|pt|observation)s?\s(?:no\.?\s?|number\s|nr\.?\s?|"
    r"#)?(?P<keys>(?:\d{1,2}(?!\d)|(?-i:[IVX]{1,4}|[A-H])\b)"
    r"(?:\s?(?:,|and|&|to|-|or|, and)\s?(?:(?:case|patient)s?\s)?(?:\d{1,2}(?!\d)|(?-i:[IVX]{1,4}|"
    r"[A-H]))\b)*)(?!\s?(?:years?|months?|weeks?|days?|%|patients|cases|women))"
    r"|#\s?(?P<hashes>\d{1,2}(?!\d)(?:\s?(?:,|and|&|-)\s?#?\d{1,2}(?!\d))*)\b",
    re.IGNORECASE,
)
#: "The second patient", "our third case", "in the first case".
NARRATIVE = re.compile(
    rf"\b(?:the|our|this|in the|in our|my)\s(?P<ordinal>{_ORDINAL}|last|final|other|next)\s(?:reported\s|"
    rf"described\s|presented\s|female\s|male\s|index\s)?(?P<person>{_PERSON})\b"
    rf"|^(?P<bare>{_ORDINAL})\s(?P<bare_person>case|patient)\b",
    re.IGNORECASE,
)
_ORDINALS = (*_ORDINAL.removeprefix("(?:").split("|")[:-1], "th ", "last", "final", "other", "next")
#: What every such name holds, over lower-cased text.
_MAY_COUNT = re.compile(
    rf"(?:{_ORDINAL.removeprefix('(?:').removesuffix(')')}|last|final|other|next)\s(?:(?:reported|described|presented|"
    rf"female|male|index)\s)?{_PERSON}"
)
_MAY_STAND = re.compile(rf"(?:in\s)?the\s(?:{_ORDINAL}|other)")
#: "The third, aged 33, ...", "the second had ...": an ordinal that stands for a patient.
_ELLIPTIC = re.compile(
    rf"\bthe\s(?P<ordinal>{_ORDINAL}|other)(?=,\s|\s(?:one\s)?(?:had|was|has|received|who|whose|"
    rf"took|developed|aged|is|in whom|came|"
    r"presented|suffered|underwent|refused|reported|complained|nasal|oral|intravenous|got|did|"
    r"also|denied|noticed|felt|patient|woman|\()\b)"
    rf"|\bin the\s(?P<only>{_ORDINAL})(?=\s?(?:and\b|,|;|\.|$))",
    re.IGNORECASE,
)
#: "... and the second calcitriol": what the first clause says of the first patient goes on.
_GAPPED = re.compile(
    rf"\b(?:and|while|whereas|but)\sthe\s(?P<ordinal>{_ORDINAL})\s(?!(?:day|week|month|year|trimester|"
    r"pregnancy|delivery|child|birth|time|dose|infusion|visit|line|lumbar|thoracic|sacral|and|to|rib|"
    r"metatarsal|vertebra|half|few|two|three|admission|operation|surgery|course|cycle|treatment)\b)[a-z]",
    re.IGNORECASE,
)
#: "The first two patients", "the last three".
_SEVERAL = re.compile(
    (
        r"\bthe\s(?P<end>first|last|other)\s(?P<count>two|three|four|five)\b(?!\s(?:weeks|months|days|"
        r"years|lumbar|thoracic|doses))"
    ),
    re.I,
)
#: What Unicode calls digits in a ring or in brackets.
_ENCLOSED = ("CIRCLED", "DINGBAT", "NEGATIVE CIRCLED", "PARENTHESIZED", "DOUBLE CIRCLED")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:,\s*and|,|and|&|or)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A patient's label: its number in the series and the words as printed.

    `closed`: a colon, full stop, comma or bracket sets it off ("Case 2: ..."), so it is a label and
    no part of the sentence.
    """

    number: int
    text: str
    closed: bool = False


def label_number(key: str) -> int | None:
    """The place in the series that a key stands for: 2, "II", "B", "two", "second", a circled 2 are all 2."""
    body = key.strip().rstrip(".")
    if body.isdecimal():
        return int(body) or None
    if len(body) == 1 and unicodedata.name(body, "").startswith(_ENCLOSED):
        return int(unicodedata.numeric(body, 0)) or None
    if body.lower() in _NUMBER_WORDS.split("|"):
        return parse_words(body)
    ordinal = parse_ordinal(body)
    if ordinal is not None:
        return ordinal
    if body and all(c in _ROMAN for c in body):
        total = 0
        for i, c in enumerate(body):
            value = _ROMAN[c]
            total += -value if i + 1 < len(body) and _ROMAN[body[i + 1]] > value else value
        return total
    if len(body) == 1 and "A" <= body <= "H":
        return ord(body) - ord("A") + 1
    return None


@cache
def _opening() -> re.Pattern[str]:
    """A label that opens a block or a sentence: "Case 1.", "Patient No. 2:", "#1.", "CASE REPORT 2"."""
    kin = "|".join(sorted(words("relative by number")))
    who = rf"case|patient|subject|pt|proband|woman|mother|observation|{kin}"
    return re.compile(
        rf"(?:(?:the\s)?(?:clinical\s)?(?P<who>{who})s?(?:\s(?:report|presentation|study|description|"
        rf"history))?\s?(?:no\.?|number|nr\.?|#|n°|:)?\s?"
        rf"(?P<key>\d{{1,2}}|(?<=\s)(?-i:[IVX]{{1,4}}|[A-H])|(?<=\s)(?:{_NUMBER_WORDS}))|#\s?(?P<hash>\d{{1,2}}))"
        r"(?=\s?(?:[.:;,)(\]-]|$|\s))",
        re.IGNORECASE,
    )


def opening_label(text: str) -> Label | None:
    """The label that a block or sentence opens with, if any."""
    match = _opening().match(text)
    if not match:
        return None
    key = match["key"] or match["hash"]
    if key.lower() in _NUMBER_WORDS.split("|") and re.search(r"s\b|:", match.group()[: -len(key)]):
        return None  # "Clinical cases: Two women ..."
    number = label_number(key)
    closed = text[match.end() : match.end() + 2].lstrip()[:1] in (
        ":",
        ".",
        ",",
        "(",
        "-",
        ")",
    ) or match.end() == len(text)
    who = (match["who"] or "").lower()
    kin = words("relative by number")
    if (who in kin or who in ("woman", "mother")) and not key.isdecimal():
        return None  # "woman I know"
    if who in kin and not closed:
        return None
    return Label(number, match.group().strip(" .:("), closed) if number else None


def inside_numbers(text: str) -> set[int]:
    """All numbers of labels inside a sentence, ranges expanded ("cases 1-3")."""
    out: set[int] = set()
    for match in INSIDE.finditer(text):
        for part in _SPLIT.split(match["keys"] or match["hashes"] or ""):
            bare = re.sub(r"^(?:cases?|patients?)\s|#", "", part.strip(), flags=re.IGNORECASE)
            ends = [label_number(e) for e in re.split(r"\s*(?:-|to)\s*", bare) if e]
            numbers = [n for n in ends if n]
            if len(numbers) == 2 and numbers[0] < numbers[1] <= numbers[0] + 20:
                out.update(range(numbers[0], numbers[1] + 1))
            else:
                out.update(numbers)
    return out


def told_of(text: str) -> str:
    """A sentence with blanks where it only compares with another patient ("as in case 1")."""
    for found in COMPARED.within(lower_same_length(text)):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


@dataclass(frozen=True, slots=True)
class Name:
    """A place in a sentence where one single patient is named."""

    start: int
    end: int
    number: int


def single_names(text: str) -> list[Name]:
    """Names of single patients in a sentence ("case 2", "the first patient", "the second"), in order."""
    out: list[Name] = []
    for match in INSIDE.finditer(text):
        numbers = inside_numbers(match.group())
        if len(numbers) == 1:
            out.append(Name(match.start(), match.end(), numbers.pop()))
    for pattern in (NARRATIVE, _ELLIPTIC):
        for match in pattern.finditer(text):
            number = parse_ordinal((match["ordinal"] or match.groupdict().get("only") or "").lower())
            if number and all(match.start() >= n.end or match.end() <= n.start for n in out):
                out.append(Name(match.start(), match.end(), number))
    if out:
        for match in _GAPPED.finditer(text):
            number = parse_ordinal(match["ordinal"].lower())
            if number and all(match.start("ordinal") >= n.end or match.end() <= n.start for n in out):
                out.append(Name(match.start("ordinal"), match.end("ordinal"), number))
    return sorted(out, key=lambda n: n.start)


def several(text: str, count: int) -> set[int]:
    """Places in a series of `count` patients that "the first two" or "the last three" mean."""
    match = _SEVERAL.search(text)
    if not match:
        return set()
    number = parse_words(match["count"].lower()) or 0
    places = range(1, number + 1) if match["end"].lower() == "first" else range(count - number + 1, count + 1)
    return set(places) if number < count else set()


def may_count(lower: str) -> bool:
    """A quick look whether a sentence (lower case) can name a patient by an ordinal at all."""
    if not any_of(lower, _ORDINALS):
        return False
    return _MAY_COUNT.search(lower) is not None or _MAY_STAND.match(lower) is not None


def narrative_number(text: str, known: int) -> int | None:
    """The patient that "the second patient" means; "the last" and "the other" need the count known."""
    match = NARRATIVE.search(text)
    if match:
        word = (match["ordinal"] or match["bare"]).lower()
    elif known and (elliptic := _ELLIPTIC.match(text)):
        word = (elliptic["ordinal"] or elliptic["only"]).lower()
    else:
        return None
    if word in ("last", "other", "next", "final"):
        if word in ("last", "final") and known >= 2:
            return known
        return 2 if word == "other" and known == 2 else None
    return parse_ordinal(word)
