"""Learn the weights of `confidence` from judged rows, and measure it.

    python -m bench.confidence [--shared DIR] [--write] [--picture FILE]

Measures by leaving documents out (trust-dev, which serves for nothing else); `--write` learns from all
rows, writes pipeline/confidence/weights.csv and puts the figures into docs/accuracy.md. scikit-learn is
needed here alone.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.confidence.judged import ROOT, SETS, Judged, judged
from bench.confidence.learn import SEEDS, Numbers, Weight, calibration, learn, left_out, mean, measured

_WEIGHTS = ROOT / "pipeline/confidence/weights.csv"
_PAGE = ROOT / "docs/accuracy.md"
_BEGIN, _END = "<!-- confidence: begin -->", "<!-- confidence: end -->"
#: The set that is kept for this.
_TRIED = "trust-dev"


def main() -> None:
    """Print the figures; write weights and picture where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    options.shared = options.shared.resolve()
    rows = [row for group in SETS for row in judged(options.shared, group, earlier=True)]
    rows += judged(options.shared, _TRIED)
    wrong = sum(not row.right for row in rows)
    print(f"{len(rows)} rows to learn from, {wrong} wrong; {len({r.document for r in rows})} documents")
    parted = [left_out(rows, _TRIED, seed) for seed in SEEDS]
    found = mean([measured(*part) for part in parted])
    print(f"{_TRIED}, documents left out: {found}")
    if options.picture:
        draw(*parted[0], options.picture)
    if options.write:
        write(learn(rows), _WEIGHTS, f"{len(rows)} judged rows, {wrong} of them wrong")
        document(f"{len(rows)} judged rows to learn from, {wrong} of them wrong. Left out: {found}.")


def write(weights: Sequence[Weight], path: Path, source: str) -> None:
    """Write the weights, four significant digits each."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle, lineterminator="\n")
        table.writerow(("sign", "mean", "deviation", "weight", "source"))
        for w in weights:
            table.writerow((w.sign, *(f"{n:.4g}" for n in (w.mean, w.deviation, w.weight)), source))


def document(line: str) -> None:
    """Put the figures into the page on accuracy, between its marks."""
    page = _PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    _PAGE.write_text(f"{before}{_BEGIN}\n{line}\n{_END}{after}", encoding="utf-8")


def draw(confidence: Numbers, rows: Sequence[Judged], path: Path) -> None:
    """Draw the reliability diagram: how many rows are right that are so sure."""
    import matplotlib  # noqa: PLC0415  (of use here alone)

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    points, error = calibration(confidence, np.array([row.right for row in rows]))
    figure, axes = plt.subplots(figsize=(4.2, 4.0), layout="constrained")
    low = min(min(p) for p in points) - 0.03
    axes.plot((low, 1), (low, 1), color="0.6", linewidth=1, linestyle="--", label="perfect")
    axes.plot(*zip(*points, strict=True), marker="o", color="#0072b2", label="ten bins of equal size")
    axes.set(xlabel="confidence", ylabel="share of right rows", xlim=(low, 1.01), ylim=(low, 1.01))
    axes.set_title(f"{len(rows)} rows of unseen documents, error {error:.3f}", fontsize=10)
    axes.legend(frameon=False, loc="lower right")
    figure.savefig(path, dpi=150, metadata={"Software": None})


if __name__ == "__main__":
    main()
