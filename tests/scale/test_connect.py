"""The cluster of one machine."""

from __future__ import annotations

import os

import pytest

from pipeline.scale import connect
from pipeline.scale.connect import connected, threads_of


@pytest.mark.parametrize(
    ("papers", "threads"), [(1, 1), (2, 2), (3, 3), (8, 8), (9, 3), (12, 6), (16, 8), (17, 1)]
)
def test_papers_of_one_machine_share_what_is_loaded(papers: int, threads: int) -> None:
    assert threads_of(papers) == threads


@pytest.mark.parametrize(("most", "own"), [(8, 1), (1, 0)])
def test_a_few_papers_at_a_time_need_no_process_of_dasks(
    monkeypatch: pytest.MonkeyPatch, most: int, own: int
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(connect, "MOST_THREADS", most)
    with connected("local", 2) as client:
        client.wait_for_workers(1, 60)
        pids = list(client.run(os.getpid).values())
    assert pids.count(os.getpid()) == own
