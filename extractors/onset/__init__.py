"""Onset and worsening of symptoms relative to delivery (`casebook.onset`).

`parse_onset_cell` and `is_onset_label` read the cells and labels of tables.
"""
