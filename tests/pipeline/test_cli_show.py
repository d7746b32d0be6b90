"""`casebook show`: papers and patients by any of their names, on a terminal and for programs."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import scripted

from pipeline import cli
from pipeline.config import Config, UsageError
from pipeline.desk import serve
from pipeline.run import run
from pipeline.show import show

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, str(Path(__file__).with_name("scripted_cli.py"))]


def test_cli_show_prints_records_in_their_words(raw, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    out = tmp_path / "out"
    run(Config(raw(a="A paper. patient:30 patient:31"), out, 1, quiet=True), io.StringIO(), scripted.read)
    assert cli.main(["show", "a.txt", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("Patient")] == [
        "Patient a.txt-1",
        "Patient a.txt-2",
    ]
    assert "   vertebra, T8, baseline  [A pa]per. patient:30 patient:31  (Case, 0.9)\n" in said
    assert "age_years 30" in said
    assert cli.main(["show", "a.txt", "--out", str(out), "--table", "fractures"]) == 0
    assert "age_years" not in capsys.readouterr().out


def test_cli_show_helps_with_a_mistyped_paper_or_table(raw, tmp_path, capsys):
    out = tmp_path / "out"
    run(Config(raw(**{"smith-2011": "patient:30"}), out, 1, quiet=True), io.StringIO(), scripted.read)
    assert cli.main(["show", "smith-2010.txt", "--out", str(out)]) == 2
    assert "did you mean smith-2011.txt?" in capsys.readouterr().err
    assert cli.main(["show", "smith-2011.txt", "--out", str(out), "--table", "bones"]) == 2
    assert "cases, onset, fractures, bmd, labs, drugs" in capsys.readouterr().err


@pytest.fixture
def three(raw, tmp_path, monkeypatch):
    """Tables of three papers, two of them with files of one name."""
    monkeypatch.setenv("COLUMNS", "140")
    folder = raw(
        **{"Old/Smith 2011.txt": "patient:30 patient:31", "a/x.txt": "patient:40", "b/x.txt": "patient:41"}
    )
    run(Config(folder, tmp_path / "out", 1, quiet=True), io.StringIO(), scripted.read)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["old-smith-2011.txt", "Smith 2011.txt", "Old/Smith 2011.txt", "raw/Old/Smith 2011.txt"]
)
def test_cli_show_takes_a_paper_by_any_of_its_names(three, capsys, monkeypatch, name):
    monkeypatch.chdir(three)
    assert cli.main(["show", name, "--out", "out"]) == 0
    said = capsys.readouterr().out
    assert re.findall("^Patient .*", said, re.MULTILINE) == [
        "Patient old-smith-2011.txt-1",
        "Patient old-smith-2011.txt-2",
    ]


def test_cli_show_takes_a_patient_by_the_case_id(three, capsys):
    assert cli.main(["show", "old-smith-2011.txt-2", "--out", str(three / "out")]) == 0
    said = capsys.readouterr().out
    assert re.findall("^Patient .*", said, re.MULTILINE) == ["Patient old-smith-2011.txt-2"]
    assert "age_years 31" in said and "age_years 30" not in said


def test_cli_review_begins_with_a_paper_by_any_of_its_names(three, monkeypatch):
    monkeypatch.chdir(three)
    assert serve.page_of("Smith 2011.txt", Path("out")) == "paper/old-smith-2011.txt"
    assert (
        serve.page_of("old-smith-2011.txt-2", Path("out")) == "paper/old-smith-2011.txt#old-smith-2011.txt-2"
    )
    with pytest.raises(UsageError, match=r"no paper smith-2012\.txt"):
        serve.page_of("smith-2012.txt", Path("out"))


def test_cli_review_takes_a_paper_alone_where_the_usual_folder_is(three, capsys, monkeypatch):
    begun = []
    monkeypatch.setattr(serve, "serve", lambda config, *_: begun.append((str(config.raw), _[-1])))
    monkeypatch.chdir(three)
    assert cli.main(["review", "x.txt"]) == 0  # no usual folder: a folder that is not there
    (three / "data/raw").mkdir(parents=True)
    assert cli.main(["review", "x.txt"]) == 0
    assert cli.main(["review", "raw", "--paper", "x.txt"]) == 0
    assert begun == [("x.txt", ""), ("data/raw", "x.txt"), ("raw", "x.txt")]


def test_cli_show_asks_back_where_a_name_stands_for_several_papers(three, capsys, monkeypatch):
    monkeypatch.chdir(three)
    assert cli.main(["show", "x.txt", "--out", "out"]) == 2
    assert "x.txt stands for 2 papers: give one of a-x.txt, b-x.txt" in capsys.readouterr().err
    assert cli.main(["show", "elsewhere/x.txt", "--out", "out"]) == 2


def test_cli_show_json_has_the_rows_of_the_tables(three, capsys, rows):
    out = three / "out"
    assert cli.main(["show", "old-smith-2011.txt-2", "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["document"]["cases"] == 2 and told["document"]["doi"] is None
    assert [case["age_years"] for case in told["cases"]] == [31]
    (fracture,) = (row for row in rows(out, "fractures") if row["case_id"] == "old-smith-2011.txt-2")
    assert {n: "" if v is None else str(v) for n, v in told["fractures"][0].items()} == fracture


def test_cli_show_structure_prints_the_parts_of_a_paper(raw, tmp_path, capsys):
    out = tmp_path / "out"
    text = "A Title\n\nABSTRACT\n\nShe had pain in her back.\n\nINTRODUCTION\n\nThis is rare in pregnancy.\n"
    run(Config(raw(a=text), out, 1, quiet=True), io.StringIO(), scripted.read)
    assert cli.main(["show", "a.txt", "--out", str(out), "--structure"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^ +\d+ heading .*introduction", said, re.IGNORECASE | re.MULTILINE)
    assert "This is rare in pregnancy." in said


class _Terminal(io.StringIO):
    def isatty(self):
        return True


def test_cli_show_is_bold_on_a_terminal_that_wants_it(three, monkeypatch):
    for wanted, value in ((True, ""), (False, "1")):
        monkeypatch.setenv("NO_COLOR", value)
        show("a-x.txt", three / "out", terminal := _Terminal())
        assert ("\033[1mPatient a-x.txt-1\033[0m" in terminal.getvalue()) == wanted


def test_cli_show_commands_no_terminal(raw, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    out = tmp_path / "out"
    evil = "A \x1b]0;OWNED\x07\x1b[2J \x9b1m paper.\r\n\npatient:30"
    run(Config(raw(a=evil), out, 1, quiet=True), io.StringIO(), scripted.read)
    for path in (out / "cases.csv", out / "fractures.csv", out / "text/a.txt.txt"):
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", path.read_bytes())
        path.write_bytes(path.read_bytes().replace(b"A ", b"A\x1b"))  # and if someone else puts one there
    for arguments in ([], ["--structure"]):
        assert cli.main(["show", "a.txt", "--out", str(out), *arguments]) == 0
        said = capsys.readouterr().out
        assert "patient:30" in said
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", said)


def test_cli_show_stops_when_nobody_reads_on(raw, tmp_path):
    out = tmp_path / "out"
    folder = raw(a=" ".join(f"patient:{n % 90}" for n in range(2000)))
    run(Config(folder, out, 1, quiet=True), io.StringIO(), scripted.read)
    shell = f"{sys.executable} -m pipeline.cli show a.txt --out {out} | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
