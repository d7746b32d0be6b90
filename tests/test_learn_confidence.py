"""Learning how sure rows are: the figures are what they are called, and no document teaches itself."""

from __future__ import annotations

import numpy as np
import pytest

from bench.confidence import learn
from bench.confidence.judged import Judged
from bench.confidence.learn import calibration, left_out, measured, predicted


def row(right: bool, document: str = "a", sign: float = 0.0, earlier: bool = False) -> Judged:
    return Judged({"sign": sign, "other": 1.0}, right, "labs", "trust-dev", document, earlier)


ROWS = [row(i % 8 != 0, f"d{i % 20}", sign=float(i % 8 == 0)) for i in range(160)]


def test_a_sign_of_wrong_rows_makes_less_sure() -> None:
    weights = learn.learn(ROWS)
    sure = predicted(weights, [row(True), row(False, sign=1.0)])
    assert sure[0] > 0.9 > sure[1]
    assert weights[0].sign == "always"


def test_a_document_is_rated_by_what_others_teach(monkeypatch: pytest.MonkeyPatch) -> None:
    taught: list[set[str]] = []
    real = learn.learn

    def spied(rows: list[Judged]) -> list[learn.Weight]:
        taught.append({r.document for r in rows})
        return real(rows)

    monkeypatch.setattr(learn, "learn", spied)
    rows = [*ROWS, *(row(True, f"d{n}", earlier=True) for n in range(20))]
    _, judged = left_out(rows, "trust-dev", seed=1)
    assert len(judged) == len(ROWS)
    folds = [{f"d{n}" for n in range(20)} - documents for documents in taught]
    assert sorted(d for fold in folds for d in fold) == sorted(f"d{n}" for n in range(20))


def test_the_least_sure_fifth_of_tied_rows_is_shared_out() -> None:
    rows = [row(False), *[row(True)] * 9]
    assert measured(np.full(10, 0.9), rows).least_sure_fifth == pytest.approx(0.2)
    first = measured(np.array([0.1, *[0.9] * 9]), rows)
    assert (first.rows, first.wrong, first.auroc, first.least_sure_fifth) == (10, 1, 1.0, 1.0)


def test_calibration_is_the_mean_difference_of_the_bins() -> None:
    right = np.array([True] * 8 + [False] * 2)
    assert calibration(np.full(10, 0.8), right)[1] == pytest.approx(0.32)
    assert calibration(right.astype(float), right)[1] == pytest.approx(0.0)
