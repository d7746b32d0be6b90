"""From labels to regions: every character of the readable text belongs to some patients or to nobody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from extractors.person.fact import PersonMention
from extractors.section import Section
from extractors.text import Sentence, View
from pipeline.caps import caps
from pipeline.cases import markers
from pipeline.cases.kin import Relative, kin_parts, kin_patients, speaks_beside
from pipeline.cases.others import cited_elsewhere, other_persons, strangers_in
from pipeline.cases.parts import parts_of
from pipeline.cases.phrases import ANIMALS, INDIVIDUAL, SERIES, announced
from pipeline.paper import BlockKind, Paper

_FIRST_ZONES = 12
#: An animal is named this near behind its age (characters).
_ANIMAL_REACH = 60
#: A name this near to a sentence's beginning (characters) makes the patient its subject.
_LEADING = 40


@dataclass(frozen=True, slots=True)
class CaseRef:
    """One patient: number in the series, label as printed ("" where alone), first words' offset."""

    number: int
    label: str
    start: int


@dataclass(frozen=True)
class CaseMap:
    """The patients of a paper, and who the words at an offset are about."""

    cases: tuple[CaseRef, ...]
    starts: tuple[int, ...] = ()  # of regions
    owners: tuple[tuple[int, ...], ...] = ()  # indices into `cases`, per region
    kin: bool = False  # the patients are relatives of one another
    unread: tuple[int, ...] = ()  # numbers of the patients beyond the cap

    def at(self, offset: int) -> tuple[int, ...]:
        """Indices of the patients that the words at an offset are about; () is nobody."""
        if len(self.cases) == 1 and not self.starts:
            return (0,)
        i = bisect_right(self.starts, offset) - 1
        return self.owners[i] if i >= 0 else ()

    def index_of(self, number: int) -> int | None:
        """Index of the patient with a number in the series, None if there is none."""
        for i, case in enumerate(self.cases):
            if case.number == number:
                return i
        return None


def find_cases(
    paper: Paper, view: View, persons: list[PersonMention], table_labels: dict[int, tuple[str, int]]
) -> CaseMap:
    """Find the patients of a paper and draw the regions of a series.

    `table_labels` holds the patients that a table's head or stub names: number -> (label, offset).
    """
    found = _series_labels(paper, view, table_labels)
    if len(found) >= 2:
        labels = dict(list(found.items())[: caps().patients])
        series = replace(_series(paper, view, labels), unread=tuple(sorted(found.keys() - labels.keys())))
        return _without_others(series, view, persons)
    relatives = kin_patients(view)
    if relatives:
        return _kin_series(view, relatives)
    introduced = _introductions(paper, view, persons)
    if len(introduced) >= 2:
        return _without_others(_introduced_series(paper, view, introduced), view, persons)
    single = _single(paper, view, persons)
    return _without_others(CaseMap((single,)), view, persons) if single else CaseMap(())


def _without_others(cases: CaseMap, view: View, persons: list[PersonMention]) -> CaseMap:
    """Take the sentences about other authors' patients from everybody."""
    own = [m for m in persons if m.role == "presentation" and m.years is not None and m.context.about_patient]
    first = {i: m for m in reversed(own) for i in cases.at(m.start)}
    ages = {m.years for m in first.values() if m.years is not None}
    begin = min((m.start for m in first.values()), default=0)
    strangers = strangers_in(view, other_persons(view, persons, ages, begin) if ages else set())
    starts: list[int] = []
    owners: list[tuple[int, ...]] = []
    for sentence in view.sentences:
        if sentence.index in strangers:
            starts.append(sentence.start)
            owners.append(())
        else:
            inner = cases.starts[
                bisect_right(cases.starts, sentence.start) : bisect_left(cases.starts, sentence.end)
            ]
            for at in (sentence.start, *inner):
                starts.append(at)
                owners.append(cases.at(at))
    return replace(cases, starts=tuple(starts), owners=tuple(owners))


