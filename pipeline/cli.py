"""The command `casebook`. Nothing heavy is imported before it is known that it is needed."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.config import Config, UsageError
from pipeline.options import parser
from pipeline.signals import Stopped
from pipeline.voice import Voice, plain, silence

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


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
    if getattr(options, "verbose", 0):
        from pipeline.logs import log_to  # noqa: PLC0415

        log_to(sys.stderr, options.verbose)
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
    sys.stdout.write(_printed(options))
    sys.stdout.flush()
    return 0


def _printed(options: argparse.Namespace) -> str:
    """What a command says that needs no paper."""
    if options.command == "completion":
        import shtab  # noqa: PLC0415

        return shtab.complete(parser(), options.shell)
    from pipeline.dictionary import dictionary  # noqa: PLC0415

    return dictionary()


def _run(options: argparse.Namespace) -> int:
    from pipeline.run import run  # noqa: PLC0415
    from pipeline.settings import limits_for  # noqa: PLC0415

    config = Config(
        options.raw,
        options.out,
        options.workers,
        limits_for(options.raw, options.timeout, options.memory),
        options.force,
        options.force_output,
        options.quiet,
        options.review,
    )
    export = _exporter(options.format)  # before any paper is read: the formats may be none

    def work() -> int:
        outcome = run(config, sys.stderr)
        export(config.out)
        if options.json:
            from pipeline.report import as_json  # noqa: PLC0415

            told = as_json(config, outcome.totals, outcome.read, outcome.samples)
            sys.stdout.write(json.dumps(told, indent=1) + "\n")
            sys.stdout.flush()
        return outcome.exit_status if options.strict else 0

    return _running(work)


def _exporter(listed: str) -> Callable[[Path], object]:
    """What writes the tables of a folder in the listed formats too. Raises UsageError for unknown ones."""
    if listed == "csv":
        return lambda out: None
    from pipeline.export.formats import chosen, export  # noqa: PLC0415

    formats = chosen(listed)
    return lambda out: export(out, formats)


def _config(options: argparse.Namespace) -> Config:
    """For a command that reads what is new before it does something else."""
    from pipeline.settings import limits_for  # noqa: PLC0415

    return Config(options.raw, options.out, limits=limits_for(options.raw), review=options.review)


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

    config = _config(options)

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
        place = report(_config(options), options.courses)
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
        config = _config(options)
        sys.stdout.write(report(config, options.errors))
        sys.stdout.flush()
        return 0

    return _running(work)


def _show(options: argparse.Namespace) -> int:
    from pipeline.show import show, show_json, show_structure  # noqa: PLC0415

    if options.structure:
        show_structure(options.paper, options.out, sys.stdout)
    elif options.json:
        show_json(options.paper, options.out, sys.stdout, options.table)
    else:
        show(options.paper, options.out, sys.stdout, options.table)
    sys.stdout.flush()
    return 0


def _complain(message: str) -> int:
    Voice(sys.stderr).write(f"casebook: {plain(' '.join(message.split()))}\n")
    return EXIT_USAGE


if __name__ == "__main__":
    sys.exit(main())
