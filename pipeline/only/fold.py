"""Text as the filter compares it: words of small plain letters, one blank around each.

"Ostéo-porosis, <2 SD" becomes " osteo porosis 2 sd ": accents go, and every character that is no letter or
digit parts words, hyphens and apostrophes too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: around each of several texts: no phrase runs over it
EDGE = "\n"
_ODD = re.compile("[^\x00-\x7f]")
_NO_WORD = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Small letters without accents, ligatures taken apart, soft hyphens and the like dropped."""
    small = text.casefold()
    if small.isascii():
        return small
    return _ODD.sub(_kept, unicodedata.normalize("NFKD", small)).casefold()


def _kept(match: re.Match[str]) -> str:
    return "" if unicodedata.category(match[0]) in ("Mn", "Cf") else match[0]


def words(text: str) -> str:
    """The words of a text, folded, a blank between."""
    return _NO_WORD.sub(" ", letters(text)).strip()


def texts(parts: Iterable[str]) -> str:
    """Several texts, folded: the edge and a blank around each."""
    return EDGE + "".join(f" {found} {EDGE}" for part in parts if (found := words(part)))


def kind(text: str) -> str:
    """An article's type, folded: "Case Reports" and "case-report" are "case report", a "research-article"
    is "research"."""
    found = [word.removesuffix("s") if len(word) > 3 else word for word in words(text).split()]
    return " ".join(found[:-1] if len(found) > 1 and found[-1] == "article" else found)
