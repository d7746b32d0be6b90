"""The commands of `casebook` and their options; docs/cli.md describes each of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pipeline.config import MOST_COURSES, Config
from pipeline.version import VERSION

#: command -> (what it does, examples of its use as the help shows them)
_COMMANDS = {
    "run": (
        "read every paper in a folder and write the tables",
        ("casebook run", "casebook run papers tables --workers 2", "casebook run --format parquet,xlsx"),
    ),
    "show": (
        "print one paper's records with their quotes",
        ("casebook show smith-2011.pdf", "casebook show smith-2011.pdf-1 --table labs --json"),
    ),
    "review": (
        "check and correct the rows in the browser",
        ('casebook review --reviewer "A. Reader"', "casebook review --export"),
    ),
    "accuracy": ("hold the extraction against reviewed papers", ("casebook accuracy --errors",)),
    "report": ("write pictures and every row into OUT/report.html", ("casebook report papers tables",)),
    "figures": ("draw the tables: SVG and PNG in OUT/figures", ("casebook figures tables --courses 5",)),
    "export": (
        "write the tables in other formats beside the CSV files",
        ("casebook export tables --format duckdb",),
    ),
    "schema": ("print the data dictionary (Markdown)", ("casebook schema > dictionary.md",)),
    "completion": (
        "print what completes commands and options in a shell",
        ("casebook completion bash > ~/.local/share/bash-completion/completions/casebook",),
    ),
}
#: the shells that `completion` knows
SHELLS = ("bash", "zsh", "tcsh")


def parser() -> argparse.ArgumentParser:
    """What reads the command line, to the last option."""
    top = argparse.ArgumentParser(
        prog="casebook",
        description="Reads published case reports and writes tables, one row per fact, each with its quote.",
    )
    top.add_argument("--version", action="version", version=f"casebook {VERSION}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    found = {name: _added(commands, name) for name in _COMMANDS}
    _add_run(found["run"])
    _add_show(found["show"])
    _add_review(found["review"])
    _add_folders(found["accuracy"])
    found["accuracy"].add_argument("--errors", action="store_true", help="list what is wrong or missed")
    _add_folders(found["report"])
    _add_out(found["figures"])
    for name in ("report", "figures"):
        _add_courses(found[name])
    _add_out(found["export"])
    _add_format(found["export"], "parquet,duckdb,sqlite,xlsx")
    found["completion"].add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))
    return top


def _added(commands: Any, name: str) -> argparse.ArgumentParser:
    """A command with its help: what it does, and examples behind the options."""
    does, examples = _COMMANDS[name]
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog="\n".join(("examples:", *(f"  {example}" for example in examples))),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return made


def _add_review(command: argparse.ArgumentParser) -> None:
    _add_folders(command)
    whose = "who decides (default: git's user.name)"
    command.add_argument("--reviewer", default="", metavar="NAME", help=whose)
    command.add_argument(
        "--export",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="DIR",
        help="write the flow of papers, agreement and every decision instead (default: OUT/review)",
    )
    command.add_argument("--port", type=int, default=0, metavar="N", help="port (default: a free one)")


def _add_folders(command: argparse.ArgumentParser) -> None:
    default = Config()
    command.add_argument(
        "raw",
        nargs="?",
        type=Path,
        default=default.raw,
        metavar="RAW",
        help="folder with the papers (default: %(default)s)",
    )
    _add_out(command)
    command.add_argument(
        "--review",
        type=Path,
        metavar="DIR",
        help="folder with the decisions of reviewers (default: review beside RAW)",
    )
    command.add_argument(
        "-v",
        "--verbose",
        action="count",
        default=0,
        help="log what is done to standard error; -vv: in detail",
    )


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "out",
        nargs="?",
        type=Path,
        default=Config().out,
        metavar="OUT",
        help="folder for the tables (default: %(default)s)",
    )


def _add_format(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument(
        "--format",
        default=default,
        metavar="LIST",
        help="csv, parquet, duckdb, sqlite, xlsx, with commas between (default: %(default)s)",
    )


def _add_courses(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--courses",
        type=int,
        default=MOST_COURSES,
        metavar="N",
        help="patients whose course is drawn (default: %(default)d)",
    )


def _add_run(command: argparse.ArgumentParser) -> None:
    default = Config()
    _add_folders(command)
    command.add_argument(
        "--workers",
        type=int,
        default=default.workers,
        metavar="N",
        help="papers read at the same time (default: one per processor)",
    )
    command.add_argument("--force", action="store_true", help="read unchanged papers again")
    command.add_argument(
        "--force-output", action="store_true", help="write over files in OUT that casebook did not write"
    )
    command.add_argument(
        "--timeout",
        type=float,
        metavar="S",
        help=f"seconds that one paper may take (default: casebook.toml, else {default.limits.seconds:g})",
    )
    command.add_argument(
        "--memory",
        type=int,
        metavar="MB",
        help=f"memory that one paper may take (default: casebook.toml, else {default.limits.memory_mb})",
    )
    command.add_argument("--quiet", action="store_true", help="no progress and no closing summary")
    command.add_argument("--json", action="store_true", help="print what was found as JSON")
    command.add_argument("--strict", action="store_true", help="exit status 1 where a paper failed")
    _add_format(command, "csv")


def _add_show(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paper", metavar="PAPER", help="its doc_id, path or file name, or the case_id of one patient"
    )
    command.add_argument(
        "--out",
        type=Path,
        default=Config().out,
        metavar="DIR",
        help="folder with the tables (default: %(default)s)",
    )
    command.add_argument("--table", metavar="NAME", help="one table only")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print the rows as JSON")
    how.add_argument(
        "--structure",
        action="store_true",
        help="read the paper again and print its parts instead: titles, sections, tables",
    )
