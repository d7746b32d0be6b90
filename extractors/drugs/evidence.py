"""Whether a name that is an analyte's or a food's too is a treatment here, and what is no drug at all."""

from __future__ import annotations

import re

from extractors.drugs.anchors import Anchor
from extractors.drugs.cues import FAR, JOIN, NEXT, SPACE, Between, Cue, after, before, cue, cue_book, cues
from extractors.drugs.vocabulary import Drug, classes_of
from extractors.rules.book import Book
from extractors.text import Sentence, View

_BRACKET = Between("a bracket", r"[\s-]*(?:\([^)]{0,12}\)\s)?")
_LEVELS = Between("and another", r"[\s-]*(?:\([^)]{0,12}\)\s)?(?:and|or)\s\w+\s")
_LISTED = Between(
    "the rest of a list",
    r"(?:\s+(?:and|/|or|with|plus)\s+(?:\w+\s){0,2}\w+)?[\s-]+(?:\w+\s)?|"
    r"\s*/(?:[\w ]++-[\s-]*+(?:\w+\s)?|[\w ]+ )",
)
_BLANKS = Between("blanks", r"\s*")
_WORD = Between("a word", r"\s(?:(?!was\b|were\b|been\b)\w+\s)?")
_CLAUSE = Between("no full stop", r"[^.;]{0,60}?", 60)

