"""`run.json`: what a run was made with and of, for the methods section of a review and for repeating it."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pipeline.caps import caps
from pipeline.config import MODEL_VARIABLE, Config
from pipeline.version import VERSION

NAME = "run.json"
#: Packages that rows depend on.
_PACKAGES = ("spacy", "scispacy", "pdfplumber", "pypdfium2", "lxml", "rapidfuzz", "pyahocorasick")
#: A time that counts as now, in seconds since 1970 (reproducible-builds.org/specs/source-date-epoch).
EPOCH = "SOURCE_DATE_EPOCH"
#: Where the words and numbers that rules know come from; every vocabulary names its source line by line.
_SOURCES = (
    {"title": "Papers", "path": "documents.csv"},
    {"title": "Vocabularies: the column `source` of the CSV files beside each extractor"},
    {"title": "Model of names: the card in extractors/ner/trained/README.md"},
)


def about(
    config: Config, program: str, documents: Iterable[Mapping[str, Any]], rows: Mapping[str, int]
) -> str:
    """A run as JSON text.

    `program` is the fingerprint of rules, vocabularies, model and packages; `documents` are the rows of
    documents.csv, of which a digest over keys and SHA-256 is told; `rows` counts those of each table.
    What does not change rows (the number of workers) is left out; the date is the only thing that differs
    between two runs over the same papers.
    """
    inputs = sorted((str(d["doc_id"]), str(d["sha256"] or "")) for d in documents)
    digest = hashlib.sha256(json.dumps(inputs).encode()).hexdigest()
    told = {
        "made": _now(),
        "software": {"name": "casebook", "version": VERSION, "license": "MIT", "fingerprint": program},
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "model": os.environ.get(MODEL_VARIABLE) or "casebook's own",
        "options": {
            "raw": config.raw.name,
            "seconds": config.limits.seconds,
            "memory_mb": config.limits.memory_mb,
            "caps": str(caps()),
        },
        "inputs": {"records": len(inputs), "sha256": digest},
        "rows": dict(sorted(rows.items())),
        "sources": _SOURCES,
        "licenses": [{"name": "the papers' own: the tables quote them", "path": "documents.csv"}],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _now() -> str:
    epoch = os.environ.get(EPOCH, "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
