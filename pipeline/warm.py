"""Loads everything a worker needs, once: workers are forked from the process that did it.

PDFium stays out: it must not be forked once used.
"""

from __future__ import annotations

import gc
import sys
import warnings
from importlib import import_module

#: The modules of the most frequent formats, which are imported at first use.
_READERS = ("html", "jats", "json_record", "medline", "pubmed", "ris")
#: An invented paper that touches every vocabulary and pattern which is loaded at first use.
_PAPER = """Osteoporosis after childbirth: a case report

A. Berg1, B. Holm2

1Department of Medicine, Northfield Hospital, Northfield

Abstract
Background: It is rare. Case presentation: A 31-year-old primipara had back pain.
Keywords: osteoporosis, pregnancy

Case report
A 31-year-old primipara (G1P1) had back pain 2 weeks after delivery [1]; films showed fractures of T8. The
lumbar spine T-score was -3.1, 25(OH)D 11 ng/mL, calcium 9.4 mg/dL (normal 8.5-10.5); she took ibuprofen 400
mg daily. She received a bisphosphonate (alendronate 70 mg weekly), and the bisphosphonate was well toler-
ated. Renal and liver function tests were normal. Her mother had had hypercalcaemia. At the end of the 12th
month the T-scores were -2.9 and -1.8 at the spine and hip, respectively. She was
treated with ossifenol and with azythromycin 500 mg daily for three days. She breastfed for 5 months.

Table 1. Results

Test (unit)          Baseline   6 months   Reference
Calcium (mg/dL)      9.4        9.6        8.5-10.5
Albumine (g/L)       40         41         35-50
LS T-score           -3.1       -2.9
Treatment            none       calcium

References
1. Holm B, Berg A. A disorder of mothers. J Invented Bone. 2016;4:55-9.
"""


def load() -> None:
    """Load the pipeline and read an invented paper.

    Raises what loading raises; VocabularyError for words of the user's own that do not fit, too.
    """
    from extractors.rules.words import check_added  # noqa: PLC0415
    from pipeline import process, readers, structure  # noqa: PLC0415

    warnings.simplefilter("ignore")  # after the imports: spaCy sets filters of its own
    (source,) = readers.read_bytes(_PAPER.encode(), "warm.txt")
    process.extract(structure.structure(source), "warm")
    check_added()
    for module in _READERS:
        import_module(f"pipeline.readers.{module}")
    _compile()
    gc.collect()
    gc.freeze()  # keeps the pages shared that processes share after a fork


def _compile() -> None:
    """Compile what each worker would compile at its first use: the rules, phrases matched at a place."""
    from extractors import registry  # noqa: PLC0415
    from extractors.rules.rule import Glue  # noqa: PLC0415
    from pipeline.cases import rules as cases  # noqa: PLC0415

    for book in (*registry.books(), *cases.BOOKS):
        for bound in book.bound:
            _ = bound.pattern
    for name, module in list(sys.modules.items()):
        if name.startswith(("extractors.", "pipeline.")):
            for value in vars(module).values():
                if isinstance(value, Glue):
                    _ = value.pattern
