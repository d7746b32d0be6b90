"""Onset and worsening of symptoms relative to delivery (`casebook.onset`).

`parse_onset_cell` and `is_onset_label` read the cells and labels of tables.
"""

from extractors.onset.table import is_onset_label, parse_onset_cell

__all__ = ["is_onset_label", "parse_onset_cell"]
