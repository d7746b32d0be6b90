"""The pictures of the desk: a patient's course as decided so far, and those of all papers of the last run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.config import Config
from pipeline.desk.shelf import NotThere
from pipeline.figures.album import page_picture
from pipeline.figures.course import course
from pipeline.figures.style import NothingToShow, for_page, svg
from pipeline.frames.load import Tables
from pipeline.frames.typed import frame
from pipeline.review.lay import Laid
from pipeline.review.rows import Cells, as_row
from pipeline.schema import FACT_TABLES


def has_course(rows: Mapping[str, Sequence[Cells]], case_id: str) -> bool:
    """Whether anything is told of a patient in time, so that there is a course to draw."""
    return any(
        value and "from_delivery" in name
        for part in rows.values()
        for row in part
        if row["case_id"] == case_id
        for name, value in row.items()
    )


def course_picture(laid: Laid, case_id: str) -> str:
    """The SVG of a patient's course under the decisions. Raises NotThere where there is none."""
    tables = Tables(
        (table.name, frame(table, (as_row(table.name, row) for row in laid.rows.get(table.name, ()))))
        for table in FACT_TABLES
    )
    try:
        return for_page(svg(course(tables, case_id)))
    except NothingToShow as nothing:
        raise NotThere(str(nothing)) from nothing


def corpus_picture(config: Config, name: str) -> str:
    """The SVG of a picture of all papers, as the last run left the tables. Raises NotThere, UsageError."""
    try:
        return page_picture(config, name)
    except NothingToShow as nothing:
        raise NotThere(str(nothing)) from nothing
