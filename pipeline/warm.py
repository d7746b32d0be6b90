"""Loads everything a worker needs, once: workers are forked from the process that did it.

Imported by the fork server before any worker exists. PDFium stays out: it must not be forked
once used.
"""

from __future__ import annotations

import gc
import warnings

from pipeline.paper import BlockKind, Line, Source, SourceBlock

#: touches every vocabulary that is loaded at first use
_SENTENCE = (
    "A 31-year-old primipara (G1P1) had back pain 2 weeks after delivery; films showed fractures of T8. "
    "The lumbar spine T-score was -3.1, calcium 9.4 mg/dL (normal 8.5-10.5); she took ibuprofen 400 mg daily."
)


def load() -> None:
    """Load the pipeline and run one sentence through it. Raises what loading raises."""
    from pipeline import process, structure  # noqa: PLC0415

    warnings.simplefilter("ignore")  # after the imports: spaCy sets filters of its own
    paragraph = SourceBlock(BlockKind.PARAGRAPH, (Line(_SENTENCE),))
    process.extract(structure.structure(Source("text", (paragraph,))), "warm")


def _load_quietly() -> None:
    try:
        load()
    except Exception:  # each worker tries again, and says what is wrong
        return
    gc.collect()
    gc.freeze()  # keeps the shared pages shared


if __name__ == "pipeline.warm":
    _load_quietly()
