"""The probability that a row is right, from its signs and what was learned (weights.csv).

A logistic regression; `python -m bench.confidence` (`make confidence`) learns it anew and writes the file.
"""

from __future__ import annotations

from functools import cache
from math import exp

from extractors.rules.words import Vocabulary
from pipeline.confidence.signs import Signs, Told, signs_of

#: A sign's weight in standard deviations from its mean; the sign "" is the intercept.
WEIGHTS = Vocabulary(
    "pipeline.confidence",
    "weights.csv",
    ("sign", "mean", "deviation", "weight", "source"),
    key=("sign",),
    filled=frozenset({"mean", "deviation", "weight"}),
)
#: The sign that every row has.
ALWAYS = "always"
#: Nothing is wholly sure or wholly wrong.
LEAST, MOST = 0.01, 0.99


@cache
def _slopes() -> tuple[float, dict[str, float]]:
    """What a row without signs has, and what one of each sign adds, in log odds."""
    numbers = {r["sign"]: (float(r["mean"]), float(r["deviation"]), float(r["weight"])) for r in WEIGHTS.rows}
    slopes = {sign: weight / deviation for sign, (_, deviation, weight) in numbers.items()}
    base = slopes.pop(ALWAYS) - sum(slope * numbers[sign][0] for sign, slope in slopes.items())
    return base, slopes


def rate(told: Told) -> None:
    """Set the `confidence` of every row of a paper to the probability that it is right (0..1)."""
    for _, row, signs in list(signs_of(told)):
        row["confidence"] = probability(signs)


def probability(signs: Signs) -> float:
    """The probability of a row with these signs, to two places."""
    base, slopes = _slopes()
    sure = 1 / (1 + exp(-base - sum(slopes.get(sign, 0.0) * value for sign, value in signs.items())))
    return round(min(max(sure, LEAST), MOST), 2)
