"""Verdicts on whole work-ups: "no abnormality except ...", "all were within normal limits"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.base import TimeRef
from extractors.labs import glue
from extractors.labs.fact import LabMention
from extractors.labs.relations import STATES, VERDICT
from extractors.labs.sentence import Name, Scan
from extractors.labs.statements import EXCEPTIONS, REQUESTS, VERDICTS
from extractors.labs.vocabulary import forms_of
from extractors.language.context import context_of
from extractors.text import Sentence, View
from extractors.time.dates import DATE
from extractors.time.times import time_of


@dataclass(slots=True)
class Requested:
    """The tests that the sentence before named, for a verdict that follows."""

    sentence: Sentence | None = None
    names: list[Name] = field(default_factory=list)


def verdict_on_previous(
    view: View, sentence: Sentence, requested: Requested, excepted: list[Name]
) -> list[LabMention]:
    """Normal results for the tests that the sentence before only listed, where this one clears them.

    `excepted` are the tests that this sentence names itself: its own results, or the exceptions.
    """
    before = requested.sentence
    if before is None or not requested.names or before.zone != sentence.zone:
        return []
    verdict = VERDICTS.first(view, sentence)
    if verdict is None or verdict.start - sentence.start > 60 or not REQUESTS.first(view, before):
        return []
    if glue.OTHER_EXAMINATION.within(sentence.lower, 0, verdict.start - sentence.start):
        return []
    excepting = EXCEPTIONS.first(view, sentence)
    if any(sentence.start + n.start < verdict.end for n in excepted) and excepting is None:
        return []
    end = verdict.end if excepting is None else min(verdict.end, excepting.start)
    stop = verdict.start + len(view.text[verdict.start : end].rstrip(" ,"))
    skip = {n.analyte.name for n in excepted}
    cleared = [n for n in requested.names if n.analyte.name not in skip and not n.symbol]
    return [m for name in cleared if (m := _normal(view, before, name, stop)) is not None]


def _normal(view: View, before: Sentence, name: Name, stop: int) -> LabMention | None:
    """A normal result of a test that the sentence before names, told by a verdict that ends at `stop`."""
    start, end = before.start + name.start, before.start + name.end
    context = context_of(view, before, start, end)
    if not context.about_patient or context.planned or context.negated:
        return None
    return LabMention(
        start=start, end=stop, rule=VERDICT.name, certainty=0.6, context=replace(context, negated=False),
        time=time_of(view, before, start, end), analyte=name.analyte.name, specimen=name.specimen,
        flag="normal",
    )  # fmt: skip


def exceptions(read: Scan) -> set[int]:
    """The starts of tests named behind "except": a word of the clause before says nothing of them."""
    found = EXCEPTIONS.first(read.view, read.sentence)
    if found is None:
        return set()
    cut = found.end - read.sentence.start
    if any(r.start > cut for r in read.results):
        return set()
    return {n.start for n in read.names if n.start > cut}


def excepted_first(read: Scan) -> int:
    """Where an exception ends that a sentence begins with ("except for a low X (8), ..."); 0 for none."""
    found = EXCEPTIONS.first(read.view, read.sentence)
    if found is None or found.start > read.sentence.start:
        return 0
    depth = 0
    for at in range(found.end - read.sentence.start, len(read.low)):
        depth += (read.low[at] in "([") - (read.low[at] in ")]")
        if depth <= 0 and read.low.startswith(", ", at):
            return at
    return 0


def restated(view: View, found: list[LabMention]) -> list[LabMention]:
    """One mention per result, in order.

    In one paragraph a word without a value ("hypercalcaemia", "increased PTH") beside a value of that
    test names what the value shows: it lends a value without a flag its flag and is no further result.
    """
    unique: dict[tuple[object, ...], LabMention] = {}
    for mention in found:
        unique.setdefault((mention.analyte, mention.value, mention.start, mention.end, mention.flag), mention)
    mentions = sorted(unique.values(), key=lambda m: (m.start, m.end))
    valued: dict[tuple[str, int], list[int]] = {}
    for index, mention in enumerate(mentions):
        if mention.value is not None:
            valued.setdefault((mention.analyte, _zone(view, mention)), []).append(index)
    drop: set[int] = set()
    for index, mention in enumerate(mentions):
        if mention.value is None:
            beside = [i for name in _named(mention) for i in valued.get((name, _zone(view, mention)), [])]
            if _restates(view, mentions, mention, beside):
                drop.add(index)
    for indices in valued.values():
        _inherit_unit(mentions, indices)
    return _recurring(view, [m for i, m in enumerate(mentions) if i not in drop])


def _recurring(view: View, mentions: list[LabMention]) -> list[LabMention]:
    """The results of an analyte that are said to be so again: normal, high, "normal again"."""
    told: dict[tuple[str, int], list[str]] = {}
    out: list[LabMention] = []
    for mention in mentions:
        flags = told.setdefault((mention.analyte, _zone(view, mention)), [])
        if (
            mention.flag
            and mention.value is None
            and mention.flag in flags[:-1]
            and mention.flag != flags[-1]
        ):
            sentence = view.sentence_at(mention.start)
            if sentence is not None and glue.AGAIN.within(sentence.lower, 0, len(sentence.lower)):
                later = mention.time or TimeRef(mention.start, mention.end, "", phase="follow-up")
                mention = replace(mention, again=True, time=later)  # noqa: PLW2901
        if mention.flag and flags[-1:] != [mention.flag]:
            flags.append(mention.flag)
        out.append(mention)
    return out


def _named(mention: LabMention) -> tuple[str, ...]:
    """The analytes whose value a word may name."""
    return forms_of(mention.analyte) if mention.rule in STATES else (mention.analyte,)


#: What is told of these tells nothing of the blood ("lymphopenia ... CSF with 80% lymphocytes").
_FLUIDS = frozenset(glue.FLUIDS)


def _restates(view: View, mentions: list[LabMention], mention: LabMention, beside: list[int]) -> bool:
    """Whether a word names what a value beside it shows; a single one without a flag is given the word's."""
    told = False
    for index in beside:
        value = mentions[index]
        if value.specimen in _FLUIDS and value.specimen != mention.specimen:
            continue
        if _later(mention) and _own_time(view, mention) and not _later(value):
            continue
        if _dated(mention) and _dated(value) and _later(value) != _later(mention):
            continue
        if value.flag == mention.flag:
            told = True
        elif not value.flag and mention.rule in STATES and mention.flag != "normal" and not _later(value):
            told = True
            if len(beside) == 1:
                mentions[index] = replace(value, flag=mention.flag)
    return told


def _inherit_unit(mentions: list[LabMention], indices: list[int]) -> None:
    """Give a bare value of a test the unit that all its other values in the paragraph have."""
    units = {mentions[i].unit for i in indices if mentions[i].unit}
    known = [v for i in indices if mentions[i].unit and (v := mentions[i].value) is not None]
    if len(units) != 1:
        return
    for i in indices:
        value = mentions[i].value
        if not mentions[i].unit and value is not None and min(known) / 5 <= value <= max(known) * 5:
            mentions[i] = replace(mentions[i], unit=next(iter(units)))


def _zone(view: View, mention: LabMention) -> int:
    sentence = view.sentence_at(mention.start)
    return sentence.zone.start if sentence else -1


def _own_time(view: View, mention: LabMention) -> bool:
    """Whether the mention's time is told in its own sentence, not carried over."""
    sentence = view.sentence_at(mention.start)
    return sentence is not None and mention.time is not None and mention.time.start >= sentence.start


def _dated(mention: LabMention) -> bool:
    return mention.time is not None and mention.time.anchor == DATE


def _later(mention: LabMention) -> bool:
    return mention.time is not None and mention.time.phase == "follow-up"
