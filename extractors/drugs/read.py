"""The component `casebook.drugs`: drugs and supplements with regimen and status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, store
from extractors.drugs import patterns as p
from extractors.drugs.fact import DrugMention
from extractors.drugs.names import by_stem, defined
from extractors.drugs.regimen import unit_for
from extractors.drugs.regimens import Anchor, attach, joined
from extractors.drugs.status import status_of, stopped_by_pronoun
from extractors.drugs.vocabulary import Drug, covers, lexicon
from extractors.factory import register
from extractors.language.context import clause_bounds, context_of
from extractors.rules.lexicon import Hit
from extractors.text import Sentence, View, view
from extractors.time.times import time_of

#: Quotes longer than this are cut to the name and its dose.
_MAX_QUOTE = 150
_LEADS_TO_NAME = frozenset(
    "( tablet oral with such as like including i.e. e.g. namely therapy treatment".split()
)
_CACHE_KEY = ("drugs", "names")


@dataclass(slots=True)
class _Candidate:
    """A drug's name in a sentence (offsets of the sentence) with its regimen and context."""

    drug: Drug
    anchor: Anchor
    context: Context


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
        for index, names in by_sentence.items():
            sentence = text.sentences[index]
            if sentence.text.endswith("?") or _is_option(text, sentence):
                continue
            found = candidates(text, sentence, names, named, treatment)
            named.extend(c.drug for c in found)
            for i in range(len(found)):
                out.extend(_mentions(text, sentence, found, i))
        return [replace(m, rule=rule, certainty=certainty) for m in out] if rule else out


def _create(nlp: Language, name: str) -> Drugs:
    return Drugs()


#: Makes the component for `nlp.add_pipe("casebook.drugs")`.
create = register("drugs", _create)


#: "Which is the best treatment? A. Alendronate B. ..."
_OPTION = re.compile(r"[A-Ea-e1-5][.)]\s")
_OPTION_MARK_LAST = re.compile(r"\s[A-E]\.$")
_OPTIONS = 6


def _is_option(text: View, sentence: Sentence) -> bool:
    """Whether a sentence is an answer that a reader may choose."""
    before = text.sentences[max(0, sentence.index - _OPTIONS) : sentence.index]
    marked = _OPTION.match(sentence.text) or (before and _OPTION_MARK_LAST.search(before[-1].text))
    return bool(marked) and any(s.text.endswith("?") for s in before)


# ------------------------------------------------------------------ names
def name_hits(text: View, every: bool = False) -> list[Hit[Drug]]:
    """Names of the vocabulary, of the author's abbreviations and by stem, in order.

    With `every`, the terms that only look like a drug ("insulin resistance") are among them.
    """
    found = text.cache.get(_CACHE_KEY)
    if found is None:
        known = lexicon().find(text.text, text.lower)
        spans = [(k.start, k.end) for k in known]
        short = [h for h in defined(text.text, known) if not any(a < h.end and h.start < b for a, b in spans)]
        found = sorted([*known, *short, *by_stem(text.lower, known)], key=lambda h: h.start)
        text.cache[_CACHE_KEY] = found
    return list(found) if every else [h for h in found if h.value.name]


def candidates(
    text: View, sentence: Sentence, hits: list[Hit[Drug]], named: list[Drug], treatment: bool = False
) -> list[_Candidate]:
    """The names of a sentence that are treatments, with regimen and context.

    `named` are the drugs of the sentences before, for "the bisphosphonate" that is one of them.
    `treatment`: the words are known to list treatments, so that "calcium" needs no further sign.
    """
    lower, base = sentence.lower, sentence.start
    spans = [(h.start - base, _with_salt(lower, h.end - base), h.value) for h in hits]
    spans = _without_other_senses(lower, spans)
    if not spans:
        return []
    spans = _without_appositions(lower, spans, named)
    anchors = attach(lower, [(s, e) for s, e, _ in spans])
    found = [
        _Candidate(drug, anchor, context_of(text, sentence, base + start, base + end))
        for (start, end, drug), anchor in zip(spans, anchors, strict=True)
    ]
    return found if treatment else _with_evidence(lower, found)


def _with_salt(lower: str, end: int) -> int:
    salt = p.SALT.match(lower, end)
    return salt.end() if salt else end


def _no_drug(lower: str, end: int, drug: Drug) -> bool:
    """Whether the words behind a name make it an analyte, a protein or a disease."""
    after = p.NO_DRUG_AFTER.match(lower, end)
    if after is None:
        return False
    return not (drug.is_class and after.group().strip(" -") in ("free", "dependence", "restriction"))


def _without_other_senses(lower: str, spans: list[tuple[int, int, Drug]]) -> list[tuple[int, int, Drug]]:
    """Drop analytes, proteins and allergies, with the lists they lead ("allergic to A, B and C")."""
    kept: list[tuple[int, int, Drug]] = []
    dropped_end = -1
    microbiology = p.MICROBIOLOGY.search(lower)
    for start, end, drug in spans:
        listed = dropped_end >= 0 and p.JOIN.fullmatch(lower, dropped_end, start)
        if p.NO_DRUG_BEFORE.search(lower, max(0, start - 30), start) or (listed and start - dropped_end < 8):
            dropped_end = end
        elif not _no_drug(lower, end, drug) and not (microbiology and drug.drug_class in p.MICROBE_CLASSES):
            kept.append((start, end, drug))
            dropped_end = -1
    return kept


