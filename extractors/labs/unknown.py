"""Tests that no list knows: `NAME was VALUE UNIT`, "serum NAME was elevated", under the name as printed.

A misspelt or foreign name of a known test is that test. All else is a row of lower confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.labs import glue
from extractors.labs.flags import result_flag
from extractors.labs.misspelt import known_as
from extractors.labs.relations import UNKNOWN
from extractors.labs.sentence import Name, Reading, Scan, Value
from extractors.labs.vocabulary import OPEN, Analyte, NameHit, Term, unit_class
from extractors.labs.words import plain, slots
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View

#: How far a name stands before its value, and how many words it has at most.
_LOOK_BACK, _MOST_WORDS = 90, 5
#: Kinds of tests that are shares of a whole; of no test that is not known it is said.
_SHARES = frozenset({"cells", "percent"})
#: Units of solutions that are given rather than measured.
OF_SOLUTIONS = frozenset({"mg/mL", "g/mL", "mg/L/kg"})
_TOKEN = re.compile(
    # a bracket belongs to a word that closes it
    r"(?:[A-Za-z\u0370-\u03ff\u00c0-\u024f\d]|\((?=[^\s(]*\)))[\w'/+().,-]*(?<![.,])|[^\sA-Za-z\d]"
)
_WORD = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
#: The name of a substance, a protein, a cell by its ending.
_SUBSTANCE = Glue(r"(?<=\w\w){substance ending}$", slots("substance ending"))
#: A short form: KL-6, IgG4, SCC, anti-Ro52.
_SHORT = re.compile(r"(?=[\w/+-]*[A-Z\d])[A-Za-z\u0370-\u03ff][\w/+-]{1,11}$|anti-\w+$")


#: What a unit of the laboratory has in common with its like.
MEASURED = Book(
    "labs.measured",
    (
        Rule(
            "unit of a laboratory",
            r"{unit sign}|1:|per ",
            says={"It was 4 nmol/L.": "mol/", "It was 4 g per litre.": "per ", "Titre 1:40": "1:"},
            silent=("It was 4 mg.", "It was 4 years."),
        ),
    ),
    slots("unit sign"),
)


def may_hold_unknown(view: View, sentence: Sentence) -> bool:
    """Whether a sentence has a number and the sign of a laboratory's unit."""
    return MEASURED.possible(view, sentence) and _DIGIT.search(sentence.lower) is not None


# ------------------------------------------------------------------ before a value
def unknown_readings(read: Scan, taken: set[int]) -> list[Reading]:
    """Readings of values that no known test has taken; `taken` are the starts of the others."""
    out: list[Reading] = []
    for value in read.values:
        share = value.quantity.unit_text == "%"
        if value.start in taken or not (share or _is_of_a_laboratory(value)):
            continue
        name = name_before(read, value)
        if name is None or (share and name.analyte.kind not in _SHARES):
            continue
        if any(n.start < name.end and name.start < n.end for n in read.names):
            continue
        reading = Reading(name, value, certainty=0.9, relation=UNKNOWN)
        _flag(read, reading, value)
        out.append(reading)
    return out


def _is_of_a_laboratory(value: Value) -> bool:
    unit = value.quantity.unit
    if unit is None or unit.text in OF_SOLUTIONS:
        return False
    return unit_class(unit.text, unit.kind) in ("concentration", "creatinine", "titer")


def _flag(read: Scan, reading: Reading, value: Value) -> None:
    """What a word right before the name, or between name and value, says of it."""
    name = reading.name
    for result in read.results:
        before = result.end <= name.start and not glue.NOT_OF_A_NAME.within(read.low, result.end, name.start)
        if (before and name.start - result.end < 20) or name.end <= result.start < value.start:
            flag = result_flag(result.kind, name)
            if flag:
                reading.flag, reading.flag_span = flag, (result.start, result.end)


def name_before(read: Scan, value: Value) -> Name | None:
    """The name right before a value, with words of a tie between ("was found to be"); None for none."""
    begin = max([0, value.start - _LOOK_BACK, *(v.end for v in read.values if v.end <= value.start)])
    text = read.text
    tokens = [m for m in _TOKEN.finditer(text, begin, value.start)]
    if begin and tokens and text[begin - 1 : begin].isalnum() and tokens[0].start() == begin:
        tokens = tokens[1:]  # the rest of a word
    tied = _skip_ties(tokens)
    words = _name_words(tokens)
    if not words or glue.UNLINK.within(read.low, words[0].start(), value.start):
        return None
    start, end = words[0].start(), words[-1].end()
    if glue.CLOSED_BEHIND.behind(read.low, end) or glue.NO_PATIENT.within(read.low, 0, len(read.low)):
        return None
    if glue.GIVEN_BEFORE.within(read.low, start - 40, start):
        return None
    printed = text[start:end]
    analyte = known_as(printed) or (Analyte(_canonical(printed), OPEN) if is_test(printed, tied) else None)
    if analyte is None:
        return None
    specimen = analyte.specimen or _specimen(read.low, start)
    return Name(start, end, (start, end), analyte, specimen, False)


