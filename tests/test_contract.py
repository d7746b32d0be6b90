"""The tables have every column of the contract, and docs/additions.md lists what they have beyond it."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline import schema
from pipeline.schema import TABLES
from pipeline.write import about

PROJECT = Path(__file__).resolve().parents[1]
PROVENANCE = "record_id source section page start end quote extractor confidence"
#: What the contract fixes; it names summary.csv without columns.
CONTRACT = {
    "documents": "doc_id path sha256 format title authors journal year doi pmid pmcid language coverage "
    "pages characters cases status message",
    "cases": f"doc_id case_id label age_years age_text sex gravida para height_cm weight_kg bmi {PROVENANCE}",
    "onset": "doc_id case_id symptom anchor pregnancy days_from_delivery_min days_from_delivery_max "
    f"{PROVENANCE}",
    "fractures": f"doc_id case_id site level side kind modality phase {PROVENANCE}",
    "bmd": "doc_id case_id site region measure value unit phase time_text months_from_delivery pregnancy "
    f"months_from_treatment {PROVENANCE}",
    "labs": "doc_id case_id analyte specimen comparator value unit value_si unit_si ref_low ref_high flag "
    f"phase time_text months_from_delivery pregnancy months_from_treatment {PROVENANCE}",
    "drugs": "doc_id case_id drug drug_class status dose dose_unit frequency route duration_text phase "
    f"pregnancy {PROVENANCE}",
    "history": f"doc_id case_id factor status detail value unit relative pregnancy {PROVENANCE}",
    "pregnancies": "doc_id case_id pregnancy outcome delivery_mode gestation_days infants infant_weight_g "
    f"breastfeeding breastfeeding_days weaned_days_from_delivery recurrence {PROVENANCE}",
    "procedures": f"doc_id case_id procedure status levels time_text months_from_delivery {PROVENANCE}",
    "course": "doc_id case_id outcome status value unit time_text months_from_delivery months_from_treatment "
    f"{PROVENANCE}",
}
#: a table that the contract does not have, or one without columns there: documented as a whole
WHOLE = {"summary", "unread"}


def test_contract_every_column_is_there_in_its_order() -> None:
    for table, columns in CONTRACT.items():
        there = [name for name in schema.BY_NAME[table].header if name in columns.split()]
        assert there == columns.split(), table


def test_contract_additions_are_listed() -> None:
    page = (PROJECT / "docs/additions.md").read_text(encoding="utf-8")
    listed: set[tuple[str, str]] = set()
    for line in re.findall(r"^\| (.+) \| (`.+`) \| .+ \|$", page.partition("## Files")[0], re.MULTILINE):
        tables = re.findall(r"`(\w+)`", line[0])
        if line[0].startswith("every table with provenance"):
            tables += [table.name for table in TABLES if "record_id" in table.header]
        listed |= {(table, column) for table in tables for column in re.findall(r"`(\w+)`", line[1])}
    added = {
        (table.name, column)
        for table in TABLES
        if table.name not in WHOLE
        for column in table.header
        if column not in CONTRACT[table.name].split()
    }
    assert listed - {("summary", "duplicate_of")} == added
    assert {table.name for table in TABLES} - WHOLE == CONTRACT.keys()
    assert f"`{about.NAME}`" in page and "`unread.csv`" in page
    unread = page.partition("| `unread.csv` |")[2].partition("\n")[0]
    assert re.findall(r"`(\w+)`", unread) == list(schema.BY_NAME["unread"].header)
    formats = next(column for column in schema.BY_NAME["documents"].columns if column.name == "format").values
    assert all(f"`{name}`" in page for name in formats[6:])


def test_contract_every_column_says_what_it_means_and_every_table_is_in_the_readme() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"`{table.name}.csv`" in readme
        for column in table.columns:
            assert len(column.description) > 2, (table.name, column.name)
