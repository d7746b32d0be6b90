"""`casebook report`: one file that opens offline, with every row of the tables and the words it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader

from pipeline.config import Config
from pipeline.desk.export import state_of
from pipeline.desk.shelf import Papers
from pipeline.errors import OutputError
from pipeline.files import write_whole
from pipeline.heads import heads_at
from pipeline.review.decision import own_columns
from pipeline.review.rows import CASES, Cells, span
from pipeline.review.stage import laid_over
from pipeline.review.verdicts import active

#: letters shown before and behind a row's words
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A row: its cells that hold something, and its words with what stands around them."""

    values: tuple[tuple[str, str], ...]
    before: str
    words: str
    behind: str
    place: str
    reviewed: str
    origin: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its line of documents.csv, its state in the review, and (case_id, table, rows) in order."""

    document: dict[str, object]
    state: str
    why: str
    parts: tuple[tuple[str, str, tuple[Told, ...]], ...]


def report(config: Config) -> Path:
    """Write `report.html` into the output folder and return its path. Raises OutputError, and as `run`."""
    papers = Papers.after_run(config)
    templates = Environment(loader=PackageLoader("pipeline.desk"), autoescape=True, trim_blocks=True)
    place = config.out / "report.html"
    page = templates.get_template("report.html").render(papers=_papers(papers), count=len(papers.papers))
    try:
        write_whole(place, page.encode())
    except OSError as error:
        raise OutputError.of(error, place) from error
    return place


def _papers(papers: Papers) -> Iterator[Paper]:
    for doc_id in papers.papers:
        stored, kept = papers.stored(doc_id), active(papers.decisions().get(doc_id, ()))
        state, why, _, _ = state_of(kept)
        laid = laid_over(stored, [k.decision for k in kept])
        rows = {} if state == "excluded" else laid.rows
        parts = tuple(
            (case["case_id"], table, tuple(_told(table, row, laid.text) for row in own))
            for case in rows.get(CASES, ())
            for table, part in rows.items()
            if (own := [row for row in part if row["case_id"] == case["case_id"]])
        )
        yield Paper(stored.head.document, state, why, parts)


def _told(table: str, row: Cells, text: str) -> Told:
    start, end = span(row)
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if row["source"] == "table":
        before, behind = f"{heads_at(text, start)}: ", ""
    place = [f"p. {row['page']}" if row["page"] else "", row["section"] or row["source"]]
    values = tuple((c.name, row[c.name]) for c in own_columns(table) if row[c.name])
    about = (", ".join(p for p in place if p), row["reviewed"], row["origin"], row["confidence"])
    return Told(values, before, row["quote"], behind, *about)
