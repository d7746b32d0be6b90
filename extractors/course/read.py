"""The component `casebook.course`: what became of pain, fractures, mobility, height, and of the patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
_PAIN = Glue(r"\b(?:pain|ache|lumbago|\w+ache)\b")


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


def _made(v: View, sentence: Sentence, found: Found, said: Said) -> Iterator[CourseMention]:
    if said.complaint and not _PAIN.within(v.lower, 0, found.start):
        return
    context = context_of(v, sentence, found.start, found.end)
    if context.planned or (context.uncertain and said.outcome != "height loss"):
        return
    yield CourseMention(
        start=found.start,
        end=found.end,
        rule=found.rule.name,
        certainty=0.75 if said.complaint or said.later else 0.9,
        context=replace(context, negated=False),
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
