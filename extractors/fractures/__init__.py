"""Fractured vertebral levels and other fracture sites (`casebook.vertebrae`).

`parse_levels` reads levels in any notation, `find_sites` bones with their side; both serve table
cells and labels as well as prose.
"""
