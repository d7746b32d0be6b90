"""A series by its labels: who the patients are, and whose each sentence is."""

from __future__ import annotations

import re

from extractors.language.numbers import parse_count
from extractors.section import Section
from extractors.text import Sentence, View
from pipeline.cases import markers, ordinals
from pipeline.cases.casemap import CaseMap, CaseRef, tidy
from pipeline.cases.everybody import EVERYBODY, SOME
from pipeline.cases.others import cited_elsewhere
from pipeline.cases.parts import parts_of
from pipeline.cases.phrases import ALL, LAST, SERIES, announced
from pipeline.paper import BlockKind, Paper

_FIRST_ZONES = 12
#: A name this near to a sentence's beginning (characters) makes the patient its subject.
_LEADING = 40


def series_labels(
    paper: Paper, view: View, table_labels: dict[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Distinct patients by label: number -> (label, first offset)."""
    found = _heading_labels(paper)
    weak = _narrative_labels(paper, view, found)
    both = {**weak, **found}
    if (len(found) < 2 <= len(both) and 1 in both) or (len(found) > 1 and _fills(found, weak)):
        found = both
    if len(found) < 2 <= len(table_labels):
        return {**table_labels, **found}
    if len(found) >= 2:
        found |= {number: label for number, label in table_labels.items() if number not in found}
    return found


def _fills(found: dict[int, tuple[str, int]], weak: dict[int, tuple[str, int]]) -> bool:
    """Whether labels inside sentences are those missing between the others, each told in its turn."""
    both = {**weak, **found}
    places = [both[number][1] for number in sorted(both)]
    gaps = set(range(1, max(found) + 1)) - set(found)
    return bool(gaps) and set(both) == set(range(1, len(both) + 1)) and places == sorted(places)


def _heading_labels(paper: Paper) -> dict[int, tuple[str, int]]:
    """Patients that headings name."""
    found: dict[int, tuple[str, int]] = {}
    for block in paper.blocks:
        if block.kind is BlockKind.HEADING:
            label = markers.opening_label(paper.text[block.start : block.end])
            if label:
                found.setdefault(label.number, (label.text, block.start))
    return found


def _narrative_labels(
    paper: Paper, view: View, found: dict[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Patients that sentences open with go into `found`; those named inside them only are given back."""
    weak: dict[int, tuple[str, int]] = {}
    count: int | None = None  # of the patients announced; found out only where it matters
    titled = _titled(view)
    for sentence in view.sentences:
        label = markers.opening_label(sentence.text)
        if label and label.titled and not titled:
            continue
        if label and (label.closed or Section.ASIDE not in sentence.zone.role):
            found.setdefault(label.number, (label.text, sentence.start))
            _enter(markers.labels_behind(sentence.text), sentence, weak)
            continue
        if Section.ASIDE not in sentence.zone.role and (aged := _aged(view, sentence)):
            _enter(aged, sentence, found)
            continue
        if label := _led_label(sentence):
            weak.setdefault(label.number, (label.text, sentence.start))
            continue
        if not ordinals.may_count(view, sentence):
            continue
        if count is None:
            count = announced_count(view)
        for name in _by_place(sentence, len(weak), count):
            words = sentence.text[name.start : name.end]
            weak.setdefault(name.number, (words, sentence.start + name.start))
    return weak


def _by_place(sentence: Sentence, known: int, count: int) -> list[markers.Name]:
    """The patients that a sentence names by their places in the series, `known` of `count` told before."""
    number = ordinals.narrative_number(markers.told_of(sentence.text).lower(), max(known, count))
    if not number or not _is_person_talk(sentence):
        return []
    last = next(LAST.within(sentence.lower), None)
    if last and known == number - 1:
        return [markers.Name(last.start, last.end, number)]
    return markers.single_names(markers.told_of(sentence.text))


def _enter(
    labels: list[tuple[int, markers.Label]], sentence: Sentence, into: dict[int, tuple[str, int]]
) -> None:
    """Take up labels that open parts of a sentence ("Patient 1 had ...; patient 2 had ...")."""
    for at, label in labels:
        into.setdefault(label.number, (label.text, sentence.start + at))


def _aged(view: View, sentence: Sentence) -> list[tuple[int, markers.Label]]:
    """The patients whom a sentence tells apart by their ages; "one" and "the other" of those announced."""
    aged = markers.aged_labels(sentence.text)
    if not aged or cited_elsewhere(view, sentence):
        return []
    return aged if any(c.isdigit() or len(c) == 1 for c in aged[0][1].text.split()) or is_series(view) else []


def _titled(view: View) -> bool:
    """Whether letters behind titles number the patients: "Mrs A." and "Mrs B." do, "Mrs B." alone not."""
    labels = (markers.opening_label(s.text) for s in view.sentences if Section.ASIDE not in s.zone.role)
    numbers = {label.number for label in labels if label is not None and label.titled}
    return len(numbers) > 1 and numbers == set(range(1, len(numbers) + 1))


def _led_label(sentence: Sentence) -> markers.Label | None:
    """The label behind the first word of a sentence: "In case 2, a fracture was found"."""
    if not sentence.lower.startswith("in ") or Section.ASIDE in sentence.zone.role:
        return None
    label = markers.opening_label(sentence.text[3:])
    return label if label is not None and label.closed else None


def counted(view: View, sentence: Sentence) -> int | None:
    """How many patients a sentence counts ("two women", "three of our patients"), None where it does not."""
    said = SERIES.first(view, sentence)
    count = parse_count(said.match.group().split()[0]) if said is not None else None
    return None if count is None else int(count)


def is_series(view: View) -> bool:
    """Whether the title or the first paragraphs announce several patients."""
    return announced(SERIES, view, _FIRST_ZONES)


def announced_count(view: View) -> int:
    """How many patients the title or the first paragraphs announce, 1 where they only say several."""
    end = view.zones[:_FIRST_ZONES][-1].end
    said = [s for s in view.sentences if s.start < end and SERIES.first(view, s) is not None]
    counts = [n for n in (counted(view, s) for s in said) if n]
    return counts[0] if counts else int(bool(said))


def _is_person_talk(sentence: Sentence) -> bool:
    """ "The second case" as a patient of this paper, not as another report or a pregnancy."""
    return not _REPORT_TALK.search(sentence.lower)


_REPORT_TALK = re.compile(
    r"\bet al\b|\breported by\b|\bin the literature\b|\bto our knowledge\b|"
    r"\bfirst (?:case|patient) (?:report|of|in)\b|\bfirst reported\b"
)


def series_of(paper: Paper, view: View, labels: dict[int, tuple[str, int]]) -> CaseMap:
    """The series of the labelled patients, with the regions of each."""
    order = sorted(labels, key=lambda n: labels[n][1])
    if set(order) == set(range(1, len(order) + 1)):
        order = sorted(order)
    cases = tuple(CaseRef(n, tidy(labels[n][0]), labels[n][1]) for n in order)
    index = {case.number: i for i, case in enumerate(cases)}
    everybody = tuple(range(len(cases)))
    starts: list[int] = []
    owners: list[tuple[int, ...]] = []
    current: tuple[int, ...] = ()
    level = 0
    headings = [b for b in paper.blocks if b.kind is BlockKind.HEADING]
    at_heading = 0
    for sentence in view.sentences:
        while at_heading < len(headings) and headings[at_heading].start < sentence.start:
            block = headings[at_heading]
            at_heading += 1
            label = markers.opening_label(paper.text[block.start : block.end])
            if label and label.number in index:
                current, level = (index[label.number],), block.level
            elif Section.ASIDE in block.role or (level and block.level and block.level <= level):
                current, level = (), 0
        parts = parts_of(sentence, index) if _is_person_talk(sentence) else []
        if parts:
            starts.extend(start for start, _ in parts)
            owners.extend(owner for _, owner in parts)
            continue
        owner, lasting = _owner(sentence, index, everybody, current)
        if lasting:
            current = owner
        starts.append(sentence.start)
        owners.append(owner)
    return CaseMap(cases, tuple(starts), tuple(owners))


def _owner(
    sentence: Sentence, index: dict[int, int], everybody: tuple[int, ...], current: tuple[int, ...]
) -> tuple[tuple[int, ...], bool]:
    """Whose sentence it is, and whether the following ones are theirs too."""
    text = markers.told_of(sentence.text) if current else sentence.text
    numbers = {index[n] for n in markers.inside_numbers(text) if n in index}
    label = markers.opening_label(sentence.text)
    if label and label.number in index and (label.closed or len(numbers) < 2):
        return (index[label.number],), not _is_told_aside(sentence)
    if numbers:
        return tuple(sorted(numbers)), False
    narrative = ordinals.narrative_number(text.lower(), len(index))
    if narrative is None and (named := ordinals.former_and_latter(text.lower(), len(index))):
        return (index[named[0][2]],), False
    if narrative in index and _is_person_talk(sentence):
        lasts = not _is_aside(sentence) or sentence.zone.kind == BlockKind.ABSTRACT.value
        return (index[narrative],), lasts and _leads(text)
    several = _several(sentence, index, everybody)
    return (_unnamed(sentence, everybody, current) if several is None else several), False


def _unnamed(sentence: Sentence, everybody: tuple[int, ...], current: tuple[int, ...]) -> tuple[int, ...]:
    """Whose a sentence is that names no patient: all patients' whom it counts, else the current one's."""
    if not _is_aside(sentence):
        return everybody if _all_counted(sentence, len(everybody)) else current
    return () if _is_told_aside(sentence) else current


def _is_aside(sentence: Sentence) -> bool:
    return sentence.zone.kind == BlockKind.CAPTION.value or Section.ASIDE in sentence.zone.role


def _is_told_aside(sentence: Sentence) -> bool:
    """Whether a sentence says nothing of whose the following ones are."""
    return sentence.zone.kind == BlockKind.CAPTION.value or Section.DISCUSSION in sentence.zone.role


def _leads(text: str) -> bool:
    """Whether a sentence begins with the name of its patient."""
    if any(LAST.within(text.lower())):
        return True
    return any(name.start < _LEADING for name in markers.single_names(text))


def _all_counted(sentence: Sentence, count: int) -> bool:
    """Whether a sentence begins with as many patients as there are ("The two women took calcium")."""
    return any(parse_count(found.read()) == count for found in ALL.within(sentence.lower))


def _several(sentence: Sentence, index: dict[int, int], everybody: tuple[int, ...]) -> tuple[int, ...] | None:
    """Whose sentence it is that speaks of some patients or all of them; None where it does not."""
    if few := ordinals.several(sentence.lower, len(index)):
        return tuple(sorted(index[n] for n in few if n in index))
    if EVERYBODY.says(sentence.lower) and "et al" not in sentence.lower:
        return () if SOME.says(sentence.lower) else everybody
    return None
