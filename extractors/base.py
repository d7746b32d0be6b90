"""What every extractor shares: the mention types, and how mentions are kept on a spaCy Doc.

A mention is one statement found in the text, with exact character offsets; what it says is in
typed fields, how it was said (negated, of a relative, planned, ...) in its `Context`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from extractors.values import fixed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_KEY = "casebook.mentions"


@fixed(frozen=True, slots=True)
class Context:
    """How a statement was made. All False: a plain assertion about the patient.

    Terms follow ConText (Harkema et al., J Biomed Inform 2009;42:839): negation, experiencer,
    temporality; `planned` and `general` are added for treatments and for statements about
    patients in general.
    """

    negated: bool = False
    uncertain: bool = False
    historical: bool = False
    family: bool = False  # a relative, an infant, a fetus, a donor
    planned: bool = False
    general: bool = False  # guidelines, cohorts, literature, definitions
    cues: tuple[tuple[int, int], ...] = ()  # offsets of the words that say so

    @property
    def about_patient(self) -> bool:
        """Whether the statement is about the patient of the report at all."""
        return not (self.family or self.general)


@fixed(frozen=True, slots=True)
class Since:
    """The event that a time is counted from where that is no birth, and the days from it (negative before).

    `event`: "visit" (the first one), "treatment" (its begin), "end" (of a treatment), "symptom" (its onset),
    "then" (what was told just before), "weaning", "operation" or "course" (the treatment if one has begun,
    else the first visit).
    """

    event: str
    low: int
    high: int


@fixed(frozen=True, slots=True)
class TimeRef:
    """When something was, as the text says it.

    `anchor` is what the days are counted from: "delivery" (negative before it), "baseline" (the
    first visit or start of treatment), "symptom", "surgery", "conception" is not used: gestation is
    converted to days before delivery at 40 weeks. `days_min`/`days_max` are None where only the
    phase is told ("at follow-up"). `phase` is "baseline", "follow-up", "history" or "". `since` tells more
    closely what the anchor "baseline" leaves open. `carried`: an earlier sentence told it.
    """

    start: int
    end: int
    text: str
    anchor: str = ""
    days_min: int | None = None
    days_max: int | None = None
    phase: str = ""
    pregnancy: int | None = None
    since: Since | None = None
    carried: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One statement: the characters [start, end) carry it, `rule` names what found it.

    `certainty` in 0..1 is how reliable the rule is by construction (an explicit statement with
    unit 1.0, an inferred one lower); the record's confidence is computed from it and the context.
    """

    start: int
    end: int
    rule: str
    certainty: float = 1.0
    context: Context = field(default_factory=Context)
    time: TimeRef | None = None


M = TypeVar("M", bound=Mention)


def store(doc: Doc, name: str, found: Iterable[Mention]) -> Doc:
    """Keep mentions on the Doc under a name, and show them in `doc.spans[name]`.

    Spans are widened to whole tokens; `span.id` is the mention's index in `mentions(doc, name)`.
    """
    kept = tuple(sorted(found, key=lambda m: (m.start, m.end)))
    doc.user_data.setdefault(_KEY, {})[name] = kept
    if not len(doc):  # a Doc without tokens carries the mentions alone
        return doc
    spans: list[Span] = []
    for index, mention in enumerate(kept):
        span = doc.char_span(mention.start, mention.end, label=name, alignment_mode="expand", span_id=index)
        if span is not None:
            spans.append(span)
    doc.spans[name] = spans
    return doc


def mentions(doc: Doc, name: str) -> Sequence[Mention]:
    """The mentions that the component `casebook.<name>` found; empty if it did not run."""
    found: dict[str, tuple[Mention, ...]] = doc.user_data.get(_KEY, {})
    return found.get(name, ())