def _is_brand_of_both(lower: str, gap: str, kept: list[tuple[int, int, Drug]], drug: Drug) -> bool:
    """Whether a name in brackets is that of a preparation of the two named before it
    ("calcium and vitamin D (Calcichew D3)")."""
    if (
        len(kept) < 2
        or gap.strip(" ®™") not in ("(", "[")
        or not p.JOIN.fullmatch(lower, kept[-2][1], kept[-1][0])
    ):
        return False
    return drug.drug_class in {kept[-2][2].drug_class, kept[-1][2].drug_class}


def _without_appositions(
    lower: str, spans: list[tuple[int, int, Drug]], named: list[Drug]
) -> list[tuple[int, int, Drug]]:
    """Each drug once: no class in apposition, no repetition in brackets, no "the bisphosphonate".

    That last one goes only where a bisphosphonate was named before.
    """
    kept: list[tuple[int, int, Drug]] = []
    for i, (start, end, drug) in enumerate(spans):
        ahead = spans[i + 1] if i + 1 < len(spans) else None
        behind = spans[i - 1] if i else None
        gap = lower[kept[-1][1] : start] if kept else ""
        if (
            kept
            and _bracketed(gap)
            and (kept[-1][2].name == drug.name or _is_brand_of_both(lower, gap, kept, drug))
        ):
            kept[-1] = (kept[-1][0], end, kept[-1][2])
            continue
        if ahead and covers(drug, ahead[2]) and _apposed(lower[end : ahead[0]]):
            spans[i + 1] = (start, ahead[1], ahead[2])  # "oral bisphosphonates (risedronate)": one name
            continue
        if behind and covers(drug, behind[2]) and _apposed(lower[behind[1] : start], back=True):
            continue
        pointed = drug.is_class and p.ANAPHOR.search(lower, max(0, start - 25), start)
        if pointed and any(covers(drug, other) for other in named):
            continue
        kept.append((start, end, drug))
    return kept


def _bracketed(gap: str) -> bool:
    return gap.strip(" ®™") in ("(", "[", "'(", "or", "('", "=", "(=", "/", ", i.e.", "- ", "(or")


def _apposed(gap: str, back: bool = False) -> bool:
    """Whether a class and a drug are one thing: "bisphosphonates (risedronate)", "an opioid, tramadol"."""
    words = gap.replace("®", "").strip(" ,:-").split()
    if back:
        return 0 < len(words) <= 3 and words[0] in ("a", "an", "the", "(a", "(an", "which")
    if not words:
        return "," not in gap
    opened = gap.lstrip(" ®").startswith("(")
    return len(words) <= 4 and (opened or set(words) <= _LEADS_TO_NAME) and ")" not in gap


def _with_evidence(lower: str, found: list[_Candidate]) -> list[_Candidate]:
    """Names that are analytes too stay only where something says treatment; a list passes it on."""
    found = [
        c for c in found if not (c.drug.drug_class in p.NUTRIENTS and c.drug.lab and _eaten(lower, c.anchor))
    ]
    sure = [not c.drug.lab or _treated(lower, c) for c in found]
    order = [*range(1, len(found)), *range(len(found) - 2, -1, -1)]
    for i in order:
        j = i - 1 if i < len(found) and not sure[i] and i > 0 and sure[i - 1] else i + 1
        if sure[i] or j >= len(found) or not sure[j]:
            continue
        first, second = (found[j], found[i]) if j < i else (found[i], found[j])
        if joined(lower, first.anchor, second.anchor) and not _lab(lower, found[i]):
            sure[i] = True
    return [c for c, ok in zip(found, sure, strict=True) if ok]


def _eaten(lower: str, anchor: Anchor) -> bool:
    """Whether a nutrient is one of food and not of a prescription."""
    around = lower[max(0, anchor.start - 60) : anchor.end + 60]
    return bool(p.DIET.search(around)) and not p.NOT_DIET.search(around)


def _lab(lower: str, candidate: _Candidate) -> bool:
    end = candidate.anchor.name_end
    if candidate.anchor.dose is not None:
        return False
    return bool(p.LAB_VALUE_AFTER.match(lower, end) or p.NORMAL_AFTER.match(lower, end))


#: "tab. iron" goes on.
_STATEMENT_END = re.compile(r";|(?<!\btab)(?<!\bcap)(?<!\binj)(?<!\bsyp)\.\s")


