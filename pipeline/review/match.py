"""Which extracted row a decision is on: by the words' place, the fact and the patient, the surest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.review.decision import Decision, PatientRef
from pipeline.review.rows import CASES, Cells, overlap, same_fact, same_thing, span


@dataclass(frozen=True, slots=True)
class Sought:
    """A decision with where its words stand in today's text and whose row it was; None: not found."""

    decision: Decision
    spot: tuple[int, int] | None
    case_id: str | None

    def here(self, row: Cells) -> bool:
        """Whether a row stands on the decision's words."""
        return self.spot is not None and overlap(self.spot, span(row))

    def hers(self, row: Cells) -> bool:
        """Whether a row is of the decision's patient."""
        return self.case_id == row["case_id"]


Test = Callable[[Sought, Cells], bool]


def _same(s: Sought, row: Cells) -> bool:
    d = s.decision
    return same_fact(d.table, d.found, row) or (bool(d.was) and same_fact(d.table, d.row, row))


def _alike(s: Sought, row: Cells) -> bool:
    """Whether a row is in all that was signed as it was: of two rows on the same words, the right one."""
    return all(row.get(name, "") == value for name, value in s.decision.found.items())


def _thing(s: Sought, row: Cells) -> bool:
    """Never for what was added: beside the row on its words it is another one."""
    return not s.decision.on_added and same_thing(s.decision.table, s.decision.found, row)


def _new_patient(s: Sought) -> bool:
    """Whether a patient is added: that she is split from another does not make her that one."""
    return s.decision.table == CASES and s.decision.on_added


#: the surest first; each takes a row once
_TESTS: tuple[Test, ...] = (
    lambda s, row: s.spot == span(row) and s.hers(row) and _alike(s, row),
    lambda s, row: s.spot == span(row) and s.hers(row) and _same(s, row),
    lambda s, row: s.here(row) and s.hers(row) and _same(s, row),
    lambda s, row: s.here(row) and _same(s, row),
    lambda s, row: s.spot == span(row) and s.hers(row) and _thing(s, row),
    lambda s, row: s.here(row) and s.hers(row) and _thing(s, row),
    lambda s, row: s.hers(row) and _same(s, row) and not _new_patient(s),
)


def pair(sought: Iterable[Sought], rows: Sequence[Cells]) -> list[int | None]:
    """For each decision of one reviewer on one table: the index of its row, None where there is none."""
    wanted = list(sought)
    found: list[int | None] = [None] * len(wanted)
    free = dict.fromkeys(range(len(rows)))
    for test in _TESTS:
        for at, s in enumerate(wanted):
            if found[at] is None:
                found[at] = next((n for n in free if test(s, rows[n])), None)
                if found[at] is not None:
                    del free[found[at]]  # type: ignore[arg-type]
    return found


def patient_in(cases: Sequence[Cells], text: str, ref: PatientRef | None) -> str | None:
    """The case_id that a decision means, by her words, else her label; the only one is always meant."""
    fitting: list[Cells] = []
    if ref is not None:
        spot = ref.words.find(text) if ref.words else None
        fitting = [row for row in cases if spot and overlap(spot, span(row))]
        if len(fitting) != 1 and ref.label:
            fitting = [row for row in fitting or cases if row["label"] == ref.label]
    if len(fitting) != 1 and len(cases) == 1:
        return cases[0]["case_id"]
    return fitting[0]["case_id"] if len(fitting) == 1 else None
