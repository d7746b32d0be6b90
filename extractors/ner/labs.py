"""Tests that no list knows: names that the model proposes, where a value with a laboratory's unit is told.

The labs' own rules read what a name of a test looks like; here it may look like anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.base import Mention
from extractors.drugs.evidence import MICROBIOLOGY
from extractors.drugs.names import name_hits
from extractors.labs.fact import LabMention
from extractors.labs.misspelt import known_as
from extractors.labs.read import LabExtractor
from extractors.labs.unknown import MEASURED, OF_SOLUTIONS
from extractors.labs.vocabulary import OPEN, Analyte, NameHit, Term, names_of
from extractors.labs.words import plain
from extractors.ner.gate import odd_words
from extractors.ner.model import ANALYTE, Model, Spans
from extractors.rules.rule import Relation
from extractors.text import Sentence, View

UNKNOWN = Relation(
    "test of the model",
    "A test that no list knows, where a value with a laboratory's unit is told.",
    says={
        "Serum calgravidine was 31 ng/mL.": {"analyte": "calgravidine", "value": 31.0, "unit": "ng/mL"},
    },
    silent=("Serum calcium was 9.1 mg/dL.", "She took calgravidine 31 mg."),
)
CERTAINTY = 0.6
#: So many characters before a result a name may stand.
_REACH = 60
_WORDS = re.compile(r"\S+")
#: What is told of reagents.
_REAGENTS = re.compile(r"dilut|\bclone|stain|immunohisto|immunoreact")
#: A number with a unit of the laboratory, or a titre.
_RESULT = re.compile(
    r"\d[\d.,]* ?(?:[mnpµk]?(?:g|mol|kat|iu|u|eq)|units?) ?(?:/|per) ?(?:100 ?)?(?:[dmµ]?l|lit(?:er|re))\b|"
    r"\b1: ?\d"
)


def candidates(view: View, told: Sequence[tuple[int, int]]) -> Iterator[tuple[Sentence, Spans]]:
    """Sentences with a result that nothing accounts for (`told`), and the odd words before it."""
    for sentence in view.sentences:
        if not MEASURED.possible(view, sentence) or MICROBIOLOGY.possible(view, sentence):
            continue
        at = sentence.start
        found = [m.start() for m in _RESULT.finditer(sentence.lower)]
        free = [place for place in found if not any(a <= at + place < b for a, b in told)]
        if not free or _REAGENTS.search(sentence.lower):
            continue
        known = _known(view, sentence)
        spans = {s for place in free for s in odd_words(sentence, max(0, place - _REACH), place, known)}
        if spans:
            yield sentence, sorted(spans)


def _known(view: View, sentence: Sentence) -> Spans:
    drugs = [h for h in name_hits(view, every=True) if sentence.start <= h.start < sentence.end]
    names = [(h.start, h.end) for h in names_of(view, sentence)]
    return [*names, *((h.start - sentence.start, h.end - sentence.start) for h in drugs)]


def unknown_tests(view: View, model: Model, told: Sequence[Mention]) -> list[LabMention]:
    """The results under a name that only the model knows; `told` are those that the rules have read."""
    taken = [(m.start, m.end) for m in told]
    asked = list(candidates(view, taken))
    if not asked:
        return []
    out: list[LabMention] = []
    for (sentence, _), names in zip(asked, model.named(asked, ANALYTE), strict=True):
        new = [hit for start, end in names if (hit := _hit(sentence, start, end)) is not None]
        if new:
            out += LabExtractor().of_names(view, sentence, new)
    kept = [m for m in out if _is_measured(m) and not any(a < m.end and m.start < b for a, b in taken)]
    return [replace(m, rule=UNKNOWN.name, certainty=round(m.certainty * CERTAINTY, 2)) for m in kept]


def _is_measured(mention: LabMention) -> bool:
    return mention.value is not None and mention.unit not in OF_SOLUTIONS


def _hit(sentence: Sentence, start: int, end: int) -> NameHit | None:
    """A proposed name without what belongs to no name ("serum"); None where nothing is left."""
    words = [m.span() for m in _WORDS.finditer(sentence.lower, start, end)]
    while words and sentence.lower[slice(*words[0])] in plain("before name"):
        words.pop(0)
    told = {sentence.lower[a:b] for a, b in words}
    if (
        not words
        or told & (plain("unknown never") | plain("unknown stop"))
        or told <= plain("unknown generic")
    ):
        return None
    first, last = words[0][0], words[-1][1]
    name = " ".join(sentence.lower[first:last].split())
    return NameHit(first, last, Term(known_as(sentence.text[first:last]) or Analyte(name, OPEN)))
