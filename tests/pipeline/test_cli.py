import json
import os
import pty
import re
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import cli, options
from pipeline.fingerprint import fingerprint

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, str(Path(__file__).with_name("scripted_cli.py"))]


def casebook(*arguments: object, **more) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=100, check=False, **more
    )


def test_cli_run_says_what_it_did_on_stderr_alone(raw, tmp_path):
    done = casebook("run", raw(a="patient:30", b="print"), tmp_path / "out", "--workers", 2)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 records (2 ok, 0 warning, 0 failed)" in done.stderr


def test_cli_run_tells_of_papers_that_failed_and_ends_with_1_only_if_it_is_strict(raw, tmp_path, rows):
    folder, out = raw(a="patient:30", b="bad"), tmp_path / "out"
    done = casebook("run", folder, out)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Failed (1):\n  b.txt: E03:" in done.stderr
    told = {row["path"]: row["status"] for row in rows(out, "documents")}
    assert told == {"a.txt": "ok", "b.txt": "failed"}
    done = casebook("run", folder, out, "--quiet", "--strict")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_cli_run_says_that_invented_papers_are_left_out(raw, tmp_path, rows):
    folder, out = raw(**{"samples/.invented": "a.txt", "samples/a.txt": "patient:30"}), tmp_path / "out"
    assert "left out" not in casebook("run", folder, out).stderr
    raw(own="patient:31")
    said = casebook("run", folder, out).stderr
    assert f"\n1 invented paper in {folder}/samples is left out beside your own.\n" in said
    assert [row["path"] for row in rows(out, "documents")] == ["own.txt"]
    assert not (out / "text/samples-a.txt.txt").exists()


def test_cli_run_takes_its_limits_from_the_options(raw, tmp_path, rows):
    folder = raw(slow="sleep 50", large="memory 300")
    done = casebook("run", folder, tmp_path / "out", "--timeout", 1.5, "--memory", 200, "--workers", 1)
    assert done.returncode == 0
    found = {d["path"]: d["message"] for d in rows(tmp_path / "out", "documents")}
    assert "(longer than 1.5 s)" in found["slow.txt"]
    assert "(more than 200 MiB)" in found["large.txt"]


def test_cli_run_takes_its_caps_from_the_environment(raw, tmp_path, monkeypatch, capsys):
    usual = fingerprint()
    monkeypatch.setenv("CASEBOOK_CAPS", "pdf_pages=5")
    assert fingerprint() != usual  # other caps may give other rows: nothing of the cache is believed
    monkeypatch.setenv("CASEBOOK_CAPS", "pages=5")
    assert cli.main(["run", str(raw(a="patient:30")), str(tmp_path / "out")]) == 2
    assert "no cap 'pages'" in capsys.readouterr().err


