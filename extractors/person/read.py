"""The component `casebook.person`: age, sex, gravida/para, height, weight and BMI of people."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, store
from extractors.factory import register
from extractors.language.context import context_of, patient_is_child
from extractors.person import build, clues, parity
from extractors.person.age_refs import DATED, AgeRef, find_ages, find_initials, numbers_of
from extractors.person.fact import PersonMention
from extractors.person.nobody import is_of_nobody
from extractors.person.people import Noun, find_people, head_nouns
from extractors.person.relations import BUILD, BUILD_EARLIER, PARITY_WORD
from extractors.person.role_phrases import LONG_AGO, PRESENT
from extractors.person.roles import Introduced, role_of
from extractors.person.sexes import of_age as sex_of
from extractors.person.sexes import with_sex
from extractors.rules.lexicon import Hit
from extractors.text import Sentence, View, view

#: Rules that tell gravida or para by themselves.
_PARITY = frozenset({PARITY_WORD.name, *(rule.name for rule in parity.BOOK.rules)})
#: A noun up to this far behind the age belongs to its quote.
_WIDEN = 60
#: Whose ages a list of them tells stands this near before it ("three women, ages 28, 30 and 35").
_LIST_REACH = 20
#: A newborn who is the patient is told of within so many sentences.
_FIRST_SENTENCES = 12


def _told_again(v: View, s: Sentence, at: int) -> bool:
    """Whether the paragraph has come to a later pregnancy before a place of a sentence."""
    before = v.previous(s)
    told = clues.AGAIN.first(v, s, end=s.start + at)
    return told is not None or (before is not None and clues.AGAIN.first(v, before) is not None)


class Person:
    """Finds statements about who somebody is; see `extractors.person`."""

    def find(self, v: View) -> list[PersonMention]:
        """One mention per statement, those about other people included (role "other")."""
        out: list[PersonMention] = []
        introduced, entered = Introduced(), 0
        for s in v.sentences:
            refs = _refs(v, s)
            if refs:
                for passed in v.sentences[entered : s.index + 1]:
                    introduced.enter(v, passed)
                entered = s.index + 1
                out.extend(self._ages(v, s, refs, introduced))
            out.extend(self._parity(v, s))
            out.extend(self._build(v, s))
        return with_sex(v, _present_build(_present_parity(v, _with_presentation(v, out))))

    def _ages(self, v: View, s: Sentence, refs: list[AgeRef], introduced: Introduced) -> list[PersonMention]:
        out: list[PersonMention] = []
        child = patient_is_child(v)
        hits = find_people(v, s)
        for ref in refs:
            alone = len(refs) == 1 or (child and ref is refs[0])  # the others are the parents'
            if ref.shape == "newborn" and not (alone and _newborn_patient(v, s, ref)):
                continue
            if is_of_nobody(v, s, ref, hits):
                continue
            role = role_of(s, ref, hits, child=child, introduced=introduced)
            context = context_of(v, s, s.start + ref.start, s.start + ref.end)
            if ref.shape == "list":
                out.extend(_listed(s, ref, context, hits))
                continue
            if context.family:
                role = "other"
            if role == "presentation" and ref.years is not None and context.about_patient:
                introduced.ages.add(ref.years)
            out.append(_aged(v, s, ref, role, context, hits))
        return out

    def _parity(self, v: View, s: Sentence) -> list[PersonMention]:
        out: list[PersonMention] = []
        child = patient_is_child(v)  # then it is the mother's
        for found, said in parity.BOOK.apart(v, s):
            if not said.explicit and _told_again(v, s, found.match.start()):
                continue
            context = context_of(v, s, found.start, found.end)
            out.append(
                PersonMention(
                    start=found.start,
                    end=found.end,
                    context=context,
                    rule=found.rule.name,
                    certainty=1.0 if said.explicit else 0.7,
                    gravida=said.gravida,
                    para=said.para,
                    sex="F",
                    role="other" if context.family or child else "presentation",
                )
            )
        return out + self._parity_words(v, s)

    def _parity_words(self, v: View, s: Sentence) -> list[PersonMention]:
        out: list[PersonMention] = []
        for hit in find_people(v, s):
            if hit.value.gravida is None and hit.value.para is None:
                continue
            context = context_of(v, s, s.start + hit.start, s.start + hit.end)
            others = context.family or hit.value.kind == "plural" or patient_is_child(v)
            out.append(
                PersonMention(
                    start=s.start + hit.start,
                    end=s.start + hit.end,
                    rule=PARITY_WORD.name,
                    context=context,
                    gravida=hit.value.gravida,
                    para=hit.value.para,
                    sex="F",
                    role="other" if others else "presentation",
                )
            )
        return out

    def _build(self, v: View, s: Sentence) -> list[PersonMention]:
        out: list[PersonMention] = []
        measures = build.find_build(v, s)
        if not measures and patient_is_child(v):
            measures = build.find_build(v, s, child=True)
        for m in measures:
            context = context_of(v, s, s.start + m.start, s.start + m.end)
            told: dict[str, float] = {m.field: m.value}
            out.append(
                PersonMention(
                    start=s.start + m.start,
                    end=s.start + m.end,
                    context=context,
                    rule=(BUILD if m.current else BUILD_EARLIER).name,
                    certainty=1.0 if m.current else 0.5,
                    role="other" if context.family else "presentation",
                    height_cm=told.get("height_cm"),
                    weight_kg=told.get("weight_kg"),
                    bmi=told.get("bmi"),
                )
            )
        return out

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "person"."""
        return store(doc, "person", self.find(view(doc)))


