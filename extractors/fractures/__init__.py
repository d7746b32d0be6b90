"""Fractured vertebral levels and other fracture sites (`casebook.vertebrae`).

`parse_levels` reads levels in any notation, `find_sites` bones with their side; both serve table
cells and labels as well as prose.
"""

from extractors.fractures.levels import LevelRef, expand, levels_of, parse_levels
from extractors.fractures.sites import SPINE, SiteRef, find_sites, is_part

__all__ = ["SPINE", "LevelRef", "SiteRef", "expand", "find_sites", "is_part", "levels_of", "parse_levels"]
