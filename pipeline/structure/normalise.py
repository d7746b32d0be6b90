"""Characters repaired, once: one spelling for each sign, no invisible ones, units and powers whole.

A repair never adds or removes a line end, so that a file's lines can be repaired all at once.
Where a line has boxes (PDF), every repair that changes its length moves them along.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from pipeline.paper import Box
from pipeline.quick import any_of
from pipeline.structure import glued
from pipeline.structure.citations import CITATION_STEPS, RAISED_CITATION

Replacement = str | Callable[[re.Match[str]], str]

MICRO = "\u00b5"
SOFT_HYPHEN = "\u00ad"


def _windows(code: int) -> str:
    """The sign that cp1252 has in the place of a control character, in its plain spelling."""
    plain = {0x84: '"', 0x93: '"', 0x94: '"', 0x82: "'", 0x91: "'", 0x92: "'", 0x96: "-", 0x85: "..."}
    return plain.get(code, bytes([code]).decode("cp1252", "ignore"))


_SINGLE: dict[str, str] = {
    # spaces (figure, thin, no-break, ideographic ...) and tabs stay apart: a tab separates cells
    **{chr(c): " " for c in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)},
    # characters without width (marks of direction among them), and the marks of PDFium and of broken copies
    **{chr(c): "" for c in (0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))},
    **{chr(c): "" for c in (0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0xFFFE)},
    # cp1252 that somebody has read as Latin-1
    **{chr(c): _windows(c) for c in range(0x80, 0xA0)},
    # dashes and minus signs
    **{c: "-" for c in "\u2010\u2011\u2012\u2013\u2212\u2043\ufe63\uff0d\u02d7\u00ac\uf02d"},
    "\u2015": "\u2014",
    # quotes, primes
    **{c: "'" for c in "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u02b9\u0060"},
    **{c: '"' for c in "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"},
    # Greek mu is the micro sign; symbol-font signs; look-alikes
    "\u03bc": MICRO,
    "\U0001d707": MICRO,
    "\uf06d": MICRO,
    "\uf0b1": "\u00b1",
    "\uf0a3": "\u2264",
    "\uf0b3": "\u2265",
    "\uf0b0": "\u00b0",
    "\uf0b4": "\u00d7",
    "\uf061": "\u03b1",
    "\uf062": "\u03b2",
    "\u2a7d": "\u2264",
    "\u2a7e": "\u2265",
    "\u2266": "\u2264",
    "\u2267": "\u2265",
    "\u2715": "\u00d7",
    "\u2a2f": "\u00d7",
    "\u2024": ".",
    "\u2026": "...",
    "\u2044": "/",
    "\u2215": "/",
    "\u2236": ":",
    "\u2030": "\u2030",
    "\u2103": "\u00b0C",
    "\u02da": "\u00b0",
    "\u00ba": "\u00b0",
    "\u25e6": "\u00b0",
    "\u2219": "\u00b7",
    "\u22c5": "\u00b7",
    "\u2027": "\u00b7",
    "\u30fb": "\u00b7",
    "\u0387": "\u00b7",
    "\u00bc": "1/4",
    "\u00bd": "1/2",
    "\u00be": "3/4",
    "\u2153": "1/3",
    "\u2154": "2/3",
    # presentation forms
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    # full-width ASCII
    **{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)},
}
#: characters that stay as they are although a rule below would look at them
_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_SUBSCRIPTS = "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089"
_DIGITS = str.maketrans(_SUPERSCRIPTS + _SUBSCRIPTS + "\u207b\u207a\u208b\u208a", "0123456789" * 2 + "-+-+")
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]")
_RAISED = re.compile(f"[{_SUPERSCRIPTS}\u207b\u207a]+(?:[,-][{_SUPERSCRIPTS}]+)*|[{_SUBSCRIPTS}]+")
_SOFT_INSIDE = re.compile(f"{SOFT_HYPHEN}(?!\\s*(?:\n|$))")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[\da-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});")
#: control characters, with them what they tell a terminal (ESC [ 2 J); line ends, tabs, page breaks stay
_CONTROL = re.compile(
    r"[\x00\x01\x03-\x08\x0b\x0e-\x1f\x7f]"
    r"(?:(?<=\x1b)(?:\[[0-?]*[ -/]*[@-~]|[]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)|[ -/]+[0-~]))?"
)
_NOT_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_APART = "\x0b\x1c\x1d\x1e\x1f"  # they stand between words
_RANGE_DASH = re.compile("(?<=\\d)\u2014(?=\\d)")
_DECIMAL_DOT = re.compile("(?<=\\d)\u00b7(?=\\d)")
_POWER_BRACKETS = re.compile(r"10(?<!\w10) ?[(\[](\d{1,2})[)\]](?= ?/)")
_POWER_FLAT = re.compile(
    r"([xX\u00d7*\u00b7] ?10) ?([3-9]|1[0-2])(?= ?/ ?(?:L|l|mm3|\u00b5[Ll]|uL|m[Ll]|cumm)\b)"
)
#: "45 *109L" has lost the stroke, too
_POWER_GLUED = re.compile(r"([xX\u00d7*\u00b7] ?10)\^? ?([369]|12) ?(?=[Ll]\b)")
_UNIT_EXPONENT = re.compile(r"(g/ ?cm|g/ ?m|/ ?mm|HA/cm|1\.73 ?m|\d \u00b5m?) ([23])(?!\d|\.\d)")
#: "8. 1 g/dl", and "of 7, 2 g/dl" where one number alone is meant; digits first: a quick search
_LAB_UNIT = r"(?= ?(?:[m\u00b5np]?(?:g|mol)|m?Eq|[m\u00b5]?I?U) ?/ ?(?:[dm\u00b5]?[lL]|100)\b)"
_BROKEN_DECIMAL = re.compile(
    r"\d(?:(?<![\w.,]\d)\d{0,2}\. \d{1,2}|(?:(?<=\b(?:of|is|at) \d)|(?<=\bwas \d))\d?, \d)" + _LAB_UNIT
)
#: signs of fonts for Symbol and of old Macs that somebody has read as Latin-1, before a number
_OLD_FONT = re.compile(
    "(?<=[ (=:\\[])(?:[\u00b2\u00b3](?= ?\\.?\\d)|"
    "\u00a3(?= ?\\d[\\d.,]* ?(?:[m\u00b5npk]?(?:g|mol|IU|U)|mEq|%|SD)(?![A-Za-z])))"
)
_OLD_FONT_SIGNS = {"\u00b2": "\u2264", "\u00b3": "\u2265", "\u00a3": "\u2264"}
_SPACES = re.compile("  +")
#: PDFium writes U+0002 for a hyphen at a line's end
_END_MARK = re.compile("\x02")
_UNIT_BEFORE = re.compile(r"(?:^|[\s/\d(])(?:[cmdk\u00b5n]?m|s|sec|L)$")


#: white space that a text spells out is none of its own lines, cells and pages
_SPELLED = dict.fromkeys("\n\r\t\x0b\x0c\x85\u2028\u2029", " ")


def _raised(match: re.Match[str]) -> str:
    """Raised or lowered digits: a power of ten, a unit's exponent, or a citation mark (then nothing)."""
    digits = match.group().translate(_DIGITS)
    before = match.string[max(0, match.start() - 24) : match.start()]
    if match.group()[0] in _SUBSCRIPTS:
        return digits
    if before.endswith("10") and not before[:-2][-1:].isdigit():
        return "^" + digits
    if _UNIT_BEFORE.search(before):
        return digits
    return "" if RAISED_CITATION.search(before) else digits


