"""Table cells and labels read with the vocabulary and the value parsers of the prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.labs import patterns as pt
from extractors.labs.names import sentence_names
from extractors.labs.sentence import Name
from extractors.labs.vocabulary import analytes, find_names, plain_names, unit_class
from extractors.language.quantities import match_quantity, match_reference
from extractors.language.units import match_unit
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


@dataclass(frozen=True, slots=True)
class LabValue:
    """A cell's value at [start, end) or, with `value` None, its result word; `rest` is what remains."""

    value: float | None
    comparator: str
    unit: str
    flag: str
    ref_low: float | None
    ref_high: float | None
    start: int
    end: int
    rest: str = ""


_QUALIFIER = re.compile(
    r"(?:^|[\s,(])(?P<what>24[\s-]?h(?:ou)?rs?|24[\s-]?h|urine|urinary|serum|plasma|blood|csf|spot urine|"
    r"intact|total|"
    r"ionized|ionised|free|bone[\s-]specific|bone)(?=$|[\s,);])", re.I
)  # fmt: skip
_REFINED = {
    ("calcium", "ionized"): "ionized calcium",
    ("calcium", "ionised"): "ionized calcium",
    ("thyroxine", "free"): "free thyroxine",
    ("triiodothyronine", "free"): "free triiodothyronine",
    ("testosterone", "free"): "free testosterone",
    ("alkaline phosphatase", "bone"): "bone alkaline phosphatase",
    ("alkaline phosphatase", "bone-specific"): "bone alkaline phosphatase",
    ("alkaline phosphatase", "bone specific"): "bone alkaline phosphatase",
}
_PREFIX = re.compile(r"^\s*(?P<p>f?[SPUBsu])[\s-]+(?=[A-Z0-9])")
_PREFIXES = {"s": "serum", "p": "plasma", "u": "urine", "b": "blood", "fs": "serum", "fp": "plasma"}
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
        analyte = _REFINED.get((analyte, word), analyte)
        if pt.URINE.search(word):
            specimen = "urine"
        elif word in ("serum", "plasma", "csf") and not specimen:
            specimen = word
    unit, unit_kind = _label_unit(text, name.head[1])
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
        # "S-Ca", "fP-Glucose": the letter before the hyphen is the specimen
        hits = [h for h in find_names(text[prefix.end() :], lower[prefix.end() :]) if not h.term.flag]
        shifted = sentence_names(text[prefix.end() :], hits, 0)
        if shifted and shifted[0].start == 0:
            n = shifted[0]
            return Name(
                prefix.start("p"),
                n.end + prefix.end(),
                (n.head[0] + prefix.end(), n.head[1] + prefix.end()),
                n.analyte,
                n.specimen,
                n.symbol,
            )
    names = sentence_names(text, hits, 0)
    if not names:
        stripped = text.strip()
        analyte = plain_names().get(stripped.lower())
        if analyte is None:
            return None
        at = text.index(stripped)
        return Name(at, at + len(stripped), (at, at + len(stripped)), analyte, analyte.specimen, False)
    first = names[0]
    if len(re.sub(r"[\W_]+", "", text[: first.start])) > 14:
        return None  # a sentence, no label
    return first


def _label_unit(text: str, pos: int) -> tuple[str, str]:
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


_HIGH_MARK = re.compile(
    r"\s*(?:↑+|▲|\(?\bH{1,2}\b\)?|\((?:high|elevated|increased|raised)\)|\b(?:high|elevated|increased|raised)\b)",
    re.I,
)
_LOW_MARK = re.compile(
    r"\s*(?:↓+|▼|\(?\bL{1,2}\b\)?|\((?:low|decreased|reduced)\)|\b(?:low|decreased|reduced)\b)", re.I
)
_NORMAL_MARK = re.compile(r"\s*(?:\(?\bN\b\)?|\(normal\)|\bnormal\b)", re.I)
_STARS = re.compile(r"[\s*†‡§¶]+")
_MISSING = re.compile(
    r"[\s\-–—−]*(?:n\.?\s?/?[ad]\.?|nd|nm|not\s\w+|na|unknown|missing|\.{2,}|…|\?)?[\s\-–—−]*$", re.I
)
_IN_BRACKETS = re.compile(r"\s*[(\[:,]?\s*")
_WORDS = {
    "low": pt.LOW, "changed-low": pt.LOW, "high": pt.HIGH, "changed-high": pt.HIGH, "normal": pt.NORMAL,
    "back": pt.NORMAL,
    "negative": pt.NORMAL, "positive": pt.HIGH,
}  # fmt: skip


