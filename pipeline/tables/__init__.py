"""Tables: what rows and columns mean, and the facts in their cells.

Cells are understood with the vocabularies, units and value parsers of the extractors.
"""

from pipeline.tables.patients import patients_of
from pipeline.tables.read import TableFact, read_tables

__all__ = ["TableFact", "patients_of", "read_tables"]
