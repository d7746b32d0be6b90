"""Drop caps: whether a large first letter and the letters beside it are one word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.readers.html_clean import names_of
from pipeline.readers.markup import Element

#: letters that are words by themselves
_ALONE = frozenset("AIO")
#: what is left of words that begin with A, where the rest may look like a word
_RESTS = frozenset("bout bove cute dult gain long mong nother re round".split())
#: how an English word may begin; "fter" and "lthough" are no words
_ONSET = re.compile(
    r"[aeiou]|(?:[bcdfghjklmnpqrstvwxyz]|[bcfgps][lr]|[dt]r|s[cklmnpqtw]|th|sh|ch|wh|qu|tw|kn"
    r"|str)[aeiouy]"
)
_WORD = re.compile(r"[a-zà-ÿ]+")
_CAP_NAME = re.compile(
    r"\b(?:drop ?caps?|dropped ?caps?|initial ?(?:cap|letter)s?|first ?letter|lettrine|capital ?letter)\b"
)
_FLOATED = re.compile(r"float\s*:\s*left", re.IGNORECASE)
_LARGE = re.compile(
    r"font-size\s*:\s*(?:[2-9](?:\.\d+)?r?em|[2-9]\d\dp?%|x+-large|[3-9]\dp[tx]|1\d\dp[tx])", re.IGNORECASE
)
_LETTER = re.compile(r"[\"“‘']?[A-ZÀ-Þ]")


def one_word(letter: str, rest: str, told: Callable[[], Iterable[str]]) -> bool:
    """Whether "T" + "he" are one word, as "A" + "fter" and not "A" + "woman".

    Where both may be, `told` gives the words of the text (lower case): the one that is told there stands.
    """
    start = _WORD.match(rest)
    if start is None:
        return letter[-1] not in _ALONE and rest[:1].isalpha()
    if letter[-1] not in _ALONE:
        return True
    alone, joined = start.group(), letter[-1].lower() + start.group()
    words = list(told())
    again, new = words.count(alone) > 1, joined in words  # the words in question are told once themselves
    if again != new:
        return new
    return alone in _RESTS or len(alone) < 3 or not _ONSET.match(alone)


def join_in_page(root: Element) -> None:
    """Put the drop caps of a web page in front of the words they begin, in the page's tree."""
    for element in list(root.iter("span", "div", "p", "big", "b", "strong", "font", "em", "i")):
        text = "".join(element.itertext()).strip()
        if len(text) > 2 or not _LETTER.fullmatch(text) or not _is_cap(element):
            continue
        tail = element.tail or ""
        if tail.strip():
            element.tail = _glued(text, tail, root)
            _only_text(element, text)
            continue
        following = element.getnext()
        if element.tag in ("div", "p") and following is not None and (following.text or "").strip():
            following.text = text + (_glued(text, following.text, root))
            _only_text(element, "")


def _is_cap(element: Element) -> bool:
    style = element.get("style", "")
    return bool(_CAP_NAME.search(names_of(element)) or (_LARGE.search(style) and _FLOATED.search(style)))


def _glued(letter: str, rest: str, root: Element) -> str:
    """The words behind a letter, with a blank before them or without."""
    words = rest.lstrip()

    def told() -> list[str]:
        return re.findall(_WORD, " ".join(root.itertext()).lower())

    return words if one_word(letter, words, told) else " " + words


def _only_text(element: Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
