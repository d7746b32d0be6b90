"""Which patients are one: what reviewers say of it, pair by pair, and the pairs on which they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.review.decision import Decision, PatientRef

#: a patient: (path of another paper, "" for this one; case_id, or what tells her there)
_Who = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question: whether `one` is `other`, who is in another paper if `into_paper`.

    `said` are the decisions that merge the two, `without` the reviewers who have finished with the paper and
    see two patients; nobody, where it is settled.
    """

    one: str
    other: str
    into_paper: bool
    said: tuple[Decision, ...]
    without: tuple[str, ...]


def pairs(
    merges: Iterable[Decision], patient: Callable[[PatientRef | None], str | None], done: Iterable[str]
) -> tuple[list[Pair], list[tuple[Decision, str]]]:
    """The pairs that are merged in the order of the decisions, and the decisions whose patients are gone.

    `patient` gives the case_id that a decision means, `done` are the reviewers who have finished.
    """
    asked: dict[frozenset[_Who], list[tuple[Decision, _Who, _Who]]] = {}
    lost = []
    for d in merges:
        one, other = patient(d.patient), _other(d, patient)
        if one is None:
            lost.append((d, "the patient is not in the paper"))
        elif other is None or other == ("", one):
            lost.append((d, "the patient it is merged into is not in the paper"))
        else:
            asked.setdefault(frozenset({("", one), other}), []).append((d, ("", one), other))
    links = {
        by: [key for key, said in asked.items() if any(d.by == by for d, *_ in said)] for by in set(done)
    }
    found = []
    for key, said in asked.items():
        settled = any(d.settles for d, *_ in said)
        without = [] if settled else sorted(by for by, own in links.items() if not _joined(key, own))
        _, (_, first), (path, second) = said[-1]
        found.append(Pair(first, second, bool(path), tuple(d for d, *_ in said), tuple(without)))
    return found, lost


def _other(d: Decision, patient: Callable[[PatientRef | None], str | None]) -> _Who | None:
    """The patient that another one is merged into; None where she is not found."""
    if d.into_paper is None or d.into_paper.path == d.paper.path:
        case_id = patient(d.to)
        return None if case_id is None else ("", case_id)
    to = d.to or PatientRef()
    return d.into_paper.path, to.added or to.label or (to.words.exact if to.words else "")


def _joined(key: frozenset[_Who], links: Iterable[frozenset[_Who]]) -> bool:
    """Whether a reviewer's links make one patient of the two, be it over a third."""
    reached, left = {min(key)}, list(links)
    while near := [link for link in left if link & reached]:
        reached = reached.union(*near)
        left = [link for link in left if link not in near]
    return key <= reached
