"""Laboratory results: the spaCy component `casebook.labs`, SI values, and readers for table cells."""

from extractors.labs.cells import AnalyteLabel, LabValue, find_analyte, parse_reference, parse_value
from extractors.labs.component import LabExtractor, create
from extractors.labs.si import to_si

__all__ = [
    "AnalyteLabel",
    "LabExtractor",
    "LabValue",
    "create",
    "find_analyte",
    "parse_reference",
    "parse_value",
    "to_si",
]
