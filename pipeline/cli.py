"""The command `casebook`. Nothing heavy is imported before it is known that it is needed."""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.config import MOST_COURSES, Config, Limits, UsageError
from pipeline.signals import Stopped
from pipeline.version import VERSION
from pipeline.voice import Voice, plain, silence

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def parser() -> argparse.ArgumentParser:
    """The commands and their options; docs/cli.md describes each of them."""
    top = argparse.ArgumentParser(
        prog="casebook",
        description="Reads published case reports and writes tables, one row per fact, each with its quote.",
    )
    top.add_argument("--version", action="version", version=f"casebook {VERSION}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(commands.add_parser("run", help="read every paper in a folder and write the tables"))
    _add_show(commands.add_parser("show", help="print one paper's records with their quotes"))
    _add_review(commands.add_parser("review", help="check and correct the rows in the browser"))
    accuracy = commands.add_parser("accuracy", help="hold the extraction against reviewed papers")
    _add_folders(accuracy)
    accuracy.add_argument("--errors", action="store_true", help="list what is wrong or missed")
    report = commands.add_parser("report", help="write pictures and every row into OUT/report.html")
    _add_folders(report)
    figures = commands.add_parser("figures", help="draw the tables: SVG and PNG in OUT/figures")
    _add_out(figures)
    for drawing in (report, figures):
        _add_courses(drawing)
    exporting = commands.add_parser("export", help="write the tables in other formats beside the CSV files")
    _add_out(exporting)
    _add_format(exporting, "parquet,duckdb,sqlite,xlsx")
    commands.add_parser("schema", help="print the data dictionary (Markdown)")
    return top


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
        default=default.limits.seconds,
        metavar="S",
        help="seconds that one paper may take (default: %(default)g)",
    )
    command.add_argument(
        "--memory",
        type=int,
        default=default.limits.memory_mb,
        metavar="MB",
        help="memory that one paper may take (default: %(default)d)",
    )
    command.add_argument("--quiet", action="store_true", help="no progress and no closing summary")
    command.add_argument("--strict", action="store_true", help="exit status 1 where a paper failed")
    _add_format(command, "csv")


