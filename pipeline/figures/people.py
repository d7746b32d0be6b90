"""Which rows count in a picture, and what patients and analytes are called in it."""

from __future__ import annotations

import pandas as pd

from pipeline.frames.load import counted_once

#: words of analytes that are written otherwise than the tables' lower case
_WRITTEN = {
    "d": "D",
    "ctx": "CTX",
    "ntx": "NTX",
    "p1np": "P1NP",
    "trap-5b": "TRAP-5b",
    "c-reactive": "C-reactive",
}
#: letters of a patient's key that fit beside a picture
_LONGEST = 24


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of patients who are not counted in another paper already."""
    return counted_once(rows)


def shown_name(case_id: str) -> str:
    """A patient's key, its middle left out where it is long."""
    if len(case_id) <= _LONGEST:
        return case_id
    tail = case_id[-(_LONGEST // 2) + 2 :]
    return f"{case_id[: _LONGEST - len(tail) - 1]}…{tail}"


def shown_analyte(name: str) -> str:
    """An analyte's name as it is printed: the tables have it in lower case."""
    return " ".join(_WRITTEN.get(word, word) for word in name.split())
