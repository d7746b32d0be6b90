# ruff: noqa: E501
"""Definitions in brackets."""

import pytest
import spacy

from extractors.abbreviations.read import definitions


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        pytest.param("Serum bone alkaline phosphatase (BAP) rose.", "BAP", "bone alkaline phosphatase", id="plain"),
        pytest.param("A bone mineral density [BMD] of 0.7 was found.", "BMD", "bone mineral density", id="square"),
        pytest.param("parathyroid hormone (PTH) and calcium", "PTH", "parathyroid hormone", id="first-words"),
    ],
)
def test_abbreviations_defined(text: str, short: str, long: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.abbreviations")
    assert definitions(nlp(text)).get(short) == long


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Calcium (9.4 mg/dL) was normal.", id="value"),
        pytest.param("The woman (see Fig. 2) was weaned.", id="figure"),
        pytest.param("She took tablets (Fosamax) weekly.", id="brand"),
    ],
)
def test_abbreviations_other_brackets(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.abbreviations")
    assert definitions(nlp(text)) == {}


def test_abbreviations_of_an_endless_sentence_are_found() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.abbreviations")
    text = "she was seen again and " * 300 + "her bone mineral density (BMD) was low"
    assert definitions(nlp(text)) == {"BMD": "bone mineral density"}
