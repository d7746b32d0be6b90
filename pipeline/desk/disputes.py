"""Rows and papers on which two reviewers differ, shown only when both have finished with the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.desk.shelf import NotThere, Papers
from pipeline.review import store
from pipeline.review.decision import BY_HAND, BadDecision, Decision, new_id, now
from pipeline.review.rows import CASES
from pipeline.review.stage import laid_over
from pipeline.review.verdicts import active, exclusion, paper_verdicts


@dataclass(frozen=True, slots=True)
class Dispute:
    """One question: the decisions that differ; `table` is "" for the paper as a whole.

    `without` are the reviewers who have finished with the paper and say nothing of the kind: they have not
    added the row, or not merged the patients.
    """

    doc_id: str
    table: str
    quote: str
    said: tuple[Decision, ...]
    without: tuple[str, ...] = ()


def found(papers: Papers) -> list[Dispute]:
    """Every open dispute, paper by paper. A paper in which somebody is still at work has none yet."""
    disputes = []
    for doc_id, kept in papers.decisions().items():
        counting = active(kept)
        reviewers = {k.decision.by for k in counting if not k.decision.settles and k.decision.do != "note"}
        last = paper_verdicts(k for k in counting if not k.decision.settles)
        finished = {by for by, d in last.items() if d.do in ("done", "exclude")}
        if len(reviewers) < 2 or reviewers - finished:
            continue
        if exclusion(counting).disputed:
            disputes.append(Dispute(doc_id, "", "the paper", tuple(last.values())))
        laid = laid_over(papers.stored(doc_id), [k.decision for k in counting])
        asked = [(i.table, i.verdict.said, i.verdict.without) for i in laid.disputed if i.verdict]
        asked += [(CASES, pair.said, pair.without) for pair in laid.apart]
        disputes += [Dispute(doc_id, table, _quote(said[0]), said, none) for table, said, none in asked]
    return disputes


def _quote(d: Decision) -> str:
    """The words that a dispute is about; of a merged patient those of her row."""
    words = d.words or (d.patient.words if d.patient else None)
    return words.exact if words else ""


def settle(papers: Papers, doc_id: str, reviewer: str, said: Mapping[str, Any]) -> list[Decision]:
    """End a dispute with one of the decisions in it (`id`), or with none of the kind (`without` true).

    Raises NotThere, BadDecision, OSError.
    """
    for dispute in found(papers):
        chosen = next((d for d in dispute.said if d.id == said.get("id")), None)
        if dispute.doc_id != doc_id or chosen is None:
            continue
        why = said.get("why", "")
        if not isinstance(why, str):
            raise BadDecision("why is no text")
        ends = _without(dispute, chosen) if said.get("without") is True else [_stands(dispute, chosen)]
        made = [replace(d, by=reviewer, at=now(), id=new_id(), why=why or d.why, settles=True) for d in ends]
        store.append(papers.config.decisions, doc_id, made)
        return made
    raise NotThere("that is settled already")


def _stands(dispute: Dispute, chosen: Decision) -> Decision:
    """The decision as the one that ends the dispute."""
    if not dispute.table and chosen.do != "exclude":
        chosen = replace(chosen, do="include")
    return replace(chosen, why=chosen.why if chosen.do == "exclude" else "", replaces="")


def _without(dispute: Dispute, chosen: Decision) -> list[Decision]:
    """What ends a dispute for those who have added, or merged, nothing. Raises BadDecision."""
    if not dispute.without:
        raise BadDecision("every reviewer has said something of this: choose one of them")
    if chosen.do == "merge":
        return [Decision("undo", d.by, d.at, d.paper, replaces=d.id) for d in dispute.said]
    place = {**chosen.place, "extractor": f"{BY_HAND}{chosen.do}"}
    return [replace(chosen, do="reject", place=place, why="", replaces="")]
