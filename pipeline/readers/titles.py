"""What a section's title says about the words below it, by the structure stage's list of titles."""

from __future__ import annotations

from pipeline.structure.shapes import heading

#: lists of main points that stand beside the abstract
_ABSTRACT_LIKE = frozenset(("highlights", "key points", "keypoints", "key messages", "synopsis",
                            "author summary"))


def _role(text: str) -> str:
    text = text.strip()
    found = heading(text) if text else None
    return found.role if found else ""


def is_boilerplate_title(text: str) -> bool:
    """Whether a section of this title tells nothing of a patient (funding, ethics, abbreviations)."""
    return _role(text) in ("boilerplate", "abbreviations", "keywords")


def is_references_title(text: str) -> bool:
    """Whether a section of this title is the list of references."""
    return _role(text) == "references"


def is_abstract_title(text: str) -> bool:
    """Whether a section of this title is an abstract, if it stands at the beginning."""
    return _role(text) == "abstract" or text.strip(" .:").casefold() in _ABSTRACT_LIKE
