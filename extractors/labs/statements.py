"""What whole sentences say of tests: general statements, hedges, verdicts on a list, requests, exceptions."""

from __future__ import annotations

from extractors.labs.words import slots
from extractors.rules.book import Book
from extractors.rules.rule import Rule

#: Anywhere in a sentence these make its statements general.
GENERAL = Book(
    "labs.general",
    (
        Rule(
            "general statement",
            r"\b{general}\b|\bplays? ",
            says={
                "Calcium plays a role in bone.": "plays ",
                "Low vitamin D is associated with fractures.": "is associated",
                "PTH contributes to bone loss.": "contributes to",
            },
            silent=("PTH was associated with a mass.", "She studied law."),
        ),
        Rule(
            "definition of a disease",
            r"\bis an? (?:[\w-]+ ){0,6}"
            r"(?:disease|disorder|syndrome|condition|entity|illness|[a-z]{3,}(?:pathy|itis|osis|emia))"
            r" (?:(?:which|that) is )?(?:characteri[sz]ed|defined|marked) by\b",
            says={
                "TTP is a rare syndrome defined by thrombocytopenia.": "is a rare syndrome defined by",
                "This is a stress-related cardiomyopathy characterized by a high troponin.": (
                    "is a stress-related cardiomyopathy characterized by"
                ),
            },
            silent=("The picture was characterised by a high CRP.", "She is a nurse."),
        ),
        Rule(
            "usual manifestation",
            r"\bis (?:the|an?|one of the) (?:[\w-]+ ){0,3}"
            r"(?:manifestation|complication|feature|cause|symptom|sign|consequence|side effect)s?\b"
            r"(?! in (?:this|our|the) (?:patient|case))",
            says={
                "Anaemia is the most frequent manifestation.": "is the most frequent manifestation",
                "Hyponatraemia is a common complication of surgery.": "is a common complication",
            },
            silent=("The cause was hypercalcaemia.", "Anaemia was the first sign."),
        ),
        Rule(
            "studies of others",
            r"\b{studies of others} (?:[\w-]+ )?studies\b"
            r"|\bstudies (?:have|has|suggest\w*|indicate\w*|on|of|in|by|report\w*|\w+ that)\b",
            says={
                "Several studies found a low calcium.": "several studies",
                "Studies showed that calcium was low.": "studies showed that",
            },
            silent=("Laboratory studies showed a low calcium.", "Thyroid studies were normal."),
        ),
    ),
    slots("general", "studies of others"),
)
#: Words that make a clause a general one or a plan, whatever the rest says.
HEDGES = Book(
    "labs.hedges",
    (
        Rule(
            "no result",
            r"\b{no result}\b",
            says={"Calcium may be low.": "may", "If PTH is high": "if", "the target was normal": "target"},
            silent=("Calcium was low.", "It was high in the mayor."),
        ),
    ),
    slots("no result"),
)

_SLOTS = slots("laboratory") | {
    "tests": r"(?:(?:the|other|these) |above[ -]?(?:mentioned )?)?(?:{laboratory} ){0,3}",
    "these": r"(?:all|these|those|the|all of these|all of them|all these|all the|other)",
}
#: What clears the tests that the sentence before listed.
VERDICTS = Book(
    "labs.verdicts",
    (
        Rule(
            "no abnormality found",
            r"\bno (?:other )?(?:(?:significant|relevant|pathological|further) )?"
            r"(?:abnormal(?:ity|ities|(?: findings?| values?| results?))|patholog(?:y|ies)|deviations?)\b"
            r"[^.;]{0,60}",
            says={"No abnormality was found.": "no abnormality was found"},
            silent=("No fracture was found.", "abnormal findings"),
        ),
        Rule(
            "all were normal",
            r"\b{these} (?:of (?:these|them|which) )?{tests}(?:were|was|came back|yielded|gave) "
            r"(?:all |found (?:to be )?|otherwise )?"
            r"(?:normal|unremarkable|negative|(?:with)?in (?:the )?(?:normal|reference) \w+)",
            says={
                "All these tests were within normal limits.": "all these tests were within normal limits",
                "All the blood tests came back normal": "all the blood tests came back normal",
            },
            silent=("All these tests were abnormal.", "The scan was normal."),
        ),
        Rule(
            "none was abnormal",
            r"\bnone of (?:these|them|the)\b[^.;]{0,40}\babnormal",
            says={"None of these tests was abnormal.": "none of these tests was abnormal"},
            silent=("None of these was normal.",),
        ),
    ),
    _SLOTS,
)
#: What makes a sentence with tests a list of what was asked for.
REQUESTS = Book(
    "labs.requests",
    (
        Rule(
            "tests requested",
            r"\b{requested}\b",
            says={"TSH was requested.": "requested", "We analysed calcium.": "analysed"},
            silent=("TSH was normal.",),
        ),
    ),
    slots("requested"),
)
#: Behind these words stand the exceptions of a verdict.
EXCEPTIONS = Book(
    "labs.exceptions",
    (
        Rule(
            "except for",
            r"\b{except}\b",
            says={"All were normal except for calcium.": "except", "apart from PTH": "apart from"},
            silent=("other tests", "She took exception."),
        ),
    ),
    slots("except"),
)
BOOKS = (GENERAL, HEDGES, VERDICTS, REQUESTS, EXCEPTIONS)
