"""What a line looks like: a caption, a heading, a label of a figure, a running head, a sentence's end."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.structure import vocabulary

_CAPTION = re.compile(
    r"(?P<what>Fig(?:ure|\.)?s?|FIG(?:URE|\.)?S?|Tables?|TABLE|Tab\.|Scheme|Chart|Image|Plate|Photo|Video|Graph|"
    r"(?:Supplementa(?:ry|l)|Supp\.?|Extended [Dd]ata) (?:Fig(?:ure|\.)?|Table)|e(?:Figure|Table))"
    r"\.?\s?(?P<number>[SA]?\d{1,2}|[IVX]{1,5})\s?(?P<part>\(?[A-Za-z](?:\s?[-,]\s?[A-Za-z])?\)?(?=[\s.:]|$))?"
    r"\s?(?P<mark>[.:|)\u2014]|-(?= ))?\s*(?P<rest>.*)",
    re.DOTALL,
)
#: "TABLE. Characteristics of the patients": the only table of a paper.
_UNNUMBERED = re.compile(r"(?:TABLE|Table)[.:]\s+(?=[A-Z])")
_CAPTION_INITIALS = frozenset("FTSCIPVGeE")
_VERB_REST = re.compile(
    r"(?:and|or|to|in|is|are|was|were|shows?|showed|showing|demonstrat\w+|depicts?|lists?|gives?|"
    r"summari[sz]\w+|presents?|reveal\w*|illustrat\w+|contains?|displays?|describes?|of|for)\b"
)
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,4}[.)]|[A-H][.)])\s+(?=[A-Z])")
_POINTER = re.compile(r"\((?:Tables?|Figs?\.?|Figures?)[^()]{0,30}\)$")
_ORDINAL = "one|two|three|four|five|six|seven|eight|nine|ten"
_CASE_HEADING = re.compile(
    rf"(?:(?:the\s+)?(?:case|patient|subject|pt\.?|proband|observation)(?:\s+(?:report|presentation|history|description))?"
    rf"\s*+(?:(?:no\.?|number|nr\.?|#|-)\s*+)?(?:\d{{1,2}}|[ivx]{{1,4}}|[a-h]|{_ORDINAL})"
    rf"|(?:the\s+)?(?:first|second|third|fourth|fifth|sixth)\s+(?:case|patient)|#\s?\d{{1,2}})"
    rf"(?:\s*\([^()]{{1,40}}\))?\s*[.:]?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:(?:Th?|D|L|C|S)\d{1,2}\s*){1,4}|\(?[A-Za-z]\)?(?:[\s,.]{1,3}\(?[A-Za-z]\)?){0,5})"
)
_PAGE_NUMBER = re.compile(r"(?:[Pp]age\s+)?[-\u2014\[]?\s?\d{1,4}\s?[-\u2014\]]?(?:\s?(?:of|/)\s?\d{1,4})?")
_RUNNING_END = re.compile(r"(?P<words>[^.;]{4,90}?)(?P<space>\s+)(?P<page>\d{1,4})")
_RUNNING_START = re.compile(r"(?P<page>\d{1,4})(?P<space>\s{2,})(?P<words>\S.{2,90})")
_AUTHOR_HEAD = re.compile(
    r"(?:\d{1,4}\s+)?[A-Z][\w'-]+(?: [A-Z]{1,3})?(?: (?:et al\.?|and [A-Z][\w'-]+))(?:\s*[:/|].{0,80})?"
    r"(?:\s+\d{1,4})?"
)
_SENTENCE_END = re.compile(r"[.!?](?:[\"')\]]{0,3})(?:\s?\[[\d, -]{1,20}\])?$|\.\)?\s?\(\d[\d, -]*\)$")

#: "alendronate 70 mg weekly", "- calcium 500 mg bd": a line of a list of drugs.
_REGIMEN = re.compile(
    r"(?:[-\u2022*\u2013]\s?)?[A-Za-z][A-Za-z/-]{3,}(?:\s(?:[A-Za-z][A-Za-z/-]*|[BDK]\d{0,2})){0,2}\s"
    r"\d[\d.,]*\s?(?:mg|g|mcg|\u00b5g|\u03bcg|ug|IU|units?|ml|mL|puffs?|drops?)\b(?!\s?/\s?(?:m?l|d?L))"
)


class Caption(NamedTuple):
    """A line that begins a caption: of a table or not, its number, and whether words follow."""

    table: bool
    bare: bool  # the label stands alone, the words come on the next line
    marked: bool  # a dot or colon after the number


class Heading(NamedTuple):
    """A heading: what it leads to (a role of headings.csv, `case` or ``) and its depth."""

    role: str
    level: int


def caption(text: str) -> Caption | None:
    """The caption that a line begins, or None. `Table 1 shows ...` is none."""
    if text[0] not in _CAPTION_INITIALS:
        return None
    match = _CAPTION.match(text)
    if not match:
        return Caption(True, False, True) if _UNNUMBERED.match(text) else None
    rest, mark = match["rest"], match["mark"] or ""
    if mark == ")" or (
        rest and not mark and ((not rest[0].isupper() and rest[0] not in '("[') or rest[0] == "[")
    ):
        return None
    if (rest[:1] in ",;)" and rest) or _VERB_REST.match(rest):
        return None
    return Caption("ab" in match["what"][-6:].lower(), not rest, bool(mark))


def regimen(text: str) -> bool:
    """Whether a line begins with a name and its dose, as those of a list of drugs do."""
    return _REGIMEN.match(text) is not None


@cache
def heading_words() -> dict[str, str]:
    """Known headings, lower case, with their roles (headings.csv)."""
    return {row["heading"]: row["role"] for row in vocabulary.HEADINGS.rows}


@cache
def bare_headings() -> frozenset[str]:
    """Those of them that may stand before their text with nothing between."""
    return frozenset(row["heading"] for row in vocabulary.HEADINGS.rows if row["bare"])


def heading(text: str) -> Heading | None:
    """The heading that a whole line is, by its words; None for any other line."""
    if len(text) > 90 or text[-1] in ",;(" or text[0].islower() or text.count(" ") > 12:
        return None
    bare, level = _numbered(text)
    bare = _closed_up(bare).rstrip(" :.\u2014-")
    if bare[-1:] == ")" and (match := _POINTER.search(bare)):
        bare = bare[: match.start()].rstrip()
    key = bare.lower()
    role = _known_role(key)
    if role is not None:
        return Heading(role, level)
    if key.endswith((" references", " bibliography")) and key.count(" ") < 3:
        return Heading("references", level)
    if key[:1] in "#coptfs" and (key[-1:].isalnum() or key[-1:] == ")") and _CASE_HEADING.fullmatch(bare):
        return Heading("case", 2)
    return None


def _numbered(text: str) -> tuple[str, int]:
    """A heading without its number, and its level by it: "2.1 Case" is of level 2."""
    match = _NUMBERING.match(text) if text[0] in "0123456789IVXABCDEFGH" else None
    if match is None:
        return text, 1
    return text[match.end() :], 1 + match.group().rstrip(". )").count(".")


def _closed_up(text: str) -> str:
    """A heading printed with a blank behind each letter, without the blanks: "A B S T R A C T"."""
    spaced = len(text) > 3 and text[1] == " " and text[3:4] in (" ", "")
    letters = text.replace(" ", "")
    return letters if spaced and len(letters) > 3 and all(len(w) == 1 for w in text.split()) else text


def _known_role(key: str) -> str | None:
    """The role of a heading's words, "&" being "and"; None where they are not known."""
    words = heading_words()
    role = words.get(key)
    if role is None and ("&" in key or "  " in key):
        role = words.get(" ".join(key.replace("&", "and").split()))
    return role


