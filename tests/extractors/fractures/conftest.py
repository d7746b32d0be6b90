"""The component of fractures alone in a pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import extractors.fractures.read  # noqa: F401  (registers the factory)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.vertebrae")
    return nlp
