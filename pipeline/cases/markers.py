"""Labels that name a patient of a series: "Case 1", "Patient B", "#3", "the second patient"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from extractors.language.numbers import parse_ordinal, parse_words
from extractors.text import lower_same_length
from pipeline.cases.aged import aged_names
from pipeline.cases.ordinals import by_place, gapped
from pipeline.cases.phrases import COMPARED, words

_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"
_KEY = rf"(?:\d{{1,2}}|[IVX]{{1,4}}|[A-H]|{_NUMBER_WORDS})"
#: The same label inside a sentence: "in case 2", "(patient 1)", "cases 1 and 3", "#2".
INSIDE = re.compile(
    r"\b(?P<who>case|patient|subject|pt|observation)s?\s(?:no\.?\s?|number\s|nr\.?\s?|"
    r"#)?(?P<keys>(?:\d{1,2}(?!\d)|(?-i:[IVX]{1,4}|(?!A \d{1,3}[ -]?(?:year|month|week|day))[A-H])\b)"
    r"(?:\s?(?:,|and|&|to|-|or|, and)\s?(?:(?:case|patient)s?\s)?(?:\d{1,2}(?!\d)|(?-i:[IVX]{1,4}|"
    r"[A-H]))\b)*)(?!\s?(?:years?|months?|weeks?|days?|%|patients|cases|women))"
    rf"|\b(?:in|of|for|from|to|and|with|as)\scase\s(?P<word>{_NUMBER_WORDS})\b"
    r"(?=\s?[,);.:]|\s(?:was|had|is|presented|developed|received|underwent|and\scase)\b)"
    r"|#\s?(?P<hashes>\d{1,2}(?!\d)(?:\s?(?:,|and|&|-)\s?#?\d{1,2}(?!\d))*)\b",
    re.IGNORECASE,
)
#: What Unicode calls digits in a ring or in brackets.
_ENCLOSED = ("CIRCLED", "DINGBAT", "NEGATIVE CIRCLED", "PARENTHESIZED", "DOUBLE CIRCLED")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:,\s*and|,|and|&|or)\s*", re.IGNORECASE)


#: Where a part of a sentence begins, and what goes on behind a label there.
_PART = re.compile(r";\s(?:and\s|while\s|whereas\s)?")
_SAYS = re.compile(
    r"\s(?:was|had|is|has|presented|developed|gave|suffered|sustained|complained|came|underwent)\b"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A patient's label: its number in the series and the words as printed.

    `closed`: a colon, full stop, comma or bracket sets it off ("Case 2: ..."), so it is a label and
    no part of the sentence. `titled`: a letter behind a title ("Mrs B.") may be an initial as well.
    """

    number: int
    text: str
    closed: bool = False
    titled: bool = False


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
        rf"(?P<key>\d{{1,2}}|(?<=\s)(?-i:[IVX]{{1,4}}|[A-H])|(?<=\s)(?:{_NUMBER_WORDS}))|"
        r"#\s?(?P<hash>\d{1,2})|(?P<title>mrs|ms|miss|mr|madame)\.?\s(?P<letter>(?-i:[A-H]))(?![\w'’]|\.\s?(?-i:[A-Z])\b))"
        r"(?=\s?(?:[.:;,)(\]-]|$|\s))|"
        r"\(?(?P<enum>\d{1,2}|[ivx]{1,4}|[a-h])[.)](?=\s(?:an?\s)?[1-9]\d[ -]?(?:years?|yrs?|y)\b)",
        re.IGNORECASE,
    )


def opening_label(text: str) -> Label | None:
    """The label that a block or sentence opens with, if any."""
    match = _opening().match(text)
    if not match:
        return None
    key = match["key"] or match["hash"] or match["letter"] or (match["enum"] or "").upper()
    if key.lower() in _NUMBER_WORDS.split("|") and re.search(r"s\b|:", match.group()[: -len(key)]):
        return None  # "Clinical cases: Two women ..."
    number = label_number(key)
    if match["enum"]:
        return Label(number, key, closed=True) if number else None
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
    titled = match["title"] is not None
    return Label(number, match.group().strip(" .:("), closed, titled) if number else None


def labels_behind(text: str) -> list[tuple[int, Label]]:
    """The labels that open the parts of a sentence behind its semicolons, or have an age behind them,
    with where they stand."""
    out = aged_labels(text)
    for part in _PART.finditer(text):
        label = opening_label(text[part.end() :])
        if label is not None and (label.closed or _SAYS.match(text, part.end() + len(label.text))):
            out.append((part.end(), label))
    return sorted({at: (at, label) for at, label in out if at}.values(), key=lambda one: one[0])


def aged_labels(text: str) -> list[tuple[int, Label]]:
    """The labels of patients whom a sentence tells apart by their ages, with where they stand."""
    out = []
    for start, end, key in aged_names(lower_same_length(text)):
        number = label_number(key.upper())
        if number:
            out.append((start, Label(number, text[start:end].strip(" ("), closed=True)))
    return out if {label.number for _, label in out} == set(range(1, len(out) + 1)) else []


def inside_numbers(text: str) -> set[int]:
    """All numbers of labels inside a sentence, ranges expanded ("cases 1-3")."""
    out: set[int] = set()
    for match in INSIDE.finditer(text):
        for part in _SPLIT.split(match["keys"] or match["hashes"] or match["word"] or ""):
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
    lower = lower_same_length(text)
    out += [Name(*place) for place in by_place(lower) if _is_free(place, out)]
    if out:
        out += [Name(*place) for place in gapped(lower) if _is_free(place, out)]
    return sorted(out, key=lambda n: n.start)


def _is_free(place: tuple[int, int, int], taken: list[Name]) -> bool:
    return all(place[0] >= name.end or place[1] <= name.start for name in taken)
