"""Laboratory results: the spaCy component `casebook.labs`, SI values, and readers for table cells."""

from extractors.labs.component import LabExtractor, create
from extractors.labs.si import to_si

__all__ = ["LabExtractor", "create", "to_si"]
