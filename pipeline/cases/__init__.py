"""Who is meant: which patients a paper describes, and which words are about which of them."""

from pipeline.cases.assign import CaseMap, CaseRef, find_cases
from pipeline.cases.respective import as_patients, respective_owners

__all__ = ["CaseMap", "CaseRef", "as_patients", "find_cases", "respective_owners"]
