"""Runs that read their papers where the tests run: a start of the pool takes seconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from pipeline.plan import Planned
from pipeline.pool import Result
from pipeline.worker import Setup


class OneByOne:
    """Takes the place of the pool of a run: no process, no limits."""

    def __init__(self, workers: int, setup: Setup) -> None:
        self._setup = setup

    def run(self, papers: Iterable[Planned]) -> Iterator[Result]:
        for paper in papers:
            with self._setup.cache.writer(paper.doc_id) as entry:
                heads = [
                    entry.add(record)
                    for record in self._setup.process(paper.path, paper.doc_id, paper.shown)
                ]
                entry.commit(heads[0].document["sha256"] or "")
            yield Result(paper, heads)


@contextmanager
def read_here() -> Iterator[None]:
    """Until the end, runs begun in this process read their papers in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.run.Pool", OneByOne)
        yield
