"""LOINC and UCUM codes of results.

loinc_names.csv holds LOINC's long common name of each code that is used, as read in public extracts of LOINC
(its top 2000 in SI units, mapping tables of laboratories, FHIR value sets).
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from extractors.labs.codes import LOINC, codes
from extractors.labs.si import SI
from extractors.labs.vocabulary import analytes
from extractors.language.dimension import dimension
from extractors.language.ucum import UCUM, ucum

#: The grammar of UCUM as far as it is used here: units with a prefix, annotations, powers of ten, a divisor
#: in brackets.
_UNIT = r"(?:[munpfkM]?(?:g|mol|L|U|kat|eq|osm|Pa|m\[Hg\]|m\d?|\[IU\])|[dc]?(?:L|m\d?)|h|d|wk|mo|a|min|s|%"
_UNIT += r"|\[[A-Za-z]+(?:'U)?\])"
_PART = rf"(?:{_UNIT}(?:\{{[A-Za-z]+\}})?|\{{[\w.]+\}}|\((?:\d+\.)h\)|10\*\d+)"
_CODE = re.compile(rf"(?:{_PART})?(?:/{_PART})*")
#: What a LOINC name says of a unit with the dimension.
_PROPERTIES = {
    "mass/volume": r"\[(?:Entitic )?Mass/volume\]",
    "amount/volume": r"\[Moles/volume\]",
    "charge/volume": r"\[Moles/volume\]",
    "activity/volume": r"\[(?:Units|Enzymatic activity)/volume\]",
    "count/volume": r"\[#/volume\]",
    "mass/day": r"\[Mass/time\] in 24 hour",
    "amount/day": r"\[Moles/time\] in 24 hour",
    "pressure": r"\[Partial pressure\]",
    "mass/mass": r"\[Mass(?: Ratio|/mass)\]",
    "mass/amount": r"\[Ratio\]",
    "volume": r"\[Entitic mean volume\]",
    "mass": r"\[Entitic mass\]",
    "amount/mass": r"Osmolality",
    "ratio": r"/|[Ff]raction|Ratio",
    "amount/amount": r"\[Molar ratio\]|A1c/",
}
_SPECIMENS = {
    "serum or plasma": r"(?:in|of) Serum or Plasma",
    "serum": r"in Serum",
    "serum told": r"in Serum",
    "plasma": r"in (?:Platelet poor plasma|Plasma)|Prothrombin time \(PT\)$",
    "blood": r"in Red Blood Cells|(?:in|of) (?:Arterial b|B)lood|^Erythrocyte|Entitic",
    "urine": r"(?:in|of) (?:24 hour )?Urine",
    "csf": r"in Cerebral spinal fluid",
    "stool": r"in Stool",
}


def _row(analyte: str, unit: str, specimen: str = "", quote: str = "", value: str = "4") -> dict[str, str]:
    return {"analyte": analyte, "unit": unit, "specimen": specimen, "quote": quote, "value": value}


def _is_checked(code: str) -> bool:
    """LOINC's check digit: Luhn's (modulus 10)."""
    number, _, digit = code.partition("-")
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(number)))
    return (10 - sum(n - 9 if n > 9 else n for n in doubled) % 10) % 10 == int(digit)


@pytest.mark.parametrize(
    ("analyte", "unit", "specimen", "loinc"),
    [
        ("calcium", "mg/dL", "", "17861-6"),
        ("calcium", "mmol/L", "serum", "2000-8"),
        ("sodium", "mEq/L", "plasma", "2951-2"),
        ("parathyroid hormone", "pg/mL", "", "2731-8"),
        ("parathyroid hormone", "pmol/L", "", "14866-8"),
        ("bone alkaline phosphatase", "ug/L", "", "17838-4"),
        ("bone alkaline phosphatase", "U/L", "", "1777-2"),
        ("urinary calcium", "mg/24 h", "urine", "6874-2"),
        ("urinary calcium", "mmol/day", "urine", "14637-3"),
        ("platelet count", "/mm3", "blood", "26515-7"),
        ("neutrophils", "%", "", "26511-6"),
        ("hemoglobin a1c", "mmol/mol", "", "59261-8"),
        ("glucose", "mg/dL", "csf", "2342-4"),
        ("international normalized ratio", "", "", "6301-6"),
        ("thyroid stimulating hormone", "mU/L", "", "3016-3"),
    ],
)
def test_the_test_is_coded_by_what_was_measured_in_which_specimen(
    analyte: str, unit: str, specimen: str, loinc: str
) -> None:
    assert codes(_row(analyte, unit, specimen))["analyte_loinc"] == loinc


@pytest.mark.parametrize(
    "row",
    [
        _row("calcium", ""),
        _row("calcium", "", value=""),
        _row("calcium", "mg/dL", "blood"),
        _row("calcium", "mg/dL", quote="hypocalcaemia was corrected, calcium 8.8 mg/dL"),
        _row("25-hydroxyvitamin d", "ng/mL", quote="25(OH)D3 of 11 ng/mL"),
        _row("cortisol", "ug/dL", quote="cortisol after 1 mg of dexamethasone 1.1 ug/dL"),
        _row("glucose", "mg/dL", quote="glucose two hours after the load 188 mg/dL"),
        _row("troponin", "ng/mL", quote="troponin 0.4 ng/mL"),
        _row("troponin", "ng/mL", quote="hs-troponin T 14 ng/L"),
        _row("troponin", "ng/mL", quote="troponin T and troponin I 0.4 ng/mL"),
        _row("ph", "", quote="pH 7.4"),
        _row("ntx", "nmolBCE/L", quote="NTX 18 nmol BCE/L"),
        _row("ionized calcium", "mmol/L"),  # in blood or in serum
        _row("urinary calcium", "mg", "urine"),
        _row("a test that no list knows", "mg/dL"),
    ],
    ids=lambda row: f"{row['analyte']} {row['unit']} {row['specimen']}",
)
def test_a_test_that_is_not_fixed_has_no_code(row: dict[str, str]) -> None:
    assert codes(row)["analyte_loinc"] == ""


@pytest.mark.parametrize(
    ("row", "loinc"),
    [
        (_row("calcium", "mg/dL", quote="Albumin-corrected calcium was 8.8 mg/dL"), "46099-8"),
        (_row("calcium", "mmol/L", quote="adjusted calcium 2.36 mmol/L"), "29265-6"),
        (_row("glucose", "mg/dL", quote="fasting glucose 88 mg/dL"), "1558-6"),
        (_row("troponin", "ng/mL", quote="cardiac troponin T, 21 ng/ml"), "6598-7"),
        (_row("troponin", "ug/L", quote="elevated troponin I (111 ug/L)"), "10839-9"),
        (_row("human chorionic gonadotropin", "IU/L", quote="β-hCG 12 IU/L"), "21198-7"),
        (_row("human chorionic gonadotropin", "IU/L", quote="hCG 12 IU/L"), "19080-1"),
        (_row("ph", "", quote="arterial pH 7.21"), "2744-1"),
        (_row("po2", "mmHg", quote="PaO2 at 131 mmHg"), "2703-7"),
        (_row("po2", "mmHg", quote="pO2 of 57 mmHg"), "11556-8"),
        (_row("ntx", "nmolBCE/L", "serum", "NTX 18 nmol BCE/L"), "21215-9"),
    ],
    ids=lambda value: value if isinstance(value, str) else value["quote"],
)
def test_words_of_the_result_tell_which_test_it_was(row: dict[str, str], loinc: str) -> None:
    assert codes(row)["analyte_loinc"] == loinc


def test_every_loinc_code_has_its_check_digit_and_the_name_that_loinc_gives_it() -> None:
    with Path(__file__).with_name("loinc_names.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    for row in LOINC.rows:
        assert _is_checked(row["loinc"]), row
        assert row["source"] == f"LOINC: {names.get(row['loinc'])}", row
    assert names.keys() == {row["loinc"] for row in LOINC.rows}
    assert not _is_checked("17861-5")


def test_every_loinc_name_fits_the_dimension_and_the_specimen() -> None:
    for row in LOINC.rows:
        name = row["source"].removeprefix("LOINC: ")
        assert re.search(_PROPERTIES.get(row["dimension"], ""), name), row
        assert re.search(_SPECIMENS[row["specimen"]], name), row


@pytest.mark.parametrize(
    ("unit", "of", "code"),
    [
        ("mg/dL", (), "mg/dL"),
        ("mg/100mL", (), "mg/dL"),
        ("mEq/L", (), "meq/L"),
        ("10^9/L", (), "10*9/L"),
        ("/mm3", (), "/mm3"),
        ("mg/24 h", (), "mg/(24.h)"),
        ("g/day", (), "g/d"),
        ("nmolBCE/mmolCr", (), "nmol{BCE}/mmol{creat}"),
        ("mL/min/1.73m2", (), "mL/min/{1.73_m2}"),
        ("U/L", ("enzyme",), "U/L"),
        ("mU/L", ("insulin",), "m[IU]/L"),
        ("U/mL", ("kl-6", "marker"), ""),
        ("IU/L", (), "[IU]/L"),
        ("g/cm2", (), "g/cm2"),
        ("SD", (), "{SD}"),
        ("RU/mL", (), ""),
        ("", (), ""),
    ],
)
def test_units_have_the_code_of_their_parts(unit: str, of: tuple[str, ...], code: str) -> None:
    assert ucum(unit, *of) == code


def test_every_unit_that_is_converted_has_a_code_that_ucum_can_read() -> None:
    for row in SI.rows:
        for analyte in row["analyte"].split("|"):
            for unit in (*row["unit"].split("|"), row["si_unit"]):
                code = ucum(unit, analyte, analytes()[analyte].kind)
                assert code, (analyte, unit)
                assert _CODE.fullmatch(code), code
    for row in UCUM.rows:
        assert _CODE.fullmatch(row["ucum"]), row
    assert not _CODE.fullmatch("mg/24 h")
    assert not _CODE.fullmatch("ug/mL{")


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [
        ("mg/dL", "mass/volume"),
        ("mmol/24 h", "amount/day"),
        ("10^9/L", "count/volume"),
        ("/mm3", "count/volume"),
        ("KA/100mL", "activity/volume"),
        ("mm/h", "length/time"),
        ("something/L", ""),
        ("", ""),
    ],
)
def test_a_unit_measures_what_its_parts_do(unit: str, kinds: str) -> None:
    assert dimension(unit) == kinds
