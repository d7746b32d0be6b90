"""The tests that a text names, told from drugs, genes and diseases of the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.labs import glue
from extractors.labs.results import is_result
from extractors.labs.sentence import Name
from extractors.labs.vocabulary import (
    Analyte,
    NameHit,
    Term,
    analytes,
    find_names,
    names_of,
    plain_names,
)
from extractors.labs.words import plain
from extractors.language.units import match_unit
from extractors.text import View, lower_same_length


# ------------------------------------------------------------------ vocabulary and own abbreviations
def document_names(view: View, abbreviations: Mapping[str, str] | None = None) -> list[list[NameHit]]:
    """The names of each sentence of a view, offsets relative to it.

    Abbreviations that its authors define ("bone ALP (B-ALPase)") are names as well.
    """
    found = [names_of(view, sentence) for sentence in view.sentences]
    own = _abbreviated(abbreviations or {})
    for sentence, hits in zip(view.sentences, found, strict=True):
        own |= {short: a for short, a in _defined(sentence.text, hits) if short not in own}
    if not own:
        return found
    either = "|".join(re.escape(short) for short in sorted(own, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{either})(?!\w)")
    return [_with_own(s.text, hits, pattern, own) for s, hits in zip(view.sentences, found, strict=True)]


_ENDS_WITH_NUMBER = re.compile(r"[a-z][ -]\d{1,3}$")


def _abbreviated(abbreviations: Mapping[str, str]) -> dict[str, Analyte]:
    """Short forms whose long form ends with a known test."""
    known = plain_names()
    out: dict[str, Analyte] = {}
    for short, long in abbreviations.items():
        last = [] if _ENDS_WITH_NUMBER.search(long) else find_names(long, lower_same_length(long))[-1:]
        if short.lower() in known and not known.get(long.lower()) and short not in plain("own abbreviation"):
            continue  # "alphafeto-protein (AFP)"
        analyte = known.get(long.lower()) or next((h.term.analyte for h in last), None)
        if analyte is not None and len(short) > 1:
            out[short] = analyte
    return out


def _defined(text: str, hits: Iterable[NameHit]) -> Iterable[tuple[str, Analyte]]:
    """Abbreviations in brackets right behind a name."""
    for hit in hits:
        if hit.term.flag or hit.term.symbol or "(" not in text[hit.end : hit.end + 40]:
            continue
        match = glue.DEFINED.match(text, hit.end)
        if match and _may_be_defined(match["short"]):
            yield match["short"], hit.term.analyte


def _may_be_defined(short: str) -> bool:
    if short.lower() in plain_names() and short not in plain("own abbreviation"):
        return False
    capitals = sum(c.isupper() for c in short)
    return capitals >= 2 and short not in plain("no abbreviation") and not match_unit(short, 0)


def _with_own(
    text: str, hits: list[NameHit], pattern: re.Pattern[str], own: Mapping[str, Analyte]
) -> list[NameHit]:
    """The names with the authors' abbreviations among them, of overlapping ones the longer."""
    extra = [NameHit(m.start(), m.end(), Term(own[m.group()])) for m in pattern.finditer(text)]
    if not extra:
        return hits
    kept = [h for h in hits if not any(_overlap(h, e) and h.end - h.start <= e.end - e.start for e in extra)]
    extra = [e for e in extra if not any(_overlap(e, h) for h in kept)]
    return sorted([*kept, *extra], key=lambda h: h.start)


def _overlap(a: NameHit, b: NameHit) -> bool:
    return a.start < b.end and a.end > b.start


# ------------------------------------------------------------------ names with what belongs to them
def sentence_names(text: str, lower: str, hits: Sequence[NameHit]) -> list[Name]:
    """The tests that a sentence or label names, without drugs, genes and diseases of the same name.

    `hits` are its vocabulary phrases, `lower` is the text in lower case.
    """
    names: list[Name] = []
    ratios = _of_ratios(lower, hits)
    for hit in hits:
        if hit.term.flag or hit.start in ratios or (names and hit.start < names[-1].end):
            continue
        name = _name(text, lower, hit, names[-1].end if names else 0)
        if name is not None:
            names.append(name)
    _share_specimen(lower, names)
    _of_a_fluid(lower, names)
    return names


def _of_ratios(lower: str, hits: Sequence[NameHit]) -> set[int]:
    """Starts of the two names of a ratio or product: what is told of "FT3/FT4 ratio" is told of neither."""
    out: set[int] = set()
    for a, b in pairwise(hits):
        if a.term.flag or b.term.flag or not glue.RATIO_JOINT.fills(lower, a.end, b.start):
            continue
        if glue.RATIO_BEHIND.behind(lower, b.end) or glue.RATIO_OF.within(lower, a.start - 40, a.start):
            out |= {a.start, b.start}
    return out


