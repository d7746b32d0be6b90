"""From labels to regions: every character of the readable text belongs to some patients or to nobody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from extractors.person.fact import PersonMention
from extractors.section import Section
from extractors.text import Sentence, View
from pipeline.caps import caps
from pipeline.cases.casemap import CaseMap, CaseRef, tidy
from pipeline.cases.everybody import EVERYBODY
from pipeline.cases.kin import Relative, kin_parts, kin_patients, speaks_beside
from pipeline.cases.others import cited_elsewhere, is_typical, other_persons, strangers_in
from pipeline.cases.phrases import ANIMAL_OF_AN_AGE, ANIMALS, HUMANS, INDIVIDUAL, NEXT, announced
from pipeline.cases.series import counted, is_series, series_labels, series_of
from pipeline.paper import BlockKind, Paper


def find_cases(
    paper: Paper, view: View, persons: list[PersonMention], table_labels: dict[int, tuple[str, int]]
) -> CaseMap:
    """Find the patients of a paper and draw the regions of a series.

    `table_labels` holds the patients that a table's head or stub names: number -> (label, offset).
    """
    found = series_labels(paper, view, table_labels)
    if len(found) >= 2:
        labels = dict(list(found.items())[: caps().patients])
        told = replace(series_of(paper, view, labels), unread=tuple(sorted(found.keys() - labels.keys())))
        return _without_others(told, view, persons)
    relatives = kin_patients(view)
    if relatives:
        return _kin_series(view, relatives)
    for abstract in (False, True):  # of a paper whose abstract alone is there
        introduced = _introductions(view, persons, abstract)
        if len(introduced) >= 2:
            return _without_others(_introduced_series(view, persons, introduced, abstract), view, persons)
    if listed := _listed(view, persons):
        return _without_others(series_of(paper, view, listed), view, persons)
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


def _kin_series(view: View, relatives: list[Relative]) -> CaseMap:
    """Regions of two related patients: from a sentence whose subject is one to the next of the other."""
    cases = tuple(CaseRef(i + 1, tidy(r.label), r.start) for i, r in enumerate(relatives))
    everybody = tuple(range(len(cases)))
    starts: list[int] = []
    owners: list[tuple[int, ...]] = []
    current: tuple[int, ...] = ()
    for sentence in view.sentences:
        for offset, named in kin_parts(sentence, relatives):
            owner = current if named is None else (named,)
            if cited_elsewhere(view, sentence) or speaks_beside(view, sentence):
                owner = ()
            elif named is None and EVERYBODY.says(sentence.lower):
                owner = everybody
            elif named is None and Section.DISCUSSION in sentence.zone.role:
                owner = ()
            elif named is not None:
                current = owner
            starts.append(offset)
            owners.append(owner)
    return CaseMap(cases, tuple(starts), tuple(owners), kin=True)


def _tells(sentence: Sentence, abstract: bool) -> bool:
    """Whether a sentence stands where patients of a series are told: in the abstract, or not in an aside."""
    if abstract:
        return sentence.zone.kind == BlockKind.ABSTRACT.value
    return Section.ASIDE not in sentence.zone.role


def _is_title(sentence: Sentence) -> bool:
    return sentence.zone.kind == BlockKind.TITLE.value


def _introductions(view: View, persons: list[PersonMention], abstract: bool) -> list[PersonMention]:
    """People introduced one after another: "a 30-year-old woman", in a paper that says it is a series or
    where the later ones are called so ("the other patient was a 29-year-old woman").

    With `abstract` those of an abstract, where nobody is introduced elsewhere.
    """
    announced_series = is_series(view)
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
        if sentence.zone.kind == BlockKind.CAPTION.value or (abstract and _is_title(sentence)):
            continue
        if not _tells(sentence, abstract):
            if abstract:
                return []
            continue
        next_one = bool(found) and any(NEXT.within(sentence.lower)) and not cited_elsewhere(view, sentence)
        if found and not announced_series and not next_one:
            continue
        before = view.lower[max(sentence.start, mention.start - 25) : mention.start]
        indefinite = re.search(r"\b(?:an?|another)\s(?:[\w-]+\s){0,2}$", before) or (
            mention.start - sentence.start < 3
        )
        if (indefinite or next_one) and all(abs((m.years or 0) - mention.years) > 0.01 for m in found):
            found.append(mention)
    return found


def _introduced_series(
    view: View, persons: list[PersonMention], introduced: list[PersonMention], abstract: bool
) -> CaseMap:
    cases = tuple(CaseRef(i + 1, str(i + 1), m.start) for i, m in enumerate(introduced))
    everybody = tuple(range(len(cases)))
    turns = _turns(view, persons, introduced, abstract)
    starts, owners = [], []
    current: tuple[int, ...] = ()
    for sentence in view.sentences:
        inner = [(at, i) for at, i in turns if sentence.start <= at < sentence.end]
        if inner and inner[0][0] == sentence.start:
            current = (inner[0][1],)
        owner = current
        if EVERYBODY.says(sentence.lower) and len(inner) < 2:
            owner = everybody
        elif not _tells(sentence, abstract):
            owner = ()
        starts.append(sentence.start)
        owners.append(owner)
        for at, i in inner[1:]:
            current = (i,)
            starts.append(at)
            owners.append(current)
    return CaseMap(cases, tuple(starts), tuple(owners))


def _turns(
    view: View, persons: list[PersonMention], introduced: list[PersonMention], abstract: bool
) -> list[tuple[int, int]]:
    """Where the text turns to which of the patients introduced: at a sentence with an age, once more at the
    next age in it."""
    turns: list[tuple[int, int]] = []
    for mention in sorted((m for m in persons if _is_presented(m)), key=lambda m: m.start):
        sentence = view.sentence_at(mention.start)
        if sentence is None or (mention not in introduced and not _tells(sentence, abstract)):
            continue
        same = (i for i, m in enumerate(introduced) if m.years == mention.years)
        who = next(same, None)
        if who is None or (turns and turns[-1][1] == who):
            continue
        follows = bool(turns) and turns[-1][0] >= sentence.start
        turns.append((mention.start if follows else sentence.start, who))
    return turns


_FEWEST, _MOST = 2, 9


def _listed(view: View, persons: list[PersonMention]) -> dict[int, tuple[str, int]]:
    """Patients told by a list of their ages ("Two women aged 61 and 70"): number -> (label, offset)."""
    for mention in persons:
        sentence = view.sentence_at(mention.start)
        if mention.listed is None and _is_presented(mention):
            return {}  # one patient is told already: a list behind it is of others
        if mention.listed is None or sentence is None or mention.context.general or mention.context.family:
            continue
        count = mention.listed[1]
        abstract = sentence.zone.kind == BlockKind.ABSTRACT.value
        if (Section.ASIDE in sentence.zone.role and not abstract) or cited_elsewhere(view, sentence):
            continue
        if _FEWEST <= count <= _MOST and counted(view, sentence) == count:
            return {number: (str(number), mention.start) for number in range(1, count + 1)}
    return {}


def _is_presented(mention: PersonMention) -> bool:
    """Whether it introduces a patient with an age."""
    aged = mention.years is not None or bool(mention.age_text)
    return aged and mention.role == "presentation" and mention.context.about_patient


def _single(paper: Paper, view: View, persons: list[PersonMention]) -> CaseRef | None:
    """The one patient of a paper, if it describes anybody individually."""
    if _is_on_animals(view):
        return None
    for mention in persons:
        sentence = view.sentence_at(mention.start)
        if _is_presented(mention) and (sentence is None or not is_typical(view, sentence)):
            return CaseRef(1, "", mention.start)
    for sentence in view.sentences:
        if Section.ASIDE in sentence.zone.role and sentence.zone.kind != BlockKind.ABSTRACT.value:
            continue
        if INDIVIDUAL.first(view, sentence) is not None:
            return CaseRef(1, "", sentence.start)
    return None


def _is_on_animals(view: View) -> bool:
    """Whether a paper's title names an animal, or one is described with its age, and no human being is named
    anywhere."""
    titled = bool(view.zones) and view.zones[0].kind == BlockKind.TITLE.value
    named = titled and announced(ANIMALS, view, 1)
    if not named and not any(ANIMAL_OF_AN_AGE.first(view, sentence) for sentence in view.sentences):
        return False
    return all(HUMANS.first(view, sentence) is None for sentence in view.sentences)
