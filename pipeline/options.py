"""Every argument and option of the command line, once; `pipeline.commands` says which command takes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.config import Limits
from pipeline.version import VERSION

#: the name of the program, and the variable by which a shell asks it for completions
PROGRAM, COMPLETING = "casebook", "_CASEBOOK_COMPLETE"
#: the shells whose completions typer knows
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
#: the panels of the help that options which belong together stand in
_LIMITS, _TOLD = "Limits of one paper", "What is told"
#: the option whose folder may be left out
_EXPORT = "--export"


def with_folder(arguments: Sequence[str]) -> list[str]:
    """The words of a command line with an empty folder where `--export` has none (typer wants one)."""
    following = [*arguments[1:], "-"]
    return [
        f"{word}=" if word == _EXPORT and behind.startswith("-") else word
        for word, behind in zip(arguments, following, strict=False)
    ]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"casebook {VERSION}")
        raise typer.Exit


def _doc_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """What completes the name of a paper: the papers of the output folder."""
    import csv  # noqa: PLC0415

    try:
        with Path(ctx.params["out"], "documents.csv").open(encoding="utf-8", newline="") as table:
            return [row["doc_id"] for row in csv.DictReader(table) if row["doc_id"].startswith(incomplete)]
    except (OSError, ValueError, KeyError):
        return []


def _shells(incomplete: str) -> list[str]:
    return [shell for shell in SHELLS if shell.startswith(incomplete)]


def _tables(incomplete: str) -> list[str]:
    from pipeline.schema import FACT_TABLES  # noqa: PLC0415

    return [table.name for table in FACT_TABLES if table.name.startswith(incomplete)]


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print casebook's version.")
]

# ------------------------------------------------------------------------------- papers and tables
Raw = Annotated[Path, typer.Argument(metavar="RAW", help="Folder with the papers.")]
RawOrPaper = Annotated[
    Path,
    typer.Argument(
        metavar="RAW", help="Folder with the papers; or one paper of the usual folder, as --paper."
    ),
]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the tables.")]
Review = Annotated[
    Path | None,
    typer.Option(
        "--review",
        metavar="DIR",
        help="Folder with the decisions of reviewers.",
        show_default="review beside RAW",
    ),
]
Paper = Annotated[
    str,
    typer.Argument(
        metavar="PAPER",
        help="Its doc_id, path or file name, or the case_id of one patient.",
        autocompletion=_doc_ids,
    ),
]
Tables = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder with the tables.")]

# ---------------------------------------------------------------------------- how a run does its work
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", help="Papers read at the same time.", show_default="one per processor"
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Read on a Dask cluster: tcp://HOST:PORT, a scheduler file, or local (one of N processes here); "
        "RAW and OUT may be s3:// and the like.",
    ),
]
Only = Annotated[
    str | None,
    typer.Option(
        "--only",
        metavar="EXPRESSION",
        help='Read papers that fit alone: "osteoporosis AND (pregnancy OR lactation) AND type:case-report".',
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Read unchanged papers again.")]
ForceOutput = Annotated[
    bool, typer.Option("--force-output", help="Write over files in OUT that casebook did not write.")
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="S",
        help="Seconds that it may take.",
        show_default=f"casebook.toml, else {Limits().seconds:g}",
        rich_help_panel=_LIMITS,
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(
        "--memory",
        metavar="MB",
        help="Memory that it may take.",
        show_default=f"casebook.toml, else {Limits().memory_mb}",
        rich_help_panel=_LIMITS,
    ),
]

# ------------------------------------------------------------------------------------ what is told
Verbose = Annotated[
    int,
    typer.Option(
        "-v",
        "--verbose",
        count=True,
        metavar="",
        help="Log what is done to standard error; -vv: in detail.",
        show_default=False,
        rich_help_panel=_TOLD,
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="No progress and no closing summary.", rich_help_panel=_TOLD)
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit status 1 where a paper failed.", rich_help_panel=_TOLD)
]
RunJson = Annotated[bool, typer.Option("--json", help="Print what was found as JSON.", rich_help_panel=_TOLD)]

# ------------------------------------------------------------------------------ what other commands do
_FORMATS = "Formats: csv, parquet, duckdb, sqlite, xlsx, with commas between."
Format = Annotated[str, typer.Option("--format", metavar="LIST", help=_FORMATS)]
RunFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="LIST", help=_FORMATS, show_default="csv; with --cluster parquet"),
]
Courses = Annotated[int, typer.Option("--courses", metavar="N", help="Patients whose course is drawn.")]
Errors = Annotated[bool, typer.Option("--errors", help="List what is wrong or missed.")]
Reviewer = Annotated[
    str,
    typer.Option("--reviewer", metavar="NAME", help="Who decides.", show_default="git's user.name"),
]
AtPaper = Annotated[
    str,
    typer.Option(
        "--paper",
        metavar="PAPER",
        help="Begin with this paper: its doc_id, path or file name, or the case_id of one patient.",
        show_default="the list of papers",
        autocompletion=_doc_ids,
    ),
]
Export = Annotated[
    Path | None,
    typer.Option(
        _EXPORT,
        metavar="[DIR]",
        help="Write the flow of papers, agreement and every decision instead.",
        show_default="OUT/review",
    ),
]
Port = Annotated[
    int, typer.Option("--port", metavar="N", help="Port of the desk.", show_default="a free one")
]
Table = Annotated[
    str | None,
    typer.Option("--table", metavar="NAME", help="One table only.", autocompletion=_tables),
]
ShowJson = Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")]
Structure = Annotated[
    bool,
    typer.Option(
        "--structure",
        help="Read the paper again and print its parts instead: titles, sections, tables.",
    ),
]
Page = Annotated[
    int | None,
    typer.Option("--page", metavar="N", help="The page, from 1.", show_default="the first one with rows"),
]
Picture = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="The picture, a PNG file.", show_default="PAPER-page-N.png, here"
    ),
]
DebugTables = Annotated[Path, typer.Option("--tables", metavar="DIR", help="Folder with the tables.")]
Shell = Annotated[
    str,
    typer.Argument(
        metavar="SHELL", help="The shell: bash, zsh, fish, powershell or pwsh.", autocompletion=_shells
    ),
]
