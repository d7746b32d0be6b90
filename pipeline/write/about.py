"""`run.json`: what a run was made with and of, for the methods section of a review and for repeating it."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
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


def input_of(document: Mapping[str, Any]) -> tuple[str, str]:
    """A row of documents.csv as one of a run's inputs: its key and the SHA-256 of its file."""
    return str(document["doc_id"]), str(document["sha256"] or "")


def digest_of(inputs: Iterable[tuple[str, str]]) -> tuple[int, str]:
    """How many sorted inputs there are, and the SHA-256 of them as a JSON list of lists."""
    digest, number = hashlib.sha256(b"["), 0
    for pair in inputs:
        digest.update(f"{', ' if number else ''}{json.dumps(pair)}".encode())
        number += 1
    digest.update(b"]")
    return number, digest.hexdigest()


def about(config: Config, program: str, inputs: tuple[int, str], rows: Mapping[str, int]) -> str:
    """A run as JSON text.

    `program` is the fingerprint of rules, vocabularies, model and packages; `inputs` as `digest_of` tells
    them; `rows` counts those of each table. What does not change rows (the number of workers) is left out;
    the date is the only thing that differs between two runs over the same papers.
    """
    told = {
        "made": _now(),
        "software": {"name": "casebook", "version": VERSION, "license": "MIT", "fingerprint": program},
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "model": os.environ.get(MODEL_VARIABLE) or "casebook's own",
        "vocabulary": [
            {
                "extends": f"{own.package.rpartition('.')[2]}/{own.file}",
                "path": Path(own.place).name,
                "sha256": hashlib.sha256(own.text.encode()).hexdigest(),
            }
            for own in config.words
        ],
        "options": {
            "raw": config.raw.name,
            "seconds": config.limits.seconds,
            "memory_mb": config.limits.memory_mb,
            "caps": str(caps()),
            **({"only": config.only.expression} if config.only else {}),
        },
        "inputs": {"records": inputs[0], "sha256": inputs[1]},
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
