"""Names and values with white space or another kind of digit inside, and what has to hold of them.

The names are those of all vocabularies, so what is added to one is tried as well.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

from bench.torture.seeds import ROOT
from pipeline.paper import Block, BlockKind, Paper
from pipeline.process import extract

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
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_TOGETHER = 500  # pieces in one text


@cache
def names() -> tuple[str, ...]:
    """Every cell of every vocabulary but its sources."""
    found: set[str] = set()
    for path in sorted((ROOT / "extractors").rglob("*.csv")):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            for column, cell in row.items():
                if column != "source" and isinstance(cell, str):
                    found.update(part.strip() for part in cell.split("|"))
    return tuple(sorted(name for name in found if 1 < len(name) <= 60))


def spaced(each_name: int, each_place: int) -> Iterator[str]:
    """The values with `each_place` spaces at every place, every name with a space at `each_name` places."""
    rng = random.Random(9)
    for value in VALUES:
        for place in range(1, len(value)):
            for space in ("\n\n", *rng.sample(SPACES, each_place - 1)):
                yield value[:place] + space + value[place:]
    for name in names():
        for _ in range(each_name):
            place = rng.randrange(1, len(name))
            ending = rng.choice((" was 9 ng/mL.", " 5 mg daily", "", " was normal.", ": 9, "))
            yield f"Serum {name[:place]}{rng.choice(SPACES)}{name[place:]}{ending}"


def misprinted(text: str, each: int) -> Iterator[str]:
    """A text with `each` other kinds of digit for, or before, each of its digits."""
    rng = random.Random(len(text))
    for place, char in enumerate(text):
        if char.isdecimal():
            for digit in ("\u2462", *rng.sample(DIGITS, each - 1)):
                yield text[:place] + digit + text[place + rng.randrange(2) :]


def fault_of(pieces: Sequence[str]) -> str:
    """What is wrong with the rows of a text of these paragraphs ("" if nothing), as one block and as many."""
    text = "\n\n".join(pieces)
    for parts in ([(0, len(text))], [match.span() for match in _PARAGRAPH.finditer(text)]):
        try:
            rows_of(Paper(text, tuple(Block(BlockKind.PARAGRAPH, *part) for part in parts)))
        except Exception as error:
            if len(pieces) == 1:
                return f"{type(error).__name__}: {error} in {pieces[0]!r}"
            middle = len(pieces) // 2
            alone = fault_of(pieces[:middle]) or fault_of(pieces[middle:])
            return alone or f"{type(error).__name__}: {error} in {len(pieces)} paragraphs together"
    return ""


def rows_of(paper: Paper) -> int:
    """The number of a paper's rows. Raises AssertionError for a quote that is not its place."""
    rows = [row for table in extract(paper, "x").values() for row in table if row.get("quote") is not None]
    for row in rows:
        if paper.text[row["start"] : row["end"]] != row["quote"]:
            raise AssertionError(f"the quote {row['quote'][:60]!r} is not its place")
    return len(rows)


def tried(each_name: int, each_place: int, each_digit: int) -> tuple[int, list[str]]:
    """How many pieces were read, and the faults."""
    pieces = list(spaced(each_name, each_place))
    pieces += [text for value in VALUES for text in misprinted(value, each_digit)]
    groups = [pieces[start : start + _TOGETHER] for start in range(0, len(pieces), _TOGETHER)]
    return len(pieces), [fault for group in groups if (fault := fault_of(group))]
