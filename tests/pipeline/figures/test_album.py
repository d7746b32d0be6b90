"""The files of the pictures: written once, again where a table has changed, those of others left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.config import Config
from pipeline.figures.album import PICTURES, write
from pipeline.run import run

SAMPLES = Path(__file__).resolve().parents[3] / "data/raw/samples"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, reading_here: None) -> Path:
    home = tmp_path_factory.mktemp("album")
    (home / "raw").mkdir()
    for name in ("varga-2014-twins.pdf", "three-mothers-in-turn.txt"):
        (home / "raw" / name).write_bytes((SAMPLES / name).read_bytes())
    run(Config(home / "raw", home / "out", 1, quiet=True), None)
    return home


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_pictures_are_written_once_and_again_where_a_table_changes(read, capsys):
    config = Config(read / "raw", read / "out", 1, quiet=True)
    folder = read / "out/figures"
    assert main(["figures", str(config.out), "--courses", "2"]) == 0
    told = capsys.readouterr().out
    assert "spine.svg" in told and "2 patients" in told
    found = names(folder)
    assert len([n for n in found if n.startswith("course/")]) == 4
    for picture in PICTURES:
        assert (f"{picture.name}.svg" in found) == (f"left out: {picture.name}" not in told)
    before = {name: (folder / name).read_bytes() for name in found}
    stamps = {name: (folder / name).stat().st_mtime_ns for name in found}
    write(config, 2)
    assert stamps == {name: (folder / name).stat().st_mtime_ns for name in found}
    (folder / "own.svg").write_text("somebody's")
    (folder / "course/own.png").write_text("somebody's")
    for name in found:
        (folder / name).unlink()
    write(config, 2)
    assert before == {name: (folder / name).read_bytes() for name in found}
    (read / "raw/three-mothers-in-turn.txt").unlink()
    run(config, None)
    write(config, 2)
    assert names(folder) >= {"own.svg", "course/own.png"}
    assert not [n for n in names(folder) if "three-mothers" in n]
    run(config, None)  # the pictures are in nobody's way


def test_without_tables_it_says_what_is_missing(tmp_path, capsys):
    assert main(["figures", str(tmp_path)]) == 2
    assert "has no documents.csv" in capsys.readouterr().err
