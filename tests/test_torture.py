"""A sample of `make torture`, and that it would see what it looks for."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from bench.torture import mutants, patterns, reading
from bench.torture.seeds import families, seeds
from pipeline.record import Record


def test_a_sample_of_every_format_does_no_harm() -> None:
    outcome = reading.torture(each=8, processes=1, first=500)
    assert outcome.faults == []
    assert {name for name, _ in outcome.counts} == set(seeds())


def test_every_format_is_tortured() -> None:
    from pipeline.schema import FORMATS

    assert set(FORMATS) - {"json"} <= set(families()) | {"json"}


def test_mutants_are_made_from_their_seed_alone() -> None:
    data = seeds()["jats"]
    made = [mutants.mutant(data, "jats", seed) for seed in range(40)]
    assert made == [mutants.mutant(data, "jats", seed) for seed in range(40)]
    assert {kind for kind, _ in made} == set(mutants.CHANGES)
    assert sum(changed != data for _, changed in made) > 35


@pytest.mark.parametrize("data", [b"a", b"ab\n", bytes(3)])
@pytest.mark.parametrize("kind", mutants.CHANGES)
def test_the_smallest_files_can_be_damaged(data: bytes, kind: str) -> None:
    for seed in range(20):
        assert isinstance(mutants.CHANGES[kind](data, random.Random(seed)), bytes)


# ----------------------------------------------------------- each fault that it looks for is seen
WHOLE = "A woman of 31 years had back pain and a fracture of T7 after her delivery."
ROW = {"case_id": "paper-1", "start": 0, "end": 5, "quote": "A wom"}


def outcome_of(found: list[Record] | BaseException, monkeypatch: pytest.MonkeyPatch) -> str:
    def read(data: bytes) -> list[Record]:
        if isinstance(found, BaseException):
            raise found
        return found

    monkeypatch.setattr(reading, "_read", read)
    return reading.check("pdf", "bits", b"", Counter(WHOLE.split()))[0]


def record(status: str = "ok", message: str = "", text: str | None = WHOLE, **lab: object) -> Record:
    rows = {"cases": [dict(ROW)] if text else [], "labs": [lab] if lab else []}
    return Record({"status": status, "message": message}, rows, text)


def test_every_fault_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(found: list[Record] | BaseException) -> str:
        return outcome_of(found, monkeypatch)

    assert of([record()]) == "ok"
    assert of([record("warning", "E03: ...", "A woman")]) == "warning"
    assert of([record("failed", "E03: ...", None)]) == "failed"
    assert of([record("failed", "E13: ...", None)]) == "wrong"
    assert of([record("fine")]) == "wrong"
    assert of([record(**ROW)]) == "ok"
    assert of([record(**{**ROW, "case_id": "paper-2"})]) == "wrong"
    assert of([record(**{**ROW, "quote": "a wom"})]) == "wrong"
    assert of([record(text="A woman of")]) == "silent"
    assert of(IndexError()) == "raised"
    assert of(MemoryError()) == "memory"
    assert of(reading._TooLong()) == "slow"


# ------------------------------------------------------------------------------------- patterns
SLOW = {
    "exponential": (r"(?:a|b|ab)+$", "match"), "nested": (r"(?:\d{1,3}[,;]*)+$", "fullmatch"),
    "adjacent": (r"\s*\)?\s*and", "match"), "searched": (r"\s+$", "scan"), "lazy": (r"x[^<>]*?\s*$", "match"),
}  # fmt: skip
LINEAR = {
    "possessive": (r"(?:\d{1,3}+[,;]*+)++$", "fullmatch"), "led": (r"(?:(?<!\s)\s+)?,", "scan"),
    "words": (r"\b(?:calcium|phosphate)\s(?:was|is)\b", "scan"), "bounded": (r"\d{1,9}\s?mg", "scan"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "how"), SLOW.values(), ids=SLOW)
def test_slow_patterns_are_found(pattern: str, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_SECONDS", 5)
    assert patterns.fault_of(patterns.Use(pattern, 0, how, "here"))


@pytest.mark.parametrize(("pattern", "how"), LINEAR.values(), ids=LINEAR)
def test_linear_patterns_pass(pattern: str, how: str) -> None:
    assert patterns.fault_of(patterns.Use(pattern, 0, how, "here")) == ""


def test_a_sample_of_the_patterns_is_linear() -> None:
    uses = patterns.collect()
    assert len(uses) > 700
    assert {Path(use.where.split(".")[0]).name for use in uses} == {"pipeline", "extractors"}
    own = [use for use in uses if use.where.startswith("pipeline")]
    assert patterns.faults_of(random.Random(5).sample(own, 20), 1) == []
