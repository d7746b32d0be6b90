"""The component `casebook.drugs`: drugs and supplements with regimen and status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, store
from extractors.drugs import status_cues as sc
from extractors.drugs.anchors import Anchor, joined
from extractors.drugs.appositions import without_appositions
from extractors.drugs.cues import after, before
from extractors.drugs.doses import unit_for
from extractors.drugs.endings import stopped_by_pronoun
from extractors.drugs.evidence import Named, is_eaten, is_result, is_treatment, without_other_senses
from extractors.drugs.fact import DrugMention
from extractors.drugs.names import name_hits
from extractors.drugs.regimens import attach
from extractors.drugs.shared_routes import share_routes
from extractors.drugs.status import UNLESS_UNDER_WAY, Told, decide
from extractors.drugs.strengths import add_strengths
from extractors.drugs.supplemented import supplemented
from extractors.drugs.under_way import under_way
from extractors.drugs.vocabulary import Drug, covers, covers_class, cue_words, of_the_disease
from extractors.factory import register
from extractors.language.context import clause_bounds, context_of
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue, Relation
from extractors.text import Sentence, View, view
from extractors.time.times import find_times, time_of
from extractors.values import fixed

REGIMEN = Relation(
    "regimen",
    "A drug's name with the dose that belongs to it.",
    says={
        "She took 1200 mg of calcium daily.": {"drug": "calcium", "dose": 1200.0, "frequency": "daily"},
        "Denosumab 60 mg was injected.": {"drug": "denosumab", "dose": 60.0, "dose_unit": "mg"},
    },
    silent=("Denosumab was injected.", "Calcium was 9.1 mg/dL."),
)
NAME = Relation(
    "name",
    "A drug's name without a dose, told of the patient.",
    says={
        "She was given raloxifene daily.": {"drug": "raloxifene", "frequency": "daily", "status": "given"},
        "She had never taken heparin.": {"drug": "heparin", "status": "denied"},
    },
    silent=("Denosumab 60 mg was injected.", "Serum calcium was normal.", "Insulin resistance was found."),
)
#: How sure a drug is whose name is misspelt.
_OF_A_GUESS = 0.75
#: Quotes longer than this are cut to the name and its dose.
_MAX_QUOTE = 150
#: Between a class and one of its drugs: they are two treatments.
_APART = Glue(r"\b{apart}\b", {"apart": cue_words("apart")})
#: "discharged on oral steroids": what was given before may have been another of them.
_DISCHARGED = Glue(r"\bdischarged\b[^.;]* (?:on|with) (?:[\w-]+ ){0,2}$")
_JUST_BEFORE = 60
#: Words around a contraceptive that was used: so far before and behind it.
_USED = Glue(r"\b(?:took|taken|taking|used|using|use of|on|under)\b")
_USED_BEFORE, _USED_BEHIND = 25, 40
_AND = Glue(r"\b(?:and|plus)\b")
#: Within so many characters of its beginning a sentence says when it was.
_OPENING = 20
_BIRTH_TOLD = Glue(r"\b(?:fracture|pain|after|post-?partum|deliver)", {})
#: A salt, ester or form that belongs to the name before it.
_SALT = Glue(r"[ -]{salt}(?!\w)", {"salt": cue_words("salt")})
#: "Which is the best treatment? A. Alendronate B. ..."
_OPTION = re.compile(r"[A-Ea-e1-5][.)]\s")
_OPTION_MARK_LAST = re.compile(r"\s[A-E]\.$")
_OPTIONS = 6


@dataclass(slots=True)
class Candidate:
    """A drug's name in a sentence (offsets of the sentence) with its regimen and context.

    `supplemented`: a nutrient that was lacking and is told to have been supplemented.
    """

    drug: Drug
    anchor: Anchor
    context: Context
    supplemented: bool = False


class Drugs:
    """Adds `doc.spans["drugs"]` and the typed mentions."""

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions of a Doc."""
        return store(doc, "drugs", self.find(view(doc)))

    def find(self, text: View, treatment: bool = False) -> list[DrugMention]:
        """All drug mentions of a text that state a fact about its patient.

        `treatment`: the text is known to list treatments (a table's cell under "Treatment").
        """
        return self.from_hits(text, name_hits(text), treatment=treatment)

    def from_hits(
        self,
        text: View,
        hits: list[Hit[Drug]],
        *,
        treatment: bool = False,
        rule: str = "",
        certainty: float = 1.0,
    ) -> list[DrugMention]:
        """The mentions that a list of names gives; `rule` and `certainty` replace the extractor's own."""
        by_sentence: dict[int, list[Hit[Drug]]] = {}
        for hit in hits:
            sentence = text.sentence_at(hit.start)
            if sentence is not None and hit.end <= sentence.end:
                by_sentence.setdefault(sentence.index, []).append(hit)
        out: list[DrugMention] = []
        named: list[Drug] = []
        begun: list[int] = []  # sentences in which a treatment was given
        for index, names in by_sentence.items():
            sentence = text.sentences[index]
            if sentence.text.endswith("?") or _is_option(text, sentence):
                continue
            found = candidates(text, sentence, names, named, treatment)
            named.extend(c.drug for c in found)
            made = list(_mentions(text, sentence, found, begun))
            if any(m.status == "given" for m in made):
                begun.append(index)
            out.extend(made)
        return [replace(m, rule=rule, certainty=certainty) for m in out] if rule else out


