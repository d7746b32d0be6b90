"""Tables: lines to grids, labels understood once, and the facts in the cells under them.

What a label and a cell say to a fact is told by the fact's own folder (`extractors.tables`).
"""

from pipeline.tables.read import TableFact, patients_of, read_tables
from pipeline.tables.sheet import Sheet, open_tables

__all__ = ["Sheet", "TableFact", "open_tables", "patients_of", "read_tables"]
