"""The bibliographic record as far as the PDF's information dictionary can be believed."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from pipeline.paper import Metadata

# What programs put there by themselves: file names, manuscript numbers, "untitled".
_MACHINE_TITLE = re.compile(
    r"^(?:microsoft word|powerpoint|untitled|document\d*|title|slide|layout|template|pii|doi|print|article|"
    r"full text|pdf|s\d{4}-|no job name)\b|"
    r"\.(?:docx?|indd|qxd|qxp|pdf|tex|dvi|rtf|ps|eps|fm|xml|p65|pmd)\b|[_\\]|://|^/|\d{5,}|1\.\.",
    re.IGNORECASE,
)
_MACHINE_NAME = re.compile(
    r"^(?:admin\w*|user|unknown|author|owner|windows|dell|hp|lenovo|home|\w*\d\w*)$|[@\\/_]", re.IGNORECASE
)
_PUBLISHER = re.compile(r"journal|press|publish|elsevier|springer|wiley|[{}]|et al", re.IGNORECASE)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>;,]+[^\s\"<>;,.)\]])")


def read_info(document: pdfium.PdfDocument, first_pages: str) -> Metadata:
    """Title, authors and DOI of the information dictionary, where the first pages bear them out.

    Args:
        document: the open PDF.
        first_pages: the words of its first two pages.
    """
    try:
        stated = document.get_metadata_dict(skip_empty=True)
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return Metadata()
    words = set(re.findall(r"\w+", first_pages.lower()))
    title = " ".join(stated.get("Title", "").split())
    if not _is_title(title, words):
        title = ""
    doi = ""
    for text in (
        stated.get("doi", ""),
        stated.get("Subject", ""),
        stated.get("Title", ""),
        stated.get("Keywords", ""),
    ):
        match = _DOI.search(text)
        if match:
            doi = match[1].lower()
            break
    return Metadata(title=title, authors=_names(stated.get("Author", ""), words), doi=doi)


def _is_title(title: str, words: set[str]) -> bool:
    own = re.findall(r"\w+", title.lower())
    if len(own) < 3 or len(title) > 400 or _MACHINE_TITLE.search(title):
        return False
    return sum(word in words for word in own) >= 0.8 * len(own)


def _names(stated: str, words: set[str]) -> tuple[str, ...]:
    """Names of the Author entry whose family names stand on the first pages."""
    parts = re.split(r"\s*;\s*", stated) if ";" in stated else re.split(r"\s*,\s*|\s+and\s+", stated)
    names = [" ".join(part.split()) for part in parts if part.strip()]
    if len(names) < 2 or any(_MACHINE_NAME.search(name) or _PUBLISHER.search(name) for name in names):
        return ()  # a single name is mostly that of who made the file
    if not all(any(word in words for word in re.findall(r"\w{2,}", name.lower())) for name in names):
        return ()
    return tuple(names) if all(" " in name for name in names) else ()
