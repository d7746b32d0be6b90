"""Labels of tables that tell when a patient was seen or treated first: "Beginning of treatment (M) | 3"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.time.cells import cell_days
from extractors.time.labels import is_from_delivery
from extractors.timeline.moments import BEGIN, VISIT
from extractors.timeline.told import EventMention
from pipeline.tables.read import TableFact
from pipeline.tables.rules import said_by
from pipeline.tables.sheet import Sheet

_BEGUN = r"(?:begin(?:ning)?|start|initiation|onset|commencement|introduction)"
_TREATED = r"(?:treatment|therapy|medication)"
EVENTS = Book(
    "tables.events",
    (
        Rule(
            "label of a treatment's begin",
            rf"^\W*(?:(?:time|interval|months?|weeks?) )?(?:(?:of|from delivery to|to|at) )?(?:the )?"
            rf"(?:{_BEGUN} of (?:the )?(?:\w+ )?{_TREATED}|"
            rf"{_TREATED} (?:begin(?:ning)?|start|onset|initiation|begun|started))\b",
            lambda match: BEGIN,
            says={"Beginning of treatment (M)": BEGIN, "Start of therapy (months postpartum)": BEGIN},
            silent=("Treatment", "Onset of symptoms", "Duration of treatment"),
        ),
        Rule(
            "label of a diagnosis",
            r"^\W*(?:(?:time|interval|months?|weeks?) )?"
            r"(?:(?:of|from delivery to|to|at|from delivery until) )?(?:the )?"
            r"(?:diagnosis|presentation|first visit|admission|referral)\b(?! code)",
            lambda match: VISIT,
            says={"Time from delivery to diagnosis (months)": VISIT, "Presentation (weeks pp)": VISIT},
            silent=("Age at diagnosis", "Misdiagnosis"),
        ),
    ),
    {},
)
RULE = "cell of the course"


def read_course(sheets: Sequence[Sheet]) -> Iterator[TableFact]:
    """The visits and begins of treatment that rows or columns of tables tell in time from delivery."""
    for sheet in sheets:
        events = _labels(sheet)
        for (row, col), (event, words) in events.items():
            cell = sheet.grid.at(row, col)
            theirs, patient = sheet.owner(row, col)
            days = cell_days(sheet.labels.words(cell), words) if cell is not None and theirs else None
            if cell is not None and days is not None:
                yield TableFact(
                    "timeline",
                    EventMention(start=cell.start, end=cell.end, rule=RULE, event=event, days=days),
                    patient,
                )


def _labels(sheet: Sheet) -> dict[tuple[int, int], tuple[str, str]]:
    """The cells below or beside such labels, with the event and the label's words."""
    heads = sheet.heads()
    columns = {col: told for col in sheet.value_columns() if (told := _told(sheet, heads[col]))}
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for row in sheet.value_rows():
        beside = _told(sheet, sheet.words(row, 0))
        for col in sheet.value_columns():
            if told := beside or columns.get(col):
                found[row, col] = told
    return found


def _told(sheet: Sheet, words: str) -> tuple[str, str] | None:
    """The event of a label that counts from a delivery, and its words written out."""
    event = said_by(EVENTS, words) if words else None
    if event is None:
        return None
    full = " ".join(sheet.notes.definitions.get(word.strip("(),;:"), word) for word in words.split())
    return (event, full) if sheet.notes.anchor == "delivery" or is_from_delivery(full) else None
