"""The component `casebook.timeline`: visits with their times, and how drugs begin and end.

It runs behind the components of onset and drugs and adds what their mentions leave open.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import mentions, store
from extractors.drugs.fact import DrugMention
from extractors.drugs.read import Drugs
from extractors.factory import register
from extractors.onset.fact import OnsetMention
from extractors.onset.read import Onset
from extractors.text import View, view
from extractors.timeline.courses import courses
from extractors.timeline.dated import dated
from extractors.timeline.told import EventMention
from extractors.timeline.told_before import told_before
from extractors.timeline.visits import visits


class Course:
    """Finds the events of a course."""

    def find(
        self,
        text: View,
        onsets: Sequence[OnsetMention] | None = None,
        drugs: Sequence[DrugMention] | None = None,
    ) -> list[EventMention]:
        """The events that a text tells; what other components found is found anew where it is not given."""
        symptoms = Onset().find(text) if onsets is None else onsets
        given = Drugs().find(text) if drugs is None else drugs
        return [*visits(text, symptoms), *courses(text, given), *dated(text), *told_before(text)]

    def __call__(self, doc: Doc) -> Doc:
        """Store the events of a Doc under "timeline"."""
        onsets = [m for m in mentions(doc, "onset") if isinstance(m, OnsetMention)]
        drugs = [m for m in mentions(doc, "drugs") if isinstance(m, DrugMention)]
        return store(doc, "timeline", self.find(view(doc), onsets, drugs))


def create(nlp: Language | None, name: str) -> Course:
    """The spaCy factory of `casebook.timeline`."""
    return Course()


register("timeline", create)
