"""Routes of administration; which route belongs to which drug is decided in `regimens`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from extractors.drugs.vocabulary import cue_words
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.words import Vocabulary
from extractors.text import Sentence, View

#: Words for a route; `form` where only a dosage form tells it ("tablet").
ROUTES = Vocabulary(
    "extractors.drugs",
    "routes.csv",
    ("phrase", "route", "form", "source"),
    ("phrase",),
    allowed={
        "route": frozenset(
            """
            subcutaneous intramuscular intranasal sublingual transdermal vaginal rectal inhaled topical
            epidural intrathecal intra-articular intravitreal intraperitoneal intra-arterial intravenous
            parenteral oral nasogastric gastric intradermal intralesional intrapleural intracameral
            subconjunctival intravesical intraosseous intracoronary intraventricular perineural
            intramyometrial intratympanic periarticular intracavernous intratracheal
            """.split()
        ),
        "form": frozenset({"", "yes"}),
    },
)


@dataclass(frozen=True, slots=True)
class Route:
    """A route at [start, end) of its sentence; `form` if only a dosage form tells it."""

    start: int
    end: int
    text: str
    form: bool


@cache
def lexicon() -> Lexicon[tuple[str, bool]]:
    """Words for a route; a dosage form ("tablet", "infusion") gives way to a route that is told."""
    return Lexicon(Entry(row["phrase"], (row["route"], row["form"] == "yes")) for row in ROUTES.rows)


@cache
def _no_route() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{cue_words('no route').pattern})")


def find_routes(view: View, sentence: Sentence) -> list[Route]:
    """The routes of a sentence, in order; offsets count from its start ("oral contrast" is none)."""
    base, lower = sentence.start, sentence.lower
    found: list[Route] = []
    for hit in lexicon().in_sentence(view, sentence):
        route = Route(hit.start - base, hit.end - base, *hit.value)
        if _no_route().match(lower, route.end):
            continue
        last = found[-1] if found else None
        if last and last.text == route.text and lower[last.end : route.start] in (" (", " ["):
            closed = route.end + lower.startswith((")", "]"), route.end)
            found[-1] = replace(last, end=closed)  # "intravenous (IV)"
        else:
            found.append(route)
    return found
