"""What each command of `casebook` does: a function that takes its options and returns the exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.rules.added import adding
from pipeline import options as o
from pipeline.config import MOST_COURSES, OUT, RAW, Config, UsageError
from pipeline.voice import plain

if TYPE_CHECKING:
    from pipeline.only import Only


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its function, what it does in one line, examples of its use as the help shows them."""

    function: Callable[..., int]
    does: str
    examples: tuple[str, ...]


def run(
    raw: o.Raw = RAW,
    out: o.Out = OUT,
    workers: o.Workers = None,
    only: o.Only = None,
    force: o.Force = False,
    force_output: o.ForceOutput = False,
    review: o.Review = None,
    form: o.RunFormat = None,
    cluster: o.Cluster = None,
    timeout: o.Timeout = None,
    memory: o.Memory = None,
    quiet: o.Quiet = False,
    strict: o.Strict = False,
    as_json: o.RunJson = False,
    verbose: o.Verbose = 0,
) -> int:
    """`casebook run`. Raises UsageError and what `pipeline.run.run` raises."""
    from pipeline.own_words import words_for  # noqa: PLC0415
    from pipeline.run import run  # noqa: PLC0415
    from pipeline.settings import limits_for  # noqa: PLC0415

    _log(verbose)
    given = {} if workers is None else {"workers": workers}
    config = Config(
        raw,
        out,
        limits=limits_for(raw, timeout, memory),
        force=force,
        force_output=force_output,
        quiet=quiet,
        review=review,
        words=words_for(raw),
        only=_only(only),
        **given,
    )
    if cluster is not None:
        from pipeline.scale.cluster import run_cluster  # noqa: PLC0415

        outcome = run_cluster(config, cluster, form, sys.stderr)
    else:
        export = _exporter(form or "csv")  # before any paper is read: the formats may be none
        outcome = run(config, sys.stderr)
        export(config.out)
    if as_json:
        from pipeline.report import as_json as report  # noqa: PLC0415

        _say(json.dumps(report(config, outcome.totals, outcome.read, outcome.samples), indent=1) + "\n")
    return outcome.exit_status if strict else 0


def _exporter(listed: str) -> Callable[[Path], object]:
    """What writes the tables of a folder in the listed formats too. Raises UsageError for unknown ones."""
    if listed == "csv":
        return lambda out: None
    from pipeline.export.formats import chosen, export  # noqa: PLC0415

    formats = chosen(listed)
    return lambda out: export(out, formats)


def show(
    paper: o.Paper,
    out: o.Tables = OUT,
    table: o.Table = None,
    as_json: o.ShowJson = False,
    structure: o.Structure = False,
) -> int:
    """`casebook show`. Raises UsageError."""
    from pipeline.show import show, show_json, show_structure  # noqa: PLC0415

    if structure and as_json:
        raise UsageError("--json and --structure do not go together: give one of them")
    if structure:
        show_structure(paper, out, sys.stdout)
    elif as_json:
        show_json(paper, out, sys.stdout, table)
    else:
        show(paper, out, sys.stdout, table)
    sys.stdout.flush()
    return 0


def debug(
    paper: o.Paper, page: o.Page = None, picture: o.Picture = None, out: o.DebugTables = OUT
) -> int:
    """`casebook debug`. Raises UsageError."""
    from pipeline.debug.command import debug  # noqa: PLC0415

    _say(plain(f"{debug(paper, out, page, picture)}\n"))
    return 0


def review(
    raw: o.RawOrPaper = RAW,
    out: o.Out = OUT,
    review: o.Review = None,
    paper: o.AtPaper = "",
    reviewer: o.Reviewer = "",
    export: o.Export = None,
    port: o.Port = 0,
    verbose: o.Verbose = 0,
) -> int:
    """`casebook review`. Raises UsageError and what `pipeline.run.run` raises."""
    from pipeline.desk.serve import serve  # noqa: PLC0415

    if export is None:
        raw, paper = _folder_or_paper(raw, out, paper)
    config = _config(raw, out, review, verbose)
    with adding(config.words):
        if export is not None:
            return _export_review(config, export)
        serve(config, reviewer, port, sys.stderr, paper)
    return 0


def _folder_or_paper(raw: Path, out: Path, paper: str) -> tuple[Path, str]:
    """The folder with the papers, and which to begin with; a name alone is of the usual folder."""
    alone = not paper and out == OUT and RAW.is_dir() and not raw.is_dir()
    return (RAW, str(raw)) if alone else (raw, paper)


def _export_review(config: Config, folder: Path) -> int:
    from pipeline.desk.export import export  # noqa: PLC0415
    from pipeline.desk.shelf import Papers  # noqa: PLC0415

    chosen = config.out / "review" if folder == Path() else folder
    names = export(Papers.after_run(config), chosen)
    _say(plain(f"{', '.join(names)} in {chosen}\n"))
    return 0


