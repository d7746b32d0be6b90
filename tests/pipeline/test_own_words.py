"""Words of the user's own: where they go, what is checked, and that papers are read with them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractors.drugs.vocabulary import DRUGS
from extractors.rules import kept
from extractors.rules.added import Added, added, adding
from extractors.rules.words import Vocabulary, VocabularyError, check_added
from pipeline import nlp, nursery, warm
from pipeline.cache import Cache
from pipeline.cli import main
from pipeline.config import Limits, UsageError
from pipeline.desk.vocabulary import _listed
from pipeline.fingerprint import fingerprint
from pipeline.own_words import words_for
from pipeline.worker import Setup, read_paper

PAGE = (Path(__file__).parents[2] / "docs/words.md").read_text(encoding="utf-8")
HEAD = "name,alias,class,exact,lab,source\n"


def drugs(rows: str, head: str = HEAD) -> Added:
    return Added("extractors.drugs", "drugs.csv", "my-drugs.csv", head + rows)


ZEMOFRAX = drugs("zemofrax,zemofrax,bisphosphonate,,,label\n")


def test_rows_are_there_within_the_block_alone() -> None:
    usual = DRUGS.rows
    with adding([ZEMOFRAX]):
        assert {row["class"] for row in DRUGS.rows if row["name"] == "zemofrax"} == {"bisphosphonate"}
        assert len(DRUGS.rows) == len(usual) + 1
        assert DRUGS.picked(("name",))["zemofrax",]
        assert "zemofrax" in DRUGS.values("name")
    assert DRUGS.rows is usual and ("zemofrax",) not in DRUGS.picked(("name",))
    assert added() == ()


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (
            drugs("zemofrax,zemofrax,bisfosfonate,,,label"),
            "^my-drugs.csv, line 2: class 'bisfosfonate' is unk",
        ),
        (drugs("zemofrax,zemofrax,bisphosphonate,,,"), "^my-drugs.csv, line 2: source is empty"),
        (drugs("zemofrax,zemofrax"), "^my-drugs.csv, line 2: 6 cells are due"),
        (
            drugs("x,alendronate,vitamin,,,x"),
            r"line 2: 'alendronate' stands in extractors/drugs/drugs.csv, line \d+ al",
        ),
        (
            drugs("x,zem,vitamin,,,x\ny,zem,vitamin,,,x"),
            "line 3: 'zem' stands in my-drugs.csv, line 2 already",
        ),
        (drugs('x,"zem"o,vitamin,,,x'), "^my-drugs.csv, line 2: "),
        (
            drugs("x,x\n", "name,alias\n"),
            "^my-drugs.csv, line 1: the columns are name, alias; they have to be",
        ),
    ],
)
def test_what_breaks_the_schema_is_told_with_file_and_line(own: Added, message: str) -> None:
    with adding([own]), pytest.raises(VocabularyError, match=message):
        check_added()


def test_a_word_that_is_no_pattern_is_told_with_file_and_line() -> None:
    own = Added("extractors.drugs", "cue_words.csv", "mine.csv", "word,class,source\nhe[mi]hydrate,salt,me\n")
    with (
        adding([own]),
        pytest.raises(VocabularyError, match=r"^mine.csv, line 2: 'he\[mi\]hydrate': a word has"),
    ):
        check_added()


def test_no_worker_starts_with_words_that_do_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "load", check_added)
    own = (drugs("zemofrax,zemofrax,bisphosphonate,,,\n"),)
    setup = Setup(read_paper, Cache(tmp_path, "x"), Limits(), tmp_path / "tmp", own)
    with adding(setup.words):
        assert nursery._load(setup) == "my-drugs.csv, line 2: source is empty"


def test_gates_of_own_words_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept.Gates(tmp_path / "gates.json")
    made.of("a (?:pattern|of mine)")
    monkeypatch.setattr(nlp, "gates", lambda: made)
    monkeypatch.setattr(nlp, "Scanner", lambda *_: None)
    monkeypatch.setattr(nlp, "registry", SimpleNamespace(books=tuple, lexicons=tuple))
    with adding([ZEMOFRAX]):
        nlp.scanner.__wrapped__()
    assert not (tmp_path / "gates.json").exists()
    nlp.scanner.__wrapped__()
    assert (tmp_path / "gates.json").exists()


def test_the_program_is_another_one_with_other_rows() -> None:
    elsewhere = Added(ZEMOFRAX.package, ZEMOFRAX.file, "elsewhere.csv", ZEMOFRAX.text)
    assert len({fingerprint(), fingerprint([ZEMOFRAX]), fingerprint([drugs("")])}) == 3
    assert fingerprint([elsewhere]) == fingerprint([ZEMOFRAX])


def test_the_desk_offers_them() -> None:
    assert "zemofrax" in _listed("drugs", (ZEMOFRAX,))["drug"]
    assert "zemofrax" not in _listed("drugs", ())["drug"]


# ---------------------------------------------------------------------------------- casebook.toml
def test_files_and_folders_are_taken_from_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "words/labs").mkdir(parents=True)
    (tmp_path / "words/labs/analytes.csv").write_text("rows of tests")
    (tmp_path / "mine.csv").write_bytes("\ufeffrows of drugs".encode())
    settings = (
        '[limits]\nseconds = 5\n[vocabulary]\ndrugs = "mine.csv"\n"onset/cues" = "mine.csv"\nfolder = "words"'
    )
    (tmp_path / "casebook.toml").write_text(settings)
    assert words_for(tmp_path / "raw") == (
        Added("extractors.drugs", "drugs.csv", str(tmp_path / "mine.csv"), "rows of drugs"),
        Added("extractors.labs", "analytes.csv", str(tmp_path / "words/labs/analytes.csv"), "rows of tests"),
        Added("extractors.onset", "cues.csv", str(tmp_path / "mine.csv"), "rows of drugs"),
    )
    (tmp_path / "casebook.toml").unlink()
    assert words_for(tmp_path / "raw") == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('drug = "a.csv"', "casebook.toml: there is no vocabulary drug: there are bmd/sites, "),
        (
            'cues = "a.csv"',
            "casebook.toml: cues may be fractures/cues, onset/cues: give one of them in quotes",
        ),
        ('drugs = "gone.csv"', "gone.csv: No such file"),
        ('drugs = "latin.csv"', "latin.csv: this is no UTF-8"),
        ("drugs = 3", "casebook.toml: drugs is 3: give the name of a file"),
        ('folder = "gone"', "gone is no folder"),
        ('folder = "."', "there is no vocabulary latin"),
    ],
)
def test_settings_that_name_nothing_are_told(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "latin.csv").write_bytes(b"caf\xe9")
    (tmp_path / "casebook.toml").write_text(f"[vocabulary]\n{line}\n")
    with pytest.raises(UsageError, match=message):
        words_for(tmp_path / "raw")


# ----------------------------------------------------------------------------------- docs/words.md
def test_the_example_of_the_page_gives_its_row(tmp_path: Path) -> None:
    files = {"toml": "casebook.toml", "csv": "my-drugs.csv", "text": "raw/a.txt"}
    (tmp_path / "raw").mkdir()
    for language, name in files.items():
        (told,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
        (tmp_path / name).write_text(told)
    out = tmp_path / "out"
    assert main(["run", str(tmp_path / "raw"), str(out), "--quiet"]) == 0
    head, _, row = (
        line.strip("| ").split(" | ") for line in re.findall(r"^\| (?:drug |---|zemo).*", PAGE, re.M)[:3]
    )
    with (out / "drugs.csv").open(encoding="utf-8", newline="") as table:
        found = [{name: cells[name] for name in head} for cells in csv.DictReader(table)]
    assert dict(zip(head, row, strict=True)) in found
    (named,) = json.loads((out / "run.json").read_text())["vocabulary"]
    assert (named["extends"], named["path"]) == ("drugs/drugs.csv", "my-drugs.csv")


def test_the_page_has_the_columns_of_the_vocabularies() -> None:
    import extractors.bmd.vocabulary
    import extractors.drugs.codes
    import extractors.fractures.vocabulary
    import extractors.history.vocabulary
    import extractors.labs.codes
    import extractors.onset.words
    import extractors.procedures.vocabulary

    stated = dict(re.findall(r"^\| `(\w+/\w+)` \| (.*) \|$", PAGE, re.MULTILINE))
    modules = (
        extractors.bmd.vocabulary,
        extractors.drugs.codes,
        extractors.fractures.vocabulary,
        extractors.history.vocabulary,
        extractors.labs.codes,
        extractors.onset.words,
        extractors.procedures.vocabulary,
    )
    known = {
        f"{v.package.rpartition('.')[2]}/{v.file.removesuffix('.csv')}": v.columns
        for module in modules
        for v in vars(module).values()
        if isinstance(v, Vocabulary)
    }
    assert len(stated) == 9
    assert {name: tuple(re.findall(r"`(\w+)`", columns)) for name, columns in stated.items()} == {
        name: known[name] for name in stated
    }
