"""Which pregnancy what is told of belongs to, where several are told in a sentence."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

_FIELDS = ("pregnancy", "outcome", "delivery_mode", "infant_weight_g", "breastfeeding", "breastfeeding_days")
TOLD = {
    "She had two children, the first breastfed for 9 months and the second for 3 months.": [
        (1, "live birth", None, None, "yes", 274), (2, "live birth", None, None, "yes", 91),
    ],
    "She did not breastfeed after her first delivery but breastfed after her second delivery.": [
        (1, "live birth", None, None, "no", None), (2, "live birth", None, None, "yes", None),
    ],
    "She had an elective abortion in her first pregnancy and delivered a girl in her second.": [
        (1, "abortion", None, None, None, None), (2, "live birth", None, None, None, None),
    ],
    "The first pregnancy ended in stillbirth. In the second, a healthy boy was born.": [
        (1, "stillbirth", None, None, None, None), (2, "live birth", None, None, None, None),
    ],
    "She had her second child by caesarean section. Her first pregnancy four years earlier had ended in a "
    "live birth.": [
        (1, "live birth", None, None, None, None), (2, "live birth", "caesarean", None, None, None),
    ],
    "Her third baby, a girl of 2,850 g, came by the vaginal route.": [
        (3, "live birth", "vaginal", 2850, None, None),
    ],
    "LSCS was done at 38 weeks, male infant, 2.7 kg.": [(None, "live birth", "caesarean", 2700, None, None)],
    "She gave birth. Lactation was suppressed and the baby was bottle-fed.": [
        (None, "live birth", None, None, "no", None),
    ],
    "She gave birth. Lactation was suppressed because of the fractures.": [
        (None, "live birth", None, None, None, None),
    ],
    "She nursed her first child but not her second.": [
        (1, "live birth", None, None, "yes", None), (2, None, None, None, "no", None),
    ],
    "After two miscarriages, her third pregnancy ended with the birth of a boy.": [
        (3, "live birth", None, None, None, None), (None, "miscarriage", None, None, None, None),
    ],
    "Her first two pregnancies ended in miscarriage; in the third she gave birth to a girl.": [
        (1, "miscarriage", None, None, None, None), (2, "miscarriage", None, None, None, None),
        (3, "live birth", None, None, None, None),
    ],
    "Her sister had two miscarriages.": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_each_pregnancy(text: str, expected: list[tuple[object, ...]]) -> None:
    paper = structure(read_text(f"Report\n\nCase report\n\nA 33-year-old woman had back pain. {text}")[0])
    found = extract(paper, "one")["pregnancies"]
    assert [tuple(row[name] or None for name in _FIELDS) for row in found] == expected
