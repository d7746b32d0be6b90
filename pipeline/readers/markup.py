"""Marked-up running text to plain text: superscripts, subscripts and citation marks.

A reader walks its elements with `inline`, which keeps what markup means in marks (Unicode
noncharacters, which no text holds), and `plain` then resolves them where both neighbours can be
seen: `cm<sup>2</sup>` is "cm2", `10<sup>9</sup>` is "10^9", `fracture<sup>12</sup>` is "fracture".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from html import unescape
from typing import Any

from pipeline.quick import any_of

SUP, SUP_END, SUB, SUB_END, CITE, CITE_END, BREAK, BLOCK = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"

#: an lxml element; lxml ships no types
Element = Any


class Role(Enum):
    """What an inline element does to its words."""

    TEXT = "text"
    SUP = "sup"
    SUB = "sub"
    CITE = "cite"  # a reference number or the mark of a footnote
    SKIP = "skip"
    BREAK = "break"
    BLOCK = "block"  # no part of the line: a table or a figure amid the words
    LINE = "line"  # its words stand on a line of their own


def inline(element: Element, role_of: Callable[[Element], Role], blocks: list[Element] | None = None) -> str:
    """The words inside an element with marks; elements that are blocks are appended to `blocks`."""
    pieces: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            role = role_of(child)
            if role is Role.BLOCK:
                if blocks is not None:
                    blocks.append(child)
                pieces.append(BLOCK)
            elif role is Role.BREAK:
                pieces.append(BREAK)
            elif role is Role.CITE:
                pieces.append(CITE + " ".join("".join(child.itertext()).split()) + CITE_END)
            elif role is not Role.SKIP:
                pieces.append(_WRAP[role](inline(child, role_of, blocks)))
        pieces.append(child.tail or "")
    return "".join(pieces)



_WRAP: dict[Role, Callable[[str], str]] = {
    Role.TEXT: lambda text: text,
    Role.SUP: lambda text: f"{SUP}{text}{SUP_END}",
    Role.SUB: lambda text: f"{SUB}{text}{SUB_END}",
    Role.LINE: lambda text: f"{BREAK}{text}{BREAK}",
}

_ANY_MARK = re.compile("[\ufdd0-\ufdd7]")
_SPACES = re.compile(r"\s+")
_NOT_MARKS = "[^\ufdd0-\ufdd3]*"
#: white space from its first character on: a search does not begin anew at each of a long run
_LEAD = r"((?:(?<!\s)\s+)?)"
_SUP_RUN = re.compile(rf"{_LEAD}{SUP}({_NOT_MARKS}){SUP_END}")
_SUB_RUN = re.compile(rf"{_LEAD}{SUB}({_NOT_MARKS}){SUB_END}")
_CITED = f"{CITE}[^{CITE}{CITE_END}]*{CITE_END}"
_CITE_RUN = re.compile(rf"{_LEAD}{_CITED}(\s*)(\.(?!\.))?")
_LEFT_COMMA = re.compile(r"([\[(])\s*[,;]\s*")

_DASH = "\u2010\u2011\u2012\u2013\u2014\u2212\\-"  # for use inside a character class
_SEPARATOR = rf"\s*+(?:(?:[,;\u00b7{_DASH}]|and|&)\s*+)?+"
_NEIGHBOURS = re.compile(rf"({_CITED})(?:{_SEPARATOR}{_CITED})+")
_LEAD_WORDS = r"(?:(?:see|cf\.?|e\.g\.,?|refs?\.?|references?|reviewed in|see also|reviewed by)\s*){0,2}"
_BRACKETED = re.compile(rf"[\[(]\s*{_LEAD_WORDS}(?:\d{{1,3}}+{_SEPARATOR}){{0,9}}({_CITED})"
                        rf"(?:{_SEPARATOR}(?:\d{{1,3}}+|{_CITED})){{0,9}}\s*[\])]")
_ONLY_MARKS = rf"[\s\d,;.\[\]()*\u00b7{_DASH}]*+"
_ONLY_SEPARATORS = re.compile(rf"{_ONLY_MARKS}(?:and{_ONLY_MARKS})?")

_LENGTH_UNIT = re.compile("(?:^|[^A-Za-z])(?:[cdkmnµμ]?m|ft)$")
_SQUARE = re.compile(r"[23]")
_SQUARE_AND_CITED = re.compile(r"([23])(?:\s++(?:[,;]\s*+)?|[,;]\s*+)(\d{1,3}(?:\s*[,\u2013-]\s*\d{1,3})*)")
_NEGATIVE = re.compile(rf"[{_DASH}]\s?\d{{1,2}}")
_POWER = re.compile(rf"[{_DASH}+]?\s?(?:\d|1\d|2[0-4])")
_BASE_TEN = re.compile(r"(?:^|[^\d.,])10$")
_CHARGE = re.compile(rf"\d?[+{_DASH}](?:\s*/\s*[+{_DASH}])?")
_VARIABLE = re.compile("(?:^|[^A-Za-z])[rRxXyzIχη]$")
_ISOTOPE = re.compile(r"\d{1,3}m?")
_NUCLIDE = re.compile(r"(?:Tc|F|I|In|Sr|Ca|H|C|N|O|Ga|Lu|Ra|Sm|P|Xe|Tl|Y|Rb|Re|Cr|Co|Fe|Cs|Kr|Se|Zr|Cu|Ho"
                      r"|Au)(?![a-z])")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|ère|e|ème|eme|de|º|ª)", re.IGNORECASE)
_TRADE_MARK = re.compile(r"[®™©℠\s]+|\(?(?:TM|R|SM)\)?")
_FOOTNOTE_MARK = re.compile(r"[*†‡§¶#∗⁎✝∥|‖\s,]+|[a-z](?:[\s,]+[a-z]){0,5}|[A-Z](?:\s*,\s*[A-Z]){0,3}")
_REFERENCE_NUMBERS = re.compile(
    r"[\[(]?\s*\d{1,3}[a-z*†‡§]?"
    rf"(?:(?:\s++(?:[,;\u00b7{_DASH}]\s*+)?|[,;\u00b7{_DASH}]\s*+)[\d*†‡§]{{1,3}}[a-z]?){{0,20}}"
    r"\s*+(?:[\])]\s*+)?[,;.]?")
_DEGREE = re.compile(r"[o0º°]")


def plain(marked: str, *, notes: bool = False) -> str:
    """One line of plain text from marked text.

    `notes` is set for the footnotes of a table, whose leading superscript is their name ("a").
    A text that is nothing but a citation mark keeps it.
    """
    marked = without_raised_marks(marked) if any_of(marked, RAISED_SIGNS) else marked
    if not _ANY_MARK.search(marked):
        return _SPACES.sub(" ", marked).strip()
    text = marked.replace(BREAK, " ").replace(BLOCK, " ")
    text = _SUP_RUN.sub(_join_citations, text)
    text = _SUB_RUN.sub(_subscript, text)
    if notes:
        text = _SUP_RUN.sub(_note_name, text)
    text = _SUP_RUN.sub(_superscript, text)
    if CITE in text:
        text = _without_citations(text)
    text = _SPACES.sub(" ", _ANY_MARK.sub("", text)).strip()
    if not text or not any(c.isalnum() for c in text):
        text = text or _SPACES.sub(" ", _ANY_MARK.sub("", marked)).strip()
    return text


def plain_lines(marked: str) -> list[str]:
    """The lines of a cell, broken where the markup breaks them; empty ones are left out."""
    if BREAK not in marked:
        line = plain(marked)
        return [line] if line else []
    return [line for line in map(plain, marked.split(BREAK)) if line]


_RAISED_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074-\u207b"
_RAISED_RUN = re.compile(rf"(?<=[\w).;,%\]\u201d\u2019])(?<![{_RAISED_DIGITS}])"
                         rf"[{_RAISED_DIGITS}]+(?:[,\u00b7\u2013-][{_RAISED_DIGITS}]+)*")
#: the raised digits of Unicode
RAISED_SIGNS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_AS_PRINTED = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b",
                            "0123456789+-")


def without_raised_marks(text: str) -> str:
    """A line of text less the raised digits that cite: "T9²" is T9, while cm², 10⁹ and Ca²⁺ stay.

    What stands in front of a number ("³0.6", an old font's sign for "at least") is left alone.
    """
    return _RAISED_RUN.sub(_without_mark, text)


def _without_mark(match: re.Match[str]) -> str:
    text = match.string
    before, after = text[max(0, match.start() - 24):match.start()], text[match.end():match.end() + 4]
    raised = _raised(match.group().translate(_AS_PRINTED), before, after, "")
    kept, mark, _ = raised.partition(CITE)
    if not mark:
        return match.group()
    return kept + (" " if after[:1].isalnum() and before[-1:].isalnum() else "")


_SUP_TAG = re.compile(r"<(/?)(sup|sub)\b[^<>]{0,80}>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?(?:i|b|em|strong|u|p|br|span|div|italic|bold|sec|title|inline-formula"
                        r"|jats:[a-z-]+)\b"
                        r"[^<>]{0,120}/?>", re.IGNORECASE)
_TAG_MARKS = {("", "sup"): SUP, ("/", "sup"): SUP_END, ("", "sub"): SUB, ("/", "sub"): SUB_END}


def untagged(text: str) -> str:
    """Plain text from text in which a few HTML tags and entities were left, as in exported records."""
    if "<" in text:
        text = _SUP_TAG.sub(lambda m: _TAG_MARKS[m.group(1), m.group(2).lower()], text)
        text = _OTHER_TAG.sub("", text)
    return plain(unescape(text) if "&" in text else text)


_LINK_MARK = re.compile(
    r"[\[(]?\s*\d{1,3}[a-z]?"
    rf"(?:(?:\s++(?:[,;{_DASH}]\s*+)?|[,;{_DASH}]\s*+)\d{{1,3}}[a-z]?){{0,20}}"
    r"\s*+(?:[\])]\s*+)?[.,;]?|[*†‡§¶#]{1,4}")


def is_mark(text: str) -> bool:
    """Whether the words of a link are a reference number, a list of them or a footnote sign."""
    return bool(_LINK_MARK.fullmatch(text))


def cited(text: str) -> str:
    """A citation mark, for readers that find them in other ways than by elements."""
    return f"{CITE}{text}{CITE_END}"


def _join_citations(match: re.Match[str]) -> str:
    """A superscript of linked reference numbers and commas is one citation."""
    if CITE not in match.group(2):
        return match.group()
    rest = re.sub(_CITED, "", match.group(2))
    if _ONLY_SEPARATORS.fullmatch(rest):
        return match.group(1) + cited(_ANY_MARK.sub("", match.group(2)))
    return match.group()


def _subscript(match: re.Match[str]) -> str:
    lead, content = match.group(1), match.group(2).strip()
    before = match.string[max(0, match.start() - 12):match.start()]
    if re.search(r"[A-Za-z]{3}$", before) and re.fullmatch(r"[a-z]{3,}(?: [a-z]+)*", content):
        return f" {content}"  # BMD<sub>spine</sub>
    if lead and ("\n" in lead or re.fullmatch(r"\d{1,2}", content)):
        lead = ""  # indented XML, or "CO <sub>2</sub>"
    return lead + content + match.group(2)[len(match.group(2).rstrip()):]


def _note_name(match: re.Match[str]) -> str:
    content = match.group(2).strip()
    before = match.string[:match.start()].rstrip(" \n\t")
    if (not before or before[-1] in ".;,)") and (_FOOTNOTE_MARK.fullmatch(content) or content.isdigit()):
        return f" {content} "
    return match.group()


def _superscript(match: re.Match[str]) -> str:
    lead, raw = match.group(1), match.group(2)
    content = raw.strip()
    trail = " " if raw != raw.rstrip() else ""
    if not content:
        return lead or trail
    if CITE in content:
        return lead + content + trail
    before = _ANY_MARK.sub("", match.string[max(0, match.start() - 24):match.start()])
    after = match.string[match.end():match.end() + 4]
    if "\n" in lead and before[-1:].isalnum():
        lead = ""  # the indentation of pretty-printed XML
    return _raised(content, before, after, lead) + trail


def _raised(content: str, before: str, after: str, lead: str) -> str:
    """What stands for a superscript between its neighbours; `lead` is the white space before it."""
    if _BASE_TEN.search(before) and not lead and _POWER.fullmatch(content):
        return "^" + content.replace(" ", "")
    for part in (_of_unit(content, before), _of_symbol(content, before, after, lead)):
        if part is not None:
            return part
    if before[-1:].isdigit() and not lead:
        if _DEGREE.fullmatch(content) and re.match(r"\s?[CF]\b", after):
            return "°"
        if _is_ordinal(content, before):
            return content
    if _is_trade_mark(content, before):
        return lead
    if _REFERENCE_NUMBERS.fullmatch(content) or _FOOTNOTE_MARK.fullmatch(content):
        return lead + cited(content)
    return lead + content


def _of_unit(content: str, before: str) -> str | None:
    """A power of a unit ("cm2", "kg-1"), with what is cited behind it; None where it is none."""
    if _LENGTH_UNIT.search(before):
        if _SQUARE.fullmatch(content):
            return content
        both = _SQUARE_AND_CITED.fullmatch(content)
        if both:
            return both.group(1) + cited(both.group(2))
    if _NEGATIVE.fullmatch(content) and before[-1:].isalpha():
        return content.replace(" ", "")
    return None


def _of_symbol(content: str, before: str, after: str, lead: str) -> str | None:
    """The mass of an isotope, the charge of an ion, the square of a variable; None where it is none."""
    apart = bool(lead) or not before or before[-1] in "([-/ "
    if _ISOTOPE.fullmatch(content) and apart and _NUCLIDE.match(after):
        return lead + content
    if _CHARGE.fullmatch(content) and (before[-1:].isalnum() or before[-1:] in ")]"):
        return content
    return content if _VARIABLE.search(before) and _SQUARE.fullmatch(content) else None


def _is_ordinal(content: str, before: str) -> bool:
    """Whether letters behind a figure make it an ordinal; a lone "e" (2e) only behind a short one."""
    if not _ORDINAL.fullmatch(content):
        return False
    return content != "e" or re.search(r"(?:^|\D)\d{1,2}$", before) is not None


def _is_trade_mark(content: str, before: str) -> bool:
    """Whether a superscript is a trade mark; a lone "R" only behind a word."""
    if not _TRADE_MARK.fullmatch(content):
        return False
    return len(content) > 1 or content != "R" or re.search("[a-z]{2}$", before) is not None


def _without_citations(text: str) -> str:
    """Take the citation marks out with their brackets and commas, and close the gap they leave."""
    for _ in range(3):
        joined = _BRACKETED.sub(cited("1"), _NEIGHBOURS.sub(cited("1"), text))
        if joined == text:
            break
        text = joined
    return _LEFT_COMMA.sub(r"\1", _CITE_RUN.sub(_close_gap, text))


def _close_gap(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 1):match.start()]
    if match.group(3):  # "et al. [12]." keeps one full stop
        return "" if before == "." else "."
    after = match.string[match.end():match.end() + 1]
    if not before or not after or before in "([" or after in ",.;:)]}!?'\u2019\u201d":
        return ""
    if match.group(1) or match.group(2):
        return " "
    apart = (before.isalnum() or before in ".,;:)]%\"\u201d\u2019") and (after.isalnum()
                                                                         or after in "([\u201c")
    return " " if apart else ""
