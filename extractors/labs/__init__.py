"""Laboratory results: the spaCy component `casebook.labs`, SI values, and readers for table cells."""

from extractors.labs.labels import AnalyteLabel, find_analyte
from extractors.labs.read import LabExtractor, create
from extractors.labs.si import to_si
from extractors.labs.table import LabValue, lab_of_cell, parse_reference, parse_value

__all__ = [
    "AnalyteLabel",
    "LabExtractor",
    "LabValue",
    "create",
    "find_analyte",
    "lab_of_cell",
    "parse_reference",
    "parse_value",
    "to_si",
]