def _series_labels(
    paper: Paper, view: View, table_labels: dict[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Distinct patients by label: number -> (label, first offset)."""
    found = _heading_labels(paper)
    weak = _narrative_labels(paper, view, found)
    if len(found) < 2 <= len({*weak, *found}) and 1 in {*weak, *found}:
        found = {**weak, **found}
    if len(found) < 2 <= len(table_labels):
        return {**table_labels, **found}
    if len(found) >= 2:
        found |= {number: label for number, label in table_labels.items() if number not in found}
    return found


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
    announced: bool | None = None  # found out only where it matters
    for sentence in view.sentences:
        label = markers.opening_label(sentence.text)
        if label and (label.closed or Section.ASIDE not in sentence.zone.role):
            found.setdefault(label.number, (label.text, sentence.start))
            continue
        if not markers.may_count(sentence.lower):
            continue
        if announced is None:
            announced = _is_series(view)
        number = markers.narrative_number(sentence.text, max(len(weak), int(announced)))
        if number and _is_person_talk(sentence):
            for name in markers.single_names(sentence.text):
                words = sentence.text[name.start : name.end]
                weak.setdefault(name.number, (words, sentence.start + name.start))
    return weak


def _is_series(view: View) -> bool:
    """Whether the title or the first paragraphs announce several patients."""
    return announced(SERIES, view, _FIRST_ZONES)


def _is_person_talk(sentence: Sentence) -> bool:
    """ "The second case" as a patient of this paper, not as another report or a pregnancy."""
    return not _REPORT_TALK.search(sentence.lower)


_REPORT_TALK = re.compile(
    r"\bet al\b|\breported by\b|\bin the literature\b|\bto our knowledge\b|"
    r"\bfirst (?:case|patient) (?:report|of|in)\b|\bfirst reported\b"
)


def _series(paper: Paper, view: View, labels: dict[int, tuple[str, int]]) -> CaseMap:
    order = sorted(labels, key=lambda n: labels[n][1])
    if set(order) == set(range(1, len(order) + 1)):
        order = sorted(order)
    cases = tuple(CaseRef(n, _tidy(labels[n][0]), labels[n][1]) for n in order)
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
    caption = sentence.zone.kind == BlockKind.CAPTION.value
    aside = caption or Section.ASIDE in sentence.zone.role
    told_aside = caption or Section.DISCUSSION in sentence.zone.role
    numbers = {index[n] for n in markers.inside_numbers(sentence.text) if n in index}
    label = markers.opening_label(sentence.text)
    if label and label.number in index and (label.closed or len(numbers) < 2):
        return (index[label.number],), not told_aside
    if numbers:
        return tuple(sorted(numbers)), False
    narrative = markers.narrative_number(sentence.text, len(index))
    if narrative in index and _is_person_talk(sentence):
        leads = any(name.start < _LEADING for name in markers.single_names(sentence.text))
        return (index[narrative],), leads and not aside
    several = _several(sentence, index, everybody)
    if several is not None:
        return several, False
    return (() if aside and (told_aside or not current) else current), False


def _several(sentence: Sentence, index: dict[int, int], everybody: tuple[int, ...]) -> tuple[int, ...] | None:
    """Whose sentence it is that speaks of some patients or all of them; None where it does not."""
    if few := markers.several(sentence.text, len(index)):
        return tuple(sorted(index[n] for n in few if n in index))
    if markers.EVERYBODY.search(sentence.text) and "et al" not in sentence.lower:
        return () if markers.SOME.search(sentence.text) else everybody
    return None


def _tidy(label: str) -> str:
    return re.sub(r"^(?:in )?(?:the|our|my|this)\s", "", label.strip(), flags=re.IGNORECASE)


def _kin_series(view: View, relatives: list[Relative]) -> CaseMap:
    """Regions of two related patients: from a sentence whose subject is one to the next of the other."""
    cases = tuple(CaseRef(i + 1, _tidy(r.label), r.start) for i, r in enumerate(relatives))
    everybody = tuple(range(len(cases)))
    starts: list[int] = []
    owners: list[tuple[int, ...]] = []
    current: tuple[int, ...] = ()
    for sentence in view.sentences:
        for offset, named in kin_parts(sentence, relatives):
            owner = current if named is None else (named,)
            if cited_elsewhere(sentence) or speaks_beside(view, sentence):
                owner = ()
            elif named is None and markers.EVERYBODY.search(sentence.text):
                owner = everybody
            elif named is None and Section.DISCUSSION in sentence.zone.role:
                owner = ()
            elif named is not None:
                current = owner
            starts.append(offset)
            owners.append(owner)
    return CaseMap(cases, tuple(starts), tuple(owners), kin=True)


def _introductions(paper: Paper, view: View, persons: list[PersonMention]) -> list[PersonMention]:
    """People introduced one after another with "a 30-year-old woman" in a paper that says it is a series."""
    if not _is_series(view):
        return []
    found: list[PersonMention] = []
    for mention in persons:
        sentence = view.sentence_at(mention.start)
        if (
            sentence is None
            or mention.years is None
            or mention.role != "presentation"
            or not mention.context.about_patient
        ):
            continue
        if Section.ASIDE in sentence.zone.role or sentence.zone.kind == BlockKind.CAPTION.value:
            continue
        before = view.lower[max(sentence.start, mention.start - 25) : mention.start]
        indefinite = re.search(r"\b(?:an?|another)\s(?:[\w-]+\s){0,2}$", before) or (
            mention.start - sentence.start < 3
        )
        if indefinite and all(abs((m.years or 0) - mention.years) > 0.01 for m in found):
            found.append(mention)
    return found


def _introduced_series(paper: Paper, view: View, introduced: list[PersonMention]) -> CaseMap:
    cases = tuple(CaseRef(i + 1, str(i + 1), m.start) for i, m in enumerate(introduced))
    everybody = tuple(range(len(cases)))
    begins = [s.start for m in introduced if (s := view.sentence_at(m.start))]
    starts, owners = [], []
    for sentence in view.sentences:
        current = bisect_right(begins, sentence.start) - 1
        owner: tuple[int, ...] = (current,) if current >= 0 else ()
        if markers.EVERYBODY.search(sentence.text):
            owner = everybody
        elif Section.ASIDE in sentence.zone.role:
            owner = ()
        starts.append(sentence.start)
        owners.append(owner)
    return CaseMap(cases, tuple(starts), tuple(owners))


def _single(paper: Paper, view: View, persons: list[PersonMention]) -> CaseRef | None:
    """The one patient of a paper, if it describes anybody individually."""
    for mention in persons:
        if (
            mention.role == "presentation"
            and mention.context.about_patient
            and (mention.years is not None or mention.age_text)
            and not _is_animal(view, mention)
        ):
            return CaseRef(1, "", mention.start)
    for sentence in view.sentences:
        if Section.ASIDE in sentence.zone.role and sentence.zone.kind != BlockKind.ABSTRACT.value:
            continue
        if INDIVIDUAL.first(view, sentence) is not None:
            return CaseRef(1, "", sentence.start)
    return None


def _is_animal(view: View, mention: PersonMention) -> bool:
    """Whether an age is an animal's."""
    sentence = view.sentence_at(mention.start)
    return bool(sentence and ANIMALS.first(view, sentence, mention.end, mention.end + _ANIMAL_REACH))
