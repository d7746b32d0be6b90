"""The tests that a text names, told from drugs, genes and diseases of the same name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractors.labs import patterns as pt
from extractors.labs.sentence import Name
from extractors.labs.vocabulary import Analyte, NameHit, Term, analytes, find_names, plain_names
from extractors.language.units import match_unit


def document_names(text: str, lower: str, abbreviations: Mapping[str, str] | None = None) -> list[NameHit]:
    """All names of a text, with the abbreviations that its authors define ("bone ALP (B-ALPase)")."""
    hits = find_names(text, lower)
    known = plain_names()
    own: dict[str, Analyte] = {}
    for short, long in (abbreviations or {}).items():
        analyte = known.get(long.lower()) or next(
            (h.term.analyte for h in find_names(long, long.lower())[-1:]), None
        )
        if analyte is not None and len(short) > 1:
            own[short] = analyte
    for hit in hits:
        if (
            hit.term.flag
            or hit.term.symbol
            or hit.end >= len(text)
            or "(" not in text[hit.end : hit.end + 40]
        ):
            continue
        defined = _DEFINED.match(text, hit.end)
        if defined and (defined["short"].lower() not in known or defined["short"] in _AMBIGUOUS):
            short = defined["short"]
            if (
                len(short) > 1
                and sum(c.isupper() for c in short) >= 2
                and not _RESULT_ABBREVIATION.match(short)
                and not match_unit(short, 0)
            ):
                own.setdefault(short, hit.term.analyte)
    if not own:
        return hits
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(s) for s in sorted(own, key=len, reverse=True)) + r")(?![\w])"
    )
    extra = [NameHit(m.start(), m.end(), Term(own[m.group()])) for m in pattern.finditer(text)]
    kept = [
        h
        for h in hits
        if not any(h.start < e.end and h.end > e.start and h.end - h.start <= e.end - e.start for e in extra)
    ]
    extra = [e for e in extra if not any(e.start < h.end and e.end > h.start for h in kept)]
    return sorted([*kept, *extra], key=lambda h: h.start)


_DEFINED = re.compile(r"(?:\s(?:of|in)\s[\w\s-]{2,30}|\slevels?)?\s?\((?P<short>[A-Za-z][\w/-]{1,10})[);,]")
_RESULT_ABBREVIATION = re.compile(r"(?:II|III|IV|H|L|N|WNL|NR|ULN|US|UK|USA|MRI|CT)$")
_AMBIGUOUS = frozenset({"AP", "TP", "TC", "OC", "CCR", "LA"})


def sentence_names(text: str, hits: Sequence[NameHit], base: int) -> list[Name]:
    """The tests that a sentence names, without drugs, genes and diseases of the same name.

    `hits` are the vocabulary phrases of the sentence, offsets absolute; `base` is its start.
    """
    names: list[Name] = []
    for hit in hits:
        start, end = hit.start - base, hit.end - base
        if hit.term.flag or (names and start < names[-1].end):
            continue
        before = pt.BEFORE_NAME.search(text, max(0, start - 60), start) if _has_company(text, start) else None
        begin = before.start() if before else start
        if names:
            begin = max(begin, names[-1].end)
        after = pt.AFTER_NAME.match(text, end)
        stop = after.end() if after else end
        if _is_something_else(text, begin, start, end, stop):
            continue
        stop, inside = _brackets(text, stop, hit.term.analyte)
        if text[stop - 1] == ")" and pt.STIMULUS.match(text, stop):
            continue
        around = (
            text[begin:start] + "|" + text[end:stop] + "|" + inside + "|" + pt.BLOOD.sub("", text[start:end])
        )
        analyte, specimen = _measured_in(hit.term.analyte, around, text, stop)
        unit = match_unit(inside, 0) if inside else None
        names.append(Name(begin, stop, (start, end), analyte, specimen, hit.term.symbol, unit=unit))
    _share_specimen(text, names)
    return names


def _has_company(text: str, start: int) -> bool:
    """Whether the word before a name may belong to it."""
    if start == 0 or text[start - 1] not in " -/":
        return False
    word = _word_before(text, start)
    return word in pt.LAST_BEFORE_NAME or word.endswith(("-h", "-hour", "-hr", "/24h", "-24h"))


def _word_before(text: str, start: int) -> str:
    """The word in front of the mark before `start`, in lower case."""
    word = text[max(0, start - 16) : max(0, start - 1)].lower()
    return word[word.rfind(" ") + 1 :].lstrip("([")


def _share_specimen(text: str, names: list[Name]) -> None:
    """As in "Serum calcium, phosphate and PTH": serum holds for the whole list."""
    for previous, name in pairwise(names):
        if (
            previous.specimen in ("serum", "plasma")
            and not name.specimen
            and name.analyte.kind != "panel"
            and pt.JOINT.match(text[previous.end : name.start])
        ):
            name.specimen = previous.specimen


def state_name(hit: NameHit, base: int) -> Name:
    """A word that states a result, as a name that a value may follow."""
    start, end = hit.start - base, hit.end - base
    return Name(
        start, end, (start, end), hit.term.analyte, hit.term.analyte.specimen, False, flag=hit.term.flag
    )


def _is_something_else(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    if stop == end and pt.NOT_A_TEST_AFTER.match(text, end):
        return True
    if text.startswith(")", end) and pt.STIMULUS.match(text, end + 1):
        return True
    word = text[start:end].lower()
    if word in pt.CATIONS and pt.SALT.match(text, end):
        return True
    if word in pt.ANIONS and text[:start].rstrip().lower().endswith(tuple(pt.CATIONS)):
        return True
    if _word_before(text, begin) in pt.LAST_BEFORE_NO_TEST and pt.NOT_A_TEST_BEFORE.search(
        text, max(0, begin - 40), begin
    ):
        return True
    if word.startswith(("cr", "creat")) and _BELOW_STROKE.search(text, max(0, start - 8), start):
        return True  # "mmol/mmol Cr"
    if end - start < 3 and re.match(r"\.\s?[A-Z]", text[end : end + 3]):
        return True  # "P. Smith"
    following = text[end : end + 2]
    if len(following) == 2 and following[0] == "-" and following[1].isalpha() and stop == end:
        return True  # "calcium-rich", "iron-deficiency"
    # "pre-albumin", where only "albumin" is known
    return start > 1 and begin == start and text[start - 1] == "-" and text[start - 2].isalnum()


_BELOW_STROKE = re.compile(r"(?:/|per\s)\s?(?:[mµu]?mol|m?g|[mµu]?M|L|dL)?\s?$")


def _brackets(text: str, stop: int, analyte: Analyte) -> tuple[int, str]:
    """Step over "(CK)", "[25(OH)D]", "(serum)" behind a name: (new end, what was inside)."""
    match = pt.BRACKET_AFTER_NAME.match(text, stop)
    if not match:
        return stop, ""
    inner = (match["round"] or match["square"]).strip()
    if pt.RESULT.fullmatch(inner.lower()) or inner in ("H", "L", "N", "HH", "LL"):
        return stop, ""
    specimen = re.fullmatch(rf"(?:in\s)?{pt.SPECIMEN_WORDS}(?:\s{pt.SPECIMEN_WORDS})*", inner, re.I)
    if not specimen and not pt.ABBREVIATION.match(inner):
        hits = find_names(inner, inner.lower())
        if not (hits and hits[0].start <= 1 and hits[0].end >= len(inner) - 1):
            return stop, ""
    end = match.end()
    tail = pt.AFTER_NAME.match(text, end)
    return (tail.end() if tail else end), inner + (text[end : tail.end()] if tail else "")


def _measured_in(analyte: Analyte, around: str, text: str, stop: int) -> tuple[Analyte, str]:
    """The analyte under its name for the specimen that the words around it tell, and the specimen."""
    specimen = analyte.specimen
    if pt.URINE.search(around) and pt.SERUM.search(around):
        specimen = ""  # "serum and urine electrophoresis"
        analyte = analytes().get(analyte.name.removeprefix("urine "), analyte)
    elif pt.URINE.search(around):
        specimen = "urine"
    elif pt.CSF.search(around):
        specimen = "csf"
    elif pt.SERUM.search(around):
        specimen = "serum"
    elif pt.PLASMA.search(around):
        specimen = "plasma"
    elif pt.BLOOD.search(around) and analyte.kind in ("chem", "hormone", "enzyme", "drug"):
        specimen = "blood"
    if specimen == "urine" and analyte.urine and analyte.urine != analyte.name:
        analyte = analytes().get(analyte.urine) or Analyte(
            analyte.urine, analyte.kind, "urine", analyte.urine
        )
    return analyte, specimen
