"""The phrases of labels and captions that concern no fact: roles, kinds of content, other authors' cases."""

from __future__ import annotations

import re
from typing import Any

from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_ordinal
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.rules.words import Vocabulary, Words
from extractors.text import folded, lower_same_length

CLASSES = (
    "referring", "flag", "nobody", "patient", "result", "whose result", "kind of clause", "clause", "time",
    "author", "series",
)  # fmt: skip
WORDS = Vocabulary(
    "pipeline.tables",
    "words.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(CLASSES)},
)
_SLOTS = {**ATOMS, **{name: Words(WORDS, {"class": name}) for name in CLASSES}}


def said_by(book: Book, label: str) -> Any:
    """What the first rule of a book that matches a label says of it, None where none does."""
    text = folded(label)
    for found in book.in_text(text, lower_same_length(text)):
        reading = found.read()
        if reading is not None:
            return reading
    return None


def _role(name: str, phrase: str, role: str, says: tuple[str, ...], silent: tuple[str, ...]) -> Rule:
    """A rule that gives the whole label a role."""
    return Rule(name, phrase, lambda match: role, dict.fromkeys(says, role), silent)


#: What a column or row is to the values beside it, by its label.
ROLES = Book(
    "tables.roles",
    (
        _role(
            "group of several",
            r"\bn ?= ?(?!1\b)\d",
            "nobody",
            ("Patients (n = 12)",),
            ("Patient (n = 1)",),
        ),
        _role(
            "reference range",
            r"^\W*{referring}\b",
            "reference",
            ("Normal range", "Ref. values", "Laboratory limits"),
            ("Abnormal", "Test"),
        ),
        _role(
            "reference range alone",
            r"^\W*(?:n\.?v\.?|rr|range|(?:lab\.? ?)?norms?)$",
            "reference",
            ("Range", "NV", "Lab norms"),
            ("Range of motion",),
        ),
        _role(
            "unit",
            r"^\W*(?:units?|unit of measure(?:ment)?|si units?)\W*$",
            "unit",
            ("Unit", "SI units"),
            ("United",),
        ),
        _role("flag", r"^\W*{flag}\W*$", "flag", ("Flag", "Interpretation"), ("Flag leaf",)),
        _role("flag as letters", r"^\W*(?:h ?/ ?l|l ?/ ?h)\W*$", "flag", ("H/L",), ("HbA1c",)),
        _role("nobody", r"^\W*{nobody}\b", "nobody", ("Controls", "Mother's"), ("Sonography",)),
        _role(
            "nobody's mean",
            r"^\W*(?:mean|average)\b(?! (?:[tz]\b|bmd|bone|l\d|lumbar))",
            "nobody",
            ("Mean", "Average age"),
            ("Mean T-score", "Mean bone density"),
        ),
        _role(
            "number of a group",
            r"^\W*(?:total ?\(|n ?[=(])\w",
            "nobody",
            ("Total (12)", "N (8)"),
            ("Total hip",),
        ),
        Rule(
            "sign of a probability",
            r"^\W*p\b",
            lambda match: "nobody",
            says={"p": "nobody"},
            silent=("P", "Phosphate"),
            printed=True,
        ),
        _role(
            "patients",
            r"^\W*(?:{patient}(?:\.? ?(?:no|nr|numbers?|id|n°|#))?|no\.?|nr\.?|n°|#|id)\W*$",
            "patient",
            ("Patient no.", "Case", "No."),
            ("Patient 2",),
        ),
        _role(
            "results",
            r"^\W*(?:{whose result}? ?{result}|patient)\W*$",
            "value",
            ("Results", "Measured values", "Patient's value"),
            ("Level of T8",),
        ),
    ),
    _SLOTS,
)
#: Labels of cells that are clauses, and such whose cells no fact reads.
CONTENT = Book(
    "tables.content",
    (
        _role(
            "eaten",
            r"\b(?:diet\w*|nutrition\w*|intake)\b(?!.{0,20}supplement)",
            "eaten",
            ("Dietary calcium", "Calcium intake"),
            ("Calcium intake by supplement",),
        ),
        _role(
            "clauses",
            r"^\W*(?:(?:{kind of clause}|radiolog\w+) )*(?:{clause}|radiograph\w*)\b[^\d]{0,40}$",
            "clauses",
            ("Event", "Clinical course", "Radiological findings", "Outcome at the last visit"),
            ("Events in 2010", "Calcium"),
        ),
    ),
    _SLOTS,
)
#: Heads of columns that hold times.
TIMES = Book(
    "tables.times",
    (
        _role(
            "times",
            r"^\W*(?:{time}|gestation\w*)\b[^\d]{0,40}$",
            "times",
            ("Date", "Gestation / time", "Gestational age", "Week"),
            ("Week 12", "Lifetime"),
        ),
        _role(
            "times from birth",
            r"^\W*post-?partum (?:age|weeks?|months?|days?|time)\b[^\d]{0,40}$",
            "times",
            ("Postpartum weeks",),
            ("Postpartum depression",),
        ),
    ),
    _SLOTS,
)


