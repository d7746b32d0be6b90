"""What of a row tells how sure it is: numbers by name, from the row, its words and those around it.

All of it is in the tables and texts of a run, so that rows of an earlier version can be learned from too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from extractors import registry
from extractors.doubts import BETWEEN
from extractors.fact import Fact
from pipeline.record import Row

#: Signs of a row by name; what is not named is 0.
Signs = dict[str, float]
#: Characters before and behind a quote in which its sentence is looked for.
_REACH = 400
#: The sign of a sentence that denies something.
NEGATION = "said_not_to_be"
#: The component whose rows a model proposed.
BY_MODEL = "ner"
#: The least and the most that a rule's own certainty counts for, so that its odds are finite.
_LEAST, _MOST = 0.02, 0.98
_DIGITS = re.compile(r"\d+")
_ENDS = (". ", "; ", ".\n", "\n\n")
_END = re.compile("|".join(map(re.escape, _ENDS)))
#: Words of a sentence, each with the sign that it is.
_WORDS = re.compile(
    r"\b(?:(?P<said_doubtfully>may|might|could|should|can be|possibl[ey]|suspect\w*|consider\w*)|"
    r"(?P<said_in_general>patients|cases|stud(?:y|ies)|literature|reported|et al|recommend\w*)|"
    r"(?P<said_not_to_be>no|not|without|negative|denied|neither|nor|absence|except)|"
    r"(?P<said_of_patient>she|he|her|his|patient|woman|man)|"
    r"(?P<said_of_tests>levels?|serum|tests?|showed|revealed|laborator\w+|results?)|"
    r"(?P<said_of_others>mother|father|sister|brother|infant|baby|newborn|neonat\w*|fet(?:us|al)|husband|donor))\b"
)
_OTHER_PART = re.compile(r"discussion|comment|conclusion|introduction|background|review|abstract", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A paper as its rows are judged in it: its text, and how often something is told in it."""

    text: str
    cases: int
    rows: Mapping[str, Sequence[Row]]


def signs_of(told: Told) -> Iterator[tuple[Fact[Any], Row, Signs]]:
    """The signs of every row of a paper; a row's `confidence` is what its rule and context say."""
    common = {"patients": log(max(1, told.cases)), "length": log(1 + len(told.text))}
    for fact in registry.facts():
        own = told.rows[fact.table]
        again = Counter(_measured(fact, row) for row in own)
        for row in own:
            signs = common | _around(told.text, row) | _of_row(fact, row)
            signs |= _denied(fact, signs)
            signs |= {"rows": log(1 + len(own)), "alike": log(again[_measured(fact, row)])}
            yield fact, row, signs


def _measured(fact: Fact[Any], row: Row) -> tuple[object, ...]:
    return (row["case_id"], *(row[column] for column in fact.measured[:1] or fact.identity or ()))


def _denied(fact: Fact[Any], signs: Signs) -> Signs:
    """A fact's own signs once more where its sentence denies something: "negative" is a result, too."""
    if NEGATION not in signs:
        return {}
    own = (f"table {fact.table}", *(name for name in signs if name.startswith(f"{fact.table} ")))
    return {f"{name}, {NEGATION}": signs[name] for name in own}


def _of_row(fact: Fact[Any], row: Row) -> Signs:
    sure = min(max(float(row["confidence"]), _LEAST), _MOST)
    quote = str(row["quote"])
    found: Signs = {
        "rule": log(sure / (1 - sure)),
        "words": log(1 + len(quote)),
        "other part": float(bool(_OTHER_PART.search(str(row["section"])))),
        f"table {fact.table}": 1.0,
        f"source {row['source']}": 1.0,
        "by model": float(str(row["extractor"]).startswith(f"{BY_MODEL}/")),
        "later": float(row.get("phase") == "follow-up"),
    }
    for reason in filter(None, str(row["check"]).split(BETWEEN)):
        found[f"check {reason}"] = 1.0
    for name, value in fact.signs(row).items():
        found[f"{fact.table} {name}"] = float(value)
    return found


def _around(text: str, row: Row) -> Signs:
    """Signs of the sentence that a row's words stand in."""
    start, end = row["start"], row["end"]
    before = text[max(0, start - _REACH) : start]
    cut = max((before.rfind(mark) + len(mark) for mark in _ENDS if mark in before), default=0)
    behind = text[end : end + _REACH]
    stop = _END.search(behind)
    sentence = before[cut:] + text[start:end] + behind[: stop.start() if stop else _REACH]
    found = dict.fromkeys((str(m.lastgroup) for m in _WORDS.finditer(sentence.lower())), 1.0)
    numbers = len(_DIGITS.findall(sentence))
    return found | {
        "sentence": log(1 + len(sentence)),
        "numbers": log(1 + numbers),
        "place": start / len(text),
    }
