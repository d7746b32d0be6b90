"""`datapackage.json`: every table, column, type, unit and meaning, made from the schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.schema import FACT_TABLES, TABLES, TEXTS, Column, TableSchema
from pipeline.version import VERSION

NAME = "datapackage.json"
#: in an output folder, what holds Parquet tables
FOLDER = "tables"
#: the column that folders are named by: it is in no file, or pandas would find it twice, and of two types
PARTITION = "year"
#: the year of papers without one: what Hive writes there, pandas cannot read
NO_YEAR = 0
_PART = re.compile(rf"{FOLDER}/[a-z_]+/{PARTITION}=-?[0-9]+/part-[0-9]+-[0-9a-f]+\.parquet")
#: what a Data Package says of files: CSV as this program writes it, Parquet
_CSV: dict[str, Any] = {
    "profile": "tabular-data-resource",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {
        "delimiter": ",",
        "lineTerminator": "\n",
        "quoteChar": '"',
        "doubleQuote": True,
        "header": True,
    },
}
_PARQUET: dict[str, Any] = {
    "profile": "data-resource",
    "format": "parquet",
    "mediatype": "application/vnd.apache.parquet",
    "partitionedBy": [PARTITION],
}
#: terminologies whose codes and names stand in the tables, with the notices that their licences ask for
_SOURCES = (
    {"title": "Papers, as the table of documents lists them"},
    {
        "title": "LOINC",
        "path": "https://loinc.org",
        "notice": "This material contains content from LOINC (https://loinc.org). LOINC is copyright © "
        "Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) "
        "Committee and is available at no cost under the license at https://loinc.org/license. LOINC® is a "
        "registered United States trademark of Regenstrief Institute, Inc.",
    },
    {"title": "UCUM, copyright © Regenstrief Institute, Inc.", "path": "https://ucum.org/license"},
    {
        "title": "ATC, WHO Collaborating Centre for Drug Statistics Methodology, Oslo",
        "path": "https://atcddd.fhi.no/atc_ddd_index/",
    },
    {"title": "UBERON, CC BY 3.0", "path": "https://uberon.github.io"},
)


def datapackage(parts: Mapping[str, Sequence[str]] | None = None) -> str:
    """The Frictionless Data Package (specs.frictionlessdata.io, v1) as JSON text.

    `parts` has the Parquet files of each table by its name; without it, the tables are CSV files.
    """
    tables = TABLES if parts is None else (*TABLES, TEXTS)
    package = {
        "profile": "tabular-data-package" if parts is None else "data-package",
        "name": "casebook-extraction",
        "title": "Patients, findings and treatments extracted from published case reports",
        "version": VERSION,
        "sources": [dict(source) for source in _SOURCES],
        "resources": [_resource(table, parts) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def parts_in(package: bytes) -> dict[str, list[str]] | None:
    """table -> its Parquet files, as a Data Package of this program tells; None where it tells of none."""
    try:
        told = json.loads(package)["resources"]
        found = {one["name"]: list(one["path"]) for one in told if one["format"] == _PARQUET["format"]}
        right = all(_PART.fullmatch(name) for names in found.values() for name in names)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if right and found.keys() == {table.name for table in (*TABLES, TEXTS)} else None


def _resource(table: TableSchema, parts: Mapping[str, Sequence[str]] | None) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = []
    if table.name != "documents":
        keys.append({"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}})
    if table in FACT_TABLES[1:] or table.name == "summary":
        keys.append({"fields": ["case_id"], "reference": {"resource": "cases", "fields": ["case_id"]}})
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": f"{table.name}.csv" if parts is None else list(parts[table.name]),
        "description": f"One row per {table.row}",
        **(_CSV if parts is None else _PARQUET),
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    out: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.unit:
        out["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        out["constraints"] = constraints
    return out
