"""Measures of the body named in a row, their figures in a row behind: "Weight/BMI: 61/22.9"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.numbers import parse_number
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View

_UNIT = r"(?: ?(?:kgs?(?: ?/ ?m\^? ?[2²])?|cms?|m|lbs?))?"
_SLOTS = {
    "measure": r"(?:body )?weight|wt\.?|(?:body )?height|ht\.?|stature|bmi|body mass index",
    "unit": r"(?: ?[(\[][^()\[\]]{1,9}[)\]])?",
    "figure": rf"\d{{1,3}}(?:[.,]\d{{1,2}})?{_UNIT}",
    "and": r"(?: ?[/,;|] ?| and | & |, and | )",
}
#: The least and the most that a grown-up's measure can be: kg, cm, kg/m2.
_LIMITS = {"weight_kg": (25.0, 250.0), "height_cm": (120.0, 215.0), "bmi": (9.0, 80.0)}
_FIELDS = {"w": "weight_kg", "h": "height_cm", "s": "height_cm", "b": "bmi"}
_NAME = re.compile(_SLOTS["measure"])
_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
#: Heights below this are told in metres.
_METRES = 2.5


@dataclass(frozen=True, slots=True)
class Named:
    """A figure [start, end) of a match with the measure that it is of, in cm, kg or kg/m2."""

    field: str
    value: float
    start: int
    end: int


def _field(name: str) -> str:
    bare = name.removeprefix("body ")
    return "bmi" if name == "body mass index" else _FIELDS[bare[0]]


def _read(m: re.Match[str]) -> tuple[tuple[str, float], ...] | None:
    found = named(m)
    return tuple((n.field, n.value) for n in found) if found else None


def named(m: re.Match[str]) -> list[Named]:
    """The figures of a match, each under its name; empty where they do not fit one another."""
    fields = [_field(n.group()) for n in _NAME.finditer(m["names"])]
    figures = list(
        _FIGURE.finditer(re.sub(r"m\^? ?[2²]", lambda u: "m" + "_" * (len(u[0]) - 1), m["figures"]))
    )
    if len(fields) != len(figures) or len(set(fields)) < len(fields):
        return []
    out: list[Named] = []
    for field, figure in zip(fields, figures, strict=True):
        value = parse_number(figure.group())
        if field == "height_cm" and value < _METRES:
            value *= 100
        least, most = _LIMITS[field]
        if not least <= value <= most:
            return []
        at = m.start("figures")
        out.append(Named(field, round(value, 1), at + figure.start(), at + figure.end()))
    return out


ROWS = Rule(
    "measures in a row",
    r"\b(?P<names>(?:{measure}){unit}(?:{and}(?:{measure}){unit}){1,2})"
    r"(?: ?[:=] ?| (?:was|were|of|are|is) | )"
    r"(?P<figures>{figure}(?:{and}{figure}){1,2})(?![\d/]|[.,]\d)",
    _read,
    says={
        "Weight/BMI: 61/22.9": (("weight_kg", 61.0), ("bmi", 22.9)),
        "Weight (kg) Height (m) BMI 61.5 1.64 22.9": (
            ("weight_kg", 61.5),
            ("height_cm", 164.0),
            ("bmi", 22.9),
        ),
        "Height and weight were 158 cm and 48 kg": (("height_cm", 158.0), ("weight_kg", 48.0)),
        "Ht/Wt 1.60/52": (("height_cm", 160.0), ("weight_kg", 52.0)),
    },
    silent=("Her weight was 61 kg and her BMI was 22.9.", "Weight was 61 kg"),
)
BOOK = Book("person.build rows", (ROWS,), _SLOTS)


def find_rows(view: View, sentence: Sentence) -> list[Named]:
    """The measures that a sentence tells in a row; offsets of the sentence."""
    found = next(BOOK.find(view, sentence), None)
    return named(found.match) if found is not None else []