def _treated(lower: str, candidate: _Candidate) -> bool:
    """Whether an analyte's name is a treatment here."""
    anchor = candidate.anchor
    if anchor.dose is not None and p.COLLECTED.match(lower, anchor.dose.end):
        return False
    if anchor.dose is not None and (
        anchor.dose.unit in ("mg", "g", "ug", "IU") or anchor.frequency or anchor.route
    ):
        return not p.LAB_VALUE_AFTER.match(lower, anchor.name_end)
    if _lab(lower, candidate):
        return False
    closed = anchor.name_end + lower.startswith(")", anchor.name_end)  # "growth hormone (GH) therapy"
    if p.TREATMENT_AFTER.match(lower, closed):
        return True
    before = lower[max(0, anchor.start - 90) : anchor.name_start]
    before = _STATEMENT_END.split(before)[-1]
    last = None
    for match in p.TREATMENT_BEFORE.finditer(before):
        last = match
    return last is not None and not p.LAB_BETWEEN.search(before, last.end())


# ------------------------------------------------------------------ rows
#: Before a list: its members are objects, so that a drug with a verb behind it begins another clause
#: ("received A for a year, and the B was stopped").
_GOVERNED = re.compile(
    r"\b(?:received|receiving|given|gave|treated|started|took|taking|takes|prescribed|administered|used|using)\b"
)


def _mentions(text: View, sentence: Sentence, found: list[_Candidate], i: int) -> Iterator[DrugMention]:
    candidate, lower, base = found[i], sentence.lower, sentence.start
    anchor = candidate.anchor
    left, _ = clause_bounds(sentence, base + anchor.name_start, base + anchor.name_end)
    semicolon = lower.find(";", anchor.name_end)
    right = semicolon if semicolon >= 0 else len(lower)
    head = found[_list_head(lower, found, i)].anchor.start
    governed = _GOVERNED.search(lower, left - base, max(head, left - base)) is not None
    for before, after in zip(found[i:], found[i + 1 :], strict=False):
        own_clause = governed and p.OWN_CLAUSE.match(lower, after.anchor.end)
        if own_clause or not joined(lower, before.anchor, after.anchor):
            right = min(right, after.anchor.start)
            break
    if i + 1 < len(found) and right > found[i + 1].anchor.start:
        last = _list_end(lower, found, i)
        if p.WHICH_WAS.match(lower, found[last].anchor.end):  # of the last one alone
            right = min(right, found[i + 1].anchor.start)
    limit = right - anchor.name_end
    status = status_of(
        lower[left - base : max(head, left - base)], lower[anchor.name_end :], limit, candidate.context
    )
    if status is None:
        return
    if status == "given" and len(found) == 1 and stopped_by_pronoun(_what_follows(text, sentence, semicolon)):
        status = "stopped"
    for part in (anchor, *anchor.steps):
        start, end = _quote(part)
        yield _mention(text, sentence, candidate, part, status, base + start, base + end)


def _what_follows(text: View, sentence: Sentence, semicolon: int) -> str:
    """The words behind a sentence's semicolon, else the next sentence of its paragraph."""
    if semicolon >= 0:
        return sentence.lower[semicolon + 1 :].lstrip()
    following = text.sentences[sentence.index + 1 : sentence.index + 2]
    return following[0].lower if following and following[0].zone is sentence.zone else ""


def _list_head(lower: str, found: list[_Candidate], i: int) -> int:
    """The first member of the list that a drug belongs to, unless the drug begins a clause of its own."""
    if p.OWN_CLAUSE.match(lower, found[i].anchor.end):
        return i
    while i > 0 and joined(lower, found[i - 1].anchor, found[i].anchor):
        if "with" in lower[found[i - 1].anchor.end : found[i].anchor.start]:
            break
        i -= 1
    return i


def _list_end(lower: str, found: list[_Candidate], i: int) -> int:
    """The last member of the list that a drug belongs to."""
    while i + 1 < len(found) and joined(lower, found[i].anchor, found[i + 1].anchor):
        i += 1
    return i


def _quote(anchor: Anchor) -> tuple[int, int]:
    start, end = anchor.start, anchor.end
    if anchor.quote:
        start, end = min(start, anchor.quote[0]), max(end, anchor.quote[1])
    if end - start <= _MAX_QUOTE:
        return start, end
    return anchor.name_start, anchor.name_end


def _route(part: Anchor, drug: Drug) -> str:
    if part.route is None:
        return ""
    hormone = drug.drug_class in ("androgen", "estrogen")
    return "transdermal" if hormone and part.route.text == "topical" else part.route.text


def _mention(
    text: View, sentence: Sentence, candidate: _Candidate, part: Anchor, status: str, start: int, end: int
) -> DrugMention:
    time = time_of(text, sentence, start, end)
    drug = candidate.drug
    return DrugMention(
        start=start,
        end=end,
        rule="regimen" if part.dose else "name",
        certainty=1.0 if part.dose else 0.9,
        context=candidate.context,
        time=time,
        drug=drug.name,
        drug_class=drug.drug_class,
        status=status,
        dose=part.dose.value if part.dose else None,
        dose_unit=unit_for(part.dose.unit, drug.drug_class) if part.dose else "",
        frequency=part.frequency.text if part.frequency else "",
        route=_route(part, drug),
        duration_text=part.duration.text if part.duration else "",
        pregnancy=time.pregnancy if time else None,
    )
