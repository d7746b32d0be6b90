"""Bone mineral density (`casebook.bmd`): density, T- and Z-scores and changes with site and region."""

from extractors.bmd.table import BmdLabel, Score, parse_label, parse_score

__all__ = ["BmdLabel", "Score", "parse_label", "parse_score"]