def _sign(match: re.Match[str]) -> str:
    sign = _SINGLE.get(match.group(), match.group())
    if "/" in sign[1:] and match.string[match.start() - 1 : match.start()].isdigit():
        return " " + sign  # "2½" is 2 1/2
    return sign


def repair(text: str, boxes: tuple[Box, ...] = ()) -> tuple[str, tuple[Box, ...]]:
    """A text with its characters repaired, and the boxes of its characters moved along.

    `text` may hold several lines if there are no boxes; runs of spaces are kept then (they may
    separate cells), else made one.
    """
    work = _Work(text, boxes)
    if "&" in work.text:
        work.apply(_ENTITY, lambda m: _SPELLED.get(sign := html.unescape(m.group()), sign))
    if _CONTROL.search(work.text):
        work.apply(_CONTROL, lambda m: " " if m.group() in _APART else "")
    if not work.text.isascii():
        _repair_signs(work)
    if "\x02" in work.text:
        work.apply(_END_MARK, "-")
    _repair_numbers(work)
    for pattern, repl in glued.steps(work.text):
        work.apply(pattern, repl)
    for needed, pattern, replacement in CITATION_STEPS:
        if not needed or any_of(work.text, needed):
            work.apply(pattern, replacement)
    if boxes and "  " in work.text:
        work.apply(_SPACES, " ")
    return work.text, work.boxes