def _of_a_fluid(lower: str, names: list[Name]) -> None:
    """As in "Cerebrospinal fluid showed protein 1.6 g/L, glucose ...": the fluid holds up to another one."""
    untold = [n for n in names if not n.specimen and not _of_blood_alone(n)]
    for fluid, words in glue.FLUIDS.items() if untold else ():
        for told in words.pattern.finditer(lower):
            for name in untold:
                behind = name.start >= told.end() and not name.specimen
                if behind and not glue.OTHER_FLUID.within(lower, told.end(), name.head[1]):
                    name.specimen = fluid
    for at, name in enumerate(names):
        if name.analyte.name == "ph" and not name.specimen and glue.URINE_TEST.within(lower, 0, name.head[0]):
            names[at] = in_urine(name)


def _of_blood_alone(name: Name) -> bool:
    """Whether a test is done in blood alone, whatever fluid was tapped."""
    return name.analyte.kind in _OF_BLOOD or name.analyte.name in plain("of blood alone")


_OF_BLOOD = frozenset({"panel", "esr", "coag", "hormone", "indices", "percent", "clearance", "drug"})


def cells_of_a_fluid(lower: str, hits: Sequence[NameHit]) -> Iterator[NameHit]:
    """Cells counted in a fluid without a name of their own: "CSF showed 120 cells/µL"."""
    told = min((m.end() for f in glue.FLUIDS.values() for m in f.pattern.finditer(lower)), default=len(lower))
    white = Term(analytes()["white blood cell count"])
    for match in glue.CELLS_OF_A_FLUID.pattern.finditer(lower, told):
        start, end = match.span()
        last = max((h.end for h in hits if h.end <= start), default=0)
        named = glue.COUNTED_ALREADY.fills(lower, last, start) if last else None
        if not named and not any(h.start < end and start < h.end for h in hits):
            yield NameHit(start, end, white)


def _name(text: str, lower: str, hit: NameHit, since: int) -> Name | None:
    """A vocabulary phrase with its words before (not before `since`), behind and in brackets."""
    start, end = hit.start, hit.end
    begin = max(_begin(lower, start), since)
    begin += len(lower[begin:start]) - len(lower[begin:start].lstrip(" /"))
    after = glue.AFTER_NAME.behind(lower, end)
    stop = after.end() if after else end
    told = hit.term.analyte.kind == "drug" and glue.DRUG_LEVEL.within(lower, stop, stop + 60)
    if not told and _is_something_else(text, lower, (begin, start, end, stop), since):
        return None  # but "took digoxin with a level of 1.2 ng/mL"
    stop, inside = _bracket(text, lower, stop, hit.term.analyte)
    if text[stop - 1] == ")" and glue.STIMULUS.behind(lower, stop):
        return None
    around = "|".join((lower[begin:start], lower[end:stop], inside.lower(), lower[start:end]))
    analyte, specimen = _measured_in(hit.term.analyte, around, len(around) - (end - start))
    unit = match_unit(inside, 0) if inside else None
    return Name(begin, stop, (start, end), analyte, specimen, hit.term.symbol, unit=unit)


def _begin(lower: str, start: int) -> int:
    """Where a name begins whose vocabulary phrase begins at `start`: "24-h urinary calcium"."""
    at = start
    while at and lower[at - 1] in " -/":
        before = glue.BEFORE_NAME.before(lower, at - 1)
        if before < 0:
            break
        at = before
        hour = glue.HOUR.within(lower, at - 6, at) if lower.startswith(_CLOCK, at) else None
        at = hour.start() if hour else at
    if at == start and lower[start - 1 : start] == "-":
        letter = glue.SPECIMEN_LETTER.within(lower, start - 2, start)
        at = letter.start() if letter else at
    return at


_CLOCK = ("am", "a.m", "pm", "p.m")


def _share_specimen(lower: str, names: list[Name]) -> None:
    """As in "Serum calcium, phosphate and PTH": serum holds for the whole list."""
    for previous, name in pairwise(names):
        if (
            previous.specimen in ("serum", "plasma")
            and not name.specimen
            and name.analyte.kind != "panel"
            and glue.JOINT.fills(lower, previous.end, name.start)
        ):
            name.specimen = previous.specimen


def in_urine(name: Name) -> Name:
    """The same test measured in urine."""
    known = analytes().get(name.analyte.urine, name.analyte)
    return replace(name, analyte=known, specimen="urine")


def state_name(hit: NameHit) -> Name:
    """A word that states a result, as a name that a value may follow."""
    analyte = hit.term.analyte
    return Name(
        hit.start, hit.end, (hit.start, hit.end), analyte, analyte.specimen, False, flag=hit.term.flag
    )


