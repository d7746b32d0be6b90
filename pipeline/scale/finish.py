"""The global step of a large run: from what was found in each shard to the tables, in flat memory.

What a plain run does with lists (see `pipeline.assemble`) is done here in two passes over the bundles. The
first notes the head of every record (`ledger`): names, duplicates and decisions follow from that. The
second hands each record, with its last name, to what writes the tables. The order of shards and of the
records in them makes no difference, and the rows are those of a plain run over the same papers.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.assemble import Sink, Totals, put
from pipeline.config import Config
from pipeline.errors import OutputError
from pipeline.logs import NAME as LOG
from pipeline.review.store import Kept
from pipeline.scale.extracted import Reader, Readers
from pipeline.scale.ledger import Ledger
from pipeline.scale.ordered import Ordered
from pipeline.scale.publish import publish
from pipeline.scale.reviewed import Reviewed, placed, review
from pipeline.scale.spool import Spool
from pipeline.scale.storage import Storage
from pipeline.write.about import NAME as RUN
from pipeline.write.about import about
from pipeline.write.datapackage import NAME as PACKAGE
from pipeline.write.datapackage import datapackage
from pipeline.write.tables import Publication

_LOG = logging.getLogger(LOG)
#: what the folder with everything that does not fit into memory is called
_ASIDE = "finish-"
#: failures and warnings that are named in the closing words and in JSON
MOST_NAMED = 1_000
#: of `--format`
FORMATS = ("parquet", "csv")


@dataclass(frozen=True, slots=True)
class Job:
    """What a global step needs to know.

    `out` is where Parquet goes; CSV needs `config.out` to be a folder of this machine. `scratch` is a local
    folder of this run alone for what does not fit into memory: about twice the size of the tables (None: the
    system's). What a killed run left there is removed.
    """

    config: Config
    out: Storage
    program: str
    decisions: Sequence[Kept] = ()
    form: str = FORMATS[0]
    scratch: Path | None = None


class _Tables(Sink, Protocol):
    def at(self, year: int | None, rank: int, /) -> None:
        """Say whose rows come now: the year of a paper, and its place among all papers."""


def finish(readers: Readers, job: Job) -> Totals:
    """Write all tables of the bundles that `readers` gives. Raises OutputError, BadEntry.

    The former tables stay as they are until the new ones are complete.
    """
    shards = [readers[key] for key in sorted(readers)]
    for left in job.scratch.glob(f"{_ASIDE}*") if job.scratch else ():
        shutil.rmtree(left, ignore_errors=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix=_ASIDE, dir=job.scratch) as folder,
            closing(Ledger(Path(folder) / "ledger.sqlite")) as ledger,
        ):
            for number, reader in enumerate(shards):
                ledger.add(number, reader.heads())
            ledger.name()
            _LOG.info("records of %d shards are noted", len(shards))
            reviewed = review(ledger, shards, job.decisions)
            ledger.find_repeats()
            _LOG.info("duplicates are found; writing tables as %s", job.form)
            totals = Totals(review=reviewed.told, most=MOST_NAMED)
            records = _Records(ledger, shards, reviewed, totals)
            (_as_csv if job.form == "csv" else _as_parquet)(records, job, Path(folder))
    except sqlite3.Error as error:
        raise OutputError(f"cannot write to {job.scratch or tempfile.gettempdir()}: {error}") from error
    except OSError as error:
        raise OutputError.of(error, job.scratch or Path(tempfile.gettempdir())) from error
    return totals


@dataclass(frozen=True, slots=True)
class _Records:
    """All records, ready to be written; what they come to is counted in `totals`."""

    ledger: Ledger
    shards: Sequence[Reader]
    reviewed: Reviewed
    totals: Totals

    def into(self, tables: _Tables) -> None:
        """Hand every record on, shard by shard."""
        for number, reader in enumerate(self.shards):
            for place, one in placed(self.ledger.places(number), reader.records()):
                tables.at(one.stored.head.document["year"], place.rank)
                stands = self.reviewed.layer.get(place.name, one.stored)
                put(tables, stands, place.repeat, self.reviewed.merged, self.totals)

    def about(self, job: Job) -> str:
        """run.json."""
        return about(job.config, job.program, self.ledger.inputs(), self.totals.rows)


def _as_parquet(records: _Records, job: Job, folder: Path) -> None:
    parts = folder / "parts"
    parts.mkdir()
    with closing(Spool(parts)) as spool:
        records.into(spool)

        def beside(parts: dict[str, list[str]]) -> dict[str, str]:
            return {PACKAGE: datapackage(parts), RUN: records.about(job)}

        publish(job.out, spool.parts(), beside)


def _as_csv(records: _Records, job: Job, folder: Path) -> None:
    """As a plain run writes them, to the byte."""
    config = job.config
    with (
        Publication(config.out, config.state, config.force_output) as publication,
        closing(Ordered(folder / "rows.sqlite", publication)) as rows,
    ):
        records.into(rows)
        rows.hand_on()
        publication.file(PACKAGE, datapackage())
        publication.file(RUN, records.about(job))
        publication.publish()
