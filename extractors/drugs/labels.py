"""What the labels and cells of tables say of drugs."""

from __future__ import annotations

from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import folded, lower_same_length

#: Words of a label by which an analyte's name is that of a supplement.
SUPPLEMENT_LABEL = Book(
    "drugs.supplement label",
    (
        Rule(
            "a supplement",
            r"\b(?:supplement\w*|tablets?|replacement|therapy|treatment|intake|dose|oral|injection)\b",
            says={"Vitamin D supplementation": "supplementation", "Calcium intake": "intake"},
            silent=("Calcium (mg/dl)",),
        ),
        Rule(
            "so much a day",
            r"\b(?:mg|g|µg|ug|mcg|iu|units?) ?(?:/ ?(?:d|day|wk|week)\b|per day|daily|weekly)",
            says={"Calcium (mg/day)": "mg/day", "Vitamin D, IU daily": "iu daily"},
            silent=("Calcium, mg/dl",),
        ),
    ),
    {},
    seldom=True,
)
#: Words of a label under which "yes" tells of earlier use.
EXPOSURE_LABEL = Book(
    "drugs.exposure label",
    (
        Rule(
            "exposure",
            r"\b(?:use|history|previous|prior|exposure|risk|past|ever|before|intake|during pregnancy|chronic|"
            r"long-term)\b",
            says={"Heparin use": "use", "Steroids before pregnancy": "before"},
            silent=("Used for pain",),
        ),
    ),
    {},
    seldom=True,
)
#: Words of a label under which "yes" tells of the treatment.
THERAPY_LABEL = Book(
    "drugs.therapy label",
    (
        Rule(
            "therapy",
            r"\b(?:treatment|therapy|treated|supplement\w*|follow-?up|after|given|started)\b",
            says={"Calcium given": "given", "Teriparatide treatment": "treatment"},
            silent=("Untreated",),
        ),
    ),
    {},
    seldom=True,
)
#: A cell that says no more than whether a drug was taken.
TAKEN = Book(
    "drugs.taken",
    (
        Rule(
            "not taken",
            r"^\W*(?:no|never|none|absent|negative|denied|nil|n)\W*$|^ *\(?-\) *$",
            lambda m: False,
            says={"No": False, "never.": False, "(-)": False},
            silent=("nothing known", "-"),
        ),
        Rule(
            "taken",
            r"^\W*(?:yes|present|positive|y)\W*(?:\([^()]{1,20}\))?\W*$|^ *\(?\+\)? *$|^\W*[✓√]\W*$",
            lambda m: True,
            says={"Yes (oral)": True, "+": True, "✓": True},
            silent=("yesterday",),
        ),
    ),
    {},
    seldom=True,
)
#: What a table with a drug per row has above its columns.
DRUG_HEAD = Book(
    "drugs.head",
    (
        Rule(
            "drug head",
            r"^\W*(?:(?:prescribed|current|concomitant) )?(?:drugs?|medications?|medicines?|agents?|"
            r"treatments?|therap(?:y|ies)|supplements?|substances?)(?: (?:names?|given|used))?\W*$",
            says={"Drug name": "drug name", "Medication": "medication"},
            silent=("Drug level",),
        ),
    ),
    {},
    seldom=True,
)
REGIMEN_HEAD = Book(
    "drugs.regimen head",
    (
        Rule(
            "regimen head",
            r"^\W*(?:(?:daily|total) )?(?:dos(?:e|age|ing)|regimen|route|frequency|schedule|duration|"
            r"administration)\b",
            says={"Daily dose (mg)": "daily dose", "Route": "route"},
            silent=("Onset",),
        ),
    ),
    {},
    seldom=True,
)
#: Labels of treatment in general, and what makes such a label one of its time or effect.
TREATMENT_LABEL = Book(
    "drugs.treatment label",
    (
        Rule(
            "treatment in general",
            r"\b(?:treatment|therapy|medications?|drugs?|management|supplement(?:s|ation)?|regimen)\b",
            says={"Medical treatment": "treatment", "Drugs": "drugs"},
            silent=("Treated levels",),
        ),
    ),
    {},
    seldom=True,
)
NO_TREATMENT_LABEL = Book(
    "drugs.no treatment label",
    (
        Rule(
            "its time or effect",
            r"duration|before|after|beginning|start|time|response|month|week|year|end of|outcome|day|"
            r"history of",
            says={"Response to therapy": "response", "After treatment": "after"},
            silent=("Treatment",),
        ),
        Rule(
            "before or behind it",
            r"(?:pre|post)-?treatment",
            says={"Pre-treatment BMD": "pre-treatment", "posttreatment": "posttreatment"},
            silent=("Treatment",),
        ),
    ),
    {},
    seldom=True,
)
BOOKS = (
    SUPPLEMENT_LABEL, EXPOSURE_LABEL, THERAPY_LABEL, TAKEN, DRUG_HEAD, REGIMEN_HEAD, TREATMENT_LABEL,
    NO_TREATMENT_LABEL,
)  # fmt: skip


def has(book: Book, words: str) -> bool:
    """Whether a book finds anything in a label."""
    lower = lower_same_length(folded(words))
    return any(True for _ in book.in_text(lower, lower))


def taken(body: str) -> bool | None:
    """Whether a cell says that a drug was taken, None where it says something else."""
    lower = lower_same_length(folded(body))
    told: list[bool] = [found.read() for found in TAKEN.in_text(lower, lower)]
    return told[0] if told else None
