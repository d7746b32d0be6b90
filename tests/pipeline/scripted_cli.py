"""`casebook` with the scripted stand-in: what the command does around the reading, without the reading."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import scripted

from pipeline import cli, run

if __name__ == "__main__":
    run.fingerprint = lambda *_: "scripted"  # an edit of the code during the tests changes nothing
    run.run = partial(run.run, process=scripted.read)
    sys.exit(cli.main())