# ------------------------------------------------------------------ what is no test
def _is_something_else(text: str, lower: str, place: tuple[int, int, int, int], since: int) -> bool:
    """Whether a phrase is a drug, a gene, a disease or a person; `place`: begin, start, end, stop.

    The name before it ends at `since`.
    """
    begin, start, end, stop = place
    made = _is_made_of_it(lower, end, stop) and not glue.COUNT_BEFORE.within(lower, begin - 16, begin)
    if made or _is_half_of_a_salt(lower, start, end):
        return True
    if begin and lower[begin - 1] in " -" and glue.NO_TEST_BEFORE.before(lower, begin - 1) >= 0:
        return True
    positive = glue.POSITIVE_FOR.within(lower, begin - 30, begin) if begin else None
    if positive and (
        not glue.OF_A_SAMPLE.within(lower, 0, positive.start())
        or glue.OF_TISSUE.within(lower, 0, positive.start())
    ):
        return True  # "tumour cells positive for S100"
    of_a_unit = glue.BELOW_STROKE.within(lower, start - 8, start)
    paired = of_a_unit and of_a_unit.start() == since and _PAIR.match(lower, end)
    if lower.startswith(("cr", "creat"), start) and of_a_unit and not paired:
        return True  # "mmol/mmol Cr", "DPD/creatinine 14", but not "urea/Cr 70/2.9"
    if "(" in text[stop : stop + 6] and _NUMBERED.match(text, stop):
        return True  # "zona occludens protein 1 (ZO-1)"
    if end - start < 3 and _INITIAL.match(text, end):
        return True  # "P. Smith"
    # "pre-albumin", where only "albumin" is known
    return start > 1 and begin == start and text[start - 1] == "-" and text[start - 2].isalnum()


#: A name that goes on with a number, as its abbreviation does.
_NUMBERED = re.compile(r"[ -](\d{1,3})\s?\([A-Za-z]{1,6}-?\1\)")
#: Two values around a stroke behind two such names.
_PAIR = re.compile(r"[^;,.\d]{0,25}\d[\d.,]* ?(?:[a-zµ%][a-z/µ]{0,8})? ?/ ?\d")
_INITIAL = re.compile(r"\.\s?[A-Z]")


def _is_made_of_it(lower: str, end: int, stop: int) -> bool:
    """As in "calcium carbonate", "insulin-dependent", "iron-rich", "ACTH) stimulation"."""
    if stop == end and glue.NO_TEST_BEHIND.behind(lower, end):
        return True
    if lower.startswith(")", end) and glue.STIMULUS.behind(lower, end + 1):
        return True
    return stop == end and lower.startswith("-", end) and lower[end + 1 : end + 2].isalpha()


def _is_half_of_a_salt(lower: str, start: int, end: int) -> bool:
    word = lower[start:end]
    if word in plain("cation") and glue.SALT.behind(lower, end):
        return True
    return word in plain("anion") and lower[:start].rstrip().endswith(tuple(plain("cation")))


# ------------------------------------------------------------------ brackets and specimens
def _bracket(text: str, lower: str, stop: int, analyte: Analyte) -> tuple[int, str]:
    """Step over "(CK)", "[25(OH)D]", "(serum)" behind a name: (new end, what was inside)."""
    match = glue.BRACKET.match(text, stop)
    opened = glue.OPEN_ABBREVIATION.match(text, stop)
    if opened:
        if analyte.kind == "panel" and find_names(opened.group(), opened.group().lower()):
            return stop, ""  # "transaminases (ALT: 490 U/L)" opens the panel's own list
        return len(text[: opened.end()].rstrip()), ""
    if not match:
        return stop, ""
    inner = (match["round"] or match["square"]).strip()
    low = inner.lower()
    if is_result(low) or inner in ("H", "L", "N", "HH", "LL"):
        return stop, ""
    if not glue.SPECIMEN.fills(low, 0, len(low)) and not glue.ABBREVIATION.match(inner):
        hits = find_names(inner, lower_same_length(inner))
        if not (hits and hits[0].start <= 1 and hits[0].end >= len(inner) - 1):
            return stop, ""
    end = match.end()
    tail = glue.AFTER_NAME.behind(lower, end)
    return (tail.end() if tail else end), inner + (text[end : tail.end()] if tail else "")


def _measured_in(analyte: Analyte, around: str, head: int) -> tuple[Analyte, str]:
    """The analyte under its name for the specimen that the words around it tell, and the specimen.

    From `head` on stands the name itself, which tells no "blood" ("white blood cells").
    """
    told = {name for name, words in glue.SPECIMENS.items() if words.within(around, 0, len(around))}
    if "blood" in told and not glue.SPECIMENS["blood"].within(around, 0, head):
        told.discard("blood")
    specimen = analyte.specimen
    if {"urine", "serum"} <= told:
        specimen = ""  # "serum and urine electrophoresis"
        analyte = analytes().get(analyte.name.removeprefix("urine "), analyte)
    elif told - {"blood"}:
        specimen = next(name for name in glue.SPECIMENS if name in told)
    elif told and analyte.kind in ("chem", "hormone", "enzyme", "drug"):
        specimen = "blood"
    if specimen == "urine" and analyte.urine and analyte.urine != analyte.name:
        analyte = analytes().get(analyte.urine) or Analyte(
            analyte.urine, analyte.kind, "urine", analyte.urine
        )
    return analyte, specimen
