"""Who is meant: which patients a paper describes, and which words are about which of them."""

from pipeline.cases.assign import find_cases
from pipeline.cases.casemap import CaseMap, CaseRef
from pipeline.cases.whose import Whose, whose

__all__ = ["CaseMap", "CaseRef", "Whose", "find_cases", "whose"]
