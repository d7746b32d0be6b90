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
        r"(?:[Nn]o|(?<!was )(?<!were )(?<!are )(?<!is )not|[Ww]ithout(?: any)?|negative for|[Aa]bsence of|"
        r"exclud\w+|"
        r"did not (?:show|reveal|detect|identify|find|disclose)(?: any)?)"
    ),
    "gene test": (
        r"(?:[Gg]enetic|[Gg]ene|[Gg]enomic|[Mm]olecular|[Ee]xome) "
        r"(?:test(?:s|ing)?|panel|analys[ie]s|sequencing|stud(?:y|ies))"
    ),
    "symbol": Words(GENES, column="symbol"),
    # a symbol that its neighbours make one: "mutation in the RAB27A gene"
    "any symbol": r"(?![A-Z]\d{2,4}[A-Z]\b)(?=[A-Z0-9.]{0,7}[A-Z0-9]\b)[A-Z][A-Z0-9]{1,8}(?:\.\d)?",
    "zygosity": r"(?:[Hh]omozygous|[Hh]eterozygous|[Hh]emizygous|[Gg]ermline|[Bb]iallelic)",
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
            r"(?:variants?|mutations?)\b(?! (?:carrier|status)|"
            r" (?:has|have|had) (?:\w+ )?been (?:linked|associated|described|reported|implicated|published))|"
            r"\b{gene test}\b[^.;]{0,60}? (?:was|were|is|came back) (?:negative|normal|unremarkable)\b|"
            r"\b(?:{gene test}|[Mm]utation(?:al)? (?:analysis|screening)|[Ss]equencing)\b[^.;:]{0,60}? ?"
            r"(?:[:=] ?|\()(?:negative|normal|unremarkable)\b",
            lambda m: "",
            says={
                "No pathogenic variant was found.": "",
                "Genetic testing for osteogenesis imperfecta was negative.": "",
                "Mutation analysis: negative.": "",
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
        Rule(
            "gene with its change",
            r"\b(?P<gene>{symbol})\b[:,]? ?\(?(?:c\.[\d*+-]|p\.\(?[A-Z][a-z]{2}\d)",
            lambda m: m["gene"],
            says={"WNT1: c.506G>A (p.Gly169Asp), heterozygous.": "WNT1", "LRP5 p.(Arg1036Gln)": "LRP5"},
            silent=("WNT1 was normal.", "c.506G>A"),
            printed=True,
        ),
        Rule(
            "variant of a gene",
            r"\b(?:[Mm]utations?|[Vv]ariants?|[Dd]eletions?)\b[^.;()]{0,40}? (?:in|of|on|within|affecting) "
            r"(?:the |both |his |her )?(?P<gene>{any symbol})(?: \([\w ,./-]{2,40}\))? genes?\b",
            lambda m: m["gene"],
            says={"a mutation in the RAB27A gene": "RAB27A", "a deletion of the SMN1 gene": "SMN1"},
            silent=("a mutation in the gene", "a deletion of the X gene"),
            printed=True,
        ),
        Rule(
            "gene mutation",
            r"\b(?P<gene>{any symbol}) gene (?:[a-z-]+ ){0,2}?(?:mutation|variant|deletion|defect)s?\b|"
            r"\bgene (?P<second>{any symbol}) (?:[a-z-]+ ){0,4}?(?:mutation|variant|deletion)s?\b",
            lambda m: m["gene"] or m["second"],
            says={"a MEFV gene mutation": "MEFV", "the gene NKX6 had a mutation": "NKX6"},
            silent=("the gene mutation", "a gene defect", "the D816V gene mutation"),
            printed=True,
        ),
        Rule(
            "variant with its zygosity",
            r"\b{zygosity}\b(?:[^.;]|\.(?=\w)){0,60}? (?:mutations?|variants?|deletions?) (?:in|of) (?:the )?"
            r"(?P<gene>(?=[A-Z]*\d){any symbol})\b",
            lambda m: m["gene"],
            says={"a homozygous c.139G>C (p.G47R) mutation of ADA2": "ADA2"},
            silent=("a homozygous mutation of DNA", "a mutation of ADA2"),
            printed=True,
        ),
    ),
    _SLOTS,
)
#: Rules of any gene, and what makes its variant that of a germ or of a tumour, or one that says nothing.
_OF_ANY_GENE = frozenset({"variant of a gene", "gene mutation", "variant with its zygosity"})
_OF_OTHERS = Glue(
    r"(?:vir(?:us|al)|\bhcv\b|\bhbv\b|\bhiv\b|resistan|strain|isolate|bacill|bacteri|tubercul|tumou?r|carcinoma|cancer|"
    r"leuk[ae]+mi|lymphoma|melanoma|myeloma|sarcoma|neoplas|myelo(?:proliferative|dysplastic)|somatic|biops|metasta|"
    r"marrow|synonymous|benign|not (?:dysfunctional|pathogenic)|polymorphism)"
)
#: A change as HGVS writes it, and a protein's without its sign.
_CHANGE = re.compile(
    r"\bc\.[\w*+>_-]+\w|\bp\.(?:\([A-Z][\w*]+\)|[A-Z][\w*]+)|\b[A-Z][a-z]{2}\d{1,4}(?:[A-Z][a-z]{2}\b|fs\b|\*)"
)
#: What is told of genes in general, or only looked for.
_NOT_FOUND_YET = Glue(
    r"\b(?:tested for|screen\w*|risk|may|might|could|can|known to|associated with|sequenc\w+ of|encod\w*|"
    r"pending|awaited|planned|families|literature|carriers of|cases with)\b"
)
_FOUND = Glue(
    r"\b(?:found|identif\w+|reveal\w*|detect\w*|show\w*|carri\w+|disclos\w*|confirm\w*|harbou?r\w*|demonstrat\w*|had|"
    r"has|with|present|diagnos\w*|heterozygous|homozygous|positive|vus|het|hom|uncertain significance)\b|"
    r"\bc\.\d|\bp\.\(?[a-z]{3}\d"
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
        if f.rule.name in _OF_ANY_GENE and _OF_OTHERS.within(s.lower):
            continue
        if gene and not context.negated and not denied:
            if not _is_found(s.lower, f.start - s.start, f.end - s.start):
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


def _is_found(lower: str, start: int, end: int) -> bool:
    """Whether a variant is told to have been found; what is told behind it of such variants is of no weight
    where it was."""
    until = end if _FOUND.within(lower, 0, start) else len(lower)
    return _FOUND.within(lower) is not None and _NOT_FOUND_YET.within(lower, 0, until) is None


def _changes(v: View, s: Sentence) -> list[str]:
    """The changes of a gene that a sentence prints, the coding one before the protein's."""
    return list(dict.fromkeys(_CHANGE.findall(v.text[s.start : s.end])))[:2]
