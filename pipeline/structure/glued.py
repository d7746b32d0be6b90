"""Words that lost the blank between them: ordinals, sentences and headings glued to what follows."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.structure.shapes import heading_words

Replacement = str | Callable[[re.Match[str]], str]

#: "5thlumbar": a raised ending whose blank went with it; "5-thio" and "6thioguanine" are none.
_ORDINAL = re.compile(r"\b(\d{0,2}(?:1st|2nd|3rd|[04-9]th)|1[1-3]th)(?=[a-z]{2})(?!i[oa])")
#: "spine.Pain began": two sentences, not an address or a file.
_SENTENCES = re.compile(
    r"((?:(?<=[a-z]{3})|(?<=[A-Z]\d)|(?<=[\d.]\d)|(?<=[\da-z]\)))[.!?])(?=[A-Z][a-z]+[ ,;:A-Z])"
)
#: Words of a heading in front of a capital letter or a digit: "ResultsFerritin", "Case reportA woman".
_BEFORE_TEXT = re.compile(
    r"(?:(?<=[.!?)\]] )|(?<=[.!?)\]])|^)([A-Z][a-z]+(?:\s(?:and\s|of\s)?[A-Za-z]+){0,3}?)"
    r"(?=[A-Z](?:[a-z]|\s)|\d)",
    re.MULTILINE,
)
_CAMEL = re.compile("[a-z](?=[A-Z]|[0-9])|[.!?](?=[A-Z])")
_GLUED_ORDINAL = re.compile("[0-9](?:st|nd|rd|th)(?=[a-z])")


def _apart(match: re.Match[str]) -> str:
    words = match[1]
    return words + " " if words.lower() in heading_words() else words


def steps(text: str) -> list[tuple[re.Pattern[str], Replacement]]:
    """The repairs that a text may need, in order; most texts need none."""
    found: list[tuple[re.Pattern[str], Replacement]] = []
    if _GLUED_ORDINAL.search(text):
        found.append((_ORDINAL, r"\1 "))
    if _CAMEL.search(text):
        found += [(_SENTENCES, r"\1 "), (_BEFORE_TEXT, _apart)]
    return found
