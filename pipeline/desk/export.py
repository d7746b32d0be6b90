"""What a review reports: the flow of papers (PRISMA 2020), agreement, what is open, and every decision."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.desk import disputes
from pipeline.desk.shelf import Papers
from pipeline.duplicates import find_duplicates
from pipeline.errors import OutputError
from pipeline.files import write_whole
from pipeline.review.agreement import Agreement, add_paper, add_rows
from pipeline.review.papers import sorted_out
from pipeline.review.stage import laid_over
from pipeline.review.store import Kept, read_all
from pipeline.review.verdicts import active, exclusion, paper_verdicts
from pipeline.write.formulas import harmless

Row = tuple[object, ...]


def export(papers: Papers, folder: Path) -> list[str]:
    """Write the files into a folder and return their names. Raises OutputError, UsageError."""
    files = {
        "flow.csv": (("step", "reason", "papers"), _flow(papers)),
        "papers.csv": (_PAPERS, _papers(papers)),
        "agreement.csv": (("table", "pairs", "same", "share", "kappa"), _agreement(papers)),
        "disagreements.csv": (("doc_id", "table", "quote", "by", "do", "why", "row"), _open(papers)),
        "decisions.csv": (_AUDIT, _audit(papers)),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (head, rows) in files.items():
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(head)
            writer.writerows([harmless("", str(cell)) for cell in row] for row in rows)
            write_whole(folder / name, out.getvalue().encode())
    except OSError as error:
        raise OutputError.of(error, folder) from error
    return list(files)


def state_of(kept: Iterable[Kept]) -> tuple[str, str, str, str]:
    """What all reviewers together have made of a paper: state, reason, by whom and when."""
    counting = active(kept)
    out = exclusion(counting)
    if out.disputed:
        return "disputed", "", "", ""
    if out.by:
        return "excluded", out.why, out.by, out.at
    last = paper_verdicts(counting)
    done = sorted((d.at, by) for by, d in last.items() if d.do in ("done", "include"))
    at_work = {k.decision.by for k in counting if k.decision.do != "note"} - {by for _, by in done}
    if done and not at_work:
        return "included", "", "; ".join(by for _, by in done), done[-1][0]
    return ("in review" if counting else "unread"), "", "; ".join(sorted(at_work)), ""


def _flow(papers: Papers) -> list[Row]:
    """The counts of the flow diagram (Page et al., BMJ 2021;372:n71)."""
    heads = [(p.head, p.number) for p in papers.papers.values()]
    failed = {str(h.document["doc_id"]) for h, _ in heads if h.document["status"] == "failed"}
    twice = set(find_duplicates(heads))
    states: Counter[tuple[str, str]] = Counter()
    for doc_id in papers.papers:
        if doc_id not in failed and doc_id not in twice:
            state, why, _, _ = state_of(papers.decisions().get(doc_id, ()))
            states[state, why] += 1
    screened = len(heads) - len(twice)
    rows: list[Row] = [("identified", "", len(heads)), ("duplicates removed", "", len(twice))]
    rows += [("screened", "", screened), ("not retrieved", "could not be read", len(failed - twice))]
    rows += [("excluded", why, n) for (state, why), n in sorted(states.items()) if state == "excluded"]
    open_ = ("unread", "in review", "disputed")
    rows += [("to be decided", state, states[state, ""]) for state in open_ if states[state, ""]]
    return [*rows, ("included", "", states["included", ""])]


_PAPERS = ("doc_id", "path", "title", "doi", "pmid", "state", "reason", "by", "at")


def _papers(papers: Papers) -> list[Row]:
    rows: list[Row] = []
    for doc_id, paper in papers.papers.items():
        d = paper.head.document
        told = (doc_id, d["path"], d["title"] or "", d["doi"] or "", d["pmid"] or "")
        became: Row = ("not retrieved", d["message"] or "", "", "")
        if d["status"] != "failed":
            became = state_of(papers.decisions().get(doc_id, ()))
        rows.append((*told, *became))
    return rows


def _agreement(papers: Papers) -> list[Row]:
    found: dict[str, Agreement] = {}
    for doc_id, kept in papers.decisions().items():
        counting = active(kept)
        if len({k.decision.by for k in counting}) > 1:
            add_paper(found, counting)
            add_rows(found, laid_over(papers.stored(doc_id), [k.decision for k in counting]), counting)
    counted = sorted(found.items())
    return [(name, len(a.pairs), a.same, _printed(a.share), _printed(a.kappa)) for name, a in counted]


def _printed(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _open(papers: Papers) -> list[Row]:
    return [
        (dispute.doc_id, dispute.table, dispute.quote, d.by, d.do, d.why, _row(d.row))
        for dispute in disputes.found(papers)
        for d in dispute.said
    ]


def _row(row: object) -> str:
    return "; ".join(f"{k} {v}" for k, v in row.items() if v) if isinstance(row, dict) else ""


_AUDIT = (
    *("at", "by", "do", "counts", "doc_id", "path"),
    *("table", "quote", "was", "row", "why", "file", "line", "id"),
)


def _audit(papers: Papers) -> list[Row]:
    """Every decision in the order of time, with whether it counts today."""
    found, lost = sorted_out(papers.shelf, read_all(papers.config.decisions))
    rows = []
    for doc_id, kept in [*found.items(), ("", lost)]:
        counting = {k.decision.id for k in active(kept)}
        for k in kept:
            d = k.decision
            counts = "yes" if d.id in counting or d.do == "undo" else "undone or replaced"
            quote = d.words.exact if d.words else ""
            told = (d.at, d.by, d.do, counts if doc_id else "its paper is not there", doc_id, d.paper.path)
            rows.append((*told, d.table, quote, _row(d.was), _row(d.row), d.why, k.file, k.number, d.id))
    return sorted(rows, key=lambda row: (str(row[0]), str(row[-3]), row[-2]))
