"""A dump without any full stop costs time in proportion to its length."""

from __future__ import annotations

import time

import pytest
import spacy

from extractors.base import mentions
from extractors.text import LONGEST_SENTENCE, View

WORDS = {
    "labs": "calcium 9.4 mg/dL (8.5-10.5), PTH 33 pg/mL and alkaline phosphatase was elevated, ",
    "drugs": "calcium 500 mg daily, alendronate 70 mg weekly and prednisolone 5 mg, ",
    "bmd": "lumbar spine T-score -2.1, femoral neck T-score -1.9, ",
    "vertebrae": "fractures of T8, T9 and L1 to L3, ",
}
#: Seconds; two or three are usual.
_AMPLE = 40.0


def test_view_cuts_what_is_too_long_for_a_sentence() -> None:
    text = WORDS["drugs"] * 400
    sentences = View(text).sentences
    assert max(s.end - s.start for s in sentences) <= LONGEST_SENTENCE
    assert "".join(s.text for s in sentences).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("name", WORDS)
def test_component_reads_a_megasentence_in_time(name: str) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe(f"casebook.{name}")
    doc = pipeline.make_doc(WORDS[name] * 1500)
    start = time.perf_counter()
    doc = pipeline.get_pipe(f"casebook.{name}")(doc)
    assert time.perf_counter() - start < _AMPLE
    assert len(mentions(doc, name)) > 1000
