"""Tables whose cells are whole results, and rows of such that lost their columns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

_CAPTION = "Table 1. Laboratory data on admission\n"
_CELLS = (
    ("WBC 6,300 /µL", "Ca 9.4 mg/dL", "TRACP-5b 720 mU/dL (120-420)"),
    ("Hb 12.6 g/dL", "P 4.1 mg/dL", "Intact PTH 21 pg/mL (10-65)"),
    ("AST: 18 U/L", "ALP: 402 U/L", "25(OH)D: 13.2 ng/mL"),
)
_FACTS = [
    "white blood cell count 6300 /uL @baseline",
    "calcium 9.4 mg/dL @baseline",
    "trap-5b 720 mU/dL [120.0..420.0] high @baseline",
    "hemoglobin 12.6 g/dL @baseline",
    "phosphate 4.1 mg/dL @baseline",
    "parathyroid hormone 21 pg/mL [10.0..65.0] normal @baseline",
    "aspartate aminotransferase 18 U/L @baseline",
    "alkaline phosphatase 402 U/L @baseline",
    "25-hydroxyvitamin d 13.2 ng/mL @baseline",
]


def _lines(*, width: int) -> str:
    return _CAPTION + "\n".join("".join(cell.ljust(width) for cell in row).rstrip() for row in _CELLS) + "\n"


def test_cells_that_are_whole_results(text_facts: Callable[[str], list[str]]) -> None:
    assert sorted(text_facts(_lines(width=34))) == sorted(_FACTS)


def test_rows_of_results_that_lost_their_columns(text_facts: Callable[[str], list[str]]) -> None:
    assert sorted(text_facts(_CAPTION + "\n".join(" ".join(row) for row in _CELLS) + "\n")) == sorted(_FACTS)


@pytest.mark.parametrize(
    ("label", "value", "fact"),
    [("CA 19-9", "12 U/mL", "ca 19-9 12 U/mL"), ("Calcium 8.5-10.5 mg/dL", "9.1", "calcium 9.1")],
)
def test_a_label_with_figures_is_no_result(
    text_facts: Callable[[str], list[str]], label: str, value: str, fact: str
) -> None:
    rows = [("Test", "Result"), (label, value), ("ALT", "15 U/L"), ("AST", "18 U/L"), ("GGT", "22 U/L")]
    told = text_facts(_CAPTION + "\n".join(f"{name:30}{result}" for name, result in rows) + "\n")
    assert any(one.startswith(fact) for one in told), told
    assert len(told) == 4
