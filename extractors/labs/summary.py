"""Verdicts on whole work-ups: "no abnormality except ...", "all were within normal limits"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractors.labs import patterns as pt
from extractors.labs.fact import LabMention
from extractors.labs.sentence import Name, Scan
from extractors.labs.states import SIBLINGS
from extractors.language.context import context_of
from extractors.rules.quick import any_of
from extractors.text import Sentence, View, lower_same_length
from extractors.time.times import time_of

_LAB = (
    r"(?:laborator\w+|blood|biochemi\w+|h(?:a)?ematolog\w+|serum|tests?|examinations?|investigations?|work-?up|results?|"
    r"analys[ei]s|values?|parameters?|findings?)"
)
#: "No abnormality was detected in laboratory examinations except for ...", "All were within normal limits."
_CLEAN = re.compile(
    rf"(?:\bno\s(?:other\s)?(?:significant\s|relevant\s|pathological\s|further\s)?(?:abnormal(?:ity|ities|\sfindings?|\svalues?|\sresults?)|patholog(?:y|ies)|deviations?)\b[^.;]{{0,60}}"
    rf"|\b(?:all|these|those|the|all\sof\sthese|all\sof\sthem|all\sthese|all\sthe|other)\s(?:of\s(?:these|them|which)\s)?(?:the\s|other\s|these\s|above[\s-]?(?:mentioned\s)?)?(?:{_LAB}\s){{0,3}}(?:were|was|came\sback|yielded|gave)\s(?:all\s|found\s(?:to\sbe\s)?|otherwise\s)?"
    r"(?:normal|unremarkable|negative|(?:with)?in\s(?:the\s)?(?:normal|reference)\s\w+)"
    r"|\bnone\sof\s(?:these|them|the)\b[^.;]{0,40}\babnormal)",
    re.I,
)
_REQUESTED = re.compile(
    r"\b(?:request\w*|perform\w*|order\w*|carried\sout|measur\w*|examin\w*|determin\w*|check\w*|test(?:s|ed|ing)?|assess\w*|evaluat\w*|analy[sz]\w*|"
    r"includ\w*|obtained|investigat\w*|studied|done|undertaken|screen\w*|ask\w*|sent)\b",
    re.I,
)
#: Over lower-cased text.
_EXCEPT = re.compile(r"\b(?:except|apart\sfrom|other\sthan|aside\sfrom|besides|with\sthe\sexception)\b")
_EXCEPT_WORDS = ("except", "apart", "other", "aside", "besides")


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
    verdict = _CLEAN.search(sentence.text)
    if not verdict or verdict.start() > 60 or not _REQUESTED.search(before.text):
        return []
    excepting = _EXCEPT.search(sentence.lower)
    end = min(verdict.end(), excepting.start()) if excepting else verdict.end()
    head = sentence.text[verdict.start() : end]
    if any(n.start < verdict.end() for n in excepted) and not excepting:
        return []
    stop = sentence.start + verdict.start() + len(head.rstrip(" ,"))
    out: list[LabMention] = []
    skip = {n.analyte.name for n in excepted}
    for name in requested.names:
        if name.analyte.name in skip or name.symbol:
            continue
        start = before.start + name.start
        end = before.start + name.end
        context = context_of(view, before, start, end)
        if not context.about_patient or context.planned or context.negated:
            continue
        time = time_of(view, before, start, end)
        out.append(
            LabMention(
                start=start, end=stop, rule="labs.verdict", certainty=0.6,
                context=replace(context, negated=False),
                time=time, analyte=name.analyte.name, specimen=name.specimen, flag=pt.NORMAL,
            )
        )  # fmt: skip
    return out


def exceptions(read: Scan) -> set[int]:
    """Tests named behind "except": a word of the clause before says nothing of them."""
    plain = lower_same_length(read.plain)
    cut = _EXCEPT.search(plain) if any_of(plain, _EXCEPT_WORDS) else None
    if not cut:
        return set()
    return {
        id(n)
        for n in read.names
        if n.start > cut.end() and not any(r.start > cut.end() for r in read.results)
    }


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
        if mention.value is not None:
            continue
        zone = _zone(view, mention)
        names = (
            SIBLINGS.get(mention.analyte, (mention.analyte,))
            if mention.rule == "labs.state"
            else (mention.analyte,)
        )
        values = [i for name in names for i in valued.get((name, zone), [])]
        for other in values:
            value = mentions[other]
            if _later(mention) and _own_time(view, mention) and not _later(value):
                continue
            if value.flag == mention.flag:
                drop.add(index)
            elif (
                not value.flag
                and mention.rule == "labs.state"
                and mention.flag != pt.NORMAL
                and not _later(value)
            ):
                drop.add(index)
                if len(values) == 1:
                    mentions[other] = replace(value, flag=mention.flag)
    for indices in valued.values():
        _inherit_unit(mentions, indices)
    return [m for i, m in enumerate(mentions) if i not in drop]


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


def _later(mention: LabMention) -> bool:
    return mention.time is not None and mention.time.phase == "follow-up"
