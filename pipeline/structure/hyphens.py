"""Lines joined to running text: which hyphens at a line's end belong to the word.

The document decides first (a form that occurs elsewhere in it), then a reviewed list of parts
of compounds (hyphen_parts.csv), then the default: the hyphen was the typesetter's.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.structure import vocabulary
from pipeline.structure.normalise import SOFT_HYPHEN

_LAST_PART = re.compile(r"[^\s-]*$")
_LAST_TOKEN = re.compile(r"[^\s(\[\"'/]*$")
#: Up to the last mark with a letter behind it: print without spaces has "2.52),phos-".
_UP_TO_MARK = re.compile(r"^.*[,;:)\]](?=[^\W\d_])", re.DOTALL)
_FIRST_PART = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[a-z\u00df-\u024f]+(?:-[a-z\u00df-\u024f]+)*")
_INNER = re.compile(r"(?<![\w-])([^\W\d_]{2,})- ([a-z\u00df-\u024f]{2,})")


@cache
def _parts(place: str) -> frozenset[str]:
    return frozenset(row["part"] for row in vocabulary.HYPHEN_PARTS.rows if row["place"] == place)


class Joiner:
    """Joins the lines of one document; its words are collected at the first hyphen."""

    __slots__ = ("_text", "_words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def join(self, left: str, right: str) -> tuple[str, str]:
        """The end of `left` as it stands in running text, and what comes between it and `right`."""
        last = left[-1:]
        if last == SOFT_HYPHEN:
            return left[:-1], ""
        if last == "-":
            return self._at_hyphen(left, right)
        if last == "/" and left[-2:-1].isalnum():
            return left, ""
        return left, " "

    def _at_hyphen(self, left: str, right: str) -> tuple[str, str]:
        before = left[-2:-1]
        if not before or before.isspace() or before == "-":
            return left, " "
        first = _FIRST_PART.match(right)
        if first and first.group().lower() in vocabulary.line_words("suspending"):
            return left, " "
        if self.keeps(left[:-1], right):
            return left, ""
        return left[:-1], ""

    def keeps(self, left: str, right: str) -> bool:
        """Whether the hyphen between `left`'s last and `right`'s first word belongs to the word."""
        match = _FIRST_PART.match(right)
        if not match or not right[0].islower():
            return True  # a number, a capital, a bracket
        left = _UP_TO_MARK.sub("", left)
        tail = match.group()
        token = _LAST_TOKEN.search(left)
        whole = token.group() if token else ""
        part = _LAST_PART.search(left)
        head = part.group().lstrip("(['\"").lower() if part else ""
        if (
            not head
            or not head.isalpha()
            or len(head) < 2
            or not whole.lstrip("([")[1:].replace("-", "").islower()
        ):
            return True  # 25-, L1-, T-, MRI-, x-
        joined = (head + tail).lower()
        words = self._vocabulary()
        if joined in words:
            return False
        if f"{head}-{tail.lower()}" in words:
            return True
        return head in _parts("head") or tail.lower() in _parts("tail")

    def _vocabulary(self) -> frozenset[str]:
        if self._words is None:
            self._words = frozenset(_WORDS.findall(self._text.lower()))
        return self._words

    def within(self, text: str) -> str:
        """Undo hyphens left inside a line by an earlier tool: `preg- nancy`."""
        if "- " not in text:
            return text
        return _INNER.sub(self._inner, text)

    def _inner(self, match: re.Match[str]) -> str:
        left, right = match.groups()
        if right in vocabulary.line_words("suspending") or not left[1:].islower():
            return match.group()
        words = self._vocabulary()
        if (left + right).lower() in words:
            return left + right
        if f"{left}-{right}".lower() in words or left.lower() in _parts("head") or right in _parts("tail"):
            return f"{left}-{right}"
        return left + right if right not in words and len(right) > 2 else match.group()