def create(nlp: Language | None, name: str) -> Drugs:
    """Make the component for `nlp.add_pipe("casebook.drugs")`."""
    return Drugs()


register("drugs", create)


def _is_option(text: View, sentence: Sentence) -> bool:
    """Whether a sentence is an answer that a reader may choose."""
    ahead = text.sentences[max(0, sentence.index - _OPTIONS) : sentence.index]
    marked = _OPTION.match(sentence.text) or (ahead and _OPTION_MARK_LAST.search(ahead[-1].text))
    return bool(marked) and any(s.text.endswith("?") for s in ahead)


# ------------------------------------------------------------------ candidates
def candidates(
    text: View, sentence: Sentence, hits: list[Hit[Drug]], named: list[Drug], treatment: bool = False
) -> list[Candidate]:
    """The names of a sentence that are treatments, with regimen and context.

    `named` are the drugs of the sentences before, for "the bisphosphonate" that is one of them.
    `treatment`: the words are known to list treatments, so that "calcium" needs no further sign.
    """
    lower, base = sentence.lower, sentence.start
    names: list[Named] = [(h.start - base, _with_salt(lower, h.end - base), h.value) for h in hits]
    sure = supplemented(text, sentence, names)
    names = without_appositions(lower, without_other_senses(text, sentence, names, sure), named)
    anchors = attach(text, sentence, [(start, end) for start, end, _ in names]) if names else []
    share_routes(lower, anchors, [drug for _, _, drug in names])
    add_strengths(lower, anchors, [drug for _, _, drug in names])
    found = [
        Candidate(drug, anchor, context_of(text, sentence, base + start, base + end), start in sure)
        for (start, end, drug), anchor in zip(names, anchors, strict=True)
    ]
    return found if treatment else _with_evidence(text, sentence, found)


def _with_salt(lower: str, end: int) -> int:
    salt = _SALT.behind(lower, end)
    return salt.end() if salt else end


