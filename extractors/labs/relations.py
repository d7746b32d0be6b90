"""How names, values and result words of a sentence go together: rules that are code."""

from __future__ import annotations

from extractors.rules.rule import Relation

VALUE = Relation(
    "value behind name",
    "The nearest value behind a test's name is the test's.",
    says={
        "Serum calcium was 9.31 mg/dL (8.4-10.1).": {"analyte": "calcium", "value": 9.31, "flag": "normal"},
        "PTH: 12 pg/mL.": {"analyte": "parathyroid hormone", "value": 12.0, "unit": "pg/mL"},
    },
    silent=("She took calcium 1000 mg daily.", "Calcium was measured in 12 women."),
)
LIST = Relation(
    "values in a list",
    "Tests and values in two lists of equal length belong together by position.",
    says={
        "Calcium and phosphate were 9.1 and 3.2 mg/dL.": {"analyte": "phosphate", "value": 3.2},
        "ALT, AST and GGT were 20, 22 and 31 U/L, respectively.": {"value": 22.0, "unit": "U/L"},
    },
    silent=("Calcium and phosphate were 9.1, 3.2 and 4.4 mg/dL.",),
)
SERIES = Relation(
    "next value of a series",
    "Values behind a test's first one that only times and joints separate are the test's as well.",
    says={
        "PTH fell from 120 pg/mL to 45 pg/mL.": {"value": 45.0},
        "Calcium was 8.1 mg/dL at admission and 9.2 mg/dL at discharge.": {"value": 9.2},
    },
    silent=("Calcium was 8.1 mg/dL. She weighed 45 kg.",),
)
VALUE_FIRST = Relation(
    "value before name",
    "A value with its unit stands before its test (9.4 mg/dL of calcium, 80% neutrophils).",
    says={"A level of 9.4 mg/dL of calcium was found.": {"analyte": "calcium", "value": 9.4}},
    silent=("She drank 1 L of milk rich in calcium.",),
)
MEASURED_STATE = Relation(
    "state with its value",
    "A word that states a result is followed by the value that it names.",
    says={"She had hypokalaemia (2.9 mmol/L).": {"analyte": "potassium", "value": 2.9, "flag": "low"}},
    silent=("She had hypokalaemia and weighed 45 kg.",),
)
STATE = Relation(
    "state",
    "A word states a result by itself.",
    says={
        "She had hypocalcaemia.": {"analyte": "calcium", "flag": "low"},
        "There was leukocytosis.": {"analyte": "white blood cell count", "flag": "high"},
    },
    silent=("Familial hypocalciuric hypercalcaemia runs in families.", "There was no hypocalcaemia."),
)
PREDICATE = Relation(
    "word behind name",
    "A result word behind a test or a list of tests speaks of them.",
    says={
        "Her 25-hydroxyvitamin D was inadequate.": {"analyte": "25-hydroxyvitamin d", "flag": "low"},
        "TSH and free T4 were normal.": {"analyte": "thyroid stimulating hormone", "flag": "normal"},
        "At 9 months' review: ferritin decreased, TSH raised.": {"analyte": "ferritin", "flag": "low"},
        "Liver enzymes (AST, GGT) and urinalysis were normal.": {"analyte": "gamma-glutamyl transferase"},
    },
    silent=(
        "TSH was not measured.",
        "Calcium may be low in osteomalacia.",
        "A week later her ferritin decreased.",
        "The LH/FSH ratio was low.",
    ),
)
BRACKET = Relation(
    "word in brackets",
    "A result word or mark in brackets, or an arrow, stands behind a test.",
    says={"TSH (normal) and PTH (↑)": {"analyte": "parathyroid hormone", "flag": "high"}},
    silent=("TSH (Roche) was measured.",),
)
CLOSING = Relation(
    "word closing a list",
    "A clause at the end of a sentence speaks of all tests named before (all were normal).",
    says={
        "We measured TSH; PTH on admission; all these were within normal limits.": {
            "analyte": "thyroid stimulating hormone",
            "flag": "normal",
        }
    },
    silent=("We measured TSH; PTH on admission; all these were lost.",),
)
ADJECTIVE = Relation(
    "word before name",
    "A result word is the adjective of the tests behind it (low serum phosphorus).",
    says={"She had low serum phosphorus.": {"analyte": "phosphate", "flag": "low"}},
    silent=("She ate a low calcium diet.",),
)
MEMBERS = Relation(
    "word before a bracket",
    "What is said of a panel, or a state, holds for the tests in the bracket behind it.",
    says={
        "The hormonal tests were normal (TSH, ACTH, prolactin).": {"analyte": "prolactin", "flag": "normal"},
        "Pituitary function was unremarkable (IGF-1, LH, FSH).": {"analyte": "luteinizing hormone"},
    },
    silent=("The hormonal tests were normal (see Table 1).", "The scan was normal (TSH was not measured)."),
)
AS_WERE = Relation(
    "as were",
    "What was said of the tests before is said of those behind as well (as were calcium and PTH).",
    says={"25-OH vitamin D was normal, as were calcium and PTH.": {"analyte": "calcium", "flag": "normal"}},
    silent=("She was well, as were her sisters.",),
)
VERDICT = Relation(
    "verdict on tests before",
    "A sentence says that the tests which the sentence before only listed were normal.",
    says={
        "TSH, PTH and cortisol were requested. No abnormality was found except for low calcium.": {
            "analyte": "cortisol",
            "flag": "normal",
        }
    },
    silent=("TSH and cortisol were requested. No fracture was found.",),
)
UNKNOWN = Relation(
    "value of an unknown test",
    "A value with a laboratory's unit belongs to the name before it, also where no list knows it.",
    says={
        "Lipofuscin was 31 ng/mL (5-20).": {"analyte": "lipofuscin", "value": 31.0, "flag": "high"},
        "KLX-9 was 640 U/mL.": {"analyte": "klx-9", "value": 640.0},
    },
    silent=("The vial held 20 mg/mL.", "On admission 20 mg/dL was found.", "A dose of 5 mg/L was infused."),
)

#: Words that state a result by themselves, without a value.
STATES = frozenset({STATE.name})
RELATIONS = (
    VALUE, LIST, SERIES, VALUE_FIRST, MEASURED_STATE, STATE, PREDICATE, BRACKET, CLOSING, MEMBERS, ADJECTIVE,
    AS_WERE, VERDICT, UNKNOWN,
)  # fmt: skip
