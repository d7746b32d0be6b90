"""Author-defined abbreviations: "bone-specific alkaline phosphatase (BAP)".

The algorithm is scispaCy's (Schwartz and Hearst, Pac Symp Biocomput 2003:451). Its own component
runs a token matcher over the whole text; here the brackets are found by their characters and only
they are handed to it, which gives the same definitions at a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.shared.factory import register
from extractors.shared.view import view

_KEY = "casebook.abbreviations"
#: A bracket that may hold a short form: 2 to 15 characters, one of them a capital.
_BRACKET = re.compile(r"[(\[](?=[^()\[\]]{0,14}[A-Z])([^()\[\]]{2,15})[)\]]")

Pairs = list[tuple[Span, Span]]


def definitions(doc: Doc) -> dict[str, str]:
    """Short form -> long form of the definitions found in a text; empty if the component did not run."""
    found: dict[str, str] = doc.user_data.get(_KEY, {})
    return found


class Abbreviations:
    """Keeps the definitions of a text on the Doc, in order of appearance; the first of a name wins."""

    def __init__(
        self,
        candidates: Callable[[list[tuple[int, int, int]], Doc], Pairs],
        match: Callable[[Span, Span], tuple[Span, Span | None]],
    ) -> None:
        self._candidates, self._match = candidates, match

    def __call__(self, doc: Doc) -> Doc:
        """Find the definitions of a Doc; see `definitions`."""
        seen: list[tuple[int, int, int]] = []
        for sentence in view(doc).sentences:
            if "(" not in sentence.text and "[" not in sentence.text:
                continue
            for bracket in _BRACKET.finditer(sentence.text):
                span = doc.char_span(sentence.start + bracket.start(1), sentence.start + bracket.end(1))
                if span is not None:
                    seen.append((0, span.start, span.end))
        found: dict[str, str] = {}
        for long_form, short_form in self._candidates(seen, doc):
            if len(long_form):
                short, long = self._match(long_form, short_form)
                if long is not None:
                    found.setdefault(short.text, long.text)
        doc.user_data[_KEY] = found
        return doc


def create(nlp: Language, name: str) -> Abbreviations:
    """The component for a pipeline; scispaCy is imported here, not at import of this module."""
    from scispacy.abbreviation import filter_matches, find_abbreviation  # noqa: PLC0415

    return Abbreviations(filter_matches, find_abbreviation)


register("abbreviations", create)
