"""Learning and measuring: a logistic regression, tried on documents that it has not seen."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from bench.confidence.judged import Judged

#: How much a weight may cost (scikit-learn's C).
STRENGTH = 0.08
#: Reports of all specialities, as they come: their rows count in full. The others' errors had been mended by
#: looking at them before the earlier version was, which flatters it.
REAL = frozenset({"trust-dev", "real2-dev"})
MENDED = 0.3
FOLDS = 10
#: Documents are parted in as many ways as there are seeds, and the figures are the means.
SEEDS = (11, 12, 13, 14)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weight:
    """A sign's mean, deviation and weight; the intercept's sign is "always"."""

    sign: str
    mean: float
    deviation: float
    weight: float


@dataclass(frozen=True, slots=True)
class Measured:
    """How well confidence tells right from wrong rows."""

    rows: int
    wrong: int
    auroc: float
    least_sure_fifth: float
    calibration_error: float

    def __str__(self) -> str:
        return (
            f"{self.rows} rows, {self.wrong} wrong; AUROC {self.auroc:.3f}; least sure fifth holds "
            f"{self.least_sure_fifth:.3f} of the wrong; calibration error {self.calibration_error:.3f}"
        )


def learn(rows: Sequence[Judged]) -> list[Weight]:
    """The weights of all signs that differ between rows, largest first, behind the intercept."""
    vectors = DictVectorizer(sparse=False)
    values = vectors.fit_transform([row.signs for row in rows])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        counts = [1.0 if row.group in REAL else MENDED for row in rows]
        model.fit(scaler.transform(values), [row.right for row in rows], sample_weight=counts)
    found = [
        Weight(str(sign), *map(float, numbers))
        for sign, *numbers in zip(
            vectors.feature_names_, scaler.mean_, scaler.scale_, model.coef_[0], strict=True
        )
    ]
    found.sort(key=lambda w: (-abs(w.weight), w.sign))
    return [Weight("always", 0.0, 1.0, float(model.intercept_[0])), *found]


def predicted(weights: Sequence[Weight], rows: Sequence[Judged]) -> Numbers:
    """The probability of each row by the weights."""
    total = np.zeros(len(rows))
    for w in weights:
        values = np.array([1.0 if w.sign == "always" else row.signs.get(w.sign, 0.0) for row in rows])
        total += w.weight * (values - w.mean) / w.deviation
    return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float64)


def left_out(rows: Sequence[Judged], tried: str, seed: int) -> tuple[Numbers, list[Judged]]:
    """The probabilities of one set's rows, each learned without any version of its document."""
    documents = sorted({row.document for row in rows if row.group == tried})
    np.random.default_rng(seed).shuffle(documents)
    out: list[float] = []
    judged: list[Judged] = []
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        test = [r for r in rows if r.group == tried and not r.earlier and r.document in held]
        train = [r for r in rows if not (r.group == tried and r.document in held)]
        out += list(predicted(learn(train), test)) if test else []
        judged += test
    return np.round(np.array(out), 2), judged


def measured(confidence: Numbers, rows: Sequence[Judged]) -> Measured:
    """AUROC, the wrong rows among the least sure fifth, and the calibration error (ten equal bins)."""
    right = np.array([row.right for row in rows])
    wrong = int((~right).sum())
    area = float(roc_auc_score(right, confidence))
    return Measured(len(rows), wrong, area, _fifth(confidence, right), calibration(confidence, right)[1])


def mean(found: Sequence[Measured]) -> Measured:
    """The means of several measurements of the same rows."""
    first = found[0]
    names = ("auroc", "least_sure_fifth", "calibration_error")
    return replace(first, **{n: float(np.mean([getattr(m, n) for m in found])) for n in names})


def _fifth(confidence: Numbers, right: NDArray[np.bool_]) -> float:
    """The share of wrong rows in the least sure fifth; of rows that are equally sure each counts alike."""
    left, caught = len(right) / 5, 0.0
    for sure in np.unique(confidence):
        tied = ~right[confidence == sure]
        take = min(left, len(tied))
        caught += take * float(tied.mean())
        left -= take
    return caught / float((~right).sum())


def calibration(confidence: Numbers, right: NDArray[np.bool_]) -> tuple[list[tuple[float, float]], float]:
    """Mean confidence and share of right rows in ten bins of equal size, and their mean difference."""
    order = np.argsort(confidence, kind="stable")
    bins = [chunk for chunk in np.array_split(order, 10) if len(chunk)]
    points = [(float(confidence[b].mean()), float(right[b].mean())) for b in bins]
    error = sum(abs(c - r) * len(b) for (c, r), b in zip(points, bins, strict=True)) / len(right)
    return points, float(error)
