"""A stand-in for `pipeline.process` whose papers say what is to happen while they are read.

The first line of a file is a command; anything unknown is a paper with one patient. Workers import
this module by name (see conftest.py).
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.only import Only
from pipeline.record import Record, Row, failed, sha256
from pipeline.schema import FACT_TABLES, UNREAD

Rows = dict[str, list[Row]]


def read(path: Path, doc_id: str, shown: str) -> Iterator[Record]:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    command, _, argument = text.split("\n", 1)[0].partition(" ")
    _suffer(command, argument)
    match command:
        case "broken":  # as lxml says when it gets no memory
            block = _filled(int(argument))
            yield failed(doc_id, shown, sha256(path), str(ReadError("E03", f"{len(block)}")))
        case "nothing":
            return
        case "bad":
            yield failed(doc_id, shown, sha256(path), str(ReadError("E03", argument)))
        case "many":
            for number in range(int(argument)):
                yield paper(path, f"{doc_id}-{number % 3}", shown, f"record {number}")
        case "slowly":
            for number in range(int(argument)):
                time.sleep(0.7)
                yield paper(path, f"{doc_id}-{number}", shown, "slow")
        case "surrogate":
            odd = "odd \ud800 text\r\nwith \0 all\x1b[2J\x9b\x7f"
            yield paper(path, doc_id, shown, odd, title="odd \udfff title")
        case _:
            yield paper(path, doc_id, shown, text, **fields(text))


def read_fitting(path: Path, doc_id: str, shown: str, only: Only | None = None) -> Iterator[Record | None]:
    """As `read`; of a paper with "(no)" in it no record fits a filter, of "(half)" one of two does."""
    text = path.read_text()
    if only and "(no)" in text:
        yield None
        return
    yield from read(path, doc_id, shown)
    if only and "(half)" in text:
        yield None


def _suffer(command: str, argument: str) -> None:
    """What happens to the process before any record is made."""
    match command:
        case "sleep":
            time.sleep(float(argument))
        case "memory":
            _filled(int(argument))
        case "abort":  # as PDFium does when it gets no memory
            _held = _filled(int(argument))
            os.abort()
        case "spin":
            Path(argument).write_text("")
            while True:
                pass
        case "child":  # as OCR does: a program that outlives whoever waits for it
            with tempfile.NamedTemporaryFile() as page:
                page.write(b"a page of the paper")
                page.flush()
                subprocess.run(["sleep", argument], check=False)
        case "once":  # dies the first time only
            if not Path(argument).exists():
                Path(argument).write_text("")
                os.kill(os.getpid(), signal.SIGKILL)
        case "die":
            os.kill(os.getpid(), int(argument))
        case "exit":
            os._exit(int(argument))
        case "raise":
            raise RuntimeError(argument)
        case "print":
            os.write(1, b"noise\n")
            os.write(2, b"noise\n")


def _filled(size: int) -> bytearray:
    """So many MiB of memory that is really there."""
    block = bytearray(size * 1024 * 1024)
    block[::4096] = b"x" * len(block[::4096])
    return block


def fields(text: str) -> dict[str, str]:
    """`doi=10.1/x coverage=abstract` anywhere in the text."""
    return dict(
        part.split("=", 1)
        for part in text.split()
        if part.split("=")[0] in ("doi", "pmid", "coverage", "title")
    )


def paper(path: Path, doc_id: str, shown: str, text: str, **more: str) -> Record:
    """A record with as many patients as the text has words `patient`, at least one; ages where told."""
    document = {
        "doc_id": doc_id,
        "path": shown,
        "sha256": sha256(path),
        "format": "text",
        "coverage": "full_text",
        "characters": len(text),
        "status": "ok",
        "message": "",
        **more,
    }
    ages = [part.removeprefix("patient:") for part in text.split() if part.startswith("patient:")] or [""]
    rows: Rows = {table.name: [] for table in (*FACT_TABLES, UNREAD)}
    for number, age in enumerate(ages, 1):
        for table, row in patient(doc_id, f"{doc_id}-{number}", age, text[:4]).items():
            rows[table].append(row)
    document["cases"] = len(ages)
    return Record(document, rows, text)


def patient(doc_id: str, case_id: str, age: str, quote: str) -> dict[str, Row]:
    """The rows of a patient by table: a case of this age in years ("" for none) and a fracture."""
    base = {"doc_id": doc_id, "case_id": case_id}
    provenance = {
        "source": "text",
        "section": "Case",
        "start": 0,
        "end": 4,
        "quote": quote,
        "extractor": "scripted/one",
        "confidence": 0.9,
        "origin": "extracted",
    }
    case = {
        **base,
        "label": "",
        "age_years": float(age) if age else None,
        "sex": "F",
        "gravida": None,
        "para": 1,
        "bmi": None,
        "record_id": f"c-{case_id}",
        **provenance,
    }
    fracture = {
        **base,
        "site": "vertebra",
        "level": "T8",
        "side": "",
        "phase": "baseline",
        "record_id": f"f-{case_id}",
        **provenance,
    }
    return {"cases": case, "fractures": fracture}


def broken_start(path: Path, doc_id: str, shown: str) -> Iterator[Record]:
    raise AssertionError("never called: the worker cannot even load it")
