"""Agreement, the flow of papers, the audit trail, and accuracy against finished papers."""

from __future__ import annotations

import base64
import csv
import io
import re
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.review.agreement import kappa
from pipeline.schema import FACT_TABLES

PDF, THREE, FOUR = "varga-2014-twins.pdf", "three-mothers-in-turn.txt", "four-women-table.txt"


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # Cohen 1960 by hand: observed 0.70, expected 0.50
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
        ([("a", "a")] * 5 + [("b", "b")] * 5, 1.0),
        ([("a", "b")] * 5 + [("b", "a")] * 5, -1.0),
        ([("a", "a")] * 5, None),
        ([], None),
    ],
)
def test_cohens_kappa(pairs, expected):
    assert kappa(pairs) == (None if expected is None else pytest.approx(expected))


def _reviewed(open_desk) -> None:
    anna, ben = open_desk("Anna Berg"), open_desk("Ben Ode")
    fractures = [x for x in anna.lines(PDF) if x["table"] == "fractures"]
    anna.decide(PDF, "reject", key=fractures[0]["key"], last="")
    anna.decide(PDF, "accept", key=fractures[1]["key"], last="")
    calcium = anna.line(PDF, "labs", analyte="calcium", value="9.6")
    changed = {**calcium["cells"], "value": "8.6"}
    for desk in (anna, ben):
        desk.decide(PDF, "correct", key=calcium["key"], last="", row=changed)
        if desk is ben:
            desk.decide(PDF, "accept", key=fractures[0]["key"], last="")
            desk.decide(PDF, "accept", key=fractures[1]["key"], last="")
        desk.decide(PDF, "done")
    anna.decide(THREE, "exclude", why="no individual patient")
    anna.decide(FOUR, "accept all", patient=f"{FOUR}-1")


def test_export(open_desk, home):
    _reviewed(open_desk)
    out = home / "export"
    assert main(["review", str(home / "raw"), str(home / "extracted"), "--export", str(out)]) == 0
    flow = {(r["step"], r["reason"]): r["papers"] for r in table(out / "flow.csv")}
    assert flow["identified", ""] == "4" and flow["screened", ""] == "4" and flow["included", ""] == "1"
    assert flow["excluded", "no individual patient"] == "1"
    assert flow["to be decided", "in review"] == flow["to be decided", "unread"] == "1"
    states = {r["doc_id"]: (r["state"], r["reason"], r["by"]) for r in table(out / "papers.csv")}
    assert states[THREE] == ("excluded", "no individual patient", "Anna Berg")
    assert states[PDF] == ("included", "", "Anna Berg; Ben Ode")
    agreement = {r["table"]: (r["pairs"], r["same"]) for r in table(out / "agreement.csv")}
    assert agreement == {"fractures": ("2", "1"), "labs": ("1", "1"), "papers": ("1", "1")}
    assert {(r["by"], r["do"]) for r in table(out / "disagreements.csv")} == {
        ("Anna Berg", "reject"),
        ("Ben Ode", "accept"),
    }
    decisions = table(out / "decisions.csv")
    kept = sum(len(p.read_text().splitlines()) for p in (home / "review").rglob("*.jsonl"))
    assert len(decisions) == kept and [r["at"] for r in decisions] == sorted(r["at"] for r in decisions)


def test_the_audit_tells_what_was_undone(desk, home):
    desk.decide(PDF, "exclude", why="review or guideline")
    desk.decide(PDF, "undo")
    main(["review", str(home / "raw"), str(home / "extracted"), "--export", str(home / "export")])
    audit = table(home / "export/decisions.csv")
    assert [(r["do"], r["counts"]) for r in audit] == [("exclude", "undone or replaced"), ("undo", "yes")]


