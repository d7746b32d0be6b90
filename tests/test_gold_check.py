"""The comparison with gold: it must see what is wrong, or no floor means anything."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gold_check
import pytest

CASE: dict[str, Any] = {
    "label": "1",
    "age_years": 31,
    "onset": [{"days": 21, "text": "three weeks after"}],
    "fractures": ["T7", "L1"],
    "other_fractures": ["sacrum"],
    "other_fractures_optional": ["pelvis"],
    "bmd": [{"site": "lumbar spine", "measure": "t_score", "value": -3.4}],
    "labs": [
        {"analyte": ["calcium", "total calcium"], "value": 2.38},
        {"analyte": "tsh", "value": None, "flag": "low"},
    ],
    "drugs": [
        {"drug": ["cholecalciferol", "vitamin d"], "status": "given"},
        {"drug": "heparin", "status": "denied"},
    ],
}
ROWS: dict[str, list[dict[str, str]]] = {
    "cases": [{"age_years": "31"}],
    "onset": [{"days_from_delivery_min": "20", "days_from_delivery_max": "22"}],
    "fractures": [
        {"level": "T7", "site": "vertebra"},
        {"level": "L1", "site": "vertebra"},
        {"level": "", "site": "sacrum"},
    ],
    "bmd": [{"measure": "t_score", "site": "lumbar spine", "value": "-3.40"}],
    "labs": [
        {"analyte": "calcium", "value": "2.38", "flag": ""},
        {"analyte": "tsh", "value": "", "flag": "low"},
    ],
    "drugs": [{"drug": "vitamin d", "status": "prior"}, {"drug": "heparin", "status": "denied"}],
}
Rows = dict[str, list[dict[str, str]]]


def score(tmp_path: Path, rows: Rows, *cases: dict[str, Any]) -> gold_check.Report:
    (tmp_path / "p.json").write_text(json.dumps({"doc": "p", "cases": cases or [CASE]}))
    keys = {"doc_id": "p", "case_id": "p-1"}
    return gold_check.check({t: [{**keys, **row} for row in rs] for t, rs in rows.items()}, tmp_path)


def changed(table: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> Rows:
    return {**ROWS, table: change(ROWS[table])}


def test_gold_check_agreement(tmp_path: Path) -> None:
    report = score(tmp_path, ROWS)
    assert report.micro.f1 == 1.0, report.errors
    assert report.micro.found == 10
    assert report.patients.found == 1


WRONG = {
    "other age": changed("cases", lambda rs: [{"age_years": "32"}]),
    "onset elsewhere": changed(
        "onset", lambda rs: [{"days_from_delivery_min": "60", "days_from_delivery_max": "61"}]
    ),
    "onset any time": changed(
        "onset", lambda rs: [{"days_from_delivery_min": "-280", "days_from_delivery_max": "300"}]
    ),
    "other level": changed("fractures", lambda rs: [*rs[1:], {"level": "T8", "site": "vertebra"}]),
    "other sign": changed("bmd", lambda rs: [{**rs[0], "value": "3.4"}]),
    "other measure": changed("bmd", lambda rs: [{**rs[0], "measure": "z_score"}]),
    "other site": changed("bmd", lambda rs: [{**rs[0], "site": "femoral neck"}]),
    "other value": changed("labs", lambda rs: [{**rs[0], "value": "2.83"}, rs[1]]),
    "other flag": changed("labs", lambda rs: [rs[0], {**rs[1], "flag": "high"}]),
    "taken, not denied": changed("drugs", lambda rs: [rs[0], {"drug": "heparin", "status": "given"}]),
}


@pytest.mark.parametrize("rows", WRONG.values(), ids=WRONG)
def test_gold_check_sees_a_wrong_fact(tmp_path: Path, rows: Rows) -> None:
    micro = score(tmp_path, rows).micro
    assert (micro.found, micro.wrong, micro.missed) == (9, 1, 1)


@pytest.mark.parametrize("table", [t for t in ROWS if t != "cases"])
def test_gold_check_sees_a_missing_row(tmp_path: Path, table: str) -> None:
    micro = score(tmp_path, changed(table, lambda rs: rs[1:])).micro
    assert (micro.found, micro.wrong, micro.missed) == (9, 0, 1)


def test_gold_check_optional_fact_counts_neither_way(tmp_path: Path) -> None:
    rows = changed("fractures", lambda rs: [*rs, {"level": "", "site": "pelvis"}])
    micro = score(tmp_path, rows).micro
    assert (micro.found, micro.wrong, micro.missed) == (10, 0, 0)


def test_gold_check_pairs_patients_by_their_facts(tmp_path: Path) -> None:
    other = {key: [] for key in CASE} | {"age_years": 50}
    report = score(tmp_path, ROWS, other, CASE)
    assert report.micro.found == 10
    assert report.patients.missed == 1
    assert report.tables["age"].missed == 1


def test_gold_check_patient_nobody_told_of_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(json.dumps({"doc": "p", "cases": []}))
    keys = {"doc_id": "p", "case_id": "p-1"}
    report = gold_check.check({t: [{**keys, **row} for row in rs] for t, rs in ROWS.items()}, tmp_path)
    assert report.micro.wrong == 10
    assert report.patients.wrong == 1


def test_gold_check_counts_rows_by_confidence(tmp_path: Path) -> None:
    rows = changed(
        "bmd", lambda rs: [{**rs[0], "confidence": "0.93"}, {**rs[0], "value": "-9", "confidence": "0.91"}]
    )
    report = score(tmp_path, rows)
    assert report.bands[0.9] == [1, 2]
    assert "| 0.90 to below 0.95 | 2 | 50% |" in report.confidence()


@pytest.mark.parametrize("doc_id", [None, "other.txt"])
def test_gold_check_of_a_wrong_folder_is_no_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], doc_id: str | None
) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/p.json").write_text(json.dumps({"doc": "p", "cases": [CASE]}))
    (tmp_path / "tables").mkdir()
    if doc_id:
        (tmp_path / "tables/documents.csv").write_text(f"doc_id,path\n{doc_id},{doc_id}\n")
    monkeypatch.setattr("sys.argv", ["gold_check", str(tmp_path / "tables"), str(tmp_path / "gold")])
    with pytest.raises(SystemExit) as stopped:
        gold_check.main()
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert "none of the papers" in said.err and "1.00" not in said.out


def test_gold_check_of_a_wrong_folder_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="no gold"):
        gold_check.check(ROWS, tmp_path)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/other.json").write_text(json.dumps({"doc": "other", "cases": []}))
    (tmp_path / "documents.csv").write_text("doc_id\na.txt\n")
    for tables, gold in (("", "gold"), ("gold", "gold"), ("nowhere", "gold"), ("", "nowhere")):
        monkeypatch.setattr("sys.argv", ["gold_check", str(tmp_path / tables), str(tmp_path / gold)])
        with pytest.raises(SystemExit) as ended:
            gold_check.main()
        assert ended.value.code == 2 and "1.000" not in capsys.readouterr().out


def test_gold_check_runs_as_the_readme_says(tmp_path: Path) -> None:
    """As a program its own folder comes first, where the tests of extractors would hide the package."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/other.json").write_text(json.dumps({"doc": "other", "cases": []}))
    (tmp_path / "documents.csv").write_text("doc_id,path\na.txt,a.txt\n")
    command = [sys.executable, gold_check.__file__, str(tmp_path), str(tmp_path / "gold")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "none of the papers" in done.stderr, done.stderr
