"""How far two reviewers agree: by row and table, with Cohen's kappa, and on which papers to take.

Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas 1960;20:37-46.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pipeline.review.decision import Decision
from pipeline.review.lay import Laid
from pipeline.review.store import Kept
from pipeline.review.verdicts import outcome, paper_verdicts

#: what a reviewer says of a row, as kappa counts it; "none": finished with the paper without adding the row
_KINDS = {"accept": "accept", "correct": "correct", "move": "correct", "reject": "reject"}
PAPERS = "papers"


@dataclass(slots=True)
class Agreement:
    """What pairs of reviewers said of the same things: pairs of kinds, and how many came to the same."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    same: int = 0

    @property
    def share(self) -> float | None:
        """Share of the pairs that came to the same; None without any."""
        return self.same / len(self.pairs) if self.pairs else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of the kinds; None where it is not defined (one kind alone)."""
        return kappa(self.pairs)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of ratings; None without any, or where both raters always say the same one."""
    if not pairs:
        return None
    n = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(left[kind] * right[kind] for kind in left) / (n * n)
    if expected == 1:
        return None
    observed = sum(a == b for a, b in pairs) / n
    return (observed - expected) / (1 - expected)


def add_rows(found: dict[str, Agreement], laid: Laid, kept: Iterable[Kept]) -> None:
    """Count the rows of a paper, table by table. Decisions that settle are no ratings."""
    last = paper_verdicts(k for k in kept if not k.decision.settles)
    done = {by for by, d in last.items() if d.do == "done"}
    for item in laid.items:
        said: dict[str, Decision] = {d.by: d for d in item.said if not d.settles}
        names = sorted(said) if item.extracted else sorted({*said, *(done if said else ())})
        for one, other in combinations(names, 2):
            table = found.setdefault(item.table, Agreement())
            a, b = said.get(one), said.get(other)
            table.pairs.append((_kind(a), _kind(b)))
            table.same += a is not None and b is not None and outcome(a) == outcome(b)


def _kind(d: Decision | None) -> str:
    return "none" if d is None else _KINDS.get(d.do, "add")


def add_paper(found: dict[str, Agreement], kept: Iterable[Kept]) -> None:
    """Count a paper that two reviewers have taken or left out."""
    last = paper_verdicts(k for k in kept if not k.decision.settles)
    said = {by: "exclude" if d.do == "exclude" else "include" for by, d in last.items() if d.do != "reopen"}
    for one, other in combinations(sorted(said), 2):
        papers = found.setdefault(PAPERS, Agreement())
        papers.pairs.append((said[one], said[other]))
        papers.same += said[one] == said[other]
