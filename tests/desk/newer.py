"""`casebook` in a later version, for tests: one rule reads nothing any more, others read otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline.record import Record

#: a fracture that the later version does not read any more
GONE = "L2"
#: numbers that it reads as others
OTHERWISE = {"8.3": 83.0, "41": 4.1}


def read_paper(path: Path, doc_id: str, shown_path: str) -> Iterator[Record]:
    """Process a file as the later version does."""
    from pipeline.process import records

    for record in records(path, doc_id, shown_path):
        rows = record.rows
        rows["fractures"] = [row for row in rows["fractures"] if row["level"] != GONE]
        for row in rows["labs"]:
            row |= {"value": OTHERWISE.get(f"{row['value']:g}" if row["value"] else "", row["value"])}
        yield record


def main() -> int:
    """Run the command, told apart from today's version as a later one is."""
    from pipeline import cli, fingerprint
    from pipeline.desk import shelf

    fingerprint.VERSION = "later"
    shelf.run = partial(shelf.run, process=read_paper)
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    import newer

    sys.exit(newer.main())
