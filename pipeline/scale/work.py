"""What a worker of a cluster does with one shard: read what is new in it, put its bundle in place.

Only numbers travel back. Whatever goes wrong is told as one of three troubles, because what helps
differs: another worker (`WORKER`), another time (`STORAGE`), nothing but another installation (`PROGRAM`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field

from extractors.rules.added import Added
from pipeline.cache import BadEntry, Head, limits_key
from pipeline.config import Limits
from pipeline.errors import OutputError, ReadError
from pipeline.fingerprint import fingerprint
from pipeline.only import Only
from pipeline.plan import Planned
from pipeline.pool import PoolError
from pipeline.record import digest_of, failed
from pipeline.scale.bundle import Bundles, Kept, Spool
from pipeline.scale.fetch import Arriving, fetched
from pipeline.scale.hands import Hands
from pipeline.scale.shard import Member, Shard
from pipeline.scale.station import Seat, Station, Work
from pipeline.scale.storage import Patience, storage
from pipeline.version import VERSION
from pipeline.worker import Process, read_paper

WORKER, STORAGE, PROGRAM = "worker", "storage", "program"
#: told of a paper that is set aside
SET_ASIDE = "the workers of the cluster that had it in hand died"


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run have in common.

    `out` is the URL of the output folder, `run` its own name, `words` are rows of the user's own,
    `only` says which papers are read.
    """

    run: str
    out: str
    program: str
    limits: Limits
    force: bool = False
    process: Process = read_paper
    patience: Patience = field(default_factory=Patience)
    words: tuple[Added, ...] = ()
    only: Only | None = None

    @property
    def work(self) -> Work:
        """What papers are read with."""
        return Work(self.run, self.program, self.limits, self.process, self.words, self.only)


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to read, but not its papers `aside`.

    Its bundle and the bundles `old` have entries of earlier runs, the bundles `parts` such of this run.
    A worker has died over it: it is `careful`, and told paper by paper.
    """

    shard: Shard
    old: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    aside: frozenset[str] = frozenset()
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A shard is done: its papers, how many of them were read for that, and failed; bytes of its bundle.

    `left_out` records of these papers do not fit `--only`.
    """

    papers: int
    read: int
    failed: int
    size: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A shard is not done, and nothing is wrong with its papers."""

    kind: str
    reason: str
    where: str = ""


def read_shard(
    job: Job,
    task: Task,
    station: Station,
    tell: Callable[[tuple[str, ...]], None],
    wanted: Callable[[], bool] = lambda: True,
) -> Told | Trouble | None:
    """Read a shard; None as soon as it is not wanted any more.

    `tell` is called with the doc_ids of which one is in hand from now on (see `hands`).
    """
    here = fingerprint(job.words, job.only)
    if here != job.program:
        return Trouble(
            PROGRAM, f"casebook {VERSION} is another one there ({here[:8]}, not {job.program[:8]})"
        )
    try:
        with station.seat(job.work) as seat, Spool(job.program, seat.folder / "spool") as spool:
            return _Reading(job, task, seat, spool, tell, wanted).done()
    except _UnwantedError:
        return None
    except ReadError as error:
        return Trouble(STORAGE, str(error))
    except _PutError as error:
        return Trouble(STORAGE, str(error))
    except (OutputError, PoolError, OSError) as error:
        return Trouble(WORKER, str(error))
    except MemoryError:
        return Trouble(WORKER, "no memory is left")


class _PutError(Exception):
    """The bundle cannot be put in place."""


class _UnwantedError(Exception):
    """Nobody waits for the shard any more: a bundle now might take the place of a newer one."""


class _Reading:
    """One shard at one seat."""

    def __init__(
        self,
        job: Job,
        task: Task,
        seat: Seat,
        spool: Spool,
        tell: Callable[[tuple[str, ...]], None],
        wanted: Callable[[], bool],
    ) -> None:
        self._job, self._task, self._seat, self._spool = job, task, seat, spool
        self._hands = Hands([member.doc_id for member in task.shard.members], tell, task.careful)
        self._wanted = wanted
        self._bundles = Bundles(storage(job.out, job.patience), job.program)
        self._given: dict[str, Member] = {}  # to the pool, in order
        self._read = self._failed = 0

    def done(self) -> Told:
        """Read, write, tell."""
        shard = self._task.shard
        before = self._kept()
        self._pool([member for member in shard.members if not self._settled(member)])
        size = 0
        if self._spool.listed(shard.members) != before:
            local = self._spool.bundle(shard.key, shard.members)
            size = local.stat().st_size
            self._check_wanted()
            try:
                self._bundles.put(shard.key, local)
            except OutputError as error:
                raise _PutError(str(error)) from error
        left_out = sum(kept.left_out for kept in self._spool.listed(shard.members))
        return Told(len(shard.members), self._read, self._failed, size, left_out)

    def _check_wanted(self) -> None:
        if not self._wanted():
            raise _UnwantedError

    def _kept(self) -> list[Kept]:
        """Spool what older bundles have of these papers; returns the list of the shard's own."""
        shard, own = self._task.shard, []
        wanted = {member.doc_id for member in shard.members}
        old = () if self._job.force else (shard.key, *self._task.old)
        for key in (*old, *self._task.parts):
            with suppress(BadEntry):
                for kept, block in self._bundles.blocks(key):
                    if key == shard.key:
                        own.append(kept)
                    if kept.doc_id in wanted and self._holds(kept):
                        self._spool.keep(kept, block)
        return own

    def _holds(self, kept: Kept) -> bool:
        return bool(kept.sha256) and kept.limits in (None, limits_key(self._job.limits))

    def _settled(self, member: Member) -> bool:
        """Whether a paper need not be read: nothing has changed, or it cannot be."""
        if member.problem or member.doc_id in self._task.aside:
            reason = member.problem or str(ReadError("E11", SET_ASIDE))
            self._fail(member, reason)
            self._failed += not member.problem
            return True
        kept = self._spool.get(member.doc_id)
        if kept is None or not member.state or kept.state != member.state:
            return False
        self._spool.still(member)
        return True

    def _fail(self, member: Member, reason: str) -> None:
        """A failure that is tried again the next time."""
        planned = Planned(member.doc_id, self._seat.folder, member.shown)
        head = self._seat.cache.store_failure(planned, failed(member.doc_id, member.shown, "", reason), None)
        self._take(member, [head])

    def _take(self, member: Member, heads: list[Head], entry: bytes = b"") -> None:
        cache, written = self._seat.cache, not entry
        if written:
            entry = cache.entry(member.doc_id)
        left_out = cache.left_out_of(member.doc_id, entry) if self._job.only else 0
        self._spool.add(member, entry, heads, left_out)
        if written:
            cache.remove(member.doc_id)

    # ---------------------------------------------------------------------------------- reading
    def _pool(self, members: list[Member]) -> None:
        done: list[tuple[Member, list[Head], bytes]] = []
        with (
            fetched(self._task.shard, members, self._seat, self._job.patience) as arriving,
            self._seat.pool() as pool,
            closing(pool.run(self._to_read(arriving))) as results,
        ):
            for result in results:
                self._check_wanted()
                if result is None:
                    self._hands.look()
                    continue
                done.append((self._given.pop(result.planned.doc_id), result.heads, result.entry))
                self._tidy(result.planned)
                self._failed += any(head.document["status"] == "failed" for head in result.heads)
                if self._given:
                    self._hands.take(next(iter(self._given)))
        # Not one by one while others are read: each time the core would have to fetch again what these need.
        for member, heads, entry in done:
            self._take(member, heads, entry)
        self._read = len(done)

    def _to_read(self, arriving: Iterable[Arriving]) -> Iterator[Planned | None]:
        """The papers whose bytes are new, as the pool asks for them."""
        for arrived in arriving:
            if arrived is None:
                yield None
                continue
            member, planned = arrived
            kept = self._spool.get(member.doc_id)
            if planned.problem:
                self._fail(member, planned.problem)
                self._failed += 1
            elif kept and digest_of(planned.path) == kept.sha256:
                self._spool.still(member)
                self._tidy(planned)
            else:
                if not self._given:
                    self._hands.take(member.doc_id)
                self._given[member.doc_id] = member
                yield planned

    def _tidy(self, planned: Planned) -> None:
        """Remove a file that was copied for reading."""
        if planned.path.is_relative_to(self._seat.folder):
            with suppress(OSError):
                self._seat.spares.put(planned.path)
