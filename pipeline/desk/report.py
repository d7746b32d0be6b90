"""`casebook report`: one file that opens offline: what a run found, in numbers, pictures and every row."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader

from pipeline.config import MOST_COURSES, Config
from pipeline.desk.export import state_of
from pipeline.desk.shelf import Papers
from pipeline.errors import OutputError
from pipeline.figures.album import shown, shown_course, write
from pipeline.files import write_whole
from pipeline.heads import heads_at
from pipeline.review.decision import own_columns
from pipeline.review.rows import CASES, Cells, span
from pipeline.review.stage import laid_over
from pipeline.review.verdicts import active
from pipeline.schema import FACT_TABLES

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


def report(config: Config, most_courses: int = MOST_COURSES) -> Path:
    """Write `report.html` into the output folder and return its path. Raises OutputError, and as `run`.

    The pictures are drawn anew where a table has changed (see `figures.album.write`), and are part of the
    file: it loads nothing.
    """
    papers = Papers.after_run(config)
    write(config, most_courses)
    templates = Environment(loader=PackageLoader("pipeline.desk"), autoescape=True, trim_blocks=True)
    templates.filters["inline"] = _inline
    place = config.out / "report.html"
    found = list(_papers(papers))
    page = templates.get_template("report.html").render(
        papers=found,
        counts=_counts(found),
        pictures=shown(config),
        course=lambda case_id: shown_course(config, case_id),
    )
    try:
        write_whole(place, page.encode())
    except OSError as error:
        raise OutputError.of(error, place) from error
    return place


def _inline(picture: str) -> str:
    """An SVG as an address that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"


def _counts(papers: list[Paper]) -> list[tuple[str, int]]:
    """What was found, in numbers: papers by status, rows by table."""
    statuses = Counter(str(paper.document["status"]) for paper in papers)
    rows = Counter(table for paper in papers for _, table, part in paper.parts for _ in part)
    tables = [(table.name, rows[table.name]) for table in FACT_TABLES]
    return [
        ("papers", len(papers)),
        *((f"papers: {name}", n) for name, n in sorted(statuses.items())),
        *tables,
    ]


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
