"""Several articles in one text: told apart only where it is unmistakable, else the text is one.

Three signs count: a heading "Abstract" below a title of its own; a ruled line or a new page before a
title with authors or an abstract; a PMID that closes each. Every part must have a title and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.structure import front, references, shapes

_BLANK = re.compile(r"\n[ \t]*(?=\n)|(?=\x0c)|\n(?=[ \t]*[-_=*#~]{5,}[ \t]*\n)|(?<=[-_=*#~]{5})[ \t]*\n")
_ABSTRACT = re.compile(
    r"(?:structured |english )?abstract\s*(?:[:.\u2013\u2014-]|$)", re.IGNORECASE | re.MULTILINE
)
_EDGES = re.compile(r"\A(?:[ \t]*[-_=*#~]{5,}[ \t]*\n|\s)+|(?:\n[ \t]*[-_=*#~]{5,}[ \t]*|\s)+\Z")
_RULE = re.compile(r"[ \t]*[-_=*#~]{5,}[ \t]*")
_PMID = re.compile(r"\bPMID:? ?(\d{5,9})\b")
_SIGN = re.compile(r"\b(?:PMID|doi)\b:?|\b(?:19|20)\d\d\s?[;:,]\s?\d", re.IGNORECASE)
#: what may stand between the end of one article and the title of the next
_TAIL = re.compile(
    r"(?:key ?words?|index terms|mesh|PMID|PMCID|doi|https?:|©|\(c\)|copyright|conflicts?|competing|funding"
    r"|received|accepted|published|correspond|e-?mail|acknowledg|references?$|disclosure)",
    re.IGNORECASE,
)
_MOST_FRONT = 8
_LEAST_WORDS = 20


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of lines between blank ones: where it begins, its lines, whether a new page begins with it."""

    start: int
    lines: tuple[str, ...]
    new_page: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def is_prose(self) -> bool:
        return front.is_prose(self.text)

    @property
    def title(self) -> str:
        """The title that the part is or begins with, authors below it; "" where it is none."""
        authors = len(self.lines) > 1 and front.is_authors(self.lines[-1])
        text = " ".join(self.lines[:-1]) if authors else self.text
        return text if _is_title(text) else ""


def _is_title(text: str) -> bool:
    return (
        3 <= len(text.split()) <= 40
        and any(c.islower() for c in text)
        and not (front.is_prose(text) or front.is_authors(text) or front.is_affiliation(text))
        and not (_TAIL.match(text) or references.entry(text) or shapes.heading(text))
    )


def articles(text: str) -> list[str]:
    """The articles of a text in order; the text itself where it is one."""
    if not _may_be_several(text):
        return [text]
    parts = _parts(text)
    for find in (_by_abstracts, _by_rules, _by_pmids):
        starts = find(parts)
        if len(starts) > 1 and _all_whole(parts, starts):
            bounds = [0, *(parts[n].start for n in starts[1:]), len(text)]
            return [_EDGES.sub("", text[a:b]) for a, b in pairwise(bounds)]
    return [text]


def _may_be_several(text: str) -> bool:
    return (
        text.count("bstract") + text.count("BSTRACT") > 1
        or text.count("PMID") > 1
        or "\x0c" in text
        or any(mark * 5 in text for mark in "-_=*#~")
    )


def _parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    position = 0
    for match in _BLANK.finditer(text):
        _add(parts, position, text[position : match.start()])
        position = match.end()
    _add(parts, position, text[position:])
    return parts


def _add(parts: list[_Part], start: int, words: str) -> None:
    lines = tuple(" ".join(line.split()) for line in words.split("\n") if line.strip())
    if lines:
        parts.append(_Part(start, lines, "\x0c" in words))


def _by_abstracts(parts: Sequence[_Part]) -> list[int]:
    """Where articles begin by their headings "Abstract": at the title above each."""
    starts: list[int] = []
    for number, part in enumerate(parts):
        if not _ABSTRACT.match(part.text):
            continue
        begin = _front_of(parts, number, starts[-1] + 1 if starts else 0)
        if begin is None:
            continue
        starts.append(0 if not starts else begin)
    return starts


def _front_of(parts: Sequence[_Part], number: int, lowest: int) -> int | None:
    """The title that stands above a heading, with nothing but authors and addresses between."""
    first = number
    while first > lowest and number - first < _MOST_FRONT and _is_front(parts[first - 1]):
        first -= 1
    if first > 0 and shapes.heading(parts[first - 1].text):
        return None  # words of a section
    return next((n for n in range(first, number) if parts[n].title), None)


def _is_front(part: _Part) -> bool:
    text = part.text
    return not (part.is_prose or references.entry(text) or shapes.heading(text) or _TAIL.match(text))


def _by_rules(parts: Sequence[_Part]) -> list[int]:
    """Where articles begin behind ruled lines or on new pages."""
    starts = [0]
    for number, part in enumerate(parts[1:], 1):
        ruled = _RULE.fullmatch(parts[number - 1].text)
        if (ruled or part.new_page) and part.title and _is_headed(parts[number : number + 4]):
            if starts == [0] and all(_RULE.fullmatch(before.text) for before in parts[:number]):
                continue  # the rule above the first
            starts.append(number)
    return starts


def _is_headed(parts: Sequence[_Part]) -> bool:
    """Whether authors, an abstract, a PMID or the like stand below a title."""
    authors = len(parts[0].lines) > 1 and front.is_authors(parts[0].lines[-1])
    return authors or any(_is_sign(part, numbers=not parts[0].new_page) for part in parts[1:])


def _is_sign(part: _Part, *, numbers: bool) -> bool:
    """`numbers`: a journal's line counts too, which at a page's head and foot it does not."""
    text = part.text
    numbered = numbers and _SIGN.search(text) and not part.is_prose
    return bool(_ABSTRACT.match(text) or front.is_authors(text) or numbered)


def _by_pmids(parts: Sequence[_Part]) -> list[int]:
    """Where articles begin, each of which a PMID closes."""
    starts, told = [0], set()
    for number, part in enumerate(parts[:-1]):
        found = _PMID.search(part.text)
        if found and not part.is_prose and not references.entry(part.text):
            if found.group(1) in told:
                return []
            told.add(found.group(1))
            starts.append(number + 1)
    return starts


def _all_whole(parts: Sequence[_Part], starts: Sequence[int]) -> bool:
    """Whether each article has a title that no other has, and sentences."""
    titles = []
    for begin, end in zip(starts, [*starts[1:], len(parts)], strict=True):
        inside = parts[begin:end]
        titles.append(next((part.title.casefold() for part in inside[:4] if part.title), ""))
        if sum(len(part.text.split()) for part in inside if part.is_prose) < _LEAST_WORDS:
            return False
    return all(titles) and all(_differ(a, b) for n, a in enumerate(titles) for b in titles[n + 1 : n + 40])


def _differ(one: str, other: str) -> bool:
    mine, theirs = set(one.split()), set(other.split())
    return len(mine & theirs) < 0.7 * min(len(mine), len(theirs))
