"""The sex of people: by the words beside an age, the pronouns behind it, the group, the first one named."""

from __future__ import annotations

from dataclasses import replace

from extractors.language.context import context_of, patient_is_child
from extractors.person import clues
from extractors.person.age_refs import AgeRef
from extractors.person.fact import PersonMention
from extractors.person.people import Noun
from extractors.person.relations import SEX_NOUN, SEX_PRONOUN
from extractors.rules.lexicon import Hit
from extractors.text import Sentence, View

#: Below so many years a pregnancy that is told is the mother's.
_CHILD_BELOW = 12


def of_age(v: View, s: Sentence, ref: AgeRef, heads: list[Hit[Noun]]) -> str | None:
    """The sex that the words for the person tell, else a title, a condition or a pronoun beside the age."""
    told = next((h.value.sex for h in heads if h.value.sex), None)
    if told is not None:
        return told
    start, end = s.start + ref.start, s.start + ref.end
    beside = (
        clues.MISTER.first(v, s, start - 30, start + 4)
        or (None if patient_is_child(v) else clues.FEMALE.first(v, s, start - 40, min(end + 60, s.end)))
        or clues.PRONOUN.first(v, s)
    )
    return beside.read() if beside is not None else None


def with_sex(v: View, found: list[PersonMention]) -> list[PersonMention]:
    """The mentions, ages without a sex taking that of the pronouns of the sentences that follow, or of the
    group that was introduced ("Two women were seen. Patient 1, aged 30, ...")."""
    out: list[PersonMention] = []
    people = [m for m in found if m.role == "presentation" and m.age_text]
    for m in found:
        if m.sex is None and m in people:
            others = [o.start for o in people if o.years is not None and o.years != m.years]
            sex = _pronoun_after(v, m, others) or _of_group(v, m)
            out.append(replace(m, sex=sex) if sex else m)
        else:
            out.append(m)
    if not any(m.sex and m.role == "presentation" for m in out):
        out.extend(_first_person(v, out))
    return out


def _pronoun_after(v: View, m: PersonMention, others: list[int]) -> str | None:
    """The sex that pronouns tell from an age on, up to a sentence on `others` (where their ages begin)."""
    here = v.sentence_at(m.start)
    if here is None:
        return None
    child = patient_is_child(v) or m.years is None or m.years < _CHILD_BELOW  # the pregnancy is the mother's
    for s in v.sentences[here.index : here.index + 8]:
        if s is not here and any(s.start <= at < s.end for at in others):
            return None
        told = clues.SAID.first(v, s) or clues.OWN_PRONOUN.first(v, s)
        told = told or (None if child else clues.FEMALE.first(v, s))
        if told is not None:
            return str(told.read())
    return None


def _of_group(v: View, m: PersonMention) -> str | None:
    """The sex of the few patients whom the text introduces together before an age, if it is one."""
    told: set[str] = set()
    for s in v.sentences:
        if s.start >= m.start:
            break
        for group in clues.GROUP.find(v, s):
            if context_of(v, s, group.start, group.end).about_patient:
                told.add(str(group.read()))
    return told.pop() if len(told) == 1 else None


def _first_person(v: View, found: list[PersonMention]) -> list[PersonMention]:
    """The sex of the first individual of a text that tells no age with it."""
    child = patient_is_child(v)
    for s in v.sentences:
        told = clues.SUBJECT.first(v, s)
        if told is None:
            continue
        until = told.start if child else s.end  # a child's parents are told behind it
        if any(m.role == "other" and s.start <= m.start < until for m in found):
            continue
        start, end = told.start, told.end
        context = context_of(v, s, start, end)
        if context.about_patient:
            rule = (SEX_NOUN if told.rule in clues.SUBJECT_NOUN else SEX_PRONOUN).name
            sex = told.read()
            return [PersonMention(start=start, end=end, rule=rule, certainty=0.7, context=context, sex=sex)]
    return []
