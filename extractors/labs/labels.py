"""What the label of a row or column says: the test, its specimen, unit and range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractors.labs import glue
from extractors.labs.names import sentence_names
from extractors.labs.sentence import Name
from extractors.labs.vocabulary import analytes, find_names, plain_names, unit_class
from extractors.language.quantities import match_reference
from extractors.language.units import Unit, match_unit
from extractors.rules.words import Vocabulary
from extractors.text import lower_same_length


@dataclass(frozen=True, slots=True)
class AnalyteLabel:
    """A row or column label: the test at [start, end), with what else the label says of it.

    `symbol` tells that the name alone is ambiguous ("P", "T4") and needs company in the table.
    """

    analyte: str
    specimen: str
    unit: str
    ref_low: float | None
    ref_high: float | None
    start: int
    end: int
    symbol: bool = False


_QUALIFIER = re.compile(
    r"(?:^|[\s,(])(?P<what>24[\s-]?h(?:ou)?rs?|24[\s-]?h|urine|urinary|serum|plasma|blood|csf|spot urine|"
    r"intact|total|"
    r"ionized|ionised|free|bone[\s-]specific|bone)(?=$|[\s,);])", re.I
)  # fmt: skip
#: What a word beside its name makes of an analyte.
QUALIFIERS = Vocabulary(
    "extractors.labs",
    "qualifiers.csv",
    ("analyte", "word", "becomes", "source"),
    key=("analyte", "word"),
    filled=frozenset({"word", "becomes"}),
)


@cache
def _refined() -> dict[tuple[str, str], str]:
    return {(row["analyte"], row["word"]): row["becomes"] for row in QUALIFIERS.rows}


_PREFIX = re.compile(r"^\s*(?P<p>f?[SPUBsu])[\s-]+(?=[A-Z0-9])")
_PREFIXES = {"s": "serum", "p": "plasma", "u": "urine", "b": "blood", "fs": "serum", "fp": "plasma"}
_SPACE = re.compile(r"\s(?=\S)")
_NO_LABEL = re.compile(
    r"\b(?:intake|supplement\w*|dose|dosage|therapy|treatment|bmd|t-score|z-score|mineral density)\b", re.I
)


def find_analyte(text: str) -> AnalyteLabel | None:
    """The test that a row or column label names, or None.

    Understands "Calcium, corrected", "Parathyroid hormone, intact", "25-Hydroxyvitamin D (nmol/L)",
    "Urinary calcium, 24 h", "S-Ca", "P1NP (µg/L) [15-59]". Unit and range come from the label.
    """
    if len(text) > 160 or _NO_LABEL.search(text):
        return None
    name = _label_name(text)
    if name is None:
        return None
    analyte, specimen = name.analyte.name, name.specimen
    prefix = _PREFIX.match(text)
    if prefix and not specimen and prefix.end() >= name.start:
        specimen = _PREFIXES[prefix["p"].lower()]
    for match in _QUALIFIER.finditer(text[: name.start] + " " * (name.end - name.start) + text[name.end :]):
        word = match["what"].lower()
        analyte = _refined().get((analyte, word), analyte)
        if glue.SPECIMENS["urine"].within(word, 0, len(word)):
            specimen = "urine"
        elif word in ("serum", "plasma", "csf") and not specimen:
            specimen = word
    unit, unit_kind = unit_of(text, name.head[1])
    known = analytes().get(analyte, name.analyte)
    if not specimen and unit_class(unit, unit_kind) in ("rate", "creatinine"):
        specimen = "urine"
    if specimen == "urine" and known.urine:
        analyte = known.urine
    low, high = _label_reference(text, name.head[1])
    return AnalyteLabel(analyte, specimen, unit, low, high, name.start, name.end, name.symbol)


def _label_name(text: str) -> Name | None:
    lower = lower_same_length(text)
    hits = [h for h in find_names(text, lower) if not h.term.flag]
    prefix = _PREFIX.match(text)
    if prefix and not any(h.start == 0 for h in hits):
        name = _name_behind(text, lower, prefix.end())
        if name is not None:
            return replace(name, start=prefix.start("p"))
    names = sentence_names(text, lower, hits)
    if not names:
        return _plain_name(text) or _before_bare_unit(text)
    if len(re.sub(r"[\W_]+", "", text[: names[0].start])) > 14:
        return None  # a sentence, no label
    return names[0]


def _before_bare_unit(text: str) -> Name | None:
    """The test before a unit without brackets: "Calcium mg/dL" is no amount of calcium."""
    for stop, unit in bare_units(text):
        if unit_class(unit.text, unit.kind) == "concentration":
            return _label_name(text[:stop])
    return None


def bare_units(text: str) -> Iterator[tuple[int, Unit]]:
    """The units without brackets that a label may end with, each with where the words before it end."""
    for space in _SPACE.finditer(text):
        unit = match_unit(text, space.end())
        if unit and unit.end == len(text.rstrip()):
            yield space.start(), unit


def _name_behind(text: str, lower: str, at: int) -> Name | None:
    """The test named right behind a specimen's letter: "S-Ca", "fP-Glucose"."""
    hits = [h for h in find_names(text[at:], lower[at:]) if not h.term.flag]
    name = next(iter(sentence_names(text[at:], lower[at:], hits)), None)
    if name is None or name.start != 0:
        return None
    return Name(
        at, name.end + at, (name.head[0] + at, name.head[1] + at), name.analyte, name.specimen, name.symbol
    )


def _plain_name(text: str) -> Name | None:
    """A label that is nothing but a name, whatever stands around it in prose."""
    stripped = text.strip()
    analyte = plain_names().get(stripped.lower())
    if analyte is None:
        return None
    at = text.index(stripped)
    return Name(at, at + len(stripped), (at, at + len(stripped)), analyte, analyte.specimen, False)


def unit_of(text: str, pos: int) -> tuple[str, str]:
    """The unit that a label tells behind `pos`, and its kind; both "" for none."""
    for match in re.finditer(r"[(\[,\s]\s?(?=[A-Za-zµμ%/1×x])", text[pos:]):
        unit = match_unit(text, pos + match.end())
        if unit and (len(unit.text) > 1 or unit.text == "%") and not text[unit.end : unit.end + 1].isalnum():
            return unit.text, unit.kind
    return "", ""


_LIMIT = frozenset("0123456789<>≤≥")


def _label_reference(text: str, pos: int) -> tuple[float | None, float | None]:
    for match in re.finditer(r"[(\[;,]\s?|\s(?=\d)|\s(?=[Nnr])", text[pos:]):
        opened = match.group().strip() in ("(", "[")
        reference = match_reference(
            text,
            pos + match.end(),
            len(text),
            need_cue=not opened and text[pos + match.end() : pos + match.end() + 1] not in _LIMIT,
        )
        if reference and (reference.low is None or reference.high is None or reference.high > reference.low):
            return reference.low, reference.high
    return None, None
