import pytest

from pipeline import cli
from pipeline.config import Limits, UsageError
from pipeline.settings import limits_for


@pytest.fixture
def told(tmp_path):
    """A raw folder with a casebook.toml of the given text beside it."""

    def make(text):
        (tmp_path / "casebook.toml").write_text(text)
        return tmp_path / "raw"

    return make


def test_limits_are_the_usual_ones_without_a_file(tmp_path):
    assert limits_for(tmp_path / "raw") == Limits()


def test_limits_come_from_the_option_then_the_file_then_the_default(told):
    raw = told("[limits]\nseconds = 7.5\n")
    assert limits_for(raw) == Limits(7.5)
    assert limits_for(raw, memory_mb=100) == Limits(7.5, 100)
    assert limits_for(raw, seconds=3) == Limits(3)
    assert limits_for(told("[limits]\nseconds = 9\nmemory = 200")) == Limits(9, 200)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limits", "casebook.toml: "),
        ("limits = 3", "casebook.toml: there is no limits"),
        ("[limit]\nseconds = 3", "casebook.toml: there is no limit:"),
        ("[limits]\ntime = 3", "has no time: there are seconds, memory"),
        ("[limits]\nseconds = '3'", "seconds is '3': give a number"),
        ("[limits]\nmemory = true", "memory is True: give a number"),
        ("[limits]\nmemory = 1", "casebook.toml: the memory limit is 1 MB"),
    ],
)
def test_limits_that_make_no_sense_are_told_with_the_name_of_the_file(told, text, message):
    with pytest.raises(UsageError, match=message):
        limits_for(told(text))


def test_limits_of_the_file_hold_for_a_run(told, raw, tmp_path, capsys):
    told("[limits]\nseconds = -1")
    assert cli.main(["run", str(raw(a="A woman.")), str(tmp_path / "out")]) == 2
    assert "casebook.toml: the time limit is -1 s" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
