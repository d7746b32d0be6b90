"""Casebook for notebooks: the tables as typed pandas frames, one paper read at once, pictures.

    import casebook

    tables = casebook.load("data/extracted")
    paper = casebook.read("data/raw/smith-2011.pdf")
    casebook.figures.spine(tables.fractures)

In a checkout the program is in the folders `pipeline` and `extractors`; in an installed casebook they are
`casebook.pipeline` and `casebook.extractors` (see casebook_build/backend.py).
"""

from casebook import figures
from pipeline.config import UsageError
from pipeline.frames.load import Tables, counted_once, load, of_patient
from pipeline.frames.paper import read
from pipeline.version import VERSION as __version__

__all__ = ("Tables", "UsageError", "__version__", "counted_once", "figures", "load", "of_patient", "read")
