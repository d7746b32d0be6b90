"""The tables: every column once, with type, unit and meaning.

CSV headers, validation, `datapackage.json` and the data dictionary all come from here. The
contract with analysts: names and meanings below never change without a new major version;
columns may be added at the end of a table's own columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

ISCD = "ISCD Official Positions (Adult), 2019"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is Frictionless's, `unit` a printed unit or "", `values` an enumeration."""

    name: str
    type: str
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: its columns in order, what a row is, and the primary key."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The CSV header."""
        return tuple(c.name for c in self.columns)


def _s(name: str, description: str, **more: object) -> Column:
    return Column(name, "string", description, **more)  # type: ignore[arg-type]


def _n(name: str, description: str, **more: object) -> Column:
    return Column(name, "number", description, **more)  # type: ignore[arg-type]


def _i(name: str, description: str, **more: object) -> Column:
    return Column(name, "integer", description, **more)  # type: ignore[arg-type]


PHASES = ("baseline", "follow-up", "history")
_DOC = _s("doc_id", "Key of the paper: the file's path under the raw folder as a slug", required=True)
_CASE = _s("case_id", "Key of the patient: <doc_id>-<n>, n in order of first appearance", required=True)
_PHASE = _s(
    "phase", "Whether the statement is about the first presentation, a later visit or earlier history"
)
_BMD_LAB_PHASE = replace(_PHASE, values=PHASES[:2])
_PREGNANCY = _i("pregnancy", "Which pregnancy of the patient it belongs to, where the text tells")
_TIME_TEXT = _s("time_text", "When it was, in the paper's words")
_MONTHS = _n(
    "months_from_delivery",
    "When it was, counted from delivery (negative before), where it can be worked out",
    unit="month",
)

PROVENANCE: tuple[Column, ...] = (
    _s("record_id", "Stable key of the row", required=True),
    _s("source", "Part of the paper", values=("text", "table", "caption", "title", "abstract")),
    _s("section", "Nearest heading above the words"),
    _i("page", "Page of the PDF, from 1"),
    _i("start", "First character of the quote in text/<doc_id>.txt, from 0", required=True),
    _i("end", "Character after the last one of the quote", required=True),
    _s("quote", "The words that carry the value: exactly text[start:end]", required=True),
    _s("extractor", "The rule that found it: component/rule", required=True),
    _n("confidence", "How sure the row is, 0 to 1 (see docs/accuracy.md)", required=True),
)

STATUS = ("given", "prior", "planned", "denied", "stopped")
FLAGS = ("low", "normal", "high")

#: of documents.csv; docs/formats.md says what each is
FORMATS = ("pdf", "text", "jats", "medline", "html", "json", "docx", "wos", "refworks", "bibtex", "endnote",
           "ovid", "csv", "references")

DOCUMENTS = TableSchema(
    "documents",
    "input file (or record of a file with several), failed ones included",
    (
        _DOC,
        _s("path", "Path relative to the raw folder", required=True),
        _s("sha256", "SHA-256 of the file's bytes"),
        _s("format", "What the content is", values=FORMATS),
        _s("title", "Title of the paper"),
        _s("authors", "Authors as printed, separated by '; '"),
        _s("journal", "Journal as printed"),
        _i("year", "Year of publication"),
        _s("doi", "Digital Object Identifier, lower case, without resolver"),
        _s("pmid", "PubMed identifier"),
        _s("pmcid", "PubMed Central identifier with the prefix PMC"),
        _s("language", "Language of the body, ISO 639-1"),
        _s("coverage", "How much of the paper there is", values=("full_text", "abstract", "metadata")),
        _i("pages", "Pages of a PDF"),
        _i("characters", "Characters of the normalised text"),
        _i("cases", "Patients described individually"),
        _s("status", "Whether it was read", values=("ok", "warning", "failed"), required=True),
        _s("message", "Why it failed, or what needs a look"),
    ),
    ("doc_id",),
)

CASES = TableSchema(
    "cases",
    "patient described as an individual case",
    (
        _DOC,
        _CASE,
        _s("label", "The patient's label as printed (Case 1, patient 2, ...)"),
        _n("age_years", "Age at presentation, decimal; empty where only a decade is told", unit="year"),
        _s("age_text", "The age in the paper's words"),
        _s("sex", "Sex", values=("F", "M")),
        _i("gravida", "Pregnancies so far, the present one included"),
        _i("para", "Deliveries so far"),
        _n("height_cm", "Body height", unit="cm"),
        _n("weight_kg", "Body weight", unit="kg"),
        _n("bmi", "Body mass index as stated, not calculated", unit="kg/m2"),
        *PROVENANCE,
    ),
    ("case_id",),
)

ONSET = TableSchema(
    "onset",
    "stated time of a first or worsening symptom",
    (
        _DOC,
        _CASE,
        _s("symptom", "The symptom in the paper's words"),
        _s("anchor", "What the time is told relative to", values=("delivery", "gestation")),
        _PREGNANCY,
        _i(
            "days_from_delivery_min",
            "Earliest day, signed: negative before delivery (taken at 40 weeks)",
            unit="day",
        ),
        _i(
            "days_from_delivery_max",
            "Latest day, signed; equal to the earliest for an exact statement",
            unit="day",
        ),
        *PROVENANCE,
    ),
    ("record_id",),
)

