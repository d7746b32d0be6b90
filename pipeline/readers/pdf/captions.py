"""Captions of tables and figures, told from sentences about them."""

from __future__ import annotations

import re

_CAPTION = re.compile(
    r"^(?:supplementa(?:ry|l)\s+|online\s+|appendix\s+)?(?:table|tab\.|figure|fig\.|fig|scheme|chart|box|plate|image|"
    r"panel)\s*(?:s|e)?(?:\d{1,2}|[ivx]{1,4}\b|[a-e]\b)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"^\w{1,30}\.?\s{0,9}\w{1,30}\s{0,9}(?:\(?[a-z]\)?\s+)?(?:and|or|shows?|lists?|presents?|summari[sz]es?|gives?|demonstrates?|illustrates?|"
    r"depicts?|reports?|provides?|describes?|compares?|is|are|was|were|has|have|contains?|displays?|reveals?|suggests?|,|\))\b",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\b(?:cont(?:inued|\.|[’']d)?)\b", re.IGNORECASE)


def is_caption(text: str) -> bool:
    """Whether a paragraph is the caption of a table or figure (and not a sentence about one)."""
    return bool(_CAPTION.match(text)) and not _TELLS.match(text)


def is_table_caption(text: str) -> bool:
    """Whether a caption is a table's."""
    return is_caption(text) and "tab" in text[:20].lower()


def is_continued(text: str) -> bool:
    """Whether a caption says that its table goes on from the page before."""
    return is_table_caption(text) and bool(_CONTINUED.search(text[:120]))
