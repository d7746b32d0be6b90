"""Tables of plain text that tell nothing of a patient."""

from __future__ import annotations

from collections.abc import Callable

import pytest

NO_FACTS = {
    "two-columns-of-prose": """
The calcium was 9.1 mg/dL on the      fractures of T9 were seen on the
first day and the pain had begun      radiograph, and teriparatide was
two weeks after the delivery of       given for a year. After that the
her second child, who was well.       T-score was -2.1 at the spine.
""",
    "authors-and-years": """
Table 3. Review of published cases

Author        Year   Age   Levels
Brandt        1998   30    T8, L1
Oyelaran      2003   27    L2
Castelli      2011   33    T12
""",
    "means": """
Table 1. The cohort

                     Patients (n = 12)   Controls (n = 20)
Calcium (mg/dL)      9.3 +/- 0.4         9.4 +/- 0.3
Lumbar T-score       -2.9 +/- 0.8        -0.2 +/- 0.7
PTH (pg/mL)          31 (12-55)          35 +/- 9
""",
}


@pytest.mark.parametrize("text", NO_FACTS.values(), ids=NO_FACTS)
def test_text_table_without_facts(text_facts: Callable[[str], list[str]], text: str) -> None:
    assert text_facts(text) == []
