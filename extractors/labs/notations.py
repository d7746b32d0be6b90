"""Names of tests in too many notations to list: vitamin D's metabolites, "renal and liver function".

25(OH)D3, 25-OH vit D, 1α,25-(OH)2-D, 25-hydroxy-vitamin D, 1,25-dihydroxycholecalciferol.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule, Slots
from extractors.rules.words import Vocabulary, Words

#: Organs by the panel that their function tests are.
ORGANS = Vocabulary(
    "extractors.labs",
    "organs.csv",
    ("word", "analyte", "source"),
    key=("word",),
    filled=frozenset({"analyte"}),
)
#: An analyte named at [start, end) of a text.
Named = tuple[int, int, str]

_SLOTS: Slots = {
    "organ": Words(ORGANS),
    "gap": r"[ -]{0,2}",
    "vitamin": r"[Vv]itamin|VITAMIN|[Vv]it\.?",
    "d": r"[Dd](?:[23]|2/3|2\+3)?(?![A-Za-z0-9])",
    "tail": (
        r"{gap}(?:\({vitamin} )?(?:{vitamin}{gap})?\(?{d}\)?|{gap}(?:chole|ergo)?calciferol|"
        r"{gap}{vitamin}(?![ -]?[A-Za-z0-9])"
    ),
    "hydroxy": r"\(?OH\)?|\[OH\]|[Hh]ydroxy(?:lated)?|HYDROXY|oh",
    "dihydroxy": (
        r"\(OH\){gap}2|\[OH\]2|\(OH2\)|OH2|OH{gap}2|[Dd]i{gap}[Hh]ydroxy|\(OH\)₂"
    ),
    "before": r"(?<![\w.])(?:(?:total|serum) )?",
    "hydroxylated": r"{gap}(?:{dihydroxy}|{hydroxy}){tail}",
}  # fmt: skip


def _is(name: str) -> Callable[[re.Match[str]], tuple[Named, ...]]:
    def read(match: re.Match[str]) -> tuple[Named, ...]:
        return ((match.start(), match.end(), name),)

    return read


_ORGAN = Glue("{organ}", _SLOTS)


def _panels(match: re.Match[str]) -> tuple[Named, ...]:
    """Each organ of the list; the last one with the head that all share."""
    panel = {row["word"]: row["analyte"] for row in ORGANS.rows}
    words = list(_ORGAN.pattern.finditer(match.string, match.start(), match.end()))
    ends = [*(w.end() for w in words[:-1]), match.end()]
    return tuple((w.start(), end, panel[w.group()]) for w, end in zip(words, ends, strict=True))


BOOK = Book(
    "labs.notations",
    (
        Rule(
            "1-25-dihydroxyvitamin D",
            r"{before}1{gap}(?:α|a|alpha)? ?[,.;(]? ?(?:α ?)?-?(?:25|24|\(25){hydroxylated}",
            _is("1,25-dihydroxyvitamin d"),
            says={
                "1,25(OH)2D": ((0, 10, "1,25-dihydroxyvitamin d"),),
                "1α,25-dihydroxyvitamin D": ((0, 24, "1,25-dihydroxyvitamin d"),),
            },
            silent=("1, 25 and 30 mg", "1.25 mg D3"),
            printed=True,
        ),
        Rule(
            "24-25-dihydroxyvitamin D",
            r"{before}24 ?[,.;] ?25{hydroxylated}",
            _is("24,25-dihydroxyvitamin d"),
            says={"24,25(OH)2D": ((0, 11, "24,25-dihydroxyvitamin d"),)},
            silent=("24, 25 and 30 mg",),
            printed=True,
        ),
        Rule(
            "25-hydroxyvitamin D",
            r"{before}(?:25|\(25(?=[^()]{0,8}\))){hydroxylated}",
            _is("25-hydroxyvitamin d"),
            says={
                "25(OH)D3 was low": ((0, 8, "25-hydroxyvitamin d"),),
                "25-OH vit D": ((0, 11, "25-hydroxyvitamin d"),),
                "25-hydroxycholecalciferol": ((0, 25, "25-hydroxyvitamin d"),),
            },
            silent=("25 mg of vitamin D", "125(OH)D"),
            printed=True,
        ),
        Rule(
            "functions of organs",
            r"\b{organ}(?:(?:, ?(?:and )?| (?:and|or|as well as) |/){organ}){1,3}"
            r" (?:gland )?(?:functions?|enzymes)(?: tests?)?\b",
            _panels,
            says={
                "Renal, liver and thyroid function tests": (
                    (0, 5, "renal function"),
                    (7, 12, "liver function tests"),
                    (17, 39, "thyroid function"),
                ),
            },
            silent=("renal function", "liver and spleen"),
        ),
    ),
    _SLOTS,
)
