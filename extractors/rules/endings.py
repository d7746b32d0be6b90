"""Words that stand right before a place, looked up by the last of them instead of searched for."""

from __future__ import annotations

import re
from functools import cached_property

from extractors.rules.triggers import texts
from extractors.rules.words import VocabularyError, Words, spelled

#: What a phrase's last word begins behind.
_LAST = re.compile(r"[^ -]+$")
#: Characters that may be part of a last word when the text is looked at backwards.
_LONGEST = 20


class Endings:
    """A vocabulary's phrases ("levels of", "24-h") that may end right before a place.

    Raises VocabularyError at its first use where a phrase's last word has any ending ("supplement*").
    """

    def __init__(self, words: Words) -> None:
        self.words = words

    @cached_property
    def _by_last(self) -> dict[str, re.Pattern[str]]:
        phrases: dict[str, list[str]] = {}
        for word in self.words.words:
            last = _LAST.search(word)
            ends = texts(spelled(last.group())) if last else None
            if ends is None:
                raise VocabularyError(f"{self.words.vocabulary.file}: {word!r} has no last word to look for")
            for end in ends:
                phrases.setdefault(end, []).append(spelled(word).replace(" ", r"\s"))
        return {
            end: re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True))})$")
            for end, found in phrases.items()
        }

    def before(self, lower: str, end: int) -> int:
        """Where the longest phrase begins that ends at `end` of a text in lower case, -1 for none."""
        last = _LAST.search(lower, max(0, end - _LONGEST), end)
        pattern = self._by_last.get(last.group().lstrip("([")) if last else None
        found = pattern.search(lower, max(0, end - 2 * _LONGEST), end) if pattern else None
        return found.start() if found else -1