def test_cli_run_force_reads_again(raw, tmp_path):
    folder = raw(a="patient:30")
    casebook("run", folder, tmp_path / "out")
    assert "0 files read" in casebook("run", folder, tmp_path / "out").stderr
    assert "1 file read" in casebook("run", folder, tmp_path / "out", "--force").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["walk"], id="unknown command"),
        pytest.param(["run", "nowhere-at-all", "out"], id="no raw folder"),
        pytest.param(["run", "--workers", "0"], id="no worker"),
        pytest.param(["run", "--timeout", "-1"], id="negative time"),
        pytest.param(["run", "--memory", "lots"], id="memory in words"),
        pytest.param(["show"], id="no paper named"),
        pytest.param(["show", "a.txt", "--out", "nowhere-at-all"], id="no tables"),
    ],
)
def test_cli_ends_with_2_and_one_plain_message_for_bad_usage(arguments, tmp_path):
    done = casebook(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "casebook" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_cli_starts_quickly():
    heavy = (
        "import sys; from pipeline import cli, run, plan, pool;"
        "cli.command_line().commands['run'].make_context('run', ['papers', '--timeout', '3']);"
        "cli.main(['run', '--help']); print(sorted(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", heavy], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert "'pipeline.pool'" in loaded
    names = ("spacy", "pandas", "numpy", "lxml", "pdfplumber", "pypdfium2", "rich", "pydantic")
    for name in (*names, "lark", "fsspec", "dask"):
        assert f"'{name}'" not in loaded


def test_cli_two_runs_at_once_leave_the_first_alone(raw, tmp_path, rows):
    folder, out = raw(a="sleep 4", b="patient:30"), tmp_path / "out"
    with subprocess.Popen([*COMMAND, "run", folder, out, "--quiet"]) as first:
        wait_for((out / ".casebook/papers/b.txt.jsonl").exists)
        second = casebook("run", folder, out)
        assert (second.returncode, second.stdout) == (2, "")
        assert f"another run (process {first.pid}) is writing to" in second.stderr
        assert first.wait(60) == 0
    assert len(rows(out, "cases")) == 2


def test_cli_ctrl_c_keeps_what_is_done(raw, tmp_path, rows):
    folder, out = raw(**{f"p{n}": "patient:30" for n in range(6)}, zz="sleep 50"), tmp_path / "out"
    # a group of its own, so that all its processes get the signal, as from a terminal
    with subprocess.Popen(
        [*COMMAND, "run", folder, out, "--workers", "2"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        wait_for(lambda: len(list(out.glob(".casebook/papers/p*.jsonl"))) == 6)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert re.fullmatch("casebook: stopped after [56] of 7 papers; the next run goes on from there\n", said)
    assert not (out / "cases.csv").exists()
    no_process_left(process.pid)
    raw(zz="patient:44")
    assert "1 file read" in casebook("run", folder, out).stderr
    assert len(rows(out, "cases")) == 7


def test_cli_ctrl_c_while_workers_start_says_one_line(raw, tmp_path):
    for pause in (0.2, 0.4, 0.8):
        with subprocess.Popen(
            [*COMMAND, "run", raw(a="sleep 50"), tmp_path / "out"],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            time.sleep(pause)
            os.killpg(process.pid, signal.SIGINT)
            said = process.communicate(timeout=20)[1]
        if process.returncode == 130:  # at 0.2 s Python itself may still be starting
            assert said.count("\n") <= 1
        no_process_left(process.pid)


def test_cli_a_killed_run_leaves_no_process_and_the_next_goes_on(raw, tmp_path, rows):
    folder, out = raw(a="patient:30", b="slowly 3"), tmp_path / "out"
    with subprocess.Popen(
        [*COMMAND, "run", folder, out, "--workers", "2"], start_new_session=True
    ) as process:
        wait_for((out / ".casebook/papers/a.txt.jsonl").exists)
        process.kill()
    no_process_left(process.pid)
    done = casebook("run", folder, out)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert len(rows(out, "cases")) == 4


def _small_files(size: int):
    """Writing beyond `size` bytes of a file fails, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    "size", [pytest.param(300, id="in the cache"), pytest.param(6000, id="in the tables")]
)
def test_cli_a_full_disk_is_one_error_and_leaves_the_tables(raw, tmp_path, contents, size):
    folder, out = raw(a="patient:30"), tmp_path / "out"
    assert casebook("run", folder, out).returncode == 0
    before = contents(out)
    raw(**{f"more-{n}": "patient:31" for n in range(100)})
    failed = casebook("run", folder, out, "--workers", 2, preexec_fn=_small_files(size))
    assert (failed.returncode, failed.stdout) == (2, "")
    assert re.fullmatch(r"casebook: cannot write to .*: File too large\n", failed.stderr)
    assert contents(out) == before
    assert not (out / ".casebook/new").exists()
    assert casebook("run", folder, out).returncode == 0
    assert len(contents(out)) == len(before) + 100


def test_cli_a_full_file_system_is_one_error(raw, tmp_path, contents):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        folder, out = raw(a="patient:30"), disk / "out"
        assert casebook("run", folder, out).returncode == 0
        before = contents(out)
        raw(**{f"more-{n}": "patient:31 " + "x" * 10_000 for n in range(100)})
        failed = casebook("run", folder, out)
        assert failed.returncode == 2
        assert re.fullmatch(r"casebook: cannot write to .*: No space left on device\n", failed.stderr)
        assert contents(out) == before
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("place", ["/proc/casebook", "/dev/null/casebook"])
def test_cli_a_folder_that_takes_no_files_is_one_error(raw, place):
    failed = casebook("run", raw(a="patient:30"), place)
    assert (failed.returncode, failed.stdout) == (2, "")
    assert re.fullmatch(r"casebook: .*\n", failed.stderr)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_cli_a_read_only_folder_is_one_error(raw, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o555)
    failed = casebook("run", raw(a="patient:30"), out)
    assert failed.returncode == 2
    assert re.fullmatch(r"casebook: cannot write to .*: Permission denied\n", failed.stderr)


def test_cli_shows_a_live_line_on_a_terminal(raw, tmp_path):
    folder = raw(**{f"p{n}": "sleep 0.3" for n in range(6)})
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "run", folder, tmp_path / "out", "--workers", "1"], stderr=theirs
    ) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other side of a terminal hung up
                break
            if not part:
                break
            said += part
    os.close(ours)
    assert process.returncode == 0
    assert re.search(rb"\r[2-5]/6 papers  \d+ %  \d+\.\d a (second|minute)  0:0\d left", said)
    assert said.rstrip().splitlines()[-1].startswith(b"Tables:")


def test_cli_run_json_has_what_the_summary_tells(raw, tmp_path, rows):
    done = casebook("run", raw(a="patient:30", b="bad"), tmp_path / "out", "--json", "--quiet")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert told["records"] == {"ok": 1, "warning": 0, "failed": 1}
    assert told["files_read"] == 2 and told["patients"] == 1
    assert {n: len(rows(tmp_path / "out", n)) for n in told["rows"]} == told["rows"]
    assert [paper["doc_id"] for paper in told["failed"]] == ["b.txt"]


def test_cli_run_logs_what_it_does_if_it_is_asked(raw, tmp_path):
    folder, out = raw(a="patient:30", b="bad"), tmp_path / "out"
    said = casebook("run", folder, out, "--quiet", "-v").stderr
    assert re.search(r"^\d\d:\d\d:\d\d INFO read: ok a\.txt", said, re.MULTILINE)
    assert re.search(r"INFO read: failed b\.txt E03:", said)
    assert "unchanged: a.txt" not in casebook("run", folder, out, "--quiet", "-v").stderr
    assert "DEBUG unchanged: a.txt" in casebook("run", folder, out, "--quiet", "-vv").stderr


def test_cli_version_names_the_program(capsys):
    assert cli.main(["--version"]) == 0
    assert re.fullmatch(r"casebook \d\S*\n", capsys.readouterr().out)


def test_cli_every_command_and_option_is_documented():
    documented = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    top = cli.command_line()
    named = [option for taken in top.params for option in taken.opts]
    for name, command in top.commands.items():
        assert f"## `casebook {name}`\n" in documented
        for taken in command.params:
            is_option = taken.param_type_name == "option"
            named += [*taken.opts, *taken.secondary_opts] if is_option else [taken.metavar]
    assert {"RAW", "--workers", "-v", "--show-completion"} <= set(named)
    assert not {option for option in named if f"`{option}" not in documented}


def test_cli_examples_of_the_help_are_commands():
    for name, command in cli.command_line().commands.items():
        with command.make_context(name, [], resilient_parsing=True) as context:
            _, _, examples = command.get_help(context).partition("\n  Examples:\n")
        assert examples, name
        for example in examples.splitlines():
            program, called, *arguments = shlex.split(example.partition(" > ")[0])
            assert (program, called) == ("casebook", name)
            command.make_context(name, options.with_folder(arguments))  # raises for what it does not know


def test_cli_help_is_plain_in_a_pipe_and_drawn_on_a_terminal(capsys, monkeypatch):
    assert cli.main(["run", "--help"]) == 0
    plain = capsys.readouterr().out
    assert plain.startswith("Usage: casebook run [OPTIONS] [RAW] [OUT]\n")
    assert plain.isascii() and "\033" not in plain
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert cli.main(["run", "-h"]) == 0
    drawn = capsys.readouterr().out
    assert "─ Limits of one paper ─" in re.sub("\033\\[[0-9;]*m", "", drawn) and "\033[1;36m" in drawn
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(["run", "-h"]) == 0
    assert not re.search(r"\033\[[0-9;]*3\d[;m]", capsys.readouterr().out)


def test_cli_completion_completes_commands_options_and_papers(tmp_path, capsys, monkeypatch):
    program = tmp_path / "casebook"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m pipeline.cli "$@"\n')
    program.chmod(0o755)
    assert cli.main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents.csv").write_text("doc_id,path\nsmith.pdf,Smith.pdf\njones.txt,jones.txt\n")
    assert _completed(script, program, "fi") == ["figures"]
    assert _completed(script, program, "run", "--force-") == ["--force-output"]
    assert _completed(script, program, "show", "--out", ".", "sm") == ["smith.pdf"]
    assert cli.main(["completion", "cmd"]) == 2
    assert "there is one for bash, zsh, fish" in capsys.readouterr().err


def _completed(script: str, program: Path, *words: str) -> list[str]:
    """What bash offers behind the last of the words."""
    asked = (
        f"COMP_WORDS=(casebook {' '.join(words)}); COMP_CWORD={len(words)}; _casebook_completion {program}"
    )
    code = f'{script}\n{asked}\nprintf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_cli_schema_is_the_data_dictionary_in_docs(capsys):
    assert cli.main(["schema"]) == 0
    said = capsys.readouterr().out
    assert said == (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8"), (
        "stale: run `casebook schema > docs/data-dictionary.md`"
    )


def wait_for(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def no_process_left(group: int) -> None:
    """Every process of a group has ended, soon."""

    def gone() -> bool:
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return True
        return False

    wait_for(gone, 10)


def test_ctrl_c_while_the_command_loads_leaves_no_traceback():
    program = (
        "import os, signal, sys\n"
        "from pipeline.start import main\n"
        "class Hit:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'pipeline.cli':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Hit())\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_a_run_that_is_terminated_before_it_has_a_paper_says_so_by_its_status(tmp_path, monkeypatch):
    (tmp_path / "raw").mkdir()

    def hit(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("pipeline.run.settle_output", hit)
    assert cli.main(["run", str(tmp_path / "raw"), str(tmp_path / "out"), "--quiet"]) == 128 + signal.SIGTERM