def parse_value(text: str) -> LabValue | None:
    """What a table cell says: "9.4", "<5 ng/mL", "98 ↑", "176 (30-130) H", "normal", "151 (3M)a".

    None for an empty or missing one ("-", "N.A.") and for an interval. A star or footnote letter is
    not a flag. `rest` holds what was not understood, "(3M)" for instance.
    """
    if _MISSING.match(text):
        return None
    lead = re.match(r"\s*(?:(?P<up>↑+|▲)|(?P<down>↓+|▼)|[HL](?=\s\d))?\s*", text)
    at = lead.end() if lead else 0
    quantity = match_quantity(text, at)
    flag = ""
    if quantity is None:
        said = _result_word(text)
        inner = _IN_BRACKETS.match(text, said.end) if said else None
        quantity = match_quantity(text, inner.end()) if inner else None
        if said is None or quantity is None:
            return said
        flag = said.flag
    if quantity.high is not None:
        return None
    if quantity.unit and quantity.unit.text == "L" and quantity.comparator == "=":
        quantity = replace(quantity, end=quantity.unit.start, unit=None)  # "12.3 L": low
    if lead and lead.group().strip():
        flag = pt.HIGH if lead["up"] or lead.group().strip() == "H" else pt.LOW
    end, low, high = len(text[: quantity.end].rstrip()), None, None
    pos = end
    for _ in range(4):
        stars = _STARS.match(text, pos)
        pos = stars.end() if stars else pos
        opened = re.match(r"\s*[(\[]\s*|\s*;\s*", text[pos:])
        reference = (
            match_reference(text, pos + opened.end()) if opened else match_reference(text, pos, need_cue=True)
        )
        if reference and low is None and high is None:
            low, high = reference.low, reference.high
            closing = re.match(r"\s*[)\]]", text[reference.end :])
            pos = end = reference.end + (closing.end() if closing else 0)
            continue
        marked = next(
            (
                f
                for f, p in ((pt.HIGH, _HIGH_MARK), (pt.LOW, _LOW_MARK), (pt.NORMAL, _NORMAL_MARK))
                if (m := p.match(text, pos)) and _whole(text, m)
            ),
            "",
        )
        if marked and not flag:
            flag = marked
            mark = {pt.HIGH: _HIGH_MARK, pt.LOW: _LOW_MARK, pt.NORMAL: _NORMAL_MARK}[marked].match(text, pos)
            assert mark is not None
            pos = end = mark.end()
            continue
        break
    return LabValue(
        quantity.value,
        quantity.comparator,
        quantity.unit_text,
        flag,
        low,
        high,
        quantity.start,
        end,
        text[end:].strip(" *†‡§¶"),
    )


def _whole(text: str, match: re.Match[str]) -> bool:
    """Whether a mark stands alone: "H" at the end, not the beginning of a word."""
    return not text[match.end() : match.end() + 1].isalnum()


def _result_word(text: str) -> LabValue | None:
    found = pt.find_results(lower_same_length(text))
    if not found:
        mark = re.fullmatch(
            r"\s*(?:(?P<n>N|WNL|nl|NL|neg\.?|Neg\.?|\(-\))|(?P<h>H|↑+|pos\.?|Pos\.?|\(\+\)|\++)|(?P<l>L|↓+))\s*",
            text,
        )
        if not mark:
            return None
        flag = pt.NORMAL if mark["n"] else pt.HIGH if mark["h"] else pt.LOW
        return LabValue(None, "", "", flag, None, None, mark.start(), mark.end())
    start, end, kind = found[0]
    flag = _WORDS.get(kind, "")
    if not flag or len(re.sub(r"\W", "", text)) > end - start + 30:
        return None
    return LabValue(None, "", "", flag, None, None, start, end, (text[:start] + text[end:]).strip())


def parse_reference(text: str) -> tuple[float | None, float | None] | None:
    """The limits in a cell of a reference column ("8.5-10.2", "<5", "up to 40 U/L", "> 30"), or None."""
    stripped = text.strip(" ()[]")
    reference = match_reference(stripped, 0)
    if reference is None:
        inner = re.search(r"[(\[:]\s*(?=[\d<>≤≥])", text)
        reference = match_reference(text, inner.end()) if inner else None
    return (reference.low, reference.high) if reference else None


__all__ = ["AnalyteLabel", "LabValue", "find_analyte", "parse_reference", "parse_value"]
