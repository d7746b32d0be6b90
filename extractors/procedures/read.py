"""The component `casebook.procedures`: operations, braces, biopsies, physiotherapy, rest, genetic tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import TimeRef, store
from extractors.factory import register
from extractors.language.context import context_of
from extractors.procedures.fact import ProcedureMention
from extractors.procedures.levels import LEVELLED, levels_at
from extractors.procedures.phrases import BOOK
from extractors.procedures.status import status_of
from extractors.procedures.vocabulary import FIXATION, SLOTS, SURGERY, Name, lexicon
from extractors.rules.rule import Glue, Relation
from extractors.text import Sentence, View, view
from extractors.time.times import time_of

NAMED = Relation(
    "name",
    "A procedure's name in the story of a patient, with what was done, advised or refused.",
    says={
        "She underwent vertebroplasty at T12 and L1.": {"procedure": "vertebroplasty", "levels": "T12; L1"},
        "Kyphoplasty was offered, but she declined.": {"procedure": "kyphoplasty", "status": "denied"},
        "Vertebroplasty, proposed elsewhere, was not authorised by the family.": {"status": "denied"},
        "A TLSO was fitted.": {"procedure": "brace", "status": "done", "detail": "orthosis"},
        "Bed rest was advised.": {"procedure": "bed rest", "status": "planned"},
        "Physiotherapy did not help.": {"procedure": "physiotherapy", "status": "done"},
        "She was operated on.": {"procedure": "other surgery"},
        "Surgery of the femoral neck was done.": {"procedure": "hip surgery"},
    },
    silent=(
        "Vertebroplasty may be considered.",
        "She works as a physiotherapist.",
        "She was seen in the spine surgery department.",
        "She came to our Physical Medicine and Rehabilitation outpatients.",
        "Surgery was discussed.",
    ),
)
#: No place of an operation is how somebody was put to sleep for it.
_SPINE = Glue(
    r"\b{spine word}\b(?! (?:an?a?esth\w*|block|needle|tap|puncture|fluid))|"
    r"\b(?:t(?:1[0-2]|[5-9])|l[1-5])(?:\b(?! ?node)| ?[-–/] ?[tls]?\d)",
    SLOTS,
)
_HIP = Glue(r"\b(?:{hip word})\b", SLOTS)
_HIP_PLACE = Glue(r"\b(?:{hip place})\b", SLOTS)
_OTHER_PLACE = Glue(r"\b(?:{other bone})\b", SLOTS)
#: How far back the bone is looked for that was fixed (characters).
_BACK = 1500
#: Between a procedure and a time behind it: that of what came then.
_THEN = Glue(
    r"\band (?:(?:she|he|(?:the |her |his )?(?:pain|symptoms|patient)) )?(?:(?:had|has) )?"
    r"(?:was (?:\w+ly )?(?:pain[- ]?free|free|asymptomatic|symptom|well|able|discharged|mobile)|became|been|"
    r"could|remained|felt|walked|returned|resumed|improved|disappeared|subsided|resolved|recovered|died)\b"
)
_FOREIGN = Glue(r"\b{foreign gene}\b", SLOTS)
_OF_A_BIRTH = Glue(r"\b{birth operation}\b", SLOTS)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name at [start, end) of the text, and the rule that found it."""

    start: int
    end: int
    name: Name
    rule: str


class Procedures:
    """Finds procedures and what became of them; see `extractors.procedures`."""

    def find(self, v: View) -> list[ProcedureMention]:
        """All procedures that are said to be done, planned or not done."""
        out: list[ProcedureMention] = []
        for sentence in v.sentences:
            named = _named(v, sentence)
            if named:
                out.extend(_mentions(v, sentence, named))
        return out

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "procedures"."""
        return store(doc, "procedures", self.find(view(doc)))


def _named(v: View, sentence: Sentence) -> list[_Named]:
    """The names of a sentence in order, none overlapping: those of the vocabulary before the phrases."""
    hits = lexicon().in_sentence(v, sentence)
    found = [_Named(h.start, h.end, h.value, NAMED.name) for h in hits]
    if BOOK.possible(v, sentence):
        for told, name in BOOK.apart(v, sentence):
            if all(told.end <= n.start or n.end <= told.start for n in found):
                found.append(_Named(told.start, told.end, name, told.rule.name))
    named = sorted((n for n in found if n.name.kind != "none"), key=lambda n: n.start)
    return [n for i, n in enumerate(named) if not (i and _is_its_abbreviation(v.text, named[i - 1], n))]


def _is_its_abbreviation(text: str, full: _Named, short: _Named) -> bool:
    """Whether a name is that before it, cut in a bracket: "vertebroplasty (PVP)"."""
    between = text[full.end : short.start]
    return between.strip() == "(" and full.name.procedure == short.name.procedure


def _mentions(v: View, sentence: Sentence, named: list[_Named]) -> Iterator[ProcedureMention]:
    for one in named:
        name = _placed(v, sentence, one)
        status = status_of(v, sentence, one.start, one.end, name.kind) if name else None
        if name is None or status is None:
            continue
        context = replace(context_of(v, sentence, one.start, one.end), negated=False, planned=False)
        levelled = name.procedure in LEVELLED
        yield ProcedureMention(
            start=one.start,
            end=one.end,
            rule=one.rule,
            certainty=0.95 if name.kind == "act" else 0.8,
            context=context,
            time=_time_of(v, sentence, one),
            procedure=name.procedure,
            status=status,
            levels=levels_at(v, sentence, one.start, one.end) if levelled else "",
            detail=name.detail,
        )


def _time_of(v: View, sentence: Sentence, one: _Named) -> TimeRef | None:
    """When it was done: no time that counts from it ("2 months after kyphoplasty"), none of what came then
    ("wore a brace and was free of pain six months later")."""
    time = time_of(v, sentence, one.start, one.end)
    if time is None:
        return None
    from_it = time.start < one.start and one.end <= time.end
    then = time.start >= one.end and _THEN.within(v.lower, one.end, time.start)
    return None if from_it or then else time


def _placed(v: View, sentence: Sentence, one: _Named) -> Name | None:
    """The name with the place of an operation; None for one of a birth and for genes that are not hers."""
    name, lower = one.name, sentence.lower
    if name.procedure == "genetic test":
        return None if _FOREIGN.within(lower, 0, len(lower)) else name
    if name.procedure != SURGERY:
        return name
    near = max(0, one.start - sentence.start - 60), one.end - sentence.start + 60
    if _OF_A_BIRTH.within(lower, *near):
        return None
    if _HIP.within(lower, 0, len(lower)) or (name.detail == FIXATION and _hip_before(v, sentence)):
        return replace(name, procedure="hip surgery")
    spine = _SPINE.within(lower, *near)
    return replace(name, procedure="spinal surgery" if spine else "other surgery")


def _hip_before(v: View, sentence: Sentence) -> bool:
    """Whether the last broken bone told before a sentence is one of the hip."""
    start = max(0, sentence.start - _BACK)
    hip = _HIP_PLACE.last(v.lower, start, sentence.start)
    other = _OTHER_PLACE.last(v.lower, start, sentence.start)
    return hip is not None and (other is None or other.start() < hip.start())


def create(nlp: Language | None, name: str) -> Procedures:
    """The spaCy factory of `casebook.procedures`."""
    return Procedures()


register("procedures", create)
