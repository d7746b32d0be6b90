"""Hyphens at line ends: the typesetter's go, the word's stay."""

from __future__ import annotations

import pytest

from pipeline.structure.hyphens import Joiner

JOINS = {
    "plain": ("glucocorti-", "coids were", "glucocorticoids were"),
    "two-letters": ("ab-", "sorptiometry", "absorptiometry"),
    "capital-word": ("Bispho-", "sphonate", "Bisphosphonate"),
    "in-brackets": ("(de-", "livery)", "(delivery)"),
    "letter": ("the T-", "score", "the T-score"),
    "number": ("25-", "OH vitamin D", "25-OH vitamin D"),
    "levels": ("L1-", "L4", "L1-L4"),
    "range": ("9.3-", "54.3", "9.3-54.3"),
    "known-head": ("dual-", "energy", "dual-energy"),
    "known-tail": ("pregnancy-", "related", "pregnancy-related"),
    "age": ("a 25-year-", "old woman", "a 25-year-old woman"),
    "number-word": ("a fifty-", "one-year-old woman", "a fifty-one-year-old woman"),
    "drug-combination": ("piperacillin-", "tazobactam", "piperacillin-tazobactam"),
    "anti": ("non-steroidal anti-", "inflammatory drugs", "non-steroidal anti-inflammatory drugs"),
    "suspended": ("severe mid-", "and low-back pain", "severe mid- and low-back pain"),
    "unit": ("30 ng/", "mL", "30 ng/mL"),
    "soft": ("ster\u00ad", "oid", "steroid"),
    "dash": ("pain -", "severe", "pain - severe"),
    "no-space-before": ("2.52),phos-", "phorus 1.4", "2.52),phosphorus 1.4"),
    "none": ("two", "lines", "two lines"),
}


@pytest.mark.parametrize(("left", "right", "joined"), JOINS.values(), ids=JOINS)
def test_hyphens_join(left: str, right: str, joined: str) -> None:
    end, glue = Joiner("").join(left, right)
    assert end + glue + right == joined


def test_hyphens_document_decides() -> None:
    left, right = "post-", "partum"
    assert "".join(Joiner("seen postpartum").join(left, right)) + right == "postpartum"
    assert "".join(Joiner("seen post-partum").join(left, right)) + right == "post-partum"


def test_hyphens_left_inside_a_line() -> None:
    joiner = Joiner("pregnancy")
    assert (
        joiner.within("a preg- nancy with mid- and low-back pain")
        == "a pregnancy with mid- and low-back pain"
    )