def name_of(read: Scan, start: int, end: int) -> Name | None:
    """The name that a place of a list holds, whose last words it is; None for none."""
    tokens = list(_TOKEN.finditer(read.text, start, end))
    tied = _skip_ties(tokens)
    words = _name_words(tokens)
    if not words:
        return None
    at, stop = words[0].start(), words[-1].end()
    printed = read.text[at:stop]
    analyte = known_as(printed) or (Analyte(_canonical(printed), OPEN) if is_test(printed, tied) else None)
    return Name(at, stop, (at, stop), analyte, analyte.specimen, False) if analyte else None


def _skip_ties(tokens: list[re.Match[str]]) -> bool:
    """Take the words of a tie from the end; whether one of them says that a test stands before it."""
    tied = False
    while tokens:
        word = tokens[-1].group().lower()
        tied = tied or word.strip("(") in plain("unknown level")
        in_brackets = word[0] == "(" and word.endswith(")")  # a short form: "galectin-3 (Gal-3) level"
        if in_brackets or not _WORD.search(word) or word.strip("(") in plain("unknown tie"):
            tokens.pop()
        else:
            break
    return tied


def _name_words(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words of a name, from the end of the tokens up to a word or mark that is none of it."""
    words: list[re.Match[str]] = []
    for token in reversed(tokens):
        word = token.group().lower()
        if not _WORD.search(word) or word in plain("unknown stop") or word[0] == "(" or word.endswith(","):
            break
        if word in plain("unknown never") or len(words) == _MOST_WORDS:
            return []
        words.insert(0, token)
        if token.group().count("(") != token.group().count(")"):
            return []
    while words and words[0].group().lower() in plain("before name"):
        words.pop(0)
    return words


def is_test(printed: str, tied: bool) -> bool:
    """Whether a name looks like that of a test: a substance, a short form, or something with a level."""
    last = printed.rsplit(maxsplit=1)[-1]
    if printed.lower().rstrip("s") in plain("unknown generic"):
        return False
    if not re.search(r"[A-Za-z\u0370-\u03ff]{2}|[A-Za-z]\d|\d[A-Za-z]", printed) or last.lower() in plain(
        "unknown common"
    ):
        return False
    if last[0].isdigit() and not last[-1].isalpha() and "-" not in last:
        return False
    return tied or bool(_SUBSTANCE.within(last.lower(), 0, len(last)) or _SHORT.match(last))


def _canonical(printed: str) -> str:
    return " ".join(printed.lower().split())


def _specimen(low: str, start: int) -> str:
    before = low[max(0, start - 14) : start]
    return next((s for s in ("serum", "plasma", "urine", "csf") if s[:4] in before), "")


# ------------------------------------------------------------------ without a value
_SLOTS = slots("unknown never", "unknown stop", "substance ending") | {
    "level": "levels?|concentrations?|titers?|titres?",
    "ordinary": r"(?:{unknown never}|{unknown stop})\b",
    "test": r"(?:(?!{ordinary})[\w\u0370-\u03ff-]+ )?[\w\u0370-\u03ff,()-]{3,}{substance ending}",
}


def _read(match: re.Match[str]) -> tuple[int, int] | None:
    words = match["test"].split()
    if " ".join(words).rstrip("s") in plain("unknown generic") or glue.NO_PATIENT.within(
        match.string, 0, len(match.string)
    ):
        return None
    if words[-1] in plain("unknown common") or any(
        w in plain("unknown never") or w in plain("unknown stop") for w in words
    ):
        return None
    return match.span("test")


BOOK = Book(
    "labs.unknown",
    (
        Rule(
            "unknown substance of a fluid",
            r"\b(?:serum|plasma|urinary) (?:(?:levels?|concentrations?) of )?{test:test}\b",
            _read,
            says={"Serum cholestenone was elevated.": (6, 18)},
            silent=("Serum was sent.", "Urinary retention."),
        ),
        Rule(
            "unknown substance with a level",
            # the last words first: few words stand before them, and a name takes long to try
            r"\b(?=\S+ (?:\S+ )?{level}\b){test:test} {level}\b",
            _read,
            says={"The lipofuscin level was normal.": (4, 14)},
            silent=("The level was normal.",),
        ),
        Rule(
            "level of an unknown substance",
            r"\b{level} of (?:the )?{test:test}\b",
            _read,
            says={"High levels of lipofuscin were found.": (15, 25)},
            silent=("High levels of pain.",),
        ),
        Rule(
            "unknown antibodies",
            r"(?<![\w-])(?P<test>anti-[\w/-]{2,14}(?: [\w-]{2,14})? (?:auto)?antibod(?:y|ies))\b",
            _read,
            says={"Anti-Zo antibodies were negative.": (0, 18)},
            silent=("Antibodies were negative.",),
        ),
    ),
    _SLOTS,
)


def unknown_names(view: View, sentence: Sentence, known: Sequence[NameHit]) -> Iterator[NameHit]:
    """Names that no list knows, told by the words around them; offsets relative to the sentence."""
    at = sentence.start
    last = -1
    for found in sorted(BOOK.find(view, sentence), key=lambda f: f.start):
        span = found.read()
        if span is None:
            continue
        start, end = span
        if start < last or any(k.start < end and start < k.end for k in known):
            continue
        printed = view.text[at + start : at + end]
        last = end
        yield NameHit(start, end, Term(known_as(printed) or Analyte(_canonical(printed), OPEN)))
