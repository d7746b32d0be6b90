"""The command `casebook`. Nothing heavy is imported before it is known that it is needed."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

import typer
from typer.core import TyperGroup
from typer.main import get_command

from pipeline import options
from pipeline.commands import COMMANDS
from pipeline.config import UsageError
from pipeline.errors import OutputError
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
    try:
        return _command(sys.argv[1:] if arguments is None else arguments)
    except (UsageError, OutputError) as error:
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
        return _of_a_run(error)


def command_line(panels: bool = False) -> TyperGroup:
    """What reads the command line, to the last option. `panels`: its help is drawn by rich."""
    app = typer.Typer(
        help="Reads published case reports and writes tables, one row per fact, each with its quote.",
        rich_markup_mode="rich" if panels else None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_top)
    for name, command in COMMANDS.items():
        examples = "\n".join(("\b", "Examples:", *(f"  {example}" for example in command.examples)))
        does = f"{command.does[0].upper()}{command.does[1:]}."
        app.command(name, help=does, epilog=examples)(command.function)
    made = get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def _top(version: options.Version = False) -> None:
    """What the program does without a command; typer reads its options from here."""


def _command(arguments: Sequence[str]) -> int:
    """Read the command line and do what it says.

    typer's own `main` is passed by: it would take Ctrl-C and a pipe that is closed for itself.
    """
    if options.COMPLETING in os.environ:
        command_line().main(prog_name=options.PROGRAM)
    try:
        program = command_line(panels=sys.stdout.isatty())
        with program.make_context(options.PROGRAM, options.with_folder(arguments)) as context:
            return int(program.invoke(context))
    except typer.Exit as ended:
        return ended.exit_code
    except typer.TyperException as error:
        where = getattr(error, "ctx", None)
        path = where.command_path if where else options.PROGRAM
        return _complain(f"{error.format_message().rstrip()} See {path} --help.", EXIT_USAGE)


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


def _of_a_run(error: Exception) -> int:
    """The exit status for what ends a run, or for a bug, with its message."""
    from pipeline.cache import BadEntry  # noqa: PLC0415
    from pipeline.errors import ReadError  # noqa: PLC0415
    from pipeline.lock import Busy  # noqa: PLC0415
    from pipeline.pool import PoolError  # noqa: PLC0415
    from pipeline.run import Interrupted  # noqa: PLC0415

    if isinstance(error, Busy | PoolError | ReadError):
        return _complain(str(error))
    if isinstance(error, BadEntry):
        return _complain(f"what was kept of {error} changed during the run; run again")
    if isinstance(error, Interrupted):
        return _complain(str(error), error.exit_status)
    Voice(sys.stderr).write(traceback.format_exc())
    return _complain(f"an unexpected {type(error).__name__}; please report it with the lines above")


def _complain(message: str, status: int = EXIT_USAGE) -> int:
    Voice(sys.stderr).write(f"casebook: {plain(' '.join(message.split()))}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
