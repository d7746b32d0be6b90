"""Mentions to records: repeats merged, phases and months worked out, values normalised."""

from pipeline.resolve.records import resolve

__all__ = ["resolve"]
