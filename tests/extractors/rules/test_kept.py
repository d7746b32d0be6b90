"""Gates that are kept between processes: the same as derived ones, and never in the way."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extractors.rules import kept
from extractors.rules.kept import Gates
from extractors.rules.triggers import clauses

PATTERN = r"\b(?:shortly|soon) after (?:birth|delivery)\b"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "new" / "gates.json"


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns whose gates were derived."""
    asked: list[str] = []

    def counting(pattern: str) -> tuple[frozenset[str], ...]:
        asked.append(pattern)
        return clauses(pattern)

    monkeypatch.setattr(kept, "clauses", counting)
    return asked


def keep(place: Path, pattern: str = PATTERN) -> None:
    gates = Gates(place)
    gates.of(pattern)
    gates.keep()


def test_what_is_kept_is_what_was_derived(place: Path, derived: list[str]) -> None:
    keep(place)
    assert Gates(place).of(PATTERN) == clauses(PATTERN)
    assert derived == [PATTERN]


def test_a_new_pattern_is_derived(place: Path, derived: list[str]) -> None:
    keep(place)
    assert Gates(place).of("vertebroplasty") == clauses("vertebroplasty")
    assert derived == [PATTERN, "vertebroplasty"]


def test_patterns_that_are_gone_are_forgotten(place: Path) -> None:
    keep(place)
    keep(place, "vertebroplasty")
    assert len(json.loads(place.read_text())["gates"]) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"by": 1}', "\xff", "null"])
def test_a_damaged_file_is_not_believed(place: Path, derived: list[str], text: str) -> None:
    keep(place)
    place.write_text(text, encoding="latin-1")
    assert Gates(place).of(PATTERN) == clauses(PATTERN)
    assert derived == [PATTERN, PATTERN]


@pytest.mark.parametrize("gate", ["x", [[]], [[""]], [1], [[1]]])
def test_gates_that_are_none_are_not_believed(place: Path, derived: list[str], gate: object) -> None:
    keep(place)
    found = json.loads(place.read_text())
    found["gates"] = dict.fromkeys(found["gates"], gate)
    place.write_text(json.dumps(found))
    assert Gates(place).of(PATTERN) == clauses(PATTERN)
    assert derived == [PATTERN, PATTERN]


def test_other_code_derives_anew(place: Path, derived: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    keep(place)
    monkeypatch.setattr(kept, "_derivation", lambda: "newer code")
    Gates(place).of(PATTERN)
    assert derived == [PATTERN, PATTERN]


def test_where_nothing_can_be_written_gates_are_derived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keep(tmp_path / "file" / "gates.json")
    assert Gates(tmp_path / "file" / "gates.json").of(PATTERN) == clauses(PATTERN)


def test_a_broken_pattern_is_an_error_each_time(place: Path) -> None:
    gates = Gates(place)
    for _ in range(2):
        with pytest.raises(re.error):
            gates.of("(")
