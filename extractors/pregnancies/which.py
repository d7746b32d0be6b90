"""Which pregnancy a text speaks of: "her second delivery", "G3P2", "each child"."""

from __future__ import annotations

import re

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.pregnancies.said import Which
from extractors.pregnancies.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

#: Before "her second child": it is not yet born.
_CARRYING = Glue(r"\b(?:pregnant|pregnancy|expecting|carrying)(?: with)?(?: (?:her|a|the|their))? $")
_LAST = {"both": 2, "two": 2, "three": 3, "four": 4}
#: More children than these are a number of something else.
_MOST = 15
_SLOTS = SLOTS | {
    "her children": r"pregnancies|(?P<births>deliveries|births|(?<!both )children)",
    "all of": r"(?:each|every|all)(?: of)?(?: (?:her|the|these))?",
}
_ROMAN = {"ii": 2, "iii": 3, "iv": 4}


def _nth(m: re.Match[str]) -> Which | None:
    number = parse_ordinal(m["n"])
    birth = m["birth"]
    birth = None if _CARRYING.within(m.string, m.start() - 40, m.start()) else birth
    child = birth is not None and re.match(r"(?:child|baby|infant|son|daughter)\b", birth) is not None
    return None if number is None else Which(number, birth=birth is not None, child=child)


def _several(m: re.Match[str]) -> Which:
    return Which(_LAST[m["n"]], of_all=True, birth=m["births"] is not None)


def _children(m: re.Match[str]) -> Which | None:
    number = parse_count(m["n"])
    return (
        None if number is None or number > _MOST else Which(int(number), of_all=True, birth=True, known=True)
    )


def _gravida(m: re.Match[str]) -> Which | None:
    word = m["n"] or m["in_words"] or m["of_para"]
    number = _ROMAN.get(word) or parse_count(word)
    return None if number is None or number > _MOST else Which(int(number))


#: Rules whose number is that of the pregnancy that the text is about.
ELLIPTIC = "nth without its noun"
PRIMIGRAVIDA, GRAVIDA = "primigravida told", "gravida told"
BOOK = Book(
    "pregnancies.which",
    (
        Rule(
            "several pregnancies told",
            r"\b(?:first )?(?P<n>both|(?<=first )(?:two|three|four)) (?:{of an nth} ){0,4}"
            r"(?:{her children})\b",
            _several,
            says={"Her first two pregnancies": Which(2, of_all=True)},
            silent=("the first two visits",),
        ),
        Rule(
            "nth pregnancy told",
            r"\b(?P<n>{nth}) (?:{of an nth}[ -]){0,4}(?:{of a pregnancy}|(?P<birth>{of a birth}))\b"
            r"(?! (?:day|week|month|trimester))",
            _nth,
            says={"after her second delivery": Which(2, birth=True), "In her first pregnancy": Which(1)},
            silent=("her first visit", "the third month"),
        ),
        Rule(
            PRIMIGRAVIDA,
            r"\b(?:primi(?:gravid|par)\w*|primi(?=[ ,.;])|g ?1 ?,?/?p ?[01]\b|gravida (?:1|one|i)\b)",
            lambda m: Which(1),
            says={"A primigravida had pain.": Which(1), "She was G1P1.": Which(1)},
            silent=("primitive cells",),
        ),
        Rule(
            GRAVIDA,
            r"(?<![\w.])(?:g ?(?P<n>[2-9]),? ?/?p ?\d|gravida (?P<in_words>[2-9]|{number word}|ii|iii|iv)\b|"
            r"p ?(?P<of_para>[2-9]),? ?l ?\d\b)",
            _gravida,
            says={"A G3P2 woman": Which(3), "gravida 2": Which(2), "a P2L2": Which(2)},
            silent=("g 3.5", "L2L3", "p2", "G2A3 kidney disease"),
        ),
        Rule(
            "mother of children",
            r"\b(?:mother of|has|had|have|with) (?P<n>{number word}|[2-9]) "
            r"(?:(?:healthy|living|young|small|other|own) )?children\b",
            _children,
            says={"She had two children.": Which(2, of_all=True, birth=True, known=True)},
            silent=("She saw two children.",),
        ),
        Rule(
            "both of one mode",
            r"\bboth(?= (?:(?:were|had been|was|by|via|through|delivered|born|elective|emergency|normal|"
            r"full[- ]term|spontaneous|uneventful) ){0,4}(?:{caesarean}|{vaginal}|{instrumental})\b)",
            lambda m: Which(2, of_all=True, birth=True),
            says={"P2L2 (both LSCS)": Which(2, of_all=True, birth=True)},
            silent=("both hips", "both vaginal swabs"),
        ),
        Rule(
            "every child",
            r"\b{all of} (?:{child}|children|pregnancy|pregnancies|deliver(?:y|ies)|births?)\b",
            lambda m: Which(None, every=True),
            says={"She breastfed every child.": Which(None, every=True)},
            silent=("every day",),
        ),
        Rule(
            "later pregnancy told",
            r"\b(?:subsequent|next|another|new|following) (?:{of an nth}[ -]){0,3}(?:{of a pregnancy})\b|"
            r"\b(?:pregnant|conceived|delivered|gave birth) (?:once )?again\b",
            lambda m: Which(None, later=True),
            says={
                "A subsequent pregnancy was uneventful.": Which(None, later=True),
                "She became pregnant again.": Which(None, later=True),
            },
            silent=("a subsequent fracture", "this pregnancy"),
        ),
        Rule(
            "that time",
            r"\b(?:with|during|after|and|but) (?:the|my|her) (?P<n>first|second|third) (?:one|time)\b|"
            r"\bthe (?P<nth_one>second|third|fourth)(?: one)? (?:was|had been|is) (?:\w+ly )?"
            r"(?:complicated|uneventful|uncomplicated|carried to|conceived|twin|achieved by|obtained)\b",
            lambda m: Which(parse_ordinal(m["n"] or m["nth_one"])),
            says={
                "With the second one the pain began.": Which(2),
                "The first ended early; the second one was complicated by bleeding.": Which(2),
            },
            silent=(
                "for the first time in years", "She was seen for the second time.",
                "The second one was at T12.",
            ),
        ),
        Rule(
            ELLIPTIC,
            r"\b(?P<where>in |after |during |with )?(?P<whose>her|the) (?P<n>first|second|third|fourth|fifth)"
            r"(?= (?:with|for|ended|in|by|was|had|at|resulted|breast\w*|nursed|and|but|after|until|only|a|an|"
            r"she|delivered|vaginal\w*)\b|[,.;):]|$)",
            lambda m: Which(parse_ordinal(m["n"])),
            says={"Her first pregnancy ended early and her second with a birth.": Which(2)},
            silent=("her second complaint", "the third lumbar vertebra"),
        ),
    ),
    _SLOTS,
)
