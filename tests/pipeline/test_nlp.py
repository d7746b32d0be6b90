# ruff: noqa: E501
import time

import pytest

from extractors.base import mentions
from pipeline.nlp import annotate, load, tokenise
from pipeline.readers.text import read_text
from pipeline.structure import structure


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 20_000, id="brackets"),
        pytest.param("before " + "(" * 5_000 + " between " + ")" * 5_000 + " after", id="words around"),
        pytest.param("妊娠" * 3_000, id="no spaces"),
        pytest.param("plain words, nothing else", id="plain"),
        pytest.param("", id="empty"),
    ],
)
def test_tokenise_keeps_the_text_and_takes_no_time(text):
    nlp = load()
    start = time.monotonic()
    doc = tokenise(nlp, text)
    assert time.monotonic() - start < 2
    assert doc.text == text


def test_tokenise_is_spacy_s_own_for_words():
    nlp = load()
    text = "Calcium was 9.1 mg/dL (8.6-10.2); see https://example.org/" + "a/" * 300 + " for more."
    assert [t.text for t in tokenise(nlp, text)] == [t.text for t in nlp.make_doc(text)]


def test_annotate_finds_the_same_without_tokens():
    paper = structure(
        read_text(
            "A 31-year-old woman had fractures of T7 and L1. Bone alkaline phosphatase (BAP) was 31 U/L; BAP fell "
            "to 12 U/L. She took alendronate 70 mg weekly. The lumbar T-score was -3.1."
        )[0]
    )
    bare, full = annotate(paper), annotate(paper, tokens=True)
    names = ("person", "vertebrae", "bmd", "labs", "drugs")
    assert all(mentions(bare, name) for name in names)
    assert [mentions(bare, name) for name in names] == [mentions(full, name) for name in names]
    assert [span.text for span in full.spans["bmd"]] == ["lumbar T-score was -3.1"]