#: After a name: a laboratory value, a disease, a protein or an allergy, never a treatment.
NO_DRUG_AFTER = cue_book(
    "drugs.no drug after",
    (
        cue(
            "levels of both",
            r"(?<!\S)(?:levels?|concentrations?|receptors?|antibod(?:y|ies))\b",
            _LEVELS,
            ("valproate and ammonia levels",),
            ("a levelled dose",),
        ),
        cue(
            "of the body",
            r"(?<![a-z]){no drug after}(?!\w)",
            _BRACKET,
            ("calcium deposits", "insulin (iv) resistance", "vitamin d assay"),
            ("calcium was tested",),
        ),
    ),
)
#: Before a name: it is an analyte, an antigen or a cause of an allergy.
NO_DRUG_BEFORE = cue_book(
    "drugs.no drug before",
    (
        cue("prefix", r"\b{no drug prefix}-", NEXT, ("anti-insulin", "low-calcium"), ("low calcium",)),
        cue(
            "measured",
            r"\b{no drug before}(?![a-z])",
            _BLANKS,
            ("serum calcium", "allergic to it"),
            ("milk",),
        ),
        cue(
            "cortisol after",
            r"\bcortisol (?:level )?(?:after|following) (?:overnight )?"
            r"(?:\d(?:\.5)? ?mg )?(?:of )?(?:oral )?",
            _BLANKS,
            ("cortisol after 1 mg of dexamethasone",),
            ("cortisol rose",),
        ),
        cue(
            "a metabolite",
            r"\b(?:1, ?25[ -]?(?:\(oh\)|oh|di-?hydroxy)?[ -]?[2₂]?|25[ -]?(?:\(oh\)|oh|hydroxy))[ -]?",
            NEXT,
            ("1,25 oh vitamin d3", "25-hydroxyvitamin d"),
            ("25 mg",),
        ),
    ),
)
#: A sentence on what a microbe is killed by names no treatment.
MICROBIOLOGY = cue_book(
    "drugs.microbiology",
    (cue("killed by", r"\b{microbiology}", FAR, ("The strain was susceptible to it.",), ("It was given.",)),),
)
#: What is eaten or ought to be: "her diet contained 400 mg of calcium", "calcium intake was low".
DIET = cue_book(
    "drugs.diet",
    (
        cue("food", r"\b{diet}\b", FAR, ("Her diet contained it.", "dietary calcium"), ("She died.",)),
        cue(
            "in the diet",
            r"\b(?:in|from|with|by) (?:the |her |his )?(?:diet|food)\b",
            FAR,
            ("calcium from her food",),
            ("in the dietetics",),
        ),
        cue(
            "intake was",
            r"\bintake (?:\w+ ){0,3}?(?:was|is|were|estimated)\b",
            FAR,
            ("The intake of calcium was low.",),
            ("an intake of 1 g",),
        ),
    ),
)
NOT_DIET = cue_book(
    "drugs.no diet",
    (cue("prescribed", r"\b{no diet}\b", FAR, ("It was prescribed.",), ("She ate it.",)),),
)
#: Words of treatment before a name, which an analyte's name needs.
TREATMENT_BEFORE = cue_book(
    "drugs.treatment before",
    (
        cue(
            "treatment",
            r"\b{treatment before}(?!\w)",
            FAR,
            ("She received it.", "tab. calcium", "treated with calcium"),
            ("She had a low calcium.",),
        ),
    ),
)
TREATMENT_AFTER = cue_book(
    "drugs.treatment after",
    (
        cue(
            "a form",
            r"\b{form after}\b",
            _LISTED,
            ("iron supplementation", "calcium and vitamin d tablets"),
            ("calcium was low",),
        ),
        cue(
            "was given",
            r"\b(?:was|were|had been|has been) (?:\w+ly |also |then |both |first |later |again )?{given}\b",
            _LISTED,
            ("calcium was also given",),
            ("calcium was low",),
        ),
        cue(
            "answered",
            r"(?:[:=]|-(?= )) ?(?:yes|never|denied|none(?= ?(?:taken|used|given|[.;,]|$)))\b",
            SPACE,
            ("calcium: yes", "vitamin d - never"),
            ("calcium: normal",),
        ),
        cue(
            "for so long",
            r"\b(?:from (?:the )?ages? (?:of )?\d+|for \d+ (?:weeks|months|years))\b",
            _LISTED,
            ("calcium for 3 months", "growth hormone from age 10"),
            ("for a month",),
        ),
    ),
)
#: Words that make a preceding treatment word mean a laboratory statement after all.
LABORATORY = cue_book(
    "drugs.laboratory",
    (cue("laboratory", r"\b{laboratory}\b", FAR, ("The level was low.",), ("It was given.",)),),
)
#: A value with a unit of concentration right behind: a laboratory result.
LAB_VALUE_AFTER = cue_book(
    "drugs.value after",
    (
        cue(
            "a concentration",
            r"(?:(?:(?:levels?|concentration) )?(?:back )?(?:down|up) (?:to|by)|to|by|from|was|were|is|of|at|"
            r":|=|,|\()? ?(?:<|>|≤|≥|only )? ?{amount} ?(?:- ?{amount} ?)?{mass}",
            Between("a bracket", r"\s*+(?:\([^)]{0,30}\)\s*+)?"),
            ("calcium was 9.6 mg/dl", "vitamin d (25oh) 8 ng/ml"),
            ("calcium 500 mg",),
        ),
    ),
    {"amount": r"\d[\d.,]{0,11}", "mass": r"[munpµ]?(?:g|mol|eq|iu|u) ?/ ?\d* ?(?:m|d|µ|u)?l\b"},
)
RESULT_AFTER = cue_book(
    "drugs.result after",
    (
        cue("rose", r"(?<!\S){result verb}\b", _WORD, ("calcium then fell",), ("she felled",)),
        cue(
            "was normal",
            r"\b(?:was|were|is|are|remained|became) (?:all |also |both |\w+ly ){0,2}{result}\b",
            _CLAUSE,
            ("calcium was also normal",),
            ("calcium was given",),
        ),
    ),
)
BOOKS = (
    NO_DRUG_AFTER, NO_DRUG_BEFORE, MICROBIOLOGY, DIET, NOT_DIET, TREATMENT_BEFORE, TREATMENT_AFTER,
    LABORATORY, LAB_VALUE_AFTER, RESULT_AFTER,
)  # fmt: skip

