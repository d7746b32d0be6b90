"""The component `casebook.course`: what became of pain, fractures, mobility, height, and of the patient."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import store
from extractors.course import bones, function, pain
from extractors.course.fact import CourseMention
from extractors.course.vocabulary import Said
from extractors.factory import register
from extractors.language.context import context_of
from extractors.rules.book import Found
from extractors.rules.rule import Glue
from extractors.text import Sentence, View, view
from extractors.time.times import time_of

BOOKS = (pain.BOOK, bones.BOOK, function.BOOK)
#: "Symptoms" are pain, and signals marrow of a bone, in a paper on bones alone.
_OF_BONES = Glue(r"(?:fractur|osteopor|bone marrow (?:o?edema))")
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


def _made(v: View, sentence: Sentence, found: Found, said: Said) -> Iterator[CourseMention]:
    if said.complaint and not (_on_bones(v) and _PAIN.within(v.lower, 0, found.start)):
        return
    if said.status == "resolved" and said.outcome == "fracture healing" and not _on_bones(v):
        return
    context = context_of(v, sentence, found.start, found.end)
    if context.negated or context.planned or (context.uncertain and said.outcome != "height loss"):
        return
    yield CourseMention(
        start=found.start,
        end=found.end,
        rule=found.rule.name,
        certainty=0.75 if said.complaint or said.later else 0.9,
        context=context,
        time=time_of(v, sentence, found.start, found.end),
        outcome=said.outcome,
        status=said.status,
        value=said.value,
        unit=said.unit,
        later=said.later,
    )


def create(nlp: Language | None, name: str) -> Course:
    """The spaCy factory of `casebook.course`."""
    return Course()


register("course", create)
