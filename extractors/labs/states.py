"""Words that state a result by themselves: hypocalcaemia, leukocytosis, vitamin D deficiency."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.labs import glue
from extractors.labs.fact import LabMention
from extractors.labs.relations import STATE
from extractors.labs.statements import GENERAL, HEDGES
from extractors.labs.vocabulary import NameHit
from extractors.language.context import context_of
from extractors.text import Sentence, View
from extractors.time.times import time_of

#: Words with these endings are adjectives ("hypocalcaemic"), which state nothing before a noun.
_ADJECTIVES = ("ic", "nt", "id")


def find_states(view: View, sentence: Sentence, states: Sequence[NameHit]) -> list[LabMention]:
    """The results that a sentence states in one word; offsets of `states` are relative to it.

    Words that only name what a measured value shows are sorted out by `summary.restated`.
    """
    out: list[LabMention] = []
    for hit in states:
        start, end = sentence.start + hit.start, sentence.start + hit.end
        if _names_a_disease(sentence.lower, hit) or _is_general(view, sentence, start, end):
            continue
        analyte = hit.term.analyte
        context = context_of(view, sentence, start, end)
        if not context.about_patient or context.negated or context.planned or context.historical:
            continue
        time = time_of(view, sentence, start, end)
        out.append(
            LabMention(
                start=start, end=end, rule=STATE.name, certainty=0.7, context=context, time=time,
                analyte=analyte.name, specimen=analyte.specimen, flag=hit.term.flag,
                pregnancy=time.pregnancy if time else None,
            )
        )  # fmt: skip
    return out


def _names_a_disease(lower: str, hit: NameHit) -> bool:
    """Whether the words around a state make it a disease's name, a cause, or what has gone."""
    start, end = hit.start, hit.end
    named = glue.DISEASE_BEFORE.within(lower, start - 40, start)
    if (named and not glue.FOUND_FOR.within(lower, start - 90, start)) or glue.DISEASE_BEHIND.behind(
        lower, end
    ):
        return True
    if glue.RESOLVED.behind(lower, end) or lower.startswith(("-corrected", "-adjusted"), end):
        return True
    if not lower.endswith(_ADJECTIVES, start, end) or glue.EVENT_BEHIND.behind(lower, end):
        return False
    return not (glue.STATE_BEFORE.within(lower, start - 20, start) and glue.STATE_BEHIND.behind(lower, end))


def _is_general(view: View, sentence: Sentence, start: int, end: int) -> bool:
    if GENERAL.first(view, sentence):
        return True
    return HEDGES.first(view, sentence, max(sentence.start, start - 70), end) is not None
