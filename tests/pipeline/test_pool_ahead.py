"""How many papers wait at a worker: seen by one that answers some of them and then no more."""

import threading
import time
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pipeline.cache import Cache
from pipeline.config import Limits
from pipeline.plan import Planned
from pipeline.pool import Pool
from pipeline.worker import Done, Ready, Setup, read_paper


class Nursery:
    """Its workers answer `answered` papers, each after `seconds`; the papers they then have, in `left`."""

    def __init__(self, answered: int, seconds: float) -> None:
        self.left: list[list[str]] = []
        self._answered, self._seconds = answered, seconds
        self._threads: list[threading.Thread] = []
        self._open: list[Connection] = []  # a worker that is silent is not dead

    def fork(self):
        here, there = Pipe()
        self._open.append(there)
        self._threads.append(threading.Thread(target=self._work, args=(there,), daemon=True))
        self._threads[-1].start()
        return len(self._threads), here

    def _work(self, connection) -> None:
        connection.send(Ready(0))
        for _ in range(self._answered):
            paper = connection.recv()
            time.sleep(self._seconds)
            connection.send(Done(paper.doc_id, [], False))
        left: list[str] = []
        while connection.poll(0.4):
            left.append(connection.recv().doc_id)
        self.left.append(left)

    def at_work(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def close(self) -> None: ...


def left(tmp_path: Path, seconds: float, papers: int, answered: int, workers: int = 1) -> list[list[str]]:
    """The papers that each worker has when it answers no more."""
    setup = Setup(read_paper, Cache(tmp_path, "p"), Limits(60, 512), tmp_path)
    nursery = Nursery(answered, seconds)
    pool = Pool(workers, setup, lambda _: nursery)
    results = pool.run(Planned(f"{n}", tmp_path, f"{n}") for n in range(papers))
    next(results)
    while nursery.at_work():
        next(results)
    results.close()
    pool.close()
    return nursery.left


def test_several_quick_papers_wait_at_a_worker(tmp_path):
    (papers,) = left(tmp_path, 0.001, 200, answered=60)
    assert 6 < len(papers) <= 13
    assert papers == [f"{60 + n}" for n in range(len(papers))]


def test_one_slow_paper_waits_at_a_worker(tmp_path):
    assert left(tmp_path, 0.15, 200, answered=8) == [["8", "9"]]


@pytest.mark.parametrize(("papers", "each"), [(4, 1), (200, 2)])
def test_near_the_end_no_paper_waits_where_another_worker_may_take_it(tmp_path, papers, each):
    assert [len(own) for own in left(tmp_path, 0, papers, answered=0, workers=2)] == [each, each]
