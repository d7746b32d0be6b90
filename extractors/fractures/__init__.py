"""Fractured vertebral levels and other fracture sites (`casebook.vertebrae`).

`parse_levels` reads levels in any notation, `find_sites` bones with their side, of a table cell or a label.
"""

from extractors.fractures.anatomy import expand
from extractors.fractures.bones import SiteRef, find_sites
from extractors.fractures.levels import LevelRef, levels_of, parse_levels

__all__ = ["LevelRef", "SiteRef", "expand", "find_sites", "levels_of", "parse_levels"]
