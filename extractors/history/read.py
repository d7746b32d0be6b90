"""The component `casebook.history`: risk factors and background conditions, present or absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import store
from extractors.factory import register
from extractors.history import diet, evidence, family, former, genes, habits, menses, trauma
from extractors.history.fact import ABSENT, PRESENT, TRAUMA, HistoryMention
from extractors.history.vocabulary import DONE, Term, lexicon
from extractors.language.context import context_of, patient_is_child
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue, Relation
from extractors.text import Sentence, View, view

TERM = Relation(
    "term",
    "A condition or a habit that the words around it say to be there or not to be there.",
    says={
        "She denied smoking and alcohol use.": {"factor": "smoking", "status": "absent"},
        "She had a history of anorexia nervosa.": {
            "factor": "eating disorder", "status": "present", "detail": "anorexia nervosa"
        },
        "There was no history of asthma, epilepsy or kidney stones.": {
            "factor": "kidney stones", "status": "absent"
        },
    },
    silent=(
        "Celiac antibodies were negative.",
        "She was referred by the diabetes clinic.",
        "There was no family history of asthma.",
    ),
)  # fmt: skip


#: Books whose phrases tell a factor by themselves.
_PHRASES = (former.BOOK, trauma.BOOK, habits.BOOK, diet.BOOK, menses.BOOK)


#: Of a child's mother these are told, too.
_OF_MATERNITY = frozenset({"assisted reproduction", "multiple pregnancy", "pre-eclampsia"})
IMMOBILISATION = "immobilisation"
_SO_LONG_WITHIN = 25
#: Bed rest is a risk where it came before the fractures; else it is their treatment.
_NO_TREATMENT = Glue(
    r"\b(?:pregnan\w*|gestation\w*|labou?r|contractions|preterm|premature|placenta\w*|cervi\w+|trimester|"
    r"antenatal\w*|history|prolonged|years?|previously|bed-?ridden|bedbound|wheelchair|immobili[sz]\w+|confined)\b"
)
#: "Nine months of amenorrhea" are those of a pregnancy.
_SO_LONG = Glue(r"\b(?:weeks?|months?)(?: of)?(?: \w+)? $")
_IN_A_CAST = Glue(
    r" (?:\w+ ){0,2}?(?:in|with|by|using) (?:an? |the )?(?:\w+ )?"
    r"(?:plaster|cast|splint|brace|collar|corset|halo|orthosis|sling|slab|jacket|bandage)\b"
)
#: What happened then is no trauma at the onset.
_LONG_AGO = Glue(
    r"\byears? (?:ago|earlier|before|previously|prior)\b|\bchildhood\b|\bat (?:the )?age\b|"
    r"\bas an? (?:child|teenager)\b|\bwhen (?:she|he) was \d"
)


class History:
    """Finds what is said of risk factors and background conditions; see `extractors.history`."""

    def find(self, v: View) -> list[HistoryMention]:
        """One mention per factor and statement."""
        out: list[HistoryMention] = []
        for s in v.sentences:
            found = [*_apart(_of_phrases(v, s)), *family.of_family(v, s), *genes.of_genes(v, s)]
            out += found
            out += _of_terms(v, s, found)
        return out

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "history"."""
        return store(doc, "history", self.find(view(doc)))


def _apart(found: Iterable[HistoryMention]) -> list[HistoryMention]:
    """Of those that overlap the first: a fall by which a bone was broken long ago is none at the onset."""
    kept: list[HistoryMention] = []
    for m in found:
        if not any(m.start < k.end and k.start < m.end for k in kept):
            kept.append(m)
    return kept


def _of_phrases(v: View, s: Sentence) -> Iterator[HistoryMention]:
    """What phrases tell by themselves; a negation around them denies it."""
    for found, told in (said for book in _PHRASES for said in book.apart(v, s)):
        context = context_of(v, s, found.start, found.end)
        if context.uncertain or context.planned or (told.denied and context.negated and not context.cues):
            continue
        status = ABSENT if told.denied or context.negated else PRESENT
        if told.factor == TRAUMA and status == PRESENT and _LONG_AGO.within(s.lower):
            continue
        detail = told.detail if status == PRESENT else ""
        yield HistoryMention(
            start=found.start, end=found.end, rule=found.rule.name, factor=told.factor, status=status,
            detail=detail, value=told.value, unit=told.unit, context=replace(context, negated=False),
        )  # fmt: skip


def _of_terms(v: View, s: Sentence, found: list[HistoryMention]) -> Iterator[HistoryMention]:
    """The terms of a sentence that no phrase holds; what stands in a list is there with the one before."""
    last: HistoryMention | None = None
    for hit in lexicon().in_sentence(v, s):
        if any(m.start < hit.end and hit.start < m.end for m in found):
            continue
        listed = last is not None and evidence.goes_on(s.lower, last.end - s.start, hit.start - s.start)
        mention = _of_term(v, s, hit, listed)
        if mention is not None:
            last = mention
            yield mention


def _of_term(v: View, s: Sentence, hit: Hit[Term], listed: bool) -> HistoryMention | None:
    term = hit.value
    context = context_of(v, s, hit.start, hit.end)
    if term.factor in _OF_MATERNITY and patient_is_child(v):
        return None
    if term.factor == IMMOBILISATION and not context.negated and (
        not _NO_TREATMENT.within(s.lower) or _IN_A_CAST.behind(s.lower, hit.end - s.start)
    ):
        return None
    first = hit.start - s.start
    if term.factor == "amenorrhea" and _SO_LONG.within(s.lower, first - _SO_LONG_WITHIN, first):
        return None
    status = evidence.status_of(s, term.kind, hit.start - s.start, hit.end - s.start, context, listed)
    if status is None:
        return None
    family = context.family and term.kind != DONE  # "twins conceived by IVF"
    return HistoryMention(
        start=hit.start, end=hit.end, rule=TERM.name, factor=term.factor, status=status,
        detail=_detail(v.text[hit.start : hit.end], term),
        context=replace(context, negated=False, family=family),
    )  # fmt: skip


def _detail(words: str, term: Term) -> str:
    """The words where they say more than the factor's name."""
    if term.detail:
        return term.detail
    return "" if term.kind != "condition" or term.phrase == term.factor else " ".join(words.split())


def create(nlp: Language, name: str) -> History:
    """The spaCy factory of `casebook.history`."""
    return History()


register("history", create)
