"""One small whole file of every format, all of them fictional."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from pipeline.readers import read_bytes
from tests.pipeline.readers import export_samples
from tests.pipeline.readers.fictional import WRITERS, Fictional, to_mhtml

ROOT = Path(__file__).resolve().parents[2]
_SHIPPED = {
    "pdf": "varga-2014-twins.pdf",
    "text": "four-women-table.txt",
    "text in prose": "dorn-2013-first-baby.txt",
    "json with text": "record-55021.txt",
}
#: formats that have an end which shows, so that a file cut off says so
ENDED = frozenset(("pdf", "jats", "pubmed", "html", "mhtml", "ris", "docx", "gzip", "json", "json list"))
#: formats whose bytes carry checksums: damage of any kind shows
CHECKED = frozenset(("pdf", "docx", "gzip"))


def seeds() -> dict[str, bytes]:
    """Format -> a whole file of it."""
    paper = Fictional()
    found = {name: (ROOT / "data/raw/samples" / file).read_bytes() for name, file in _SHIPPED.items()}
    found |= {name: write(paper) for name, write in WRITERS.items()}
    found |= {
        f"{name} export": write(export_samples.PAIR).encode()
        for name, write in export_samples.WRITERS.items()
    }
    found["mhtml"] = to_mhtml(found["html"])
    found["gzip"] = gzip.compress(found["jats"], mtime=0)
    records = [_record(number) for number in range(4)]
    found["json"] = json.dumps(records[0]).encode()
    found["json list"] = json.dumps(records).encode()
    found["json lines"] = "\n".join(map(json.dumps, records)).encode()
    return dict(sorted(found.items()))


def families() -> dict[str, list[str]]:
    """Format of documents.csv, or kind of container -> the files that stand for it."""
    found: dict[str, list[str]] = {}
    for name, data in seeds().items():
        family = name if name in ("gzip", "mhtml") else read_bytes(data, name)[0].format
        found.setdefault(family, []).append(name)
    return dict(sorted(found.items()))


def _record(number: int) -> dict[str, object]:
    return {
        "title": f"Report {number} of a broken back",
        "pmid": str(91000000 + number),
        "authors": [{"given": "Nemo", "family": "Nobody"}],
        "year": 2015 + number,
        "abstract": f"A {25 + number}-year-old woman had back pain two months after delivery. "
        "Radiographs showed fractures of T7 and L1. The lumbar spine T-score was -3.1 and calcium was "
        "9.4 mg/dL (8.5-10.5). She was given alendronate 70 mg weekly.",
    }
