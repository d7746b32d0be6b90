"""Rows of tables of results whose test no list knows: under the name as printed, with lower confidence.

The pipeline asks for them between the rows of known tests only.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.labs.fact import LabMention
from extractors.labs.labels import AnalyteLabel, bare_units, find_analyte, unit_of
from extractors.labs.misspelt import known_as
from extractors.labs.unknown import is_test
from extractors.labs.vocabulary import find_names, unit_class
from extractors.labs.words import plain
from extractors.language.units import match_unit
from extractors.rules.rule import Relation
from extractors.text import lower_same_length

UNLISTED = Relation(
    "unknown test of a table",
    "A row among those of known tests is a test, too, if its value has a laboratory's unit or a range.",
    says={
        "Test | Value | Range\nCalcium (mg/dL) | 9.1 | 8.6-10.2\nLipofuscin (ng/mL) | 31 | 5-20\n"
        "PTH (pg/mL) | 41 | 15-65": {"analyte": "lipofuscin", "value": 31.0, "flag": "high"},
    },
    silent=(
        "Test | Value\nHeight (cm) | 160\nSteps (per day) | 5000",
        "Item | Value | Range\nAge | 31 | 18-45\nHeart rate | 80 | 60-100\nPain score | 3 | 0-10",
    ),
    of="table",
)
CERTAINTY = 0.9
_MOST_WORDS, _LONGEST = 6, 60
_WORDS = re.compile(r"[^\s/,]+")
_END = re.compile(r"\s*(?:[(\[]|,\s|;|:\s|:?$)")
_FLUID = re.compile(r"\s*(?P<fluid>serum|plasma|urinary|urine)\s+(?=\w)", re.I)
_SPECIMENS = {"serum": "serum", "plasma": "plasma", "urinary": "urine", "urine": "urine"}
_LETTERS = re.compile(r"[^\W\d_]{2}|[^\W\d_]\d")
#: Classes of units of a result, and of such that a range has to stand beside.
_MEASURED = frozenset({"concentration", "creatinine", "titer"})
_WITH_RANGE = frozenset({"none", "percent"})


def unlisted_label(text: str, above: str) -> AnalyteLabel | None:
    """The test of a row's label that names none that is known; `above` is the heading of its rows."""
    if find_analyte(text) is not None or _is_never(above):
        return None
    fluid = _FLUID.match(text)
    bare = _without_unit(text[fluid.end() if fluid else 0 :].strip())
    name = bare[: _END.search(bare).start()].strip(" *\u2020\u2021.")  # type: ignore[union-attr]
    if not _may_be_name(name) or _is_never(text):
        return None
    known = known_as(name)
    at = text.index(name)
    analyte = known.name if known else " ".join(name.lower().split())
    specimen = _SPECIMENS[fluid["fluid"].lower()] if fluid else ""
    return AnalyteLabel(analyte, specimen, unit_of(text, at + len(name))[0], None, None, at, at + len(name))


def _without_unit(text: str) -> str:
    """A label without the unit that it ends with."""
    return next((text[:stop] for stop, _ in bare_units(text)), text)


def _is_never(text: str) -> bool:
    """Whether a word says that no test of a laboratory is told."""
    words = (word.strip("()[].:*").lower() for word in _WORDS.findall(text))
    return any(word in plain("unknown never") for word in words)


def _may_be_name(name: str) -> bool:
    lower = lower_same_length(name)
    words = lower.split()
    return (
        bool(words)
        and len(words) <= _MOST_WORDS
        and len(name) <= _LONGEST
        and bool(_LETTERS.search(name))
        and lower.rstrip("s") not in plain("unknown generic")
        and not any(word in plain("unknown stop") for word in words)
        and words[-1] not in plain("unknown common")
        and not find_names(name, lower)
    )


def of_unlisted(found: LabMention, printed: str, printed_unit: str) -> LabMention | None:
    """A cell's result under such a label; None without a laboratory's unit and without a range.

    `printed` is the name; `printed_unit` what the column of units says, which may be no laboratory's unit.
    """
    if found.value is None:
        return None
    unit = match_unit(found.unit, 0, any_kind=True)
    of_unit = unit_class(found.unit, unit.kind if unit else "")
    ranged = found.ref_low is not None or found.ref_high is not None
    if of_unit not in _MEASURED:
        strange = bool(printed_unit.strip(" -\u2013%")) and not found.unit
        if of_unit not in _WITH_RANGE or not ranged or strange or not is_test(printed, tied=False):
            return None
    return replace(found, rule=UNLISTED.name, certainty=CERTAINTY)
