"""run.json tells what a run was made with and of."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.config import Config, Limits
from pipeline.version import VERSION
from pipeline.write.about import about, digest_of, input_of

DOCUMENTS = [{"doc_id": "b.txt", "sha256": "22"}, {"doc_id": "a.txt", "sha256": None}]


def told(documents: list[dict[str, Any]] = DOCUMENTS, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        about(Config(**options), "f00d", digest_of(sorted(map(input_of, documents))), {"labs": 2, "bmd": 1})
    )
    return found


def test_it_names_program_inputs_and_rows() -> None:
    found = told()
    assert found["software"] == {
        "name": "casebook",
        "version": VERSION,
        "license": "MIT",
        "fingerprint": "f00d",
    }
    assert found["inputs"]["records"] == 2 and found["rows"] == {"bmd": 1, "labs": 2}
    assert found["made"] == "2023-11-14T22:13:20Z"  # SOURCE_DATE_EPOCH
    assert found["packages"]["spacy"].startswith("3.")


def test_inputs_are_told_apart_whatever_their_order() -> None:
    assert told()["inputs"] == told(DOCUMENTS[::-1])["inputs"]
    assert told()["inputs"] != told([DOCUMENTS[0], {"doc_id": "a.txt", "sha256": "1"}])["inputs"]


def test_what_changes_no_row_changes_nothing() -> None:
    assert told(workers=1) == told(workers=2)
    assert told(limits=Limits(seconds=5)) != told()


def test_the_chosen_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_MODEL", "none")
    assert told()["model"] == "none"


def test_today_is_told_without_another_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert told()["made"] > "2026-01-01T00:00:00Z"
