"""Author-defined abbreviations: "bone-specific alkaline phosphatase (BAP)".

The algorithm is scispaCy's (Schwartz and Hearst, Pac Symp Biocomput 2003:451). Its own component
runs a token matcher over the whole text; here the brackets are found by their characters, and only
the words before one whose letters may define it are cut into tokens (by scispaCy's tokenizer) and
handed to it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.factory import register
from extractors.text import view

_KEY = "casebook.abbreviations"
#: The same in a view's cache, for what is handed no Doc.
DEFINED = "abbreviations.defined"
#: A bracket that may hold a short form: 2 to 15 characters, one of them a capital.
_BRACKET = re.compile(r"[(\[](?=[^()\[\]]{0,14}[A-Z])([^()\[\]]{2,15})[)\]]")

#: What scispaCy's filter accepts as a short form, tested before anything is cut into tokens.
_SHORT_FORM = re.compile(r"[A-Za-z][^\s]{1,8}(?:\s[^\s]{2,9}){0,2}")

Pairs = list[tuple[Span, Span]]


def definitions(doc: Doc) -> dict[str, str]:
    """Short form -> long form of the definitions found in a text; empty if the component did not run."""
    found: dict[str, str] = doc.user_data.get(_KEY, {})
    return found


class Abbreviations:
    """Keeps the definitions of a text on the Doc, in order of appearance; the first of a name wins."""

    def __init__(
        self,
        tokenizer: Callable[[str], Doc],
        candidates: Callable[[list[tuple[int, int, int]], Doc], Pairs],
        match: Callable[[Span, Span], tuple[Span, Span | None]],
    ) -> None:
        self._tokenizer, self._candidates, self._match = tokenizer, candidates, match

    def __call__(self, doc: Doc) -> Doc:
        """Find the definitions of a Doc; see `definitions`."""
        found: dict[str, str] = {}
        for sentence in view(doc).sentences:
            if "(" in sentence.text or "[" in sentence.text:
                for short, long in self._defined(sentence.text):
                    found.setdefault(short, long)
        doc.user_data[_KEY] = view(doc).cache[DEFINED] = found
        return doc

    def _defined(self, text: str) -> Iterator[tuple[str, str]]:
        """Short and long forms that one sentence defines; only such a sentence is cut into tokens."""
        for bracket in _BRACKET.finditer(text):
            short_form = bracket[1]
            most = _look_back(len(short_form))
            words = text[: bracket.start()].rsplit(None, most)
            begin = len(words[0]) if len(words) > most else 0
            if not _SHORT_FORM.fullmatch(short_form):
                continue
            first = _defined_from(text[begin : bracket.start()], short_form)
            if first < 0:
                continue
            begin += first
            tokens = self._tokenizer(text[begin : bracket.end()])
            span = tokens.char_span(bracket.start(1) - begin, bracket.end(1) - begin)
            if span is None:
                continue
            for long_form, found in self._candidates([(0, span.start, span.end)], tokens):
                if len(long_form):
                    short, long = self._match(long_form, found)
                    if long is not None:
                        yield short.text, long.text


def _look_back(letters: int) -> int:
    """How many words before a short form the algorithm reads, and one more."""
    return min(letters + 5, letters * 2) + 1


def _defined_from(before: str, short: str) -> int:
    """Where the word begins, among those before a short form, from which on its letters stand in their
    order, the first of them at the beginning of a word; -1 where they do not."""
    lower, at = before.lower(), len(before)
    for index, char in reversed(list(enumerate(short.lower()))):
        if not char.isalnum():
            continue
        at = lower.rfind(char, 0, at)
        while index == 0 and at > 0 and lower[at - 1].isalnum():
            at = lower.rfind(char, 0, at)
        if at < 0:
            return -1
    return before.rfind(" ", 0, at) + 1


def create(nlp: Language, name: str) -> Abbreviations:
    """The component for a pipeline; scispaCy is imported here, not at import of this module."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn's note on a newer pickle format
        from scispacy.abbreviation import filter_matches, find_abbreviation  # noqa: PLC0415
        from scispacy.custom_tokenizer import combined_rule_tokenizer  # noqa: PLC0415

        tokenizer = combined_rule_tokenizer(nlp)
    return Abbreviations(tokenizer, filter_matches, find_abbreviation)


register("abbreviations", create)
