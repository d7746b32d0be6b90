"""Page breaks, odd spaces and odd digits inside names and values: no paper fails by them, no offset moves.

The names are those of all vocabularies, so what is added to one is tried as well.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.paper import Block, BlockKind, Paper
from pipeline.process import extract
from pipeline.readers import read_bytes
from pipeline.structure import structure

EXTRACTORS = Path(__file__).parents[2] / "extractors"
#: every kind of white space, and the characters without width that copies carry
SPACES = (
    *"\n\f\v\t\x1c\x1d\x85 \u00a0\u1680\u2002\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u00ad\ufeff",
    *("\n\n", "\r\n", "\n\f", "  "),
)
#: digits to `str.isdigit` or `str.isnumeric`; some are none to `int`
DIGITS = "\u00b2\u00b3\u00b9\u2075\u2082\u2462\u246f\u2776\u2460\u0663\u096b\uff19\u2162\u00bd\U0001d7d9"
VALUES = (
    "Serum calcium was 10.5 mg/dL (normal 8.5-10.5 mg/dL)",
    "25-hydroxyvitamin D 9 ng/mL",
    "24,25-dihydroxyvitamin D",
    "1,25(OH)2D was 40 pg/ml",
    "T-score of -3.2 SD at the lumbar spine",
    "BMD 0.712 g/cm2 at L2-L4",
    "A 31-year-old woman, gravida 2 para 1",
    "Case 2. The patient was 33",
    "fractures of T7, T9-T12 and L1",
    "8th, 10th and 12th thoracic vertebrae",
    "the first 3 lumbar vertebrae",
    "teriparatide 20 \u00b5g daily for 18 months",
    "alendronate 70 mg once weekly, 2 x daily, every 6 months",
    "two weeks after delivery at 36 weeks and 3 days of gestation",
    "5 ft 4 in, 130 lb, G2P1, P2012",
)
TABLES = (
    "Patient no.\t1\t2\nAge (years)\t31\t28\nCalcium (mg/dL)\t9.1\t9.8\nGravida/para\t2/1\t1/1\n",
    "Case\tAge\tG/P\tLevels\tT-score\n1\t31\tG2P1\tT7-9\t-3.1\n2\t28\t1/1\tL1\t-2.5\n",
    "Date\t12 March 2010\t2011-03-04\n25(OH)D (ng/mL)\t9\t21\nAt 6 months\t10\t11\n",
)
INTRODUCTION = "Two women of 31 and 28 years were seen with back pain.\n\nTable 1. Findings\n\n"
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


@cache
def names() -> tuple[str, ...]:
    """Every cell of every vocabulary but its sources."""
    found: set[str] = set()
    for path in sorted(EXTRACTORS.rglob("*.csv")):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            for column, cell in row.items():
                if column != "source":
                    found.update(part.strip() for part in (cell or "").split("|"))
    return tuple(sorted(name for name in found if 1 < len(name) <= 60))


def spaced() -> Iterator[str]:
    """The values with spaces at every place, and every name with a space at some place."""
    rng = random.Random(9)
    for value in VALUES:
        for place in range(1, len(value)):
            for space in ("\n\n", *rng.sample(SPACES, 5)):
                yield value[:place] + space + value[place:]
    for name in names():
        place = rng.randrange(1, len(name))
        ending = rng.choice((" was 9 ng/mL.", " 5 mg daily", "", " was normal.", ": 9, "))
        yield f"Serum {name[:place]}{rng.choice(SPACES)}{name[place:]}{ending}"


def misprinted(text: str) -> Iterator[str]:
    """A text with another kind of digit for, or before, each of its digits."""
    rng = random.Random(len(text))
    for place, char in enumerate(text):
        if char.isdecimal():
            for digit in ("\u2462", *rng.sample(DIGITS, 4)):
                yield text[:place] + digit + text[place + rng.randrange(2) :]


def tables() -> Iterator[str]:
    for table in TABLES:
        yield from misprinted(table)
        for place in range(1, len(table), 2):
            yield table[:place] + SPACES[place % len(SPACES)] + table[place:]


def offsets_hold(paper: Paper) -> int:
    rows = [row for table in extract(paper, "x").values() for row in table if row.get("quote") is not None]
    for row in rows:
        assert paper.text[row["start"] : row["end"]] == row["quote"]
    return len(rows)


@pytest.mark.parametrize("one_block", [False, True])
def test_nothing_fails_at_a_space_inside_a_word(one_block: bool) -> None:
    pieces = [*spaced(), *(text for value in VALUES for text in misprinted(value))]
    assert len(pieces) > 9_000
    found = 0
    for start in range(0, len(pieces), 500):
        text = "\n\n".join(pieces[start : start + 500])
        parts = [(0, len(text))] if one_block else [m.span() for m in _PARAGRAPH.finditer(text)]
        found += offsets_hold(Paper(text, tuple(Block(BlockKind.PARAGRAPH, *part) for part in parts)))
    assert found > 150  # of one and the same fact, one row stays per text


def test_nothing_fails_at_an_odd_digit_or_space_in_a_table() -> None:
    found = 0
    for table in tables():
        [source] = read_bytes((INTRODUCTION + table).encode(), "table.txt")
        found += offsets_hold(structure(source))
    assert found > 500


CUT = ("25hydroxyvitamin\n\nD", "25hydroxyvitamin\fD", "1,25-dihydroxy\fvitamin D")


@pytest.mark.parametrize("text", CUT)
def test_a_name_cut_by_a_page_break_is_no_error(text: str) -> None:
    [source] = read_bytes(text.encode(), "short.txt")
    offsets_hold(structure(source))