def shaped_heading(text: str) -> bool:
    """Whether a line that stands alone looks like a heading although its words are not known."""
    if len(text) > 70 or text[-1] in ".,;:)-" or not text[0].isupper():
        return False
    words = text.split()
    if len(words) > 8 or any(c.isdigit() or c in ":=|" for c in text):
        return False
    return any(len(w) > 3 and w.isalpha() for w in words)


def label(text: str) -> bool:
    """Whether a line is a loose label of a figure: `T8`, `L1 L2`, `a b`."""
    return len(text) <= 16 and _LABEL.fullmatch(text) is not None


def page_number(text: str) -> bool:
    """Whether a line is a page number."""
    return (
        len(text) <= 14
        and (text[-1].isdigit() or text[-1] in "-]\u2014")
        and _PAGE_NUMBER.fullmatch(text) is not None
    )


def running_head(text: str) -> bool:
    """Whether a line looks like a running head with a page number set apart, or `Author et al. 337`."""
    if len(text) > 110:
        return False
    last_digit, first_digit = text[-1].isdigit(), text[0].isdigit()
    if last_digit and (match := _RUNNING_END.fullmatch(text)):
        letters = match["words"]
        if len(match["space"]) > 3 and "  " not in letters and len(letters.split()) < 12:
            return not any(c.isdigit() for c in letters)
    if first_digit and (match := _RUNNING_START.fullmatch(text)) and len(match["space"]) > 2:
        return match["words"][0].isupper() and not match["words"].endswith(".")
    return (last_digit or first_digit) and _AUTHOR_HEAD.fullmatch(text) is not None


def sentence_ends(text: str) -> bool:
    """Whether a line ends a sentence."""
    last = text[-1]
    if last in ".!?":
        return True
    return last in "\"')]" and _SENTENCE_END.search(text) is not None


def open_end(text: str) -> bool:
    """Whether a line ends in a word, comma, hyphen or open bracket that must be followed by more."""
    if text[-1] in ",-/(\u00ad" or (text.rfind("(") > text.rfind(")") and len(text) - text.rfind("(") < 60):
        return True
    return text[text.rfind(" ") + 1 :].lower() in vocabulary.line_words("open end")


@cache
def _boilerplate() -> dict[str, tuple[str, ...]]:
    starts: dict[str, list[str]] = {}
    for row in vocabulary.BOILERPLATE.rows:
        starts.setdefault(row["start"][:4], []).append(row["start"])
    return {first: tuple(rest) for first, rest in starts.items()}


def boilerplate(text: str) -> bool:
    """Whether a line begins as lines do that are no part of the article (boilerplate.csv)."""
    if text[0] == "\u00a9":
        return True
    starts = _boilerplate().get(text[:4].lower())
    return starts is not None and text.lower().startswith(starts)


def hyphenated(text: str) -> bool:
    """Whether a line ends within a word."""
    return (text[-1] == "-" and text[-2:-1].isalnum()) or text[-1] == "\u00ad"


def in_list_of_drugs(before: str, text: str) -> bool:
    """Whether a line is one of a list of drugs, one a line."""
    return regimen(text) and (before.endswith(":") or regimen(before))