#: A name that says treatment itself ("insulin therapy").
_AS_TREATMENT = re.compile(r"\b(?:therapy|treatment|supplementation|supplements?|infusion|drip)$")
#: "310 mg/24 h" of an analyte is what the urine held.
_COLLECTED = re.compile(r"\s?(?:/|per|in)\s?24")
#: Before an amount: a urine of a day, which held it.
_COLLECTION = re.compile(
    r"\b(?:24|twenty[\s-]four)[\s-]?h(?:(?:ou)?rs?)?[\s-](?:urin\w+\s)?(?:collection|urine|sample|specimen)"
)
#: "tab. iron" goes on.
_STATEMENT_END = re.compile(r";|(?<!\btab)(?<!\bcap)(?<!\binj)(?<!\bsyp)\.\s")
_OF_SALTS = ("mmol", "mEq", "mL", "L")
_MASS = ("mg", "g", "ug", "IU", "U", "MU")
#: Before a fluid: another drug was dissolved in so much of it.
_DISSOLVED = re.compile(
    r"\b(?:in|into|diluted with|mixed with|reconstituted with) (?:an? )?\d[\d.,]* ?-?(?:ml|cc|l)\b"
    r"(?: (?:infusion|solution|drip|bag))?(?: of)?(?: (?:0?\.9 ?%|5 ?%|normal|isotonic|sterile))? ?$"
)
#: How far before a name words may deny that it is a drug, or say that it is a treatment (characters).
_SENSE_WITHIN, _TREATED_WITHIN, _EATEN_WITHIN = 30, 90, 60
#: How far a diet's words may stand before what it held, and what ends them.
_DIET_WITHIN = 160
_TREATED = re.compile(
    r";|\b(?:g[ai]ven?|receiv|prescri|start|commenc|tak(?:e|ing)|took|treat|suppl|replac|add(?:ed|ing)|admin|"
    r"advis|recommend|therapy|tablet|dose|with (?:oral|\d)|iv\b|intraven)"
)
#: Of a class of drugs these are said as of a drug ("anticoagulant-free").
_OF_A_CLASS = frozenset({"free", "dependence", "restriction"})
_HISTORY_WAS = re.compile(r"\b(?:history|anamnesis|hx)\b[^.;,]*$")
_SHORT_JOINT = 8
#: What an illness withstands, where no germ does.
_WITHSTOOD = frozenset(
    {
        "glucocorticoid",
        "immunosuppressant",
        "biologic",
        "anticonvulsant",
        "chemotherapy",
        "monoclonal antibody",
    }
)

#: A name at [start, end) of its sentence.
Named = tuple[int, int, Drug]


def without_other_senses(
    view: View, sentence: Sentence, names: list[Named], sure: frozenset[int] = frozenset()
) -> list[Named]:
    """Drop analytes, proteins and allergies, with the lists they lead ("allergic to A, B and C"), but none
    that begins where it is known to be a treatment (`sure`)."""
    kept: list[Named] = []
    dropped_end = -1
    lower, tested = sentence.lower, bool(cues(view, sentence, MICROBIOLOGY))
    for start, end, drug in names:
        if start in sure:
            kept.append((start, end, drug))
            continue
        listed = (
            dropped_end >= 0 and start - dropped_end < _SHORT_JOINT and JOIN.fits(lower, dropped_end, start)
        )
        found = before(view, sentence, NO_DRUG_BEFORE, max(0, start - _SENSE_WITHIN), start)
        if listed or (found and not _failed(lower, found, drug) and not _in_her_life(lower, found)):
            dropped_end = end
        elif not _no_drug(view, sentence, end, drug) and not _is_solvent(lower, start, drug) and not (
            tested and drug.drug_class in classes_of("antimicrobial")
        ):
            kept.append((start, end, drug))
            dropped_end = -1
    return kept


def _is_solvent(lower: str, start: int, drug: Drug) -> bool:
    """Whether a fluid is only what another drug was dissolved in ("in 200 ml of saline")."""
    dissolved = drug.drug_class == "fluid" or drug.name == "glucose"
    return dissolved and _DISSOLVED.search(lower, max(0, start - _SENSE_WITHIN), start) is not None


def _failed(lower: str, found: Cue, drug: Drug) -> bool:
    """Whether a patient's illness withstood the drug, which was taken: no germ's resistance, no hormone's."""
    withstood = lower.startswith("resistan", found.start)
    return withstood and not drug.lab and drug.drug_class in _WITHSTOOD


