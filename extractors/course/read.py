"""The component `casebook.course`: what became of pain, fractures, mobility, height, and of the patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import TimeRef, store
from extractors.course import bones, feeling, function, pain
from extractors.course.fact import CourseMention
from extractors.course.times import time_of_outcome
from extractors.course.vocabulary import Said
from extractors.factory import register
from extractors.language.context import context_of, patient_is_child
from extractors.rules.book import Found
from extractors.rules.rule import Glue
from extractors.text import Sentence, View, view

BOOKS = (pain.BOOK, feeling.BOOK, bones.BOOK, function.BOOK)
#: "Symptoms" are pain, and signals marrow of a bone, in a paper on bones alone.
_OF_BONES = Glue(r"(?:fractur|osteopor|bone marrow (?:o?edema))")
#: Whose death is the patient's only in a paper on a child.
_CHILD = Glue(r"\b(?:child|infant|baby|newborn|neonate|toddler)\b")
#: Whose "and died" is the patient's, and whose is not.
_OWN = Glue(
    r"\b(?:she|he|patient|proband|woman|man|lady|gentleman|boy|girl|child|infant|baby|newborn|neonate)\b"
)
_OTHERS = Glue(
    r"\b(?:(?:grand)?(?:mother|father|parent|son|daughter)s?|sisters?|brothers?|siblings?|twins?|cousins?|"
    r"aunts?|uncles?|wife|husband|donor|patients|cases|women|men|children|infants|relatives?)\b"
)
_PAIN = Glue(r"\b(?:pain|backache|lumbago)\b")


class Course:
    """Finds stated outcomes; see `extractors.course`."""

    def find(self, v: View) -> list[CourseMention]:
        """All outcomes that the text states; those of the first visit that say nothing then are marked."""
        return [
            mention
            for sentence in v.sentences
            for book in BOOKS
            if book.possible(v, sentence)
            for found, said in book.apart(v, sentence)
            for mention in _made(v, sentence, found, said)
        ]

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "course"."""
        return store(doc, "course", self.find(view(doc)))


def _on_bones(v: View) -> bool:
    """Whether the text speaks of broken or brittle bones."""
    key = ("course.bones",)
    if key not in v.cache:
        v.cache[key] = _OF_BONES.within(v.lower) is not None
    return bool(v.cache[key])


def _is_the_patients(v: View, sentence: Sentence, found: Found) -> bool:
    """Whether a death is that of the patient by the person named with it or before it in the sentence."""
    if found.rule.name == function.GONE_ON:
        words = v.lower, sentence.start, found.start
        return _OWN.within(*words) is not None and _OTHERS.within(*words) is None
    return patient_is_child(v) or _CHILD.within(v.lower, found.start, found.end) is None


def _made(v: View, sentence: Sentence, found: Found, said: Said) -> Iterator[CourseMention]:
    if said.complaint and not (_on_bones(v) and _PAIN.within(v.lower, 0, found.start)):
        return
    if said.status == "resolved" and said.outcome == "fracture healing" and not _on_bones(v):
        return
    if said.outcome == "death" and not _is_the_patients(v, sentence, found):
        return
    context = context_of(v, sentence, found.start, found.end)
    if context.general and not context.cues and sentence.zone.kind == "abstract":
        context = replace(context, general=False)  # an abstract concludes with what became of the patient
    denied = context.negated and said.outcome != "mobility"  # its rules look for themselves
    if denied or context.planned or (context.uncertain and said.outcome != "height loss"):
        return
    time = time_of_outcome(v, sentence, found.start, found.end)
    if time is not None and said.outcome in ("pain", "mobility") and _of_presentation(time, sentence):
        return
    yield CourseMention(
        start=found.start,
        end=found.end,
        rule=found.rule.name,
        certainty=0.75 if said.complaint or said.later else 0.9,
        context=replace(context, negated=False),
        time=time,
        outcome=said.outcome,
        status=said.status,
        value=said.value,
        unit=said.unit,
        later=said.later,
    )


def _of_presentation(time: TimeRef, sentence: Sentence) -> bool:
    """Whether the sentence itself says that something was so at the first visit."""
    return time.phase == "baseline" and time.days_max == 0 and sentence.start <= time.start < sentence.end


def create(nlp: Language | None, name: str) -> Course:
    """The spaCy factory of `casebook.course`."""
    return Course()


register("course", create)
