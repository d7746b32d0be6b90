"""Rows and papers on which two reviewers differ, shown only when both have finished with the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.desk.shelf import NotThere, Papers
from pipeline.review import store
from pipeline.review.decision import BadDecision, Decision, now
from pipeline.review.stage import laid_over
from pipeline.review.verdicts import active, exclusion, paper_verdicts


@dataclass(frozen=True, slots=True)
class Dispute:
    """One question: the decisions that differ; `table` is "" for the paper as a whole."""

    doc_id: str
    table: str
    quote: str
    said: tuple[Decision, ...]


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
        for item in laid.disputed:
            said = item.verdict.said if item.verdict else ()
            disputes.append(Dispute(doc_id, item.table, said[0].words.exact if said[0].words else "", said))
    return disputes


def settle(papers: Papers, doc_id: str, reviewer: str, said: Mapping[str, Any]) -> Decision:
    """End a dispute with one of the decisions in it (`id`). Raises NotThere, BadDecision, OSError."""
    for dispute in found(papers):
        chosen = next((d for d in dispute.said if d.id == said.get("id")), None)
        if dispute.doc_id != doc_id or chosen is None:
            continue
        if not dispute.table:
            do = "exclude" if chosen.do == "exclude" else "include"
            chosen = replace(chosen, do=do)
        why = said.get("why", "")
        if not isinstance(why, str):
            raise BadDecision("why is no text")
        why = why or (chosen.why if chosen.do == "exclude" else "")
        fresh = Decision("note", reviewer, now(), chosen.paper).id
        made = replace(chosen, by=reviewer, at=now(), id=fresh, why=why, settles=True, replaces="")
        store.append(papers.config.decisions, doc_id, [made])
        return made
    raise NotThere("that is settled already")
