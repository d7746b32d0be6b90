"""Entries of reference lists, known by their shape: authors with initials, then year, volume and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.structure.drafts import Piece

_NUMBER = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|\d{1,3})\s*(?=[A-Z\u00c0-\u024f\"'])")
_PARTICLE = r"(?:van|von|de|di|da|del|della|der|den|la|le|el|al|Van|Von|De|Di|La|Le|El|Al|O)"
_NAME = rf"(?:{_PARTICLE}[ '-]){{0,2}}[A-Z\u00c0-\u024f][\w'\u00c0-\u024f-]+"
_INITIALS = r"(?:[A-Z\u00c0-\u024f]{1,4}|(?:[A-Z]\.[ -]?){1,4})"
_AUTHORS = re.compile(rf"{_NAME}(?: {_NAME})?,? {_INITIALS}(?=[,.;:&\s]|$)")
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_VOLUME = re.compile(
    r"\b(?:\d{1,4}|[IVXLC]{1,6})\s?(?:\([\w\s.,-]{1,12}\))?\s?[:,;]\s?[eES]?\d{1,6}(?:\s?-\s?[eES]?\d{1,6})?"
    r"|\bpp?\.\s?\d+|\bdoi\b|\b10\.\d{4,9}/|\d\s?\(\d{1,3}\)\s?;\s?\d"
)
#: "Sir, A 40-year-old woman ..." is a letter's first line and no author.
_SALUTATION = re.compile(r"(?:Dear\s)?(?:Sirs?|Madam|Editors?|Colleagues?)\b")
#: Limits of results one behind the other: "0.70-1.10 20-200 mg/dL <0.4".
_LIMIT = (
    r"[<>\u2264\u2265]?\s?\d[\d.,]*+(?:\s?-\s?\d[\d.,]*+)?(?:\s[A-Za-z\u00b5%][\w/\u00b5%.]{0,9})?"
)
_LIMITS = re.compile(rf"{_LIMIT}(?:[\s;,]++{_LIMIT})++[\s;,]*")
_LONGEST = 1200  # characters of an entry, with many authors
_ET_AL = re.compile(r"\bet al\b")


def numbered(text: str) -> bool:
    """Whether a line begins like a numbered entry of a list."""
    return text[0] in "[(0123456789" and _NUMBER.match(text) is not None


def begins(text: str) -> bool:
    """Whether a line can begin an entry: a number or an author's name with initials."""
    match = _NUMBER.match(text) if text[0] in "[(0123456789" else None
    if match:
        return True
    return _AUTHORS.match(text) is not None and not _SALUTATION.match(text)


def are_limits(heading: str, after: Piece | None) -> bool:
    """Whether "Reference" is the head of a column of limits, which the print has torn off its table."""
    return heading[:3].lower() == "ref" and after is not None and _LIMITS.fullmatch(after.text) is not None


def entry(text: str) -> bool:
    """Whether a text is by its shape a whole entry: authors in front and year, volume, pages behind."""
    if not ("19" in text or "20" in text) or len(text) > _LONGEST or _SALUTATION.match(text):
        return False
    match = _NUMBER.match(text) if text[0] in "[(0123456789" else None
    start = match.end() if match else 0
    authors = _AUTHORS.match(text, start)
    if not authors:
        return False
    tail = text[authors.end() :]
    if not _YEAR.search(tail):
        return False
    return _VOLUME.search(tail) is not None or (match is not None and _ET_AL.search(tail) is not None)
