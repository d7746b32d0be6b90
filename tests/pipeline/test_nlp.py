import time

import pytest

from pipeline.nlp import load, tokenise


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
