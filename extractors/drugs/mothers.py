"""Whether what was taken in a pregnancy was taken before the disease that the text is about."""

from __future__ import annotations

import re

from extractors.text import View

#: The disease of bones comes with the end of a pregnancy; other illnesses are treated within it.
_BONES = re.compile(r"osteopor|osteopen|vertebral fracture|lactation.associated")
#: So many sentences a text has at least that tells its disease.
_SHORT = 12


def of_a_mother(view: View) -> bool:
    """Whether a text may be on what a mother has after her pregnancy: one on bones, or too short to tell."""
    key = ("drugs.mothers",)
    if key not in view.cache:
        view.cache[key] = len(view.sentences) <= _SHORT or _BONES.search(view.lower) is not None
    return bool(view.cache[key])