def _repair_numbers(work: _Work) -> None:
    """Powers, units and decimals that the print has torn apart."""
    if "10" in work.text:
        work.apply(_POWER_BRACKETS, r"10^\1")
        work.apply(_POWER_FLAT, r"\1^\2")
        work.apply(_POWER_GLUED, r"\1^\2/")
    if any_of(work.text, ("/cm ", "/m ", "/ m ", "/mm ", "/ mm ", "3 m ", "3m ", "\u00b5 ", "\u00b5m ")):
        work.apply(_UNIT_EXPONENT, r"\1\2")
    if any_of(work.text, (". ", ", ")) and "/" in work.text:
        work.apply(_BROKEN_DECIMAL, lambda m: m.group().replace(", ", ".").replace(". ", "."))


def one_line(text: str) -> str:
    """A text of the bibliographic record without control characters and line ends, else as it is stated."""
    if not _NOT_ONE_LINE.search(text):
        return text
    return " ".join(_CONTROL.sub(lambda m: " " if m.group() in _APART else "", text).split())


def _repair_signs(work: _Work) -> None:
    text = work.text
    if not unicodedata.is_normalized("NFC", text):
        if not work.boxes:
            work.text = unicodedata.normalize("NFC", text)
        else:
            work.apply(_COMPOSED, lambda m: unicodedata.normalize("NFC", m.group()))
    if any_of(text, _OLD_FONT_SIGNS):
        work.apply(_OLD_FONT, lambda m: _OLD_FONT_SIGNS[m.group()])
    if any_of(text, _RAISED_TRIGGERS):
        work.apply(_RAISED, _raised)
    if SOFT_HYPHEN in text:
        work.apply(_SOFT_INSIDE, "")
    work.apply(_FOREIGN_RUN, _sign)
    if "\u2014" in work.text:
        work.apply(_RANGE_DASH, "-")
    if "\u00b7" in work.text:
        work.apply(_DECIMAL_DOT, ".")


_RAISED_TRIGGERS = _SUPERSCRIPTS + _SUBSCRIPTS
_COMPOSED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+|[\u2126\u212a\u212b]")


class _Work:
    """A text under repair with the boxes of its characters."""

    __slots__ = ("boxes", "text")

    def __init__(self, text: str, boxes: tuple[Box, ...]) -> None:
        self.text = text
        self.boxes = boxes

    def apply(self, pattern: re.Pattern[str], replacement: Replacement) -> None:
        """Substitute everywhere; boxes keep to the characters they show."""
        if not self.boxes:
            self.text = pattern.sub(replacement, self.text)
            return
        edits: list[tuple[int, int, int]] = []
        parts: list[str] = []
        last = 0
        for match in pattern.finditer(self.text):
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            if new == match.group():
                continue
            parts += (self.text[last : match.start()], new)
            last = match.end()
            edits.append((match.start(), match.end(), len(new)))
        if edits:
            self.text = "".join(parts) + self.text[last:]
            if any(end - start != length for start, end, length in edits):
                self.boxes = tuple([b for b in (_moved(box, edits) for box in self.boxes) if b.end > b.start])


def _moved(box: Box, edits: list[tuple[int, int, int]]) -> Box:
    return replace(box, start=_position(box.start, edits), end=_position(box.end, edits))


def _position(old: int, edits: list[tuple[int, int, int]]) -> int:
    """Where a position of the old text lies in the new one."""
    shift = 0
    for start, end, length in edits:
        if old >= end:
            shift += length - (end - start)
        elif old > start:
            return start + shift + min(old - start, length)
        else:
            break
    return old + shift