def _in_her_life(lower: str, found: Cue) -> bool:
    """Whether "negative for" or "positive for" is said of the patient's history, and of no finding."""
    return lower.startswith(("negative for", "positive for"), found.start) and bool(
        _HISTORY_WAS.search(lower, max(0, found.start - _SENSE_WITHIN), found.start)
    )


def _no_drug(view: View, sentence: Sentence, end: int, drug: Drug) -> bool:
    """Whether the words behind a name make it an analyte, a protein or a disease."""
    found = after(view, sentence, NO_DRUG_AFTER, end, len(sentence.lower))
    return found is not None and not (
        drug.is_class and sentence.lower[found.start : found.end] in _OF_A_CLASS
    )


def is_eaten(view: View, sentence: Sentence, drug: Drug, anchor: Anchor) -> bool:
    """Whether a nutrient is one of food and not of a prescription."""
    if not drug.lab or drug.drug_class not in classes_of("nutrient"):
        return False
    start, end = anchor.start - _EATEN_WITHIN, anchor.end + _EATEN_WITHIN
    if _within(view, sentence, DIET, start, end):
        return not _within(view, sentence, NOT_DIET, start, end)
    return _of_a_diet(view, sentence, anchor)


def _of_a_diet(view: View, sentence: Sentence, anchor: Anchor) -> bool:
    """Whether a statement on the diet goes on to what it held ("the diet was vegan ... (calcium 400 mg)")."""
    food = [c for c in cues(view, sentence, DIET) if c.end <= anchor.name_start]
    if not food or anchor.name_start - food[-1].end > _DIET_WITHIN:
        return False
    lower, since = sentence.lower, food[-1].end
    inside = lower.rfind("(", since, anchor.name_start) > lower.rfind(")", since, anchor.name_start)
    return inside and _TREATED.search(lower, since, anchor.end) is None


def _within(view: View, sentence: Sentence, book: Book, start: int, end: int) -> bool:
    return any(start <= c.start and c.end <= end for c in cues(view, sentence, book))


def is_result(view: View, sentence: Sentence, anchor: Anchor) -> bool:
    """Whether a name without a dose is followed by a laboratory's result."""
    if anchor.dose is not None:
        return False
    return _measured(view, sentence, anchor) or _follows(view, sentence, RESULT_AFTER, anchor.name_end)


def _measured(view: View, sentence: Sentence, anchor: Anchor) -> bool:
    return _follows(view, sentence, LAB_VALUE_AFTER, anchor.name_end)


def _follows(view: View, sentence: Sentence, book: Book, end: int) -> bool:
    return after(view, sentence, book, end, len(sentence.lower)) is not None


def is_treatment(view: View, sentence: Sentence, anchor: Anchor) -> bool:
    """Whether an analyte's name is a treatment here."""
    lower, dose = sentence.lower, anchor.dose
    if dose is not None and (
        _COLLECTED.match(lower, dose.end) or _COLLECTION.search(lower, 0, anchor.name_start)
    ):
        return False
    mass = dose is not None and dose.unit.partition("/")[0] in _MASS
    if dose is not None and (mass or anchor.frequency or anchor.route):
        return not _measured(view, sentence, anchor)
    if is_result(view, sentence, anchor):
        return False
    if _AS_TREATMENT.search(lower, anchor.name_start, anchor.name_end):
        return True
    if dose is not None and dose.unit in _OF_SALTS and _is_object(view, sentence, anchor, whatever=True):
        return True
    closed = anchor.name_end + lower.startswith(")", anchor.name_end)  # "growth hormone (GH) therapy"
    return _follows(view, sentence, TREATMENT_AFTER, closed) or _is_object(view, sentence, anchor)


def _is_object(view: View, sentence: Sentence, anchor: Anchor, whatever: bool = False) -> bool:
    """Whether a word of treatment stands before a name in its statement, and no laboratory's behind that
    (`whatever`: or one)."""
    since = max(0, anchor.start - _TREATED_WITHIN)
    for mark in _STATEMENT_END.finditer(sentence.lower, since, anchor.name_start):
        since = mark.end()
    last = before(view, sentence, TREATMENT_BEFORE, since, anchor.name_start)
    return last is not None and (
        whatever or not _within(view, sentence, LABORATORY, last.end, anchor.name_start)
    )
