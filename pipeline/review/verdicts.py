"""What counts of all decisions on a paper: the last word of each reviewer, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.review.decision import ADDS, PAPER, ROW, Decision
from pipeline.review.store import Kept


def active(kept: Iterable[Kept]) -> list[Kept]:
    """Without what was undone, replaced, or decided again on the same row by the same reviewer."""
    dead: dict[str, str] = {}  # id -> what ended it
    seen: set[object] = set()
    found = []
    for k in reversed(list(kept)):
        d = k.decision
        target = _target(d)
        if d.id in dead or target in seen:
            if dead.get(d.id, "undo") != "undo":  # what a replaced one has replaced stays so
                dead.setdefault(d.replaces, d.do)
            continue
        dead.setdefault(d.replaces, d.do)
        seen.add(target)
        if d.do != "undo":
            found.append(k)
    return found[::-1]


def _target(d: Decision) -> object:
    """What a decision is on: two with one target are the same question."""
    if d.do in ("merge", "note", "undo"):
        return d.id
    if d.do not in ROW:
        return d.by, "paper", d.settles
    return d.by, d.table, d.words, tuple(sorted(d.found.items())), d.patient, d.settles


def paper_verdicts(kept: Iterable[Kept]) -> dict[str, Decision]:
    """reviewer -> the last word on the paper as a whole: exclude, include, done or reopen."""
    return {k.decision.by: k.decision for k in kept if k.decision.do in PAPER}


def finished(decisions: Iterable[Decision]) -> set[str]:
    """The reviewers who have finished with the paper, and have not left it out."""
    last = {d.by: d for d in decisions if d.do in PAPER and not d.settles}
    return {by for by, d in last.items() if d.do == "done"}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Whether a paper is left out: why and by whom, or that its reviewers do not agree."""

    why: str = ""
    by: str = ""
    at: str = ""
    disputed: bool = False


def exclusion(kept: Iterable[Kept]) -> Exclusion:
    """What the reviewers say together: out if nobody who has finished wants it in."""
    last = paper_verdicts(kept)
    settled = [d for d in last.values() if d.settles and d.do in ("exclude", "include")]
    said = settled[-1:] or [d for d in last.values() if d.do != "reopen"]
    out = [d for d in said if d.do == "exclude"]
    if not out:
        return Exclusion()
    if len(out) < len(said):
        return Exclusion(disputed=True)
    return Exclusion(out[0].why, "; ".join(sorted(d.by for d in out)), out[0].at)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands for one row: the decision, who signed it; None where reviewers differ.

    `without` are those who have finished with the paper and have not added the row.
    """

    decision: Decision | None
    by: str
    said: tuple[Decision, ...]
    without: tuple[str, ...] = ()


def outcome(d: Decision) -> tuple[object, ...]:
    """What a decision makes of a row: two that make the same agree, whatever their words."""
    if d.do == "reject":
        return ("reject",)
    to = d.to if d.to is not None else None
    return ("row", tuple(sorted((k, v) for k, v in d.row.items() if v)), to)


def verdict(said: Sequence[Decision], done: Iterable[str] = ()) -> Verdict:
    """What several reviewers' decisions on one row come to; the latest that settles stands above all.

    `done`: who has finished with the paper; a row that was added has to be added by all of them.
    """
    settling = [d for d in said if d.settles]
    chosen = settling[-1] if settling else said[-1]
    agreeing = [d for d in said if outcome(d) == outcome(chosen)]
    if not settling:
        added = all(d.do in ADDS for d in said)
        without = tuple(sorted(set(done) - {d.by for d in said})) if added else ()
        if without or len(agreeing) < len(said):
            return Verdict(None, "", tuple(said), without)
    return Verdict(chosen, "; ".join(dict.fromkeys(d.by for d in agreeing)), tuple(said))
