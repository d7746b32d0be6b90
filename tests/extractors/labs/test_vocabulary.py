# ruff: noqa: E501 (one family of cases a line)
from __future__ import annotations

import pytest

from extractors.labs.results import result_words_in
from extractors.labs.vocabulary import ANALYTES, STATES, analytes, find_names, units_fit


def names(text: str) -> list[str]:
    return [h.term.analyte.name for h in find_names(text, text.lower())]


@pytest.mark.parametrize(
    "text",
    [
        "25(OH)D", "25-OH-D3", "25OHD", "25-OHD", "25 OH D", "25(OH)D3", "25-hydroxyvitamin D", "25 hydroxy vitamin D",
        "25-hydroxy-vitamin D3", "25-OH vitamin D", "25(OH) vitamin D3", "25(OH)Vitamin D3", "25-OH-Vit D3", "25- OHD3",
        "25-hydroxycholecalciferol", "calcidiol", "25-hydroxyvitamin-D", "vitamin D", "25-OHD2",
    ],
)  # fmt: skip
def test_vocabulary_knows_25_hydroxyvitamin_d(text: str) -> None:
    assert names(f"Serum {text} was low") == ["25-hydroxyvitamin d"]


@pytest.mark.parametrize(
    "text",
    [
        "1,25(OH)2D", "1,25-(OH)2D3", "1,25(OH)2 vitamin D", "1,25-dihydroxyvitamin D", "1,25-dihydroxy vitamin D3",
        "1α,25(OH)2D3", "1,25-dihydroxycholecalciferol", "1.25(OH)2D",
    ],
)  # fmt: skip
def test_vocabulary_knows_1_25_dihydroxyvitamin_d(text: str) -> None:
    assert names(f"Serum {text} was low") == ["1,25-dihydroxyvitamin d"]


@pytest.mark.parametrize(
    ("text", "analyte"),
    [
        ("β-CTX", "ctx"), ("beta-CrossLaps", "ctx"), ("PINP", "p1np"), ("TRACP-5b", "trap-5b"), ("TRAP 5b", "trap-5b"),
        ("DPD", "deoxypyridinoline"), ("ucOC", "undercarboxylated osteocalcin"), ("BSAP", "bone alkaline phosphatase"),
        ("BALP", "bone alkaline phosphatase"), ("iPTH", "parathyroid hormone"), ("PTHrP", "parathyroid hormone-related peptide"),
        ("haemoglobin", "hemoglobin"), ("sedimentation rate", "erythrocyte sedimentation rate"), ("oestradiol", "estradiol"),
        ("anti-CCP", "anti-cyclic citrullinated peptide antibodies"), ("full blood count", "complete blood count"),
        ("tumour markers", "tumor markers"), ("ionised calcium", "ionized calcium"), ("FGF-23", "fgf23"), ("γ-GT", "gamma-glutamyl transferase"),
    ],
)  # fmt: skip
def test_vocabulary_knows_aliases(text: str, analyte: str) -> None:
    assert names(f"The {text} was measured") == [analyte]


@pytest.mark.parametrize("text", ["cacao", "a phone", "ALPine", "Tested", "circa 9", "pth", "na"])
def test_vocabulary_takes_whole_words_in_their_case(text: str) -> None:
    assert names(text) == []


def test_vocabulary_names_are_lower_case_and_sourced() -> None:
    rows = ANALYTES.rows
    assert len(rows) > 300
    for row in rows:
        assert row["analyte"] == row["analyte"].lower()
        assert row["source"]
    assert len({row["analyte"] for row in rows}) == len(rows)
    assert {row["analyte"] for row in STATES.rows} <= set(analytes())


def test_vocabulary_has_no_alias_twice() -> None:
    seen: dict[str, str] = {}
    for row in ANALYTES.rows:
        for column in ("aliases", "exact", "symbols"):
            for alias in filter(None, row[column].split("|")):
                key = alias.lower() if column == "aliases" else alias
                assert seen.setdefault(key, row["analyte"]) == row["analyte"], key


@pytest.mark.parametrize(
    ("analyte", "unit", "kind", "urine", "fits"),
    [
        ("calcium", "mg/dL", "mass", False, True),
        ("calcium", "mg", "mass", False, False),
        ("calcium", "mg/day", "mass", False, False),
        ("calcium", "mg/day", "mass", True, True),
        ("calcium", "%", "ratio", False, False),
        ("calcium", "g/cm2", "mass", False, False),
        ("25-hydroxyvitamin d", "IU", "activity", False, False),
        ("calcitonin", "IU/kg", "activity", False, False),
        ("hematocrit", "%", "ratio", False, True),
        ("erythrocyte sedimentation rate", "mm/h", "length", False, True),
        ("complete blood count", "mg/dL", "mass", False, False),
        ("osmolality", "mOsm/kg", "amount", False, True),
    ],
)
def test_units_fit(analyte: str, unit: str, kind: str, urine: bool, fits: bool) -> None:
    assert units_fit(analytes()[analyte], unit, kind, urine) is fits


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("within normal limits", "normal"), ("in the reference range", "normal"), ("unremarkable", "normal"),
        ("twice the upper limit of normal", "high"), ("2.5 times the upper limit of normal", "high"), ("above the normal range", "high"),
        ("below the reference range", "low"), ("not elevated", "normal"), ("returned to normal", "back"), ("normalised", "back"),
        ("at the lower limit of normal", "normal"), ("suppressed", "changed-low"), ("deficient", "low"), ("negative", "negative"),
        ("without abnormalities", "normal"), ("undetectable", "low"), ("low-normal", "normal"), ("showed no abnormalities", "clean"),
        ("inconspicuous", "normal"), ("wnl", "normal"), ("to within the normal range", "back"), ("no evidence of monoclonal band", "none"),
    ],
)  # fmt: skip
def test_result_words(text: str, kind: str) -> None:
    assert result_words_in(f"it was {text}.")[0].kind == kind
