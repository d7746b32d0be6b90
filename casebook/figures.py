"""Pictures of the tables: functions from data frames to matplotlib figures (see `pipeline.figures`)."""

from pipeline import figures
from pipeline.figures import *  # noqa: F403  (its `__all__` is the list)

__all__ = figures.__all__