def _with_evidence(text: View, sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Names that are analytes too stay only where something says treatment; a list passes it on."""
    found = [c for c in found if c.supplemented or not is_eaten(text, sentence, c.drug, c.anchor)]
    sure = [c.supplemented or not c.drug.lab or is_treatment(text, sentence, c.anchor) for c in found]
    for i in (*range(1, len(found)), *reversed(range(len(found) - 1))):
        beside = i - 1 if i and sure[i - 1] else i + 1
        if sure[i] or beside >= len(found) or not sure[beside]:
            continue
        first, second = found[min(i, beside)].anchor, found[max(i, beside)].anchor
        sure[i] = joined(sentence.lower, first, second) and not is_result(text, sentence, found[i].anchor)
    return [c for c, ok in zip(found, sure, strict=True) if ok]


# ------------------------------------------------------------------ lists of drugs
@fixed(frozen=True, slots=True)
class _Lists:
    """For each drug of a sentence the first and the last member of its list, and whether it begins a
    clause of its own."""

    first: list[int]
    last: list[int]
    own: list[bool]


def _lists(text: View, sentence: Sentence, found: list[Candidate]) -> _Lists:
    lower, n = sentence.lower, len(found)
    own = [after(text, sentence, sc.OWN_CLAUSE, c.anchor.end, len(lower)) is not None for c in found]
    joints = [joined(lower, a.anchor, b.anchor) for a, b in pairwise(found)]
    first, last = list(range(n)), list(range(n))
    for i in range(1, n):
        gap = lower[found[i - 1].anchor.end : found[i].anchor.start]
        if joints[i - 1] and "with" not in gap:
            first[i] = first[i - 1]
    for i in range(n - 2, -1, -1):
        if joints[i]:
            last[i] = last[i + 1]
    return _Lists([i if own[i] else first[i] for i in range(n)], last, own)


def _right(text: View, sentence: Sentence, found: list[Candidate], lists: _Lists, i: int, left: int) -> int:
    """Where the words about a drug end: its list's end, or the next member with a verb of its own."""
    anchor, lower = found[i].anchor, sentence.lower
    semicolon = lower.find(";", anchor.name_end)
    right = semicolon if semicolon >= 0 else len(lower)
    last = lists.last[i]
    if i < last and lists.own[i + 1] and "(" in lower[anchor.name_end : found[i + 1].anchor.name_start]:
        return min(right, found[i + 1].anchor.start)  # "A (B was not available)"
    if last + 1 < len(found):
        right = min(right, found[last + 1].anchor.start)
    head = max(found[lists.first[i]].anchor.start, left)
    if before(text, sentence, sc.GIVEN_BEFORE, left, head):
        own = next((k for k in range(i + 1, last + 1) if lists.own[k]), None)
        right = right if own is None else min(right, found[own].anchor.start)
    if i + 1 < len(found) and right > found[i + 1].anchor.start:
        end = found[last].anchor.end
        if after(text, sentence, sc.WHICH_WAS, end, len(lower)):  # of the last one alone
            right = min(right, found[i + 1].anchor.start)
    return right


# ------------------------------------------------------------------ mentions
def _mentions(
    text: View, sentence: Sentence, found: list[Candidate], begun: list[int]
) -> Iterator[DrugMention]:
    lists = _lists(text, sentence, found)
    base, given = sentence.start, False
    for i, candidate in enumerate(found):
        anchor = candidate.anchor
        left = clause_bounds(sentence, base + anchor.name_start, base + anchor.name_end)[0] - base
        right = _right(text, sentence, found, lists, i, left)
        head, tail = found[lists.first[i]].anchor.start, found[lists.last[i]].anchor.end
        decision = decide(Told(text, sentence, left, head, anchor.name_end, right, candidate.context, tail))
        if decision.status is None:
            continue
        status = "given" if candidate.supplemented else decision.status
        apart = _stands_apart(sentence, found, i)
        if decision.name in UNLESS_UNDER_WAY and (given or under_way(text, sentence, begun)):
            status = "given"
        if decision.name == "told" and (
            _is_habit(sentence, candidate)
            or _before_a_birth(text, sentence, [c.drug for c in found[lists.first[i] : lists.last[i] + 1]])
        ):
            status = "prior"
        given = given or status == "given"
        if status == "given" and len(found) == 1 and _stopped_later(text, sentence, anchor):
            status = "stopped"
        for part in (anchor, *anchor.steps):
            mention = _mention(text, sentence, candidate, part, status)
            said = apart, decision.aside, decision.again
            yield replace(mention, apart=said[0], aside=said[1], again=said[2]) if any(said) else mention


def _stands_apart(sentence: Sentence, found: list[Candidate], i: int) -> bool:
    """Whether a class stands beside one of its drugs as another treatment ("steroids, then A")."""
    own = found[i]
    if not own.drug.is_class:
        return False
    if _DISCHARGED.within(sentence.lower, own.anchor.name_start - _JUST_BEFORE, own.anchor.name_start):
        return True
    for other in found:
        if covers(own.drug, other.drug) or covers_class(own.drug, other.drug):
            first, last = sorted((own.anchor, other.anchor), key=lambda a: a.name_start)
            if _has_between(found, own.drug, first, last):
                continue
            between = sentence.lower, first.name_end, last.name_start
            if _APART.within(*between) or (_AND.within(*between) and joined(sentence.lower, first, last)):
                return True
    return False


def _has_between(found: list[Candidate], wide: Drug, first: Anchor, last: Anchor) -> bool:
    """Whether another of the class's drugs stands between two names: it is the one that is meant."""
    return any(
        first.name_end <= c.anchor.name_start
        and c.anchor.name_end <= last.name_start
        and covers(wide, c.drug)
        for c in found
    )


def _is_habit(sentence: Sentence, candidate: Candidate) -> bool:
    """Whether a contraceptive is one that the patient used, not one that was begun for an illness."""
    if candidate.drug.drug_class != "contraceptive":
        return False
    start, end = candidate.anchor.name_start - _USED_BEFORE, candidate.anchor.name_end + _USED_BEHIND
    return _USED.within(sentence.lower, max(0, start), min(end, len(sentence.lower))) is not None


def _before_a_birth(text: View, sentence: Sentence, drugs: list[Drug]) -> bool:
    """Whether the next sentence begins to count from a birth, so that a list of drugs told before it, for
    another illness, was taken in the pregnancy ("She took nadroparin. Three weeks after delivery ...")."""
    following = text.sentences[sentence.index + 1 : sentence.index + 2]
    if not following or following[0].zone is not sentence.zone:
        return False
    if all(drug.drug_class in of_the_disease() for drug in drugs):
        return False
    if _BIRTH_TOLD.within(sentence.lower, 0, len(sentence.lower)):
        return False
    return any(
        t.anchor == "delivery" and (t.days_min or 0) > 0 and t.start - following[0].start < _OPENING
        for t in find_times(text, following[0])
    )


def _stopped_later(text: View, sentence: Sentence, anchor: Anchor) -> bool:
    """Whether the words behind a sentence's semicolon, else the next sentence of its paragraph, say of the
    only drug that it was stopped."""
    semicolon = sentence.lower.find(";", anchor.name_end)
    if semicolon >= 0:
        return stopped_by_pronoun(sentence.lower[semicolon + 1 :].lstrip())
    following = text.sentences[sentence.index + 1 : sentence.index + 2]
    return bool(following) and following[0].zone is sentence.zone and stopped_by_pronoun(following[0].lower)


def _quote(anchor: Anchor) -> tuple[int, int]:
    start, end = anchor.start, anchor.end
    if anchor.quote:
        start, end = min(start, anchor.quote[0]), max(end, anchor.quote[1])
    return (start, end) if end - start <= _MAX_QUOTE else (anchor.name_start, anchor.name_end)


def _route(part: Anchor, drug: Drug) -> str:
    if part.route is None:
        return ""
    hormone = drug.drug_class in ("androgen", "estrogen")
    return "transdermal" if hormone and part.route.text == "topical" else part.route.text


def _mention(text: View, sentence: Sentence, candidate: Candidate, part: Anchor, status: str) -> DrugMention:
    first, last = _quote(part)
    start, end = sentence.start + first, sentence.start + last
    time = time_of(text, sentence, start, end)
    drug, dose = candidate.drug, part.dose
    return DrugMention(
        start=start,
        end=end,
        rule=(REGIMEN if dose else NAME).name,
        certainty=_OF_A_GUESS if drug.guessed else 1.0 if dose else 0.9,
        context=candidate.context,
        time=time,
        drug=drug.name,
        drug_class=drug.drug_class,
        status=status,
        dose=dose.value if dose else None,
        dose_unit=unit_for(dose.unit, drug.drug_class) if dose else "",
        frequency=part.frequency.text if part.frequency else "",
        route=_route(part, drug),
        duration_text=part.duration.text if part.duration else "",
        pregnancy=time.pregnancy if time else None,
    )