def test_accuracy(open_desk, home, capsys):
    anna = open_desk("Anna Berg")
    labs = [x for x in anna.lines(PDF) if x["table"] == "labs"]
    calcium = anna.line(PDF, "labs", analyte="calcium", value="9.6")
    anna.decide(PDF, "correct", key=calcium["key"], last="", row={**calcium["cells"], "value": "8.6"})
    osteocalcin = anna.line(PDF, "labs", analyte="osteocalcin", value="17.9")
    changed = {**osteocalcin["cells"], "phase": "baseline"}
    anna.decide(PDF, "correct", key=osteocalcin["key"], last="", row=changed)
    anna.decide(PDF, "reject", key=anna.line(PDF, "fractures", level="T5")["key"], last="")
    anna.decide(PDF, "accept all")
    add = {"table": "fractures", "start": 10, "end": 20, "patient": f"{PDF}-1", "row": {"site": "clavicle"}}
    anna.decide(PDF, "add", **add)
    anna.decide(PDF, "done")
    assert main(["accuracy", str(home / "raw"), str(home / "extracted"), "--errors"]) == 0
    told = capsys.readouterr().out
    n = len(labs) - 1
    assert f"| labs | {n} | 1 | 1 | {n / (n + 1):.3f} | {n / (n + 1):.3f} |" in told
    assert "| fractures | 5 | 1 | 1 | 0.833 | 0.833 |" in told
    assert f"| labs.phase | {(n - 1) / n:.3f} | {n} |" in told
    assert "missed varga-2014-twins.pdf-1 clavicle" in told


def test_accuracy_tells_what_it_knows_nothing_of_and_a_wrong_folder_is_an_error(desk, home, capsys):
    desk.decide(PDF, "accept all")
    desk.decide(PDF, "done")
    desk.decide(FOUR, "accept all")
    desk.decide(FOUR, "done")
    kept = ["--review", str(home / "review")]
    (home / f"raw/{FOUR}").unlink()
    assert main(["accuracy", str(home / "raw"), str(home / "extracted")]) == 0
    told = capsys.readouterr().out
    assert "1 reviewed papers are not in" in told and "1 finished papers" in told
    (home / "other").mkdir()
    (home / "other/a.txt").write_text("A 31-year-old woman had a fracture of T8.")
    for folder in ("other", "nowhere"):
        assert main(["accuracy", str(home / folder), str(home / "elsewhere"), *kept]) == 2
        said = capsys.readouterr()
        assert "1.000" not in said.out and (
            "no paper is finished" in said.err or "does not exist" in said.err
        )


def test_without_finished_papers_there_is_no_accuracy(home, capsys):
    assert main(["accuracy", str(home / "raw"), str(home / "extracted")]) == 2
    assert "no paper is finished" in capsys.readouterr().err


def test_the_report_is_one_file_with_every_row_and_no_paper_runs_in_it(desk, home):
    line = desk.line(PDF, "labs", analyte="osteocalcin", value="17.9")
    desk.decide(PDF, "correct", key=line["key"], last="", row={**line["cells"], "value": "18.9"})
    desk.decide(THREE, "exclude", why="no individual patient")
    assert main(["report", str(home / "raw"), str(home / "extracted")]) == 0
    page = (home / "extracted/report.html").read_text(encoding="utf-8")
    tables = [table(home / f"extracted/{t.name}.csv") for t in FACT_TABLES]
    assert page.count("<tr>") == sum(map(len, tables)) > 50
    assert "<td>papers</td><td>4</td>" in page and f"<td>labs</td><td>{len(tables[4])}</td>" in page
    assert "Osteocalcin (ng/mL) / 18 months: <mark>17.9</mark>" in page and "18.9" in page
    assert "excluded: no individual patient" in page and "signed by Anna Berg" in page
    assert "<script" not in page and "http:" not in page
    sources = re.findall(r'(?:src|href|srcset|action|data)="([^"]{0,40})', page)
    assert len(sources) > 5 and all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    held = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)', page)
    pictures = [base64.b64decode(picture).decode() for picture in held]
    assert all(picture.rstrip().endswith("</svg>") and "<script" not in picture for picture in pictures)
    assert 'alt="Course of varga-2014-twins.pdf-1"' in page and 'id="spine"' in page
    assert main(["run", str(home / "raw"), str(home / "extracted"), "--quiet"]) == 0  # it is in nobody's way
