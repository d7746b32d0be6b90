"""The laboratory vocabulary: analytes with their names and symbols, and words that state a result.

analytes.csv: one analyte a row. `aliases` in any case (the canonical name among them where it may
stand alone), `exact` in this case only, `symbols` in this case and only among other laboratory words
("P", "K", "T4"). `kind` says which units and words fit (see `units_fit`), `urine` is the analyte's
name when it was measured in urine. states.csv: words that state a result by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.labs.notations import BOOK as NOTATIONS
from extractors.labs.words import plain
from extractors.rules.book import Found
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.words import Vocabulary
from extractors.text import Sentence, View
from extractors.values import fixed

#: The kind of a test that no list knows.
OPEN = "open"
#: What a test's unit and words may be by its kind: see `units_fit`.
_FITS = {
    "chem": {"concentration"},
    "hormone": {"concentration", "creatinine"},
    "enzyme": {"concentration", "activity", "ratio"},
    "marker": {"concentration", "activity"},
    "ab": {"concentration", "activity", "titer"},
    "micro": {"concentration", "activity", "titer", "length"},  # a germ sought; the wheal of a skin test
    "qual": {"concentration", "titer", "activity", "rate", "percent"},
    "count": {"concentration", "percent"},
    "cells": {"concentration", "percent"},
    "indices": {"volume", "mass", "concentration", "percent"},
    "percent": {"percent", "concentration", "creatinine"},  # HbA1c in mmol/mol
    "ratio": {"creatinine", "percent", "concentration"},
    "clearance": {"flow"},
    "esr": {"esr"},
    "coag": {"time", "percent", "concentration", "activity"},
    "gas": {"pressure", "concentration"},
    "drug": {"concentration"},
    "panel": set(),
    OPEN: {"concentration", "creatinine", "titer"},
}

ANALYTES = Vocabulary(
    "extractors.labs",
    "analytes.csv",
    ("analyte", "kind", "specimen", "urine", "aliases", "exact", "symbols", "source"),
    key=("analyte",),
    allowed={
        "kind": frozenset(_FITS),
        "specimen": frozenset(
            {"", "urine", "stool", "csf", "pleural fluid", "ascitic fluid", "synovial fluid"}
        ),
    },
)
STATES = Vocabulary(
    "extractors.labs",
    "states.csv",
    ("state", "analyte", "flag", "source"),
    key=("state",),
    allowed={"flag": frozenset({"low", "normal", "high"})},
    filled=frozenset({"analyte"}),
)
#: Other forms of an analyte, of which a word such as "hypocalcaemia" may be told as well.
FORMS = Vocabulary(
    "extractors.labs",
    "forms.csv",
    ("analyte", "form", "source"),
    key=("analyte", "form"),
    refers={"analyte": (ANALYTES, "analyte"), "form": (ANALYTES, "analyte")},
)


@cache
def forms_of(analyte: str) -> tuple[str, ...]:
    """An analyte and its other forms, by their canonical names."""
    return (analyte, *(row["form"] for row in FORMS.rows if row["analyte"] == analyte))


@dataclass(frozen=True, slots=True)
class Analyte:
    """A laboratory test: canonical name, kind, default specimen, its name when measured in urine."""

    name: str
    kind: str
    specimen: str = ""
    urine: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """What a vocabulary phrase stands for: an analyte, or with `flag` a word that states its result."""

    analyte: Analyte
    symbol: bool = False
    flag: str = ""


@cache
def analytes() -> dict[str, Analyte]:
    """All analytes by canonical name."""
    return {
        row["analyte"]: Analyte(row["analyte"], row["kind"], row["specimen"], row["urine"])
        for row in ANALYTES.rows
    }


#: "hyper-kalaemia" is written as well.
_APART = re.compile(r"^(hyper|hypo)(?=[a-z]{4})")


def _entries() -> list[Entry[Term]]:
    known = analytes()
    out: list[Entry[Term]] = []
    for row in ANALYTES.rows:
        analyte = known[row["analyte"]]
        out += [Entry(p, Term(analyte)) for p in row["aliases"].split("|") if p]
        out += [Entry(p, Term(analyte), exact=True) for p in row["exact"].split("|") if p]
        out += [Entry(p, Term(analyte, symbol=True), exact=True) for p in row["symbols"].split("|") if p]
    for row in STATES.rows:
        term = Term(known[row["analyte"]], flag=row["flag"])
        out += [Entry(state, term) for state in (row["state"], _APART.sub(r"\1-", row["state"], count=1))]
    out = list(dict.fromkeys(out))
    # longer phrases win by the matcher; of the same phrase the exact entry comes first
    return sorted(out, key=lambda e: not e.exact)


@cache
def lexicon() -> Lexicon[Term]:
    """One automaton over all names and result words but the shortest."""
    return Lexicon(e for e in _entries() if not _is_short(e))


def _is_short(entry: Entry[Term]) -> bool:
    """Letters that stand in every word ("P", "Ca") would stop the automaton everywhere."""
    return entry.exact and len(entry.phrase) <= 3


@cache
def _short() -> dict[str, Term]:
    return {e.phrase: e.value for e in reversed(_entries()) if _is_short(e)}


_SHORT_WORD = re.compile(r"[A-Z]\w{0,2}(?!\w)[+-]{0,2}")


@cache
def plain_names() -> dict[str, Analyte]:
    """Lower-case alias or abbreviation -> analyte, symbols left out (for long forms of abbreviations)."""
    return {
        e.phrase.lower(): e.value.analyte
        for e in reversed(_entries())
        if not e.value.symbol and not e.value.flag
    }


@fixed(frozen=True, slots=True)
class NameHit:
    """A vocabulary phrase at [start, end) of a text."""

    start: int
    end: int
    term: Term


def _with_short(text: str, found: list[NameHit]) -> list[NameHit]:
    terms = _short()
    out: list[NameHit] = []
    at = 0
    for match in _SHORT_WORD.finditer(text):
        start = match.start()
        if start and text[start - 1].isalnum():
            start -= 1  # "pH", "tTG"
            if not text[start].islower() or (start and text[start - 1].isalnum()):
                continue
        phrase = text[start : match.end()]
        if phrase not in terms:
            phrase = phrase.rstrip("+-")
            if phrase not in terms:
                continue
        end = start + len(phrase)
        while at < len(found) and found[at].start <= start:
            out.append(found[at])
            at += 1
        inside = bool(out) and out[-1].end > start
        before_longer = at < len(found) and found[at].start < end
        if not inside and not before_longer:
            out.append(NameHit(start, end, terms[phrase]))
    return out + found[at:]


def find_names(text: str, lower: str) -> list[NameHit]:
    """All analyte names, symbols and result words of a text that is no sentence of a view, in order."""
    found = _with_short(text, [NameHit(h.start, h.end, h.value) for h in lexicon().find(text, lower)])
    return _with_isotypes(text, _with_notations(found, NOTATIONS.leftmost_in(text, lower)))


def names_of(view: View, sentence: Sentence) -> list[NameHit]:
    """The same of a sentence, offsets relative to it."""
    at = sentence.start
    found = [NameHit(h.start - at, h.end - at, h.value) for h in lexicon().in_sentence(view, sentence)]
    found = _with_notations(_with_short(sentence.text, found), NOTATIONS.leftmost(view, sentence))
    return _with_isotypes(sentence.text, found)


def _with_notations(found: list[NameHit], notations: list[Found]) -> list[NameHit]:
    """The names with those of a notation, which win over shorter ones, but not over words of results."""
    if not notations:
        return found
    known = analytes()
    special = [NameHit(a, b, Term(known[name])) for f in notations for a, b, name in f.read()]
    kept = [h for h in found if h.term.flag or not any(h.start < s.end and h.end > s.start for s in special)]
    states = [h for h in kept if h.term.flag]
    special = [s for s in special if not any(s.start < h.end and s.end > h.start for h in states)]
    return sorted([*kept, *special], key=lambda h: h.start)


_NOUN = re.compile(r" (?:serology|antibod(?:y|ies)|virus test|test|pcr|agglutination)$")
_ISOTYPE = r"(?P<isotype>Ig ?-?(?P<letter>[MGA])|immunoglobulin (?P<long>[MGA]))(?![\w-])"
#: An isotype behind its germ, or one more behind the first: "CMV IgM, IgG".
_BEHIND = re.compile(
    rf"(?:[ -]| \(|: | (?:showed|revealed) )?(?:specific |virus )?(?:antibod(?:y|ies) \(?)?"
    rf"{_ISOTYPE}\)?(?: antibod(?:y|ies))?"
)
_ONE_MORE = re.compile(
    rf"(?: (?:was )?(?:positive|negative|(?:non-?)?reactive))?(?:,? (?:and|or|but) |, |/| & )"
    rf"(?:anti-?)?{_ISOTYPE}(?! (?:anti|for|to|against)\b)"
)
_BEFORE = re.compile(rf"{_ISOTYPE}[ -](?:antibod(?:y|ies) )?(?:(?:anti-?|for|against|to) ?)?$")


def _with_isotypes(text: str, hits: list[NameHit]) -> list[NameHit]:
    """The names with those of antibodies of one class against a germ: "CMV IgM and IgG"."""
    told = "Ig" in text or "noglobulin" in text
    if not told or not any(h.term.analyte.kind == "micro" for h in hits):
        return hits
    known = analytes()
    made: list[NameHit] = []
    for hit in hits:
        base = _NOUN.sub("", hit.term.analyte.name)
        if hit.term.analyte.kind != "micro" or f"{base} igm" not in known:
            continue
        made += _isotypes(text, hit, {letter: known.get(f"{base} ig{letter.lower()}") for letter in "MGA"})
    kept = [h for h in hits if not any(h.start < m.end and m.start < h.end for m in made)]
    return sorted([*kept, *made], key=lambda h: h.start)


def _isotypes(text: str, hit: NameHit, classes: dict[str, Analyte | None]) -> Iterator[NameHit]:
    """The names of the classes that stand behind a germ, else right before it."""
    start, match = hit.start, _BEHIND.match(text, hit.end)
    if match is None:
        match = _BEFORE.search(text, max(0, hit.start - 30), hit.start)
        analyte = classes[match["letter"] or match["long"]] if match else None
        if match and analyte:
            yield NameHit(match.start(), hit.end, Term(analyte))
        return
    while match:
        analyte = classes[match["letter"] or match["long"]]
        if analyte:
            yield NameHit(start, match.end(), Term(analyte))
        match = _ONE_MORE.match(text, match.end())
        start = match.start("isotype") if match else 0


# ------------------------------------------------------------------ which units fit which kind
_CONCENTRATION = re.compile(r"/(?:\d*\s?)?(?:L|dL|mL|uL|mm3|cm3|100mL|1000mL|fL|HPF|hpf)(?:/|$)|^/|^mEq$")
_RATE = re.compile(r"/(?:24 h|12 h|day|h|min)(?:/|$)")
#: What a sample makes in a time: "4.2 ng/mL/h" of renin activity.
_GENERATED = re.compile(r"\w+/(?:\d*\s?)?(?:L|dL|mL)/(?:h|min)$")
_PER_CREATININE = re.compile(r"/(?:Cr|mmolCr|gCr|mgCr|GF|mmol|mol|g|mg|umol)$")

#: Units whose class their text tells.
_NAMED = {
    "": "none", "titer": "titer", "mm/h": "esr", "mm": "esr", "mOsm/kg": "concentration", "%": "percent",
}  # fmt: skip
#: The class of what stands in no denominator, by the kind of its numerator.
_BY_KIND = {
    "volume": "volume", "time": "time", "pressure": "pressure", "activity": "activity",
    "charge": "concentration", "mass": "mass",
}  # fmt: skip


def unit_class(unit: str, kind: str) -> str:
    """The class of a unit in normal form; `kind` is its numerator's kind."""
    if unit in _NAMED:
        return _NAMED[unit]
    if unit.startswith("10^"):
        return "concentration"  # "627 x 10^4": of a count, the volume not told
    if unit.startswith(("mL/min", "L/min")):
        return "flow"
    if _GENERATED.match(unit) and not unit.startswith("mL"):
        return "concentration"
    if _RATE.search(unit):
        return "rate"
    if _PER_CREATININE.search(unit):
        return "creatinine"
    if kind == "length" and "/" not in unit:
        return "length"
    if kind == "concentration" or _CONCENTRATION.search(unit):
        return "length" if kind in ("length", "area", "time") else "concentration"
    return _BY_KIND.get(kind, "other")


def units_fit(analyte: Analyte, unit: str, kind: str, urine: bool) -> bool:
    """Whether a value with this unit can be a result of the analyte; `urine`: measured in urine."""
    found = unit_class(unit, kind)
    if found == "none":
        return analyte.kind != "panel"
    if analyte.kind == "panel" and kind == "activity":
        return analyte.name in plain("measured panel")
    if urine and (
        found in ("rate", "creatinine", "concentration")
        or (unit in ("mg", "g", "mmol", "ug", "nmol", "umol") and analyte.urine)
    ):
        return True
    return found in _FITS[analyte.kind]
