"""Names of tests in too many notations to list: vitamin D's metabolites, "renal and liver function".

25(OH)D3, 25-OH vit D, 1α,25-(OH)2-D, 25-hydroxy-vitamin D, 1,25-dihydroxycholecalciferol.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule, Slots
from extractors.rules.words import Vocabulary, Words

#: Organs by the panel that their function tests are.
ORGANS = Vocabulary(
    "extractors.labs",
    "organs.csv",
    ("word", "analyte", "source"),
    key=("word",),
    filled=frozenset({"analyte"}),
)
#: An analyte named at [start, end) of a text.
Named = tuple[int, int, str]

_SLOTS: Slots = {
    "organ": Words(ORGANS),
    "gap": r"[ -]{0,2}",
    "vitamin": r"[Vv]itamin|VITAMIN|[Vv]it\.?",
    # "D 3 was 31 ng/mL", but not "D 3 ng/mL", "D 3 months later"
    "apart": r" [23](?=[)\],;.]?$|\)|[,;] |\.? [(A-Z]|: | (?:{of d3})\b)",
    "of d3": r"levels?|concentrations?|was|were|is|and|in|had|has|remained|deficiency|status|of|measured|\(",
    "d": r"[Dd](?:[23]|2/3|2\+3|{apart})?(?![A-Za-z0-9])",
    "numeral": r"(?:XI{0,3}|IX|VI{0,3}|II)",
    "letter": r"(?<![\w-])(?:A|B(?:12|[1236])|C|D[23]?|E|K)(?![\w-])",
    "both": r"1 ?[,.;] ?25",
    "tail": (
        r"{gap}(?:\({vitamin} )?(?:{vitamin}{gap}|V(?=D))?\(?{d}\)?|{gap}(?:chole|ergo)?calciferol|"
        r"{gap}{vitamin}(?!-?[A-Za-z0-9]| [Dd\d])"
    ),
    "hydroxy": r"\(?OH\)?|\[OH\]|[Hh]ydroxy(?:lated)?|HYDROXY|oh",
    "dihydroxy": (
        r"\(OH\){gap}2|\[OH\]2|\(OH2\)|OH2|OH{gap}2|[Dd]i{gap}[Hh]ydroxy|\(OH\)₂"
    ),
    "before": r"(?<![\w.])(?:(?:total|serum) )?",
    "hydroxylated": r"{gap}(?:{dihydroxy}|{hydroxy}){tail}",
}  # fmt: skip


def _is(name: str) -> Callable[[re.Match[str]], tuple[Named, ...]]:
    def read(match: re.Match[str]) -> tuple[Named, ...]:
        return ((match.start(), match.end(), name),)

    return read


_ORGAN = Glue("{organ}", _SLOTS)


def _panels(match: re.Match[str]) -> tuple[Named, ...]:
    """Each organ of the list; the last one with the head that all share."""
    panel = {row["word"]: row["analyte"] for row in ORGANS.rows}
    words = list(_ORGAN.pattern.finditer(match.string, match.start(), match.end()))
    ends = [*(w.end() for w in words[:-1]), match.end()]
    return tuple((w.start(), end, panel[w.group()]) for w, end in zip(words, ends, strict=True))


_LETTER = Glue("{letter}", _SLOTS)
_VITAMINS = {"d": "25-hydroxyvitamin d"}


def _vitamins(match: re.Match[str]) -> tuple[Named, ...]:
    """Each vitamin of the list; the word belongs to the first."""
    at = match.start() + len("vitamin")
    letters = list(_LETTER.pattern.finditer(match.string, at, match.end()))
    starts = [match.start(), *(m.start() for m in letters[1:])]
    names = [_VITAMINS.get(m.group()[0].lower(), f"vitamin {m.group().lower()}") for m in letters]
    return tuple((a, m.end(), name) for a, m, name in zip(starts, letters, names, strict=True))


_CLASS = re.compile(r"[GAMED](?![A-Za-z])")


def _immunoglobulins(match: re.Match[str]) -> tuple[Named, ...]:
    """Each class of the list; the word belongs to the first."""
    letters = list(_CLASS.finditer(match.string, match.start() + len("ig"), match.end()))
    places = [m.start() for m in letters]
    starts = [match.start(), *places[1:]]
    ends = [*(place + 1 for place in places[:-1]), match.end()]
    named = [f"ig{m.group().lower()}" for m in letters]
    return tuple(zip(starts, ends, named, strict=True))


_T3, _T4 = re.compile("T3|thyronine"), re.compile("T4|thyroxine")


def _free_hormones(match: re.Match[str]) -> tuple[Named, ...]:
    """Both are free; the word belongs to the first."""
    first = _T3.search(match.string, match.start(), match.end())
    second = _T4.search(match.string, match.start(), match.end())
    assert first and second
    return (
        (match.start(), first.end(), "free triiodothyronine"),
        (second.start(), match.end(), "free thyroxine"),
    )


_FACTOR = re.compile(r"(?<![A-Za-z])(?:XI{0,3}|IX|VI{0,3}|II)(?![A-Za-z])")


def _factors(match: re.Match[str]) -> tuple[Named, ...]:
    """Each factor of the list; the word belongs to the first."""
    numerals = list(_FACTOR.finditer(match.string, match.start() + len("factor"), match.end()))
    starts = [match.start(), *(m.start() for m in numerals[1:])]
    named = [f"factor {m.group().lower()}" for m in numerals]
    ends = (m.end() for m in numerals)
    # factor VI there is none
    return tuple(n for n in zip(starts, ends, named, strict=True) if n[2] != "factor vi")


_VIRUS = re.compile(r"(?<!\w)[A-E](?!\w)")


def _hepatitides(match: re.Match[str]) -> tuple[Named, ...]:
    """Each virus of the list; the word belongs to the first."""
    letters = list(_VIRUS.finditer(match.group()))
    at = match.start()
    starts = [at, *(at + m.start() for m in letters[1:])]
    ends = [*(at + m.end() for m in letters[:-1]), match.end()]
    named = [f"hepatitis {m.group().lower()}" for m in letters]
    return tuple(zip(starts, ends, named, strict=True))


BOOK = Book(
    "labs.notations",
    (
        Rule(
            "1-25-dihydroxyvitamin D",
            r"{before}1{gap}(?:α|a|alpha)? ?[,.;(]? ?(?:α ?)?-?(?:25|24|\(25){hydroxylated}",
            _is("1,25-dihydroxyvitamin d"),
            says={
                "1,25(OH)2D": ((0, 10, "1,25-dihydroxyvitamin d"),),
                "1α,25-dihydroxyvitamin D": ((0, 24, "1,25-dihydroxyvitamin d"),),
            },
            silent=("1, 25 and 30 mg", "1.25 mg D3"),
            printed=True,
        ),
        Rule(
            "24-25-dihydroxyvitamin D",
            r"{before}24 ?[,.;] ?25{hydroxylated}",
            _is("24,25-dihydroxyvitamin d"),
            says={"24,25(OH)2D": ((0, 11, "24,25-dihydroxyvitamin d"),)},
            silent=("24, 25 and 30 mg",),
            printed=True,
        ),
        Rule(
            "25-hydroxyvitamin D",
            r"{before}(?:25|\(25(?=[^()]{0,8}\))){hydroxylated}",
            _is("25-hydroxyvitamin d"),
            says={
                "25(OH)D3 was low": ((0, 8, "25-hydroxyvitamin d"),),
                "25-OH vit D": ((0, 11, "25-hydroxyvitamin d"),),
                "25-OHVD": ((0, 7, "25-hydroxyvitamin d"),),
                "25-hydroxycholecalciferol": ((0, 25, "25-hydroxyvitamin d"),),
            },
            silent=("25 mg of vitamin D", "125(OH)D"),
            printed=True,
        ),
        Rule(
            "1-25 behind vitamin D",
            r"{before}{vitamin}{gap}[Dd][23]?,? ?[-(\[]?{both}(?!\d)"
            r"(?:{gap}(?:{dihydroxy}|{hydroxy}))?(?![A-Za-z0-9])[)\]]?",
            _is("1,25-dihydroxyvitamin d"),
            says={
                "Vitamin D 1,25 was 71": ((0, 14, "1,25-dihydroxyvitamin d"),),
                "vitamin D, 1,25-dihydroxy": ((0, 25, "1,25-dihydroxyvitamin d"),),
                "vitamin D (1,25-OH)": ((0, 19, "1,25-dihydroxyvitamin d"),),
            },
            silent=("vitamin D 1,250 IU", "vitamin D 1.2 mg"),
            printed=True,
        ),
        Rule(
            "25 behind vitamin D",
            r"{before}{vitamin}{gap}[Dd][23]?"
            r"(?:,? ?[(\[]?25{gap}(?:{hydroxy})[)\]]?|-25|,? [(\[]25[)\]])(?![A-Za-z0-9])",
            _is("25-hydroxyvitamin d"),
            says={
                "Vitamin D 25-OH was 14": ((0, 15, "25-hydroxyvitamin d"),),
                "vitamin D, 25-hydroxy": ((0, 21, "25-hydroxyvitamin d"),),
                "vitamin D (25)": ((0, 14, "25-hydroxyvitamin d"),),
            },
            silent=("vitamin D 25 ng/mL", "vitamin D 25 mg"),
            printed=True,
        ),
        Rule(
            "25 before vitamin D",
            r"(?<![\w.,-])25(?:-| (?=[\w. ]{8,13}(?:level|was|were|\()))(?:{vitamin}){gap}{d}",
            _is("25-hydroxyvitamin d"),
            says={
                "25-vitamin D of 8": ((0, 12, "25-hydroxyvitamin d"),),
                "25 vitamin D level": ((0, 12, "25-hydroxyvitamin d"),),
            },
            silent=("25 vitamin D tablets", "1,25-vitamin D"),
            printed=True,
        ),
        Rule(
            "D3 written apart",
            r"(?<![\w-]){vitamin}{gap}[Dd]{apart}",
            _is("25-hydroxyvitamin d"),
            says={
                "vitamin D 3 was 31": ((0, 11, "25-hydroxyvitamin d"),),
                "vitamin D 3 (cholecalciferol)": ((0, 11, "25-hydroxyvitamin d"),),
            },
            silent=("vitamin D 3 ng/mL", "vitamin D 3 months later", "vitamin D 30 ng/mL"),
            printed=True,
        ),
        Rule(
            "25-hydroxy before 1-25",
            r"{before}25{gap}{hydroxy}-?(?= (?:and|or) {both})",
            _is("25-hydroxyvitamin d"),
            says={"25-hydroxy- and 1,25-dihydroxyvitamin D": ((0, 11, "25-hydroxyvitamin d"),)},
            silent=("25-hydroxy and other steroids",),
            printed=True,
        ),
        Rule(
            "vitamins of a list",
            r"\b[Vv]itamins? \(?{letter}(?:, {letter})*(?:,? (?:and|or|&) |/|, ){letter}",
            _vitamins,
            says={
                "Vitamins A, D and E": (
                    (0, 10, "vitamin a"),
                    (12, 13, "25-hydroxyvitamin d"),
                    (18, 19, "vitamin e"),
                ),
                "vitamin B12 and C": ((0, 11, "vitamin b12"), (16, 17, "vitamin c")),
            },
            silent=("Vitamin A was low.", "Vitamin D and calcium"),
            printed=True,
        ),
        Rule(
            "immunoglobulins of a list",
            r"\b(?:[Ii]mmunoglobulins?|[Ii]g)[ -]?[(\[]?[GAMED]"
            r"(?:(?:, ?(?:and )?| (?:and|or|&) |[/-]) ?[GAMED]){1,4}(?![\w/-])[)\]]?",
            _immunoglobulins,
            says={
                "Immunoglobulin (G, A, M)": ((0, 17, "igg"), (19, 20, "iga"), (22, 24, "igm")),
                "IgA, M and E were low": ((0, 3, "iga"), (5, 6, "igm"), (11, 12, "ige")),
                "immunoglobulins G/A": ((0, 17, "igg"), (18, 19, "iga")),
            },
            silent=("IgG and IgA", "immunoglobulin A nephropathy", "Immunoglobulin G, Albumin"),
            printed=True,
        ),
        Rule(
            "factors of a list",
            r"\b[Ff]actors? {numeral}(?:(?:, ?(?:and )?| (?:and|or|&) |/){numeral}){1,5}(?![\w-])",
            _factors,
            says={
                "Factors II, V and IX": ((0, 10, "factor ii"), (12, 13, "factor v"), (18, 20, "factor ix")),
                "factor VIII and IX": ((0, 11, "factor viii"), (16, 18, "factor ix")),
            },
            silent=("Factor V Leiden", "factor VIII and fibrinogen", "Factors X and Y"),
            printed=True,
        ),
        Rule(
            "free T3 and T4",
            r"\b[Ff]ree (?:T3|[Tt]ri-?iodothyronine)(?:,? and |/| or |, )(?:T4|thyroxine)(?![\w-])",
            _free_hormones,
            says={"Free T3 and T4": ((0, 7, "free triiodothyronine"), (12, 14, "free thyroxine"))},
            silent=("free T4 and T3", "T3 and T4", "free T3 and TSH"),
            printed=True,
        ),
        Rule(
            "glycated haemoglobin",
            r"\bgl[iy]co?[a-z]{0,8}ated (?:ha?emoglobin|hb)\b(?: \(?a1c\)?)?",
            _is("hemoglobin a1c"),
            says={
                "glycated Hb was 7%": ((0, 11, "hemoglobin a1c"),),
                "Glycosilated haemoglobin": ((0, 24, "hemoglobin a1c"),),
                "glycoslyated hemoglobin (A1c)": ((0, 29, "hemoglobin a1c"),),
            },
            silent=("glycated albumin", "oxygenated hemoglobin"),
        ),
        Rule(
            "H and H",
            r"(?<![\w/-])H ?[/&] ?H(?=:? (?:was |of |at |is )?\d)",
            lambda match: (
                (match.start(), match.start() + 1, "hemoglobin"),
                (match.end() - 1, match.end(), "hematocrit"),
            ),
            says={"H/H 10.2/31": ((0, 1, "hemoglobin"), (2, 3, "hematocrit"))},
            silent=("H/H ratio", "P/H 3"),
            printed=True,
        ),
        Rule(
            "sugar with its value",
            r"(?<![\w-])(?<!blood )(?:(?:random|fasting|csf|serum|plasma|capillary|postprandial) )?sugar"
            r"(?= ?(?:[:=-] ?|(?:was|of|at|is) )?[<>]? ?\d[\d.,]* ?(?:mg|mmol|g ?/))",
            _is("glucose"),
            says={"protein 45 mg/dL, sugar 60 mg/dL": ((18, 23, "glucose"),)},
            silent=("sugar 50 g daily", "sugar intake"),
        ),
        Rule(
            "monoclonal peak",
            r"\b(?:Ig[GAMD][ -]?)(?:kappa|lambda|κ|λ)[ -](?:monoclonal )?"
            r"(?:peak|spike|band|component|paraprotein|M-protein|protein|gammopathy|M-component)\b",
            _is("paraprotein"),
            says={"an IgG kappa peak of 42 g/L": ((3, 17, "paraprotein"),)},
            silent=("IgG was 42 g/L", "IgG kappa myeloma"),
            printed=True,
        ),
        Rule(
            "ACE of a tumour",
            r"(?<![\w-])ACE(?= (?:antigen )?(?:levels? )?(?:(?:was|of|at|is) |[:=] ?)?[^.;,]{0,20}?"
            r"\d[\d.,]* ?(?:ng|[uµμ]g)/m?[lL])",
            _is("carcinoembryonic antigen"),
            says={"ACE 12 ng/mL": ((0, 3, "carcinoembryonic antigen"),)},
            silent=("ACE was 98 U/L", "ACE inhibitor"),
            printed=True,
        ),
        Rule(
            "TP of the prothrombin",
            r"(?<![\w-])TP(?= ?(?:[:=] ?|(?:was|of|at) )?(?:[<>] ?)?1?\d{2}(?:[.,]\d)? ?%)",
            _is("prothrombin time"),
            says={"TP 89%; INR 1.2": ((0, 2, "prothrombin time"),)},
            silent=("TP 6.4 g/dL", "TP was low"),
            printed=True,
        ),
        Rule(
            "proteins C and S",
            r"\b[Pp]roteins? C(?: and |/| & |, )S(?![\w-])",
            lambda match: (
                (match.start(), match.end() - match.group()[::-1].index("C"), "protein c"),
                (match.end() - 1, match.end(), "protein s"),
            ),
            says={"Protein C and S": ((0, 9, "protein c"), (14, 15, "protein s"))},
            silent=("protein C was low",),
            printed=True,
        ),
        Rule(
            "hepatitis of a list",
            r"\b[Hh]epatitis (?:virus(?:es)? )?\(?[A-E](?:(?:,| and| or| &|, and|/) ?[A-E](?![\w-])){1,4}\)?"
            r"(?: (?:serolog(?:y|ies)|markers?|antibod(?:y|ies)|tests?|screen(?:ing)?|profile|panel)\b)?",
            _hepatitides,
            says={
                "Hepatitis B and C": ((0, 11, "hepatitis b"), (16, 17, "hepatitis c")),
                "hepatitis A, B, and C": (
                    (0, 11, "hepatitis a"),
                    (13, 14, "hepatitis b"),
                    (20, 21, "hepatitis c"),
                ),
            },
            silent=("hepatitis B was excluded", "hepatitis B and CMV"),
            printed=True,
        ),
        Rule(
            "functions of organs",
            r"\b{organ}(?:(?:, ?(?:and )?| (?:and|or|as well as) |/){organ}){1,3}"
            r" (?:gland )?(?:functions?|enzymes)(?: tests?)?\b",
            _panels,
            says={
                "Renal, liver and thyroid function tests": (
                    (0, 5, "renal function"),
                    (7, 12, "liver function tests"),
                    (17, 39, "thyroid function"),
                ),
            },
            silent=("renal function", "liver and spleen"),
        ),
    ),
    _SLOTS,
)
