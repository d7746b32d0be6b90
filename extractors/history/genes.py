"""Variants of genes: the gene, its change, and that none was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.history.fact import ABSENT, GENE, PRESENT, HistoryMention
from extractors.language.context import context_of
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Pattern, Relation, Rule
from extractors.rules.words import Vocabulary, Words
from extractors.text import Sentence, View

GENES = Vocabulary("extractors.history", "genes.csv", columns=("symbol", "source"), key=("symbol",))
_SLOTS: dict[str, str | Pattern] = {
    "none": (
        r"(?:[Nn]o|not?|[Ww]ithout(?: any)?|negative for|[Aa]bsence of|exclud\w+|"
        r"did not (?:show|reveal|detect|identify|find|disclose)(?: any)?)"
    ),
    "gene test": (
        r"(?:[Gg]enetic|[Gg]ene|[Gg]enomic|[Mm]olecular|[Ee]xome) "
        r"(?:test(?:s|ing)?|panel|analys[ie]s|sequencing|stud(?:y|ies))"
    ),
    "symbol": Words(GENES, column="symbol"),
    "variant": (
        r"(?:variants?|VUS|variations?|mutations?|mutated|deletions?|duplications?|substitutions?|carriers?|"
        r"heterozygous|homozygous|haploinsufficiency)"
    ),
}
VARIANT = Relation(
    "variant",
    "A variant of a gene that was found in the patient, or that none was found.",
    says={
        "A heterozygous missense variant of LRP5 (c.1042C>T) was found.": {
            "factor": GENE, "status": PRESENT, "detail": "LRP5 c.1042C>T"
        },
        "Sequencing of COL1A1 and COL1A2 showed no pathogenic variants.": {"factor": GENE, "status": ABSENT},
    },
    silent=("LRP5 is a co-receptor of the Wnt pathway.", "COL1A1 was sequenced."),
)  # fmt: skip
BOOK = Book(
    "history.genes",
    (
        Rule(
            "no variant",
            r"\b{none} (?:[\w-]+,? (?:or |and )?){0,4}?"
            r"(?:variants?|mutations?)\b(?! (?:carrier|status))|"
            r"\b{gene test}\b[^.;]{0,60}? (?:was|were|is|came back) (?:negative|normal|unremarkable)\b",
            lambda m: "",
            says={
                "No pathogenic variant was found.": "",
                "Genetic testing for osteogenesis imperfecta was negative.": "",
            },
            silent=("A variant was found.", "Genetic testing was declined."),
            printed=True,
        ),
        Rule(
            "gene with a variant",
            r"\b(?P<gene>{symbol})\b[^.;]{0,90}?\b{variant}\b|\b{variant}\b[^.;]{0,90}?\b(?P<second>{symbol})\b",
            lambda m: m["gene"] or m["second"],
            says={
                "a variant in the LRP5 gene": "LRP5",
                "a COL1A1 mutation": "COL1A1",
                "a VUS in WNT1": "WNT1",
            },
            silent=("LRP5 is a receptor.", "a mutation of the text"),
            printed=True,
        ),
    ),
    _SLOTS,
)
#: A change as HGVS writes it.
_CHANGE = re.compile(r"\bc\.[\w*+>_-]+\w|\bp\.(?:\([A-Z][\w*]+\)|[A-Z][\w*]+)")
#: What is told of genes in general, or only looked for.
_NOT_FOUND_YET = Glue(
    r"\b(?:tested for|screen\w*|risk|may|might|could|can|known to|associated with|sequenc\w+ of|encod\w*|"
    r"pending|awaited|planned|families|literature|carriers of|cases with)\b"
)
_FOUND = Glue(
    r"\b(?:found|identif\w+|reveal\w*|detect\w*|show\w*|carri\w+|disclos\w*|confirm\w*|harbou?r\w*|demonstrat\w*|had|"
    r"has|with|present|diagnos\w*|heterozygous|homozygous|positive)\b"
)
#: Asides of a denial: "other variants".
_OTHER = Glue(r"\b(?:other|further|additional|second)\b")


def of_genes(v: View, s: Sentence) -> Iterator[HistoryMention]:
    """The variants that a sentence tells, or that it tells of none."""
    found = BOOK.apart(v, s)
    if not found:
        return
    denied = [f for f, gene in found if not gene]
    for f, gene in found:
        context = context_of(v, s, f.start, f.end)
        if context.uncertain or context.planned:
            continue
        words = v.lower[f.start : f.end]
        if gene and not context.negated and not denied:
            if not _FOUND.within(s.lower) or _NOT_FOUND_YET.within(s.lower):
                continue
            status, detail = PRESENT, " ".join([str(gene), *_changes(v, s)])
        elif not gene or context.negated:
            if _OTHER.within(words, 0, len(words)):
                continue
            status, detail = ABSENT, ""
        else:
            continue
        yield HistoryMention(
            start=f.start, end=f.end, rule=VARIANT.name, factor=GENE, status=status, detail=detail,
            context=replace(context, negated=False),
        )  # fmt: skip


def _changes(v: View, s: Sentence) -> list[str]:
    """The changes of a gene that a sentence prints, the coding one before the protein's."""
    return list(dict.fromkeys(_CHANGE.findall(v.text[s.start : s.end])))[:2]
