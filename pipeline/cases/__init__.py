"""Who is meant: which patients a paper describes, and which words are about which of them."""

from pipeline.cases.assign import CaseMap, CaseRef, find_cases
from pipeline.cases.respective import respective_owners

__all__ = ["CaseMap", "CaseRef", "find_cases", "respective_owners"]