def accuracy(
    raw: o.Raw = RAW,
    out: o.Out = OUT,
    review: o.Review = None,
    errors: o.Errors = False,
    verbose: o.Verbose = 0,
) -> int:
    """`casebook accuracy`. Raises UsageError and what `pipeline.run.run` raises."""
    from pipeline.desk.gold import report  # noqa: PLC0415

    config = _config(raw, out, review, verbose)
    with adding(config.words):
        _say(report(config, errors))
    return 0


def report(
    raw: o.Raw = RAW,
    out: o.Out = OUT,
    review: o.Review = None,
    courses: o.Courses = MOST_COURSES,
    verbose: o.Verbose = 0,
) -> int:
    """`casebook report`. Raises UsageError and what `pipeline.run.run` raises."""
    from pipeline.desk.report import report  # noqa: PLC0415

    config = _config(raw, out, review, verbose)
    with adding(config.words):
        _say(plain(f"{report(config, courses)}\n"))
    return 0


def figures(out: o.Out = OUT, courses: o.Courses = MOST_COURSES) -> int:
    """`casebook figures`. Raises UsageError, OutputError."""
    from pipeline.figures.album import draw  # noqa: PLC0415

    _say(plain("\n".join(draw(Config(out=out), courses)) + "\n"))
    return 0


def export(out: o.Out = OUT, form: o.Format = "parquet,duckdb,sqlite,xlsx") -> int:
    """`casebook export`. Raises UsageError, OutputError."""
    from pipeline.export.formats import chosen, export  # noqa: PLC0415

    for place in export(out, chosen(form)):
        _say(plain(f"{place}\n"))
    return 0


def schema() -> int:
    """`casebook schema`."""
    from pipeline.dictionary import dictionary  # noqa: PLC0415

    _say(dictionary())
    return 0


def completion(shell: o.Shell) -> int:
    """`casebook completion`: as `--show-completion`, for any shell. Raises UsageError for an unknown one."""
    from typer.completion import get_completion_script  # noqa: PLC0415

    if shell not in o.SHELLS:
        raise UsageError(f"no completion for {shell}: there is one for {', '.join(o.SHELLS)}")
    _say(get_completion_script(prog_name=o.PROGRAM, complete_var=o.COMPLETING, shell=shell) + "\n")
    return 0


def _config(raw: Path, out: Path, review: Path | None, verbose: int) -> Config:
    """For a command that reads what is new before it does something else."""
    from pipeline.named import only_of  # noqa: PLC0415
    from pipeline.own_words import words_for  # noqa: PLC0415
    from pipeline.settings import limits_for  # noqa: PLC0415

    _log(verbose)
    only = _only(only_of(out))  # the same papers as the last run
    return Config(raw, out, limits=limits_for(raw), review=review, words=words_for(raw), only=only)


def _only(expression: str | None) -> Only | None:
    """The filter that an expression says. Raises UsageError."""
    if expression is None:
        return None
    from pipeline.only import only  # noqa: PLC0415

    return only(expression)


def _log(verbose: int) -> None:
    if verbose:
        from pipeline.logs import log_to  # noqa: PLC0415

        log_to(sys.stderr, verbose)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


#: the commands in the order of the help
COMMANDS = {
    "run": Command(
        run,
        "read every paper in a folder and write the tables",
        ("casebook run", "casebook run papers tables --workers 2", "casebook run --format parquet,xlsx"),
    ),
    "show": Command(
        show,
        "print one paper's records with their quotes",
        ("casebook show smith-2011.pdf", "casebook show smith-2011.pdf-1 --table labs --json"),
    ),
    "debug": Command(
        debug,
        "draw a page of a PDF with what was read from it",
        ("casebook debug smith-2011.pdf", "casebook debug smith-2011.pdf --page 3 --out page.png"),
    ),
    "review": Command(
        review,
        "check and correct the rows in the browser",
        (
            'casebook review --reviewer "A. Reader"',
            "casebook review smith-2011.pdf",
            "casebook review papers tables --paper smith-2011.pdf-2",
            "casebook review --export",
        ),
    ),
    "accuracy": Command(
        accuracy, "hold the extraction against reviewed papers", ("casebook accuracy --errors",)
    ),
    "report": Command(
        report, "write pictures and every row into OUT/report.html", ("casebook report papers tables",)
    ),
    "figures": Command(
        figures, "draw the tables: SVG and PNG in OUT/figures", ("casebook figures tables --courses 5",)
    ),
    "export": Command(
        export,
        "write the tables in other formats beside the CSV files",
        ("casebook export tables --format duckdb",),
    ),
    "schema": Command(schema, "print the data dictionary (Markdown)", ("casebook schema > dictionary.md",)),
    "completion": Command(
        completion,
        "print what completes commands and options in a shell",
        ("casebook completion bash > ~/.local/share/bash-completion/completions/casebook",),
    ),
}