def _newborn_patient(v: View, s: Sentence, ref: AgeRef) -> bool:
    """Whether a newborn is the first person that a text speaks of."""
    if s.index >= _FIRST_SENTENCES or clues.GROWN_UP.first(v, s, end=s.start + ref.start) is not None:
        return False
    return all(clues.GROWN_UP.first(v, before) is None for before in v.sentences[: s.index])


def _refs(v: View, s: Sentence) -> list[AgeRef]:
    """All ages of a sentence in order."""
    initials = find_initials(v, s)
    found = [r for r in find_ages(v, s) if all(r.beside(i.start, i.end) for i in initials)]
    return sorted((*initials, *found), key=lambda r: r.start)


def _people_of(ref: AgeRef, hits: list[Hit[Noun]], lower: str) -> list[Hit[Noun]]:
    """The words for the person whose age it is."""
    if ref.shape in ("old", "decade", "word", "newborn", "initial"):
        heads = head_nouns(hits, lower, ref.end)
        if ref.shape == "newborn":  # "A female preterm neonate"
            heads = [h for h in hits if h.value.sex and 0 <= ref.start - h.end <= _WIDEN // 3] + heads
        if heads:
            return heads
    before = [
        h
        for h in hits
        if h.end <= ref.start
        and ref.start - h.end <= 60
        and h.value.kind in ("person", "child", "mother", "sibling", "title")
    ]
    inside = [h for h in hits if ref.start <= h.start and h.end <= ref.end]
    return inside or before[-1:]


def _aged(
    v: View, s: Sentence, ref: AgeRef, role: str, context: Context, hits: list[Hit[Noun]]
) -> PersonMention:
    """An age with what the words for its owner tell; of another person the age alone."""
    heads = _people_of(ref, hits, s.lower) if role != "other" else []
    start, end = _quoted(ref, heads)
    return PersonMention(
        start=s.start + start,
        end=s.start + end,
        rule=ref.rule,
        context=context,
        certainty=0.9 if ref.years is None else 1.0,
        years=ref.years,
        age_text=ref.text,
        role=role,
        sex=(ref.sex or sex_of(v, s, ref, heads)) if role != "other" else None,
        gravida=next((h.value.gravida for h in heads if h.value.gravida is not None), None),
        para=next((h.value.para for h in heads if h.value.para is not None), None),
    )


def _quoted(ref: AgeRef, heads: list[Hit[Noun]]) -> tuple[int, int]:
    """The words to quote for an age: with its owner's noun where that stands near."""
    behind = [h.end for h in heads if ref.end <= h.start and h.end - ref.end <= _WIDEN]
    before = [h.start for h in heads if h.end <= ref.start and ref.start - h.end <= 3]
    return min([ref.start, *before]), max([ref.end, *behind])


def _listed(s: Sentence, ref: AgeRef, context: Context, hits: list[Hit[Noun]]) -> list[PersonMention]:
    """One mention per age of "three women aged 28, 30 and 35", in order; `listed` says which of how many."""
    values = numbers_of(ref)
    before = [h for h in hits if h.end <= ref.start and ref.start - h.end <= _LIST_REACH]
    return [
        PersonMention(
            start=s.start + ref.start,
            end=s.start + ref.end,
            rule=ref.rule,
            listed=(i, len(values)),
            context=context,
            certainty=0.7,
            years=value,
            age_text=ref.text,
            role="other",
            sex=(before[-1].value.sex or None) if before else None,
        )
        for i, value in enumerate(values, 1)
    ]


def _with_presentation(v: View, found: list[PersonMention]) -> list[PersonMention]:
    """Where no age at presentation is told, the present one, else the last at an event, stands for it
    ("The patient, now 40 years old"; "At 65 years of age, she ...")."""
    if any(m.years is not None and m.role == "presentation" and m.context.about_patient for m in found):
        return found
    best: tuple[bool, float, int] | None = None
    for i, m in enumerate(found):
        if m.role != "event" or m.rule not in DATED or not m.context.about_patient:
            continue
        if not _has_person(v, m):
            continue
        before = v.lower[max(0, m.start - 40) : m.start]
        present = bool(PRESENT.within(before)) or v.lower.startswith(" now", m.end)
        if not LONG_AGO.within(before):
            best = max(best or (False, 0.0, 0), (present, m.years or 0.0, i))
    if best is None:
        return found
    i = best[2]
    stand_in = replace(found[i], role="presentation", rule="age stand-in", certainty=0.5)
    return [*found[:i], stand_in, *found[i + 1 :]]


def _has_person(v: View, m: PersonMention) -> bool:
    """Whether the sentence of an age, or the one before it, speaks of one person at all."""
    here = v.sentence_at(m.start)
    if here is None:
        return False
    near = (here, v.previous(here))
    return any(
        s is not None
        and (
            clues.PRONOUN.first(v, s) is not None
            or any(h.value.kind not in ("plural", "kin") for h in find_people(v, s))
        )
        for s in near
    )


#: Characters within which two weights are the same person's.
_BUILD_REACH = 2500
#: Sentences around an explicit "G2P1" in which ordinals add nothing.
_NEAR = 10


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement of gravida or para: its place among the mentions, its sentence, how many ages precede."""

    mention: PersonMention
    place: int
    sentence: int
    person: int

    def overruled_by(self, other: _Told, field: str) -> bool:
        """Whether another statement about the same person overrules this inferred one."""
        theirs = getattr(other.mention, field)
        if theirs is None or other.mention.role == "other" or other.person != self.person:
            return False
        if abs(other.sentence - self.sentence) > _NEAR:
            return False
        return other.mention.rule not in parity.INFERRED or theirs > getattr(self.mention, field)


def _present_parity(v: View, found: list[PersonMention]) -> list[PersonMention]:
    """Without the ordinals that an explicit notation nearby, or a later pregnancy, overrules."""
    told = _parities(v, found)
    dropped = set()
    for one in told:
        if one.mention.rule in parity.INFERRED:
            field = "gravida" if one.mention.gravida is not None else "para"
            if any(one.overruled_by(other, field) for other in told):
                dropped.add(one.place)
    return [m for place, m in enumerate(found) if place not in dropped]


def _parities(v: View, found: list[PersonMention]) -> list[_Told]:
    """The statements of gravida and para, each with whose it is: the ages told before part the people."""
    ages = [v.sentence_at(m.start) for m in found if m.role == "presentation" and m.years is not None]
    people = sorted({s.index for s in ages if s})
    told = []
    for place, m in enumerate(found):
        s = v.sentence_at(m.start) if m.rule in _PARITY else None
        if s is not None:
            told.append(_Told(m, place, s.index, bisect_right(people, s.index)))
    return told


def _present_build(found: list[PersonMention]) -> list[PersonMention]:
    """Without a height or weight of before, where the present one is told up to a few hundred words away."""
    now = [m for m in found if m.rule == BUILD.name]

    def told_now(m: PersonMention) -> bool:
        return any(
            abs(o.start - m.start) < _BUILD_REACH
            and (o.height_cm is None) == (m.height_cm is None)
            and (o.weight_kg is None) == (m.weight_kg is None)
            for o in now
        )

    return [m for m in found if m.rule != BUILD_EARLIER.name or not told_now(m)]


def create(nlp: Language, name: str) -> Person:
    """The spaCy factory of `casebook.person`."""
    return Person()


register("person", create)
