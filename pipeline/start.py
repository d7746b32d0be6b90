"""The command `casebook` from its first moment on: Ctrl-C while it loads is an end like any other."""

from __future__ import annotations

#: as pipeline.cli says, which cannot be asked before it is loaded
_EXIT_INTERRUPTED = 130


def main() -> int:
    """Load and run the command line; the exit status is that of `pipeline.cli.main`."""
    try:
        from pipeline.cli import main as command  # noqa: PLC0415

        return command()
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