FRACTURES = TableSchema(
    "fractures",
    "fractured vertebral level, or other fracture site, of a patient",
    (
        _DOC,
        _CASE,
        _s("site", "Bone or region (vertebra, sacrum, rib, femoral neck, ...)", required=True),
        _s("level", "Vertebral level C1..C7, T1..T12, L1..L5, S1..S5; empty where none is told"),
        _s("side", "Side of the body", values=("left", "right", "bilateral")),
        _s("kind", "Kind of fracture in the paper's words (compression, wedge, insufficiency, ...)"),
        _s("modality", "Imaging that showed it (radiograph, mri, ct, bone scan, dxa)"),
        replace(_PHASE, values=PHASES),
        *PROVENANCE,
    ),
    ("record_id",),
)

BMD = TableSchema(
    "bmd",
    "bone-density measurement: one measure at one site at one time",
    (
        _DOC,
        _CASE,
        _s(
            "site",
            "Skeletal site (lumbar spine, femoral neck, total hip, ...); terms: " + ISCD,
            required=True,
        ),
        _s("region", "Vertebrae measured, as L2-L4"),
        _s("measure", "What was measured", values=("bmd", "t_score", "z_score", "bmd_change"), required=True),
        _n("value", "The value", required=True),
        _s("unit", "Unit of the value (g/cm2, SD, %)"),
        _BMD_LAB_PHASE,
        _TIME_TEXT,
        _MONTHS,
        _PREGNANCY,
        *PROVENANCE,
    ),
    ("record_id",),
)

LABS = TableSchema(
    "labs",
    "laboratory result, numeric or qualitative",
    (
        _DOC,
        _CASE,
        _s("analyte", "Canonical lower-case name", required=True),
        _s("specimen", "serum, plasma, urine, ...; empty where not told"),
        _s(
            "comparator",
            "= or, for a value beyond the assay's range, < > <= >=",
            values=("=", "<", ">", "<=", ">="),
        ),
        _n("value", "The value; empty for a qualitative result"),
        _s("unit", "Unit as printed, its symbols normalised"),
        _n("value_si", "The value in the SI unit, where the conversion has a source"),
        _s("unit_si", "The SI unit"),
        _n("ref_low", "Lower reference limit printed beside it, in the value's unit"),
        _n("ref_high", "Upper reference limit printed beside it, in the value's unit"),
        _s("flag", "As stated, else from the printed reference range", values=FLAGS),
        _BMD_LAB_PHASE,
        _TIME_TEXT,
        _MONTHS,
        _PREGNANCY,
        *PROVENANCE,
    ),
    ("record_id",),
)

DRUGS = TableSchema(
    "drugs",
    "drug or supplement and its regimen, with whether it was really given",
    (
        _DOC,
        _CASE,
        _s("drug", "Generic ingredient in lower case, or a class where only that is named", required=True),
        _s("drug_class", "Class of the drug"),
        _s("status", "Whether it was really given", values=STATUS, required=True),
        _n("dose", "Amount per intake"),
        _s("dose_unit", "Unit of the dose (mg, ug, g, IU, ...)"),
        _s("frequency", "How often (daily, twice daily, weekly, monthly, once, ...)"),
        _s("route", "How it was given (oral, intravenous, subcutaneous, ...)"),
        _s("duration_text", "How long, in the paper's words"),
        replace(_PHASE, values=PHASES),
        _PREGNANCY,
        *PROVENANCE,
    ),
    ("record_id",),
)

SUMMARY = TableSchema(
    "summary",
    "patient, wide: one line per case for a review's table 1",
    (
        _DOC,
        _CASE,
        _s("authors", "First author, et al."),
        _i("year", "Year of publication"),
        _s("label", "The patient's label as printed"),
        _n("age_years", "Age at presentation", unit="year"),
        _s("sex", "Sex", values=("F", "M")),
        _i("gravida", "Pregnancies so far"),
        _i("para", "Deliveries so far"),
        _n("bmi", "Body mass index", unit="kg/m2"),
        _s("onset_days", "Days from delivery to each stated onset, `min..max` where vague, '; ' between"),
        _i("n_vertebral_fractures", "Number of distinct fractured vertebral levels"),
        _s("vertebral_levels", "Fractured levels, '; ' between"),
        _s("other_fractures", "Other fracture sites, '; ' between"),
        _n("lumbar_t_score", "Lowest lumbar T-score at baseline", unit="SD"),
        _n("lumbar_z_score", "Lowest lumbar Z-score at baseline", unit="SD"),
        _n("hip_t_score", "Lowest hip or femoral neck T-score at baseline", unit="SD"),
        _n("hip_z_score", "Lowest hip or femoral neck Z-score at baseline", unit="SD"),
        _s("labs_abnormal", "Analytes flagged low or high at baseline, '; ' between"),
        _s("drugs_given", "Drugs given, '; ' between"),
        _s("drugs_prior", "Drugs taken before, '; ' between"),
        _s(
            "duplicate_of",
            "case_id of the same patient in another file of the same paper; such rows are not counted",
        ),
    ),
    ("case_id",),
)

#: Fact tables in the order of the contract.
FACT_TABLES = (CASES, ONSET, FRACTURES, BMD, LABS, DRUGS)
TABLES = (DOCUMENTS, *FACT_TABLES, SUMMARY)
BY_NAME = {table.name: table for table in TABLES}
