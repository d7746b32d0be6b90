"""Onset in table cells: "4" under "Onset (weeks after delivery)", "3rd trimester", "32 wk gestation"."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.base import TimeRef
from extractors.onset.fact import OnsetMention
from extractors.onset.words import SYMPTOM, lexicon
from extractors.rules.book import Book
from extractors.rules.rule import Relation, Rule
from extractors.tables import Cell, TableReader, Words
from extractors.text import View, folded, lower_same_length
from extractors.time.cells import cell_days

CELL = Relation(
    "table",
    "A cell under a label that announces the onset holds its time.",
    says={
        "Case | Onset (weeks after delivery)\n1 | 4\n2 | 8": {"days_min": 28, "anchor": "delivery"},
        "Case | Onset of pain\n1 | 32 wk gestation\n2 | 2 months": {"days_min": -56, "anchor": "gestation"},
    },
    silent=("Case | Age at onset (years)\n1 | 31\n2 | 28", "Case | Onset\n1 | 4\n2 | 8"),
    of="table",
)
TIMELINE = Relation(
    "timeline",
    "The first symptom of a timeline begins at the time of its row.",
    says={
        "Time | Event\n3 weeks postpartum | Sudden back pain\n2 months postpartum | MRI of the spine": {
            "days_min": 21, "symptom": "back pain"
        },
    },
    silent=("Time | Event\n3 weeks postpartum | Free of pain\n2 months postpartum | MRI of the spine",),
    of="table",
)  # fmt: skip
_SLOTS = {"pain": r"(?:(?:back|low back|bone) )?pain"}
LABEL = Book(
    "onset.label",
    (
        Rule(
            "label onset",
            r"\bonset\b",
            says={"Symptom onset after delivery (weeks)": "onset"},
            silent=("Fractured vertebrae",),
        ),
        Rule(
            "label start of symptoms",
            r"\b(?:time|start|beginning|first appearance|appearance|timing) of (?:the )?"
            r"(?:(?:first )?symptoms?|{pain}|complaints?|fractures?)",
            says={"Start of pain": "start of pain"},
            silent=("Start of treatment",),
        ),
        Rule(
            "label first symptoms",
            r"\bsymptoms? (?:start|began|first|debut)|\bfirst symptoms?\b",
            says={"First symptom": "first symptom"},
            silent=("Symptoms",),
        ),
        Rule(
            "label pain since",
            r"\bpain (?:since|began|started)\b",
            says={"Pain since": "pain since"},
            silent=("Pain",),
        ),
    ),
    _SLOTS,
)
NO_LABEL = Book(
    "onset.no label",
    (
        Rule(
            "label of another time",
            r"\bage\b|\bmenarche|\bmenopause|\bduration\b|\btreatment onset|"
            r"\bonset of (?:treatment|therapy|action)",
            says={"Age at onset (years)": "age", "Onset of treatment": "onset of treatment"},
            silent=("Time of onset",),
        ),
    ),
    _SLOTS,
)
#: A symptom was not there, or was there before.
NO_START = Book(
    "onset.no start",
    (
        Rule(
            "cell of no start",
            r"\b(?:no |without|less |improv|resol|relie|disappear|persist|denie|subsid)|free",
            says={"Pain-free": "free", "Back pain improved": "improv"},
            silent=("Low back pain after lifting",),
        ),
    ),
    _SLOTS,
)


def is_onset_label(text: str) -> bool:
    """Whether a row or column label names the time of onset of the symptoms."""
    body = folded(text)
    lower = lower_same_length(body)
    named = next(LABEL.in_text(body, lower), None)
    return named is not None and next(NO_LABEL.in_text(body, lower), None) is None


def parse_onset_cell(text: str, label: str) -> tuple[int, int] | None:
    """Days from delivery (min, max; negative before) of a cell under an onset label, None without any."""
    return cell_days(text, label)


def onset_of_cell(cell: Cell, label: str) -> Iterator[OnsetMention]:
    """The time of onset in a cell under a label (its words) that announces it."""
    days = parse_onset_cell(cell.text, label)
    if days is not None:
        start, end = cell.trimmed
        anchor = "gestation" if days[0] < 0 else "delivery"
        yield OnsetMention(
            start=start, end=end, rule=CELL.name, anchor=anchor, pregnancy=cell.pregnancy,
            days_min=days[0], days_max=days[1],
        )  # fmt: skip


def onset_of_event(label: tuple[int, int], clause: Words, time: TimeRef | None) -> OnsetMention | None:
    """The onset that a timeline's row tells: a symptom beside a time from delivery or in gestation.

    `label` holds the offsets of the row's time.
    """
    if time is None or time.anchor not in ("delivery", "gestation"):
        return None
    if time.days_min is None or time.days_max is None:
        return None
    body, start = clause
    view = View(body)
    hit = next((h for h in lexicon().find(body, view.lower) if h.value.role == SYMPTOM), None)
    if hit is None or next(NO_START.in_text(view.folded, view.lower), None) is not None:
        return None
    return OnsetMention(
        start=label[0], end=start + hit.end, rule=TIMELINE.name, certainty=0.85, symptom=hit.value.word,
        anchor=time.anchor, days_min=time.days_min, days_max=time.days_max,
    )  # fmt: skip


TABLE = TableReader(
    label=lambda text: text if is_onset_label(text) else None, cell=onset_of_cell, event=onset_of_event
)
