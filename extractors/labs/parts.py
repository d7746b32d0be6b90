"""Parts of a bilirubin that is named before: "8.8 mg/dL (direct 6.1)", "14% conjugated", "(total/direct)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.labs.vocabulary import NameHit, Term, analytes
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View

#: How far before a part its bilirubin is named; a "fraction" may be told in the sentence behind.
_NEAR = 160
_BILIRUBIN = re.compile(r"bilirubin|jaundice")
_TOTAL, _DIRECT, _INDIRECT = "bilirubin", "direct bilirubin", "indirect bilirubin"
_PART = re.compile(r"(?<![a-z])(?:total|direct|conjugated|indirect|(?:un|non-?)conjugated)(?![a-z])")

Named = tuple[int, int, str]


def _name_of(word: str) -> str:
    if word == "total":
        return _TOTAL
    return _DIRECT if word in ("direct", "conjugated") else _INDIRECT


def _part(match: re.Match[str]) -> tuple[Named, ...]:
    return ((match.start(), match.end(), _name_of(match["part"])),)


def _listed(match: re.Match[str]) -> tuple[Named, ...]:
    """Each part of the list; the noun before the bracket belongs to the first."""
    words = list(_PART.finditer(match.string, match.start("list"), match.end("list")))
    starts = [match.start(), *(w.start() for w in words[1:])]
    return tuple((a, w.end(), _name_of(w.group())) for a, w in zip(starts, words, strict=True))


_SLOTS = {
    "word": r"(?:direct|conjugated|indirect|(?:un|non-?)conjugated)",
    "noun": r"(?:fraction|component|portion|part|form|type)",
    "own": r"(?! ?-?(?:hyper)?bilirubin| coombs| antiglobulin)",
}
BOOK = Book(
    "labs.parts",
    (
        Rule(
            "parts in a bracket",
            r"\bbilirubin(?: levels?)? "
            r"\((?P<list>(?:total|{word})(?:(?: ?/ ?|, (?:and )?| and )(?:total|{word})){1,2})\)",
            _listed,
            says={
                "Bilirubin (total/direct) was 4.6/3.1 mg/dL.": (
                    (0, 16, "bilirubin"),
                    (17, 23, "direct bilirubin"),
                )
            },
            silent=("bilirubin (total)", "bilirubin (direct, 3.1)"),
        ),
        Rule(
            "fraction of the bilirubin",
            r"(?<![\w-])(?P<part>{word}){own} {noun}\b",
            _part,
            says={"The conjugated fraction was 21%.": ((4, 23, "direct bilirubin"),)},
            silent=("a conjugated vaccine", "direct bilirubin"),
        ),
        Rule(
            "part before its value",
            r"(?<![\w-])(?P<part>{word}|(?<=[(,;/] )total|(?<=\()total){own}"
            r"(?= ?(?:(?:was|of|at|being|is) |[:=(] ?)?[<>~]? ?\d)",
            _part,
            says={
                "bilirubin 8.8 mg/dL (direct 6.1 mg/dL)": ((21, 27, "direct bilirubin"),),
                "bilirubin (total 8.8)": ((11, 16, "bilirubin"),),
            },
            silent=("the direct route", "direct bilirubin 6.1", "a total of 8"),
        ),
        Rule(
            "part behind its share",
            r"(?<=\d)(?: ?%|(?: percent)) (?:of (?:which|it) )?(?:(?:was|being|of) )?(?:the )?"
            r"(?P<part>{word})(?=[),.;]|$| and\b)",
            lambda match: ((match.start("part"), match.end("part"), _name_of(match["part"])),),
            says={"bilirubin 120 umol/L (70% conjugated)": ((26, 36, "direct bilirubin"),)},
            silent=("70% conjugated estrogens", "70% of direct costs"),
        ),
    ),
    _SLOTS,
)


def parts(view: View, sentence: Sentence, hits: Sequence[NameHit]) -> Iterator[NameHit]:
    """Parts of a bilirubin in a sentence, offsets relative to it, in order."""
    at = sentence.start
    taken = [h for h in hits if h.term.analyte.name in (_DIRECT, _INDIRECT)]
    known = analytes()
    upto = -1
    for found in BOOK.leftmost(view, sentence):
        for start, end, name in found.read():
            if start < upto or any(h.start < end and start < h.end for h in taken):
                continue
            if _of_bilirubin(view, at + start, at + end):
                upto = end
                yield NameHit(start, end, Term(known[name]))


def _of_bilirubin(view: View, start: int, end: int) -> bool:
    return _BILIRUBIN.search(view.lower, max(0, start - _NEAR), end) is not None
