"""`datapackage.json`: every table, column, type, unit and meaning, made from the schema."""

from __future__ import annotations

import json
from typing import Any

from pipeline.schema import FACT_TABLES, TABLES, Column, TableSchema
from pipeline.version import VERSION


def datapackage() -> str:
    """The Frictionless Data Package (specs.frictionlessdata.io, v1) as JSON text."""
    package = {
        "profile": "tabular-data-package",
        "name": "casebook-extraction",
        "title": "Patients, findings and treatments extracted from published case reports",
        "version": VERSION,
        "resources": [_resource(table) for table in TABLES],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: TableSchema) -> dict[str, Any]:
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
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": f"One row per {table.row}",
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
