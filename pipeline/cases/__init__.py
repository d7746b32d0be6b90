"""Who is meant: which patients a paper describes, and which words are about which of them."""

from pipeline.cases.assign import CaseMap, CaseRef, find_cases

__all__ = ["CaseMap", "CaseRef", "find_cases"]
