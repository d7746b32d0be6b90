"""Helpers: a text read and structured as a file would be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.paper import Paper
from pipeline.readers.text import read_text
from pipeline.structure import structure


@pytest.fixture
def paper() -> Callable[[str], Paper]:
    """A function from the words of a text file to its paper."""
    return lambda text: structure(read_text(text)[0])