def _add_show(command: argparse.ArgumentParser) -> None:
    command.add_argument("doc_id", metavar="DOC_ID", help="the paper, as in documents.csv")
    command.add_argument(
        "--out",
        type=Path,
        default=Config().out,
        metavar="DIR",
        help="folder with the tables (default: %(default)s)",
    )
    command.add_argument("--table", metavar="NAME", help="one table only")
    command.add_argument(
        "--structure",
        action="store_true",
        help="read the paper again and print its parts instead: titles, sections, tables",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns the exit status: 0 done, 1 some papers failed in a strict run, 2 bad usage or no output,
    130 Ctrl-C (128 and its number for another signal).
    """
    _prepare_streams()
    options = parser().parse_args(arguments)
    try:
        return _command(options)
    except UsageError as error:
        return _complain(str(error))
    except BrokenPipeError:  # the reader of our output, `head` say, has seen enough
        silence(sys.stdout)
        return 0
    except OSError as error:
        silence(sys.stdout)
        return _complain(f"{error.filename or 'the system says'}: {error.strerror or error}")
    except (ImportError, MemoryError) as error:  # libraries do not find the memory that they need
        return _complain(f"the program does not load: {str(error) or type(error).__name__}")
    except KeyboardInterrupt as error:  # before there was anything to keep
        return EXIT_INTERRUPTED if not isinstance(error, Stopped) else 128 + error.number
    except Exception as error:  # 1, Python's own status for it, says something else
        Voice(sys.stderr).write(traceback.format_exc())
        return _complain(f"an unexpected {type(error).__name__}; please report it with the lines above")


def _prepare_streams() -> None:
    """Give a program that was started without standard streams some that lead nowhere.

    Else the next file that is opened takes their place, and messages go into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (as long as the program)
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what a terminal of few letters cannot show


def _command(options: argparse.Namespace) -> int:
    if options.command == "run":
        return _run(options)
    if options.command == "show":
        return _show(options)
    if options.command == "review":
        return _review(options)
    if options.command == "accuracy":
        return _accuracy(options)
    if options.command == "report":
        return _report(options)
    if options.command == "figures":
        return _figures(options)
    if options.command == "export":
        return _export_tables(options)
    from pipeline.dictionary import dictionary  # noqa: PLC0415

    sys.stdout.write(dictionary())
    sys.stdout.flush()
    return 0


def _run(options: argparse.Namespace) -> int:
    from pipeline.run import run  # noqa: PLC0415

    config = Config(
        options.raw,
        options.out,
        options.workers,
        Limits(options.timeout, options.memory),
        options.force,
        options.force_output,
        options.quiet,
        options.review,
    )
    export = _exporter(options.format)  # before any paper is read: the formats may be none

    def work() -> int:
        outcome = run(config, sys.stderr)
        export(config.out)
        return outcome.exit_status if options.strict else 0

    return _running(work)


def _exporter(listed: str) -> Callable[[Path], object]:
    """What writes the tables of a folder in the listed formats too. Raises UsageError for unknown ones."""
    if listed == "csv":
        return lambda out: None
    from pipeline.export.formats import chosen, export  # noqa: PLC0415

    formats = chosen(listed)
    return lambda out: export(out, formats)


def _running(work: Callable[[], int]) -> int:
    """Do what reads papers, and tell what may be the matter with that."""
    from pipeline.cache import BadEntry  # noqa: PLC0415
    from pipeline.errors import OutputError  # noqa: PLC0415
    from pipeline.lock import Busy  # noqa: PLC0415
    from pipeline.pool import PoolError  # noqa: PLC0415
    from pipeline.run import Interrupted  # noqa: PLC0415

    try:
        return work()
    except (Busy, OutputError, PoolError) as error:
        return _complain(str(error))
    except BadEntry as error:
        return _complain(f"what was kept of {error} changed during the run; run again")
    except Interrupted as error:
        _complain(str(error))
        return error.exit_status


def _review(options: argparse.Namespace) -> int:
    from pipeline.desk.serve import serve  # noqa: PLC0415

    config = Config(options.raw, options.out, review=options.review)

    def work() -> int:
        if options.export is not None:
            return _export(config, options.export)
        serve(config, options.reviewer, options.port, sys.stderr)
        return 0

    return _running(work)


def _export(config: Config, folder: Path) -> int:
    from pipeline.desk.export import export  # noqa: PLC0415
    from pipeline.desk.shelf import Papers  # noqa: PLC0415

    chosen = config.out / "review" if folder == Path() else folder
    names = export(Papers.after_run(config), chosen)
    sys.stdout.write(plain(f"{', '.join(names)} in {chosen}\n"))
    return 0


def _report(options: argparse.Namespace) -> int:
    from pipeline.desk.report import report  # noqa: PLC0415

    def work() -> int:
        place = report(Config(options.raw, options.out, review=options.review), options.courses)
        sys.stdout.write(plain(f"{place}\n"))
        return 0

    return _running(work)


def _export_tables(options: argparse.Namespace) -> int:
    from pipeline.export.formats import chosen, export  # noqa: PLC0415

    def work() -> int:
        for place in export(options.out, chosen(options.format)):
            sys.stdout.write(plain(f"{place}\n"))
        return 0

    return _running(work)


def _figures(options: argparse.Namespace) -> int:
    from pipeline.figures.album import draw  # noqa: PLC0415

    def work() -> int:
        sys.stdout.write(plain("\n".join(draw(Config(out=options.out), options.courses)) + "\n"))
        return 0

    return _running(work)


def _accuracy(options: argparse.Namespace) -> int:
    from pipeline.desk.gold import report  # noqa: PLC0415

    def work() -> int:
        config = Config(options.raw, options.out, review=options.review)
        sys.stdout.write(report(config, options.errors))
        sys.stdout.flush()
        return 0

    return _running(work)


def _show(options: argparse.Namespace) -> int:
    from pipeline.show import show, show_structure  # noqa: PLC0415

    if options.structure:
        show_structure(options.doc_id, options.out, sys.stdout)
    else:
        show(options.doc_id, options.out, sys.stdout, options.table)
    sys.stdout.flush()
    return 0


def _complain(message: str) -> int:
    Voice(sys.stderr).write(f"casebook: {plain(' '.join(message.split()))}\n")
    return EXIT_USAGE


if __name__ == "__main__":
    sys.exit(main())
