"""What a filter's expression means, and what is said of one that cannot be meant."""

from __future__ import annotations

import pickle

import pytest

from pipeline.config import UsageError
from pipeline.only import only
from pipeline.only.fold import kind, texts
from pipeline.only.told import Told

_PAPER = Told(
    title=texts(["Osteoporosis of pregnancy and lactation: Müller's two cases"]),
    abstract=texts(["Bone mineral density was low.", "Density rose post-partum by 5 %."]),
    keywords=texts(["vertebral fractures", "teriparatide"]),
    mesh=texts(["Osteoporosis", "Osteoporosis/drug therapy", "Pregnancy Complications"]),
    types=texts(map(kind, ["Case Reports", "Journal Article"])),
    language=texts(["en"]),
    body=texts(["She was breastfeeding; naïve β-cells, ﬁve kilo\u00adgrams."]),
    year=2016,
)


@pytest.mark.parametrize(
    "expression",
    [
        "osteoporosis",
        "OSTEOPOROSIS",
        "osteoporosis AND (pregnancy OR thyroid)",
        "osteoporosis and not thyroid",
        "osteoporosis NOT thyroid NOT calcitonin",
        "NOT (thyroid OR calcitonin)",
        "NOT NOT osteoporosis",
        "thyroid OR NOT calcitonin",
        "osteopor*",
        '"bone mineral density"',
        '"bone mineral dens*"',
        '"AND lactation"',
        "muller's",
        "naive AND five AND kilograms AND β-cells",
        "post-partum",
        "density[ab] AND title:osteoporosis",
        "mineral[tiab] AND tiab:lactation",
        "teriparatide[ot] AND keyword:fractures",
        'osteoporosis[mh] AND mesh:"pregnancy comp*"',
        '"osteoporosis/drug therapy"[mh]',
        "type:case-report",
        '"Case Reports"[pt]',
        "case-reports [PT]",
        'type:"journal article"',
        "la:en AND eng[la] AND language:English",
        "year:2016 AND 2010-2020[dp] AND (year:1990 OR year:2016-2016)",
        "breastfeeding[tw]",
        "complications",
    ],
)
def test_an_expression_that_the_paper_fits(expression: str) -> None:
    assert only(expression).tree.fits(_PAPER)
    assert not only(f"NOT ({expression})").tree.fits(_PAPER)


@pytest.mark.parametrize(
    "expression",
    [
        "osteoporos",  # whole words alone
        "porosis",
        "thyroid AND osteoporosis",
        '"density was low density"',  # no phrase runs from one paragraph into the next
        '"fractures teriparatide"',
        "postpartum",
        "density[ti]",
        "breastfeeding[tiab]",
        "pregnancy[mh]",  # a heading is asked for whole, and nothing below it in the tree
        "drug[mh]",
        "case[pt]",
        "type:report",
        "type:review",
        "de[la]",
        "year:2017-2020",
        '"the osteoporosis"',
    ],
)
def test_an_expression_that_it_does_not_fit(expression: str) -> None:
    assert not only(expression).tree.fits(_PAPER)


@pytest.mark.parametrize(
    ("expression", "place", "words"),
    [
        ("bone fracture", 5, "put AND, OR or NOT between two words, or quotes around a phrase"),
        ("bone AND", 8, "a word is missing at the end"),
        ("", 0, "the expression has no words"),
        ("AND bone", 0, "a word is missing before this"),
        ("bone AND OR skin", 9, "a word is missing before this"),
        ("()", 1, "a word is missing before this"),
        ("(bone", 0, "this bracket is not closed"),
        ("bone)", 4, "this bracket closes none"),
        ('bone AND "skin', 9, "this quote has no end"),
        ("bone AND skin OR hair", 14, "side by side: put brackets"),
        ("bone NOT skin OR hair", 14, "side by side: put brackets"),
        ("os*teo", 0, "[*] may stand at the end alone"),
        ("bone AND o*", 9, "at least 3 letters before"),
        ("bone AND --", 9, "no letter and no digit"),
        ("bone AND ailment:x", 9, "there is no field 'ailment': there are ab, abstract"),
        ("bone[zz]", 4, "there is no field 'zz'"),
        ("ti:bone[ab]", 7, "another behind it"),
        ("[ti]", 0, "a field's name in brackets stands behind one word or phrase"),
        ("bone AND T-score: low", 16, "means nothing here"),
        ("year:last", 5, "a year is four digits"),
        ("(" * 60 + "a" + ")" * 60, 50, "brackets in each other"),
        ("a" * 10_001, 10_000, "more than 10,000 characters"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(expression: str, place: int, words: str) -> None:
    with pytest.raises(UsageError, match=f"^--only: .*{words}") as caught:
        only(expression)
    rest = expression[place:]
    where = (
        f'at character {place + 1}: "{rest[:40]}{"..." if len(rest) > 40 else ""}"' if rest else "at the end"
    )
    assert str(caught.value).endswith(f", {where}")
    assert "\n" not in str(caught.value)


def test_filters_are_equal_where_they_take_the_same_papers() -> None:
    one, other = only("Bone AND  skin"), only("bone and SKIN")
    assert one == other and one.key == other.key
    assert one.key != only("bone OR skin").key
    assert pickle.loads(pickle.dumps(one)) == one