def _ordinal(match: re.Match[str]) -> int | None:
    return parse_ordinal(match["nth"])


#: Which pregnancy a label is about.
PREGNANCIES = Book(
    "tables.pregnancies",
    (
        Rule(
            "nth pregnancy",
            r"\b(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth) (?:delivery|pregnancy|child|birth|"
            r"partum|gestation)\b",
            _ordinal,
            says={"After the 2nd delivery": 2, "First pregnancy": 1},
            silent=("Second visit",),
        ),
    ),
    _SLOTS,
)
#: Heads and captions of tables of other authors' cases.
AUTHORS = Book(
    "tables.authors",
    (
        _role(
            "authors",
            r"^\W*{author}\b(?!\W*(?:range|values?|interval|limits?))",
            "authors",
            ("Author, year", "Reference", "Study"),
            ("Reference range", "Studying"),
        ),
    ),
    _SLOTS,
)
LITERATURE = Book(
    "tables.literature",
    (
        _role(
            "literature",
            r"\bliterature\b|\bpublished\b",
            "literature",
            ("Published cases", "Cases in the literature"),
            ("Our patient",),
        ),
        _role(
            "reported before",
            r"\bpreviously (?:reported|described)|\breported (?:cases|patients|in)\b|"
            r"\bcases (?:reported|described)\b",
            "literature",
            ("Cases reported so far", "Previously described patients"),
            ("Symptoms reported by the patient",),
        ),
        _role(
            "previous cases",
            r"\bprevious(?:ly)? (?:cases?|reports?|studies)\b",
            "literature",
            ("Summary of previous reports",),
            ("Previous fractures",),
        ),
        _role(
            "review of cases",
            r"\b(?:review|summary|overview) of (?:the |all )?(?:\w+ ){0,3}"
            r"(?:cases|reports|studies|publications)\b",
            "literature",
            ("Overview of all adult cases",),
            ("Summary of laboratory values",),
        ),
    ),
    _SLOTS,
)
#: Row labels that cite.
CITATIONS = Book(
    "tables.citations",
    (
        _role(
            "cited",
            r"\bet al\b|\(\d{4}\)|\[\d+(?:[,-]\d+)*\]",
            "cited",
            ("Moreau et al.", "Moreau [12,14]", "Moreau (1998)"),
            ("Patient 1",),
        ),
        _role(
            "name with year",
            r"^(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|visit|baseline|follow|before|after|month|week|"
            r"year|at|in)[a-z]*\b)[a-z][\w'-]+\D{0,40}[ (,]+(?:19|20)\d\d\b",
            "cited",
            ("Moreau and Varga, 2011",),
            ("March 2011", "Visit in 2011"),
        ),
    ),
    _SLOTS,
)
#: Row labels of this paper's own patient.
PRESENT = Book(
    "tables.present",
    (
        _role(
            "present case",
            r"^\W*(?:the )?(?:present|our|this|current) (?:case|patient|report|study|series)\b",
            "present",
            ("Present case", "Our patient (2014)"),
            ("Presentation",),
        ),
        _role("present alone", r"^\W*(?:present|ours)\W*$", "present", ("Present",), ("Present 3",)),
    ),
    _SLOTS,
)
#: Captions of several patients, and corners that count something else.
SERIES = Book(
    "tables.series",
    (_role("series", r"\b{series}\b", "series", ("Findings of two sisters",), ("The patient's tests",)),),
    _SLOTS,
)
COUNTED = Book(
    "tables.counted",
    (
        _role(
            "counted in time",
            r"visit|week|month|day|year|time|age\b",
            "time",
            ("Visit", "Months of treatment", "Age"),
            ("Case",),
        ),
        _role(
            "counted otherwise",
            r"trimester|pregnanc|cycle|dose|scan|measurement",
            "other",
            ("Trimester", "Dose"),
            ("Case",),
        ),
    ),
    _SLOTS,
)
#: What the times of a timeline count from, by its head.
#: Numbers under or beside it are times, each in its unit.
COUNTS_OF_TIME = Book(
    "tables.counts of time",
    (
        _role(
            "numbers of time",
            r"^\W*(?:(?:time|follow-?up)\b(?![^(]*\bto\b)[^\d]{0,40}[(,] ?(?:in )?"
            r"(?:days|weeks|months|years)\b|"
            r"(?:day|week|month|year)s?\b(?! to\b)"
            r"(?:\W*$| (?:of(?! birth)|on|after|from|since|post|following)\b))",
            "times",
            ("Months post partum", "Time after delivery (months)", "Month", "Weeks of treatment"),
            ("Time to union (weeks)", "Month of birth 12", "Duration (months)", "Onset (weeks)"),
        ),
    ),
    _SLOTS,
)
HEADS_OF_TIMES = Book(
    "tables.heads of times",
    (
        _role(
            "from delivery",
            r"post-?\s?(?:partum|natal)|delivery",
            "delivery",
            ("Weeks postpartum", "Time after delivery"),
            ("Week",),
        ),
        _role("in gestation", r"gestation|pregnan", "gestation", ("Gestational week",), ("Week",)),
    ),
    _SLOTS,
)
#: What times in brackets count from, by caption and notes.
ANCHORS = Book(
    "tables.anchors",
    (
        _role(
            "after delivery",
            r"(?:after|from|since) (?:the )?(?:delivery|birth|parturition|childbirth)|post-?\s?partum",
            "delivery",
            ("Months in brackets are counted from the birth.",),
            ("Months are counted from admission.",),
        ),
        _role(
            "after the start of treatment",
            r"(?:after|from|of|since) (?:the )?(?:(?:start|beginning|initiation) of )?"
            r"(?:treatment|therapy|first visit|presentation)",
            "baseline",
            ("M: months after the start of treatment.",),
            ("Treatment was given for months.",),
        ),
    ),
    _SLOTS,
)
#: A footnote with the letter that leads to it.
NOTES = Book(
    "tables.notes",
    (
        Rule(
            "lettered note",
            r"(?:^|[;.] | )(?P<mark>[a-e*†‡§]) ?(?P<words>[A-Z][^;]*)",
            lambda match: (match["mark"], match["words"].strip()),
            says={
                "a Measured in urine; b Reference 15-65": ("a", "Measured in urine"),
                "* Fasting": ("*", "Fasting"),
            },
            silent=("Measured in urine", "a list of tests"),
            printed=True,
        ),
    ),
    _SLOTS,
)
#: What stands in a cell beside its value.
CELLS = Book(
    "tables.cells",
    (_role("mean with deviation", r"\d ?(?:±|\+/-|\+-) ?\d", "spread", ("9.1 ± 0.4",), ("9.1 (+)",)),),
    _SLOTS,
)
TIMES_IN_CELLS = Book(
    "tables.times in cells",
    (
        Rule(
            "time in brackets",
            r"\( ?(?P<inner>[-+]? ?\d+(?:\.\d+)? ?(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|[dwmy]))"
            r"\.? ?\)",
            lambda match: match["inner"],
            says={"0.71 (3 months)": "3 months", "-2.9 (-11m)": "-11m"},
            silent=("0.71 (low)", "0.71 (0.8-1.2)"),
        ),
    ),
    _SLOTS,
)
BOOKS = (
    ROLES, CONTENT, TIMES, PREGNANCIES, SERIES, COUNTED, AUTHORS, LITERATURE, CITATIONS, PRESENT,
    HEADS_OF_TIMES, COUNTS_OF_TIME, ANCHORS, NOTES, CELLS, TIMES_IN_CELLS,
)  # fmt: skip
