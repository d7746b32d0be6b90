"""The cluster of one machine."""

from __future__ import annotations

import pytest

from pipeline.scale.connect import threads_of


@pytest.mark.parametrize(
    ("papers", "threads"), [(1, 1), (2, 2), (3, 3), (8, 8), (9, 3), (12, 6), (16, 8), (17, 1)]
)
def test_papers_of_one_machine_share_what_is_loaded(papers: int, threads: int) -> None:
    assert threads_of(papers) == threads
