"""Patients that a sentence tells apart by their ages: "(Patient 1: 26-year-old; Patient 2: 29-year-old)"."""

from __future__ import annotations

from extractors.rules.book import Book
from extractors.rules.rule import Rule
from pipeline.cases.phrases import SLOTS

#: What the place of one of two patients is called.
_OF_TWO = {"one": "1", "first": "1", "another": "2", "other": "2", "second": "2"}
_AGED_SLOTS = SLOTS | {
    "of age": r"(?P<n>[1-9]\d)(?:[ -]?(?P<u>years?|yrs?|y)\b|(?=[,;)]|\.(?!\d)|$))",
    "being": r"(?:(?:was|is|being|aged?|an?|only|then|[fm]|(?:fe)?male|woman|at),? ){0,3}",
}
#: A name of a patient with an age right behind it: the key of the name.
AGED = Book(
    "cases.aged",
    (
        Rule(
            "label of an age",
            r"\b(?:case|patient|subject|pt|observation) (?:no\.? ?|number |#)?(?P<key>{label number})"
            r"(?:[:,] ?| ?\(| (?=was|is|aged?|an?\b))(?:age:? )?{being}{of age}",
            lambda m: (m["key"], m["u"] is not None),
            says={
                "(Patient 1: 26-year-old)": ("1", True),
                "patient B (30 years) had": ("b", True),
                "and case 2, a 34-year-old": ("2", True),
                "and patient 2 was 35.": ("2", False),
                "and case B a 31-year-old": ("b", True),
            },
            silent=(
                "Patient 1 received 35 mg.",
                "patient 2 (T-score -2.5)",
                "patient 2 was 35 weeks pregnant",
            ),
        ),
        Rule(
            "counted of an age",
            r"(?:(?<= )|(?<=\()|^)(?P<key>{label number})\) (?:an? )?{of age}",
            lambda m: (m["key"], m["u"] is not None),
            says={"cases: (1) a 26-year-old woman": ("1", True)},
            silent=("cases: (1) 26 fractures", "in (a) 30 mg"),
        ),
        Rule(
            "one and the other of an age",
            r"\b(?P<key>one|another|the (?:first|second|other))(?: (?:of them|patient|woman|case|mother))?"
            r"(?:,| (?=was|is|aged?|an?\b)) ?{being}{of age}",
            lambda m: (_OF_TWO[m["key"].removeprefix("the ")], m["u"] is not None),
            says={
                "One was a 32-year-old primipara": ("1", True),
                "the other a 41-year-old": ("2", True),
                "and the other was 41.": ("2", False),
                "The first, 28 years old, had": ("1", True),
                "the second, 33, had": ("2", False),
            },
            silent=("One was 32 mm long", "the other had 41 fractures", "the second week, 30 years ago"),
        ),
    ),
    _AGED_SLOTS,
    seldom=True,
)
BOOKS = (AGED,)


def aged_names(lower: str) -> list[tuple[int, int, str]]:
    """Where a sentence (lower case) names patients with their ages, and the key of each.

    Two at least; the first age has its unit.
    """
    found = sorted(AGED.within(lower), key=lambda f: f.start)
    told = [(f.match.start(), f.match.end("key"), *f.read()) for f in found]
    if len({key for _, _, key, _ in told}) < 2 or not told[0][3]:
        return []
    return [(start, end, key) for start, end, key, _ in told]
