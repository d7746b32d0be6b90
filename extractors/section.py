"""What a section of a paper is for: told by its heading in the structure stage, taken by all later ones."""

from __future__ import annotations

from enum import Flag, auto


class Section(Flag):
    """What the words under a heading are about; a heading may promise several things, or nothing."""

    PLAIN = 0
    GENERAL = auto()  # patients in general and other authors', unless a sentence speaks of the report's
    LEAD_IN = auto()  # leads to the case and may begin to tell it
    ASIDE = auto()  # no patient of a series, unless one is named
    DISCUSSION = auto()  # a name in it opens no story: the sentences behind are about nobody again
