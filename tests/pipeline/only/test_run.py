"""A run with a filter reads what fits, tells what it left out, and remembers both."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import scripted

from pipeline.config import Config
from pipeline.named import only_of
from pipeline.only import only
from pipeline.process import records
from pipeline.run import Outcome, run

_RECORD = (
    "PMID- {0}\nTI  - A fracture of pregnancy\nAB  - She was {1} years old.\nMH  - *Osteoporosis/diagnosis\n"
    "MH  - {2}\nPT  - Case Reports\nLA  - eng\nSO  - none\n\n"
)


def _go(raw: Path, out: Path, told: io.StringIO, expression: str | None, **more: bool) -> Outcome:
    return run(
        Config(raw, out, 2, only=only(expression) if expression else None, **more),
        told,
        scripted.read_fitting,
    )


def test_a_run_leaves_out_what_does_not_fit(raw, tmp_path, rows):
    out, told = tmp_path / "out", io.StringIO()
    folder = raw(one="patient:31", two="(no) patient:29", three="patient:33 (half)", four="(no)")
    assert _go(folder, out, told, "bone").read == 4
    assert [d["doc_id"] for d in rows(out, "documents")] == ["one.txt", "three.txt"]
    assert "3 records do not fit --only and left no row." in told.getvalue()
    assert json.loads((out / "run.json").read_text())["options"]["only"] == "bone"
    assert only_of(out) == "bone"

    again = _go(folder, out, told, "BONE")
    assert (again.read, again.totals.left_out) == (0, 3)
    (folder / "two.txt").write_text("patient:29")
    assert _go(folder, out, told, "bone").read == 1
    assert len(rows(out, "documents")) == 3
    assert _go(folder, out, told, "skin").read == 4  # another filter may want others
    assert _go(folder, out, told, None).read == 4
    assert len(rows(out, "documents")) == 4
    assert only_of(out) is None and "only" not in json.loads((out / "run.json").read_text())["options"]


def test_nothing_that_fits_is_no_error(raw, tmp_path, rows):
    told = io.StringIO()
    assert _go(raw(one="(no)"), tmp_path / "out", told, "bone").exit_status == 0
    assert "1 record does not fit --only and left no row." in told.getvalue()
    assert rows(tmp_path / "out", "documents") == []


@pytest.mark.parametrize(
    ("expression", "fitting"),
    [
        ("asthma", []),
        ("pregnancy[mh]", ["a.nbib-1"]),
        (
            "fracture[ti] AND osteoporosis[mh] AND type:case-report AND la:en NOT asthma",
            ["a.nbib-1", "a.nbib-2"],
        ),
    ],
)
def test_each_record_of_a_file_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expression: str, fitting: list[str]
) -> None:
    monkeypatch.setattr(
        "pipeline.process._extracted", lambda paper, doc_id: ({"cases": [], "unread": []}, ())
    )
    monkeypatch.setattr("pipeline.process.count", lambda rows: 0)
    path = tmp_path / "a.nbib"
    path.write_text(_RECORD.format(1, 30, "Pregnancy") + _RECORD.format(2, 31, "Female"))
    found = list(records(path, "a.nbib", "a.nbib", only(expression)))
    assert [one.document["doc_id"] for one in found if one] == fitting
    assert len(found) == 2


def test_what_cannot_be_read_may_fit(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")
    (one,) = records(path, "a.pdf", "a.pdf", only("asthma"))
    assert one and one.document["status"] == "failed"
