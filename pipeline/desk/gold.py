"""`casebook accuracy`: today's extraction against the papers that reviewers have finished."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.config import Config, UsageError
from pipeline.desk.export import state_of
from pipeline.desk.shelf import Papers
from pipeline.review.accuracy import Score, lines, score
from pipeline.review.papers import sorted_out
from pipeline.review.stage import laid_over
from pipeline.review.store import read_all
from pipeline.review.verdicts import active
from pipeline.voice import plain


def _left_out(papers: Papers, lost: int) -> Iterator[str]:
    """What the scores know nothing of: papers that are not there, decisions whose words are gone."""
    _, gone = sorted_out(papers.shelf, read_all(papers.config.decisions))
    files = {k.decision.paper.path for k in active(gone)}
    if files:
        yield f"{len(files)} reviewed papers are not in {papers.config.raw} and do not count."
    if lost:
        yield f"{lost} decisions could not be followed and do not count."


def report(config: Config, errors: bool) -> str:
    """The scores as text, `errors` with every row that is wrong or missed.

    Raises UsageError where no paper is finished, and what `run` raises.
    """
    papers = Papers.after_run(config)
    scores: dict[str, Score] = {}
    faults: list[str] = []
    finished = lost = 0
    for doc_id, kept in papers.decisions().items():
        if state_of(kept)[0] != "included":
            continue
        finished += 1
        laid = laid_over(papers.stored(doc_id), [k.decision for k in active(kept)])
        faults += score(scores, laid)
        lost += len(laid.lost)
    if not finished:
        raise UsageError(f"no paper is finished in {config.decisions}: review some first (casebook review)")
    told = [*_left_out(papers, lost), *lines(scores, finished), *(("", *faults) if errors else ())]
    return plain("\n".join(told)) + "\n"
