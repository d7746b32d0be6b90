"""Which words may be names that no list knows: only what stands around them is shown to the model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.ner.model import Spans, ordinary
from extractors.text import Sentence

#: No drug ends like these.
NO_ENDING = re.compile(
    r"(?:ing|ed|tion|sion|ly|itis|osis|oma|a?emia|uria|tomy|logy|pathy|ness|ment|ity|ism|ous|ful|less|ical)s?$"
)
#: Letters of the shortest name.
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_](?:[\w'/+-]*\w)?")
#: A unit that has grown together with what stands behind it ("80 mgiv").
_UNIT = re.compile(r"(?:mg|mcg|µg|gm|ml|iu)")
_PARTS = re.compile(r"[-']")


#: A short form, which the words around it do not tell from that of an illness; what fights an illness.
_NO_NAME = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,3}s?$|(?i:anti-)")


def odd_words(sentence: Sentence, start: int, end: int, known: Spans) -> Iterator[tuple[int, int]]:
    """Words in [start, end) of a sentence that are no ordinary ones and not among the `known`."""
    plain = ordinary()
    for match in _WORD.finditer(sentence.lower, start, end):
        word = match.group()
        if (
            len(word) < _SHORTEST
            or word in plain
            or "/" in word
            or _UNIT.match(word)
            or NO_ENDING.search(word)
        ):
            continue
        if all(
            len(part) < _SHORTEST or part in plain or part.rstrip("s") in plain for part in _PARTS.split(word)
        ):
            continue
        if _NO_NAME.match(sentence.text, *match.span()):
            continue
        if not any(a < match.end() and match.start() < b for a, b in known):
            yield match.span()
