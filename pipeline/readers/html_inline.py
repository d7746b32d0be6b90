"""What the inline elements of HTML do to their words."""

from __future__ import annotations

import re
from functools import cache

from extractors.rules.words import Vocabulary
from pipeline.readers.html_clean import names_of
from pipeline.readers.markup import Element, Role, is_mark

_SKIPPED = frozenset(("img", "script", "style", "noscript", "button", "svg", "input", "select", "iframe",
                      "source", "wbr", "rp", "rt", "del", "s", "strike", "annotation", "annotation-xml"))
_NOTE_LETTER = re.compile(r"[a-z](?:\s*,\s*[a-z]){0,3}")
#: fragments of links to tables, figures and sections, whose numbers are part of the sentence
_PART = re.compile(r"(?:^|[-_./])(?:t|tab|tbl|table|f|fig|figure|s|sec|section|eq|equ|app|box|sf|st|scheme"
                   r"|supp\w{0,30}|sd)"
                   r"[-_.]?[a-z]?\d{1,9}[a-z]?$", re.IGNORECASE)
_NOTE = re.compile(r"(?:^|[-_./])(?:t\w{0,30}fn|fn|tfn|tblfn|tf|note|nt)[-_.]?\w{0,40}\d$", re.IGNORECASE)
_BEFORE_PART = re.compile(r"(?:tables?|figs?\.?|figures?|box|section|case|patient|equation|appendix"
                          r"|file)\s*\(?$",
                          re.IGNORECASE)
#: Labels of a page's machinery, as patterns.
CONTROLS = Vocabulary("pipeline.readers", "page_controls.csv", ("label", "source"), key=("label",))


@cache
def _control() -> re.Pattern[str]:
    return re.compile("|".join([row["label"] for row in CONTROLS.rows]), re.IGNORECASE)


def html_role(element: Element) -> Role:
    """The role of an element inside running text."""
    tag = element.tag
    if tag in ("sup", "sub"):
        return Role.SUP if tag == "sup" else Role.SUB
    if tag == "br":
        return Role.BREAK
    if tag in _SKIPPED:
        return Role.SKIP
    if tag == "a":
        return _link_role(element)
    if tag in ("span", "font") and (element.get("class") or element.get("style")):
        return _span_role(element)
    return Role.TEXT


def is_control(text: str) -> bool:
    """Whether a text is a label of the page's machinery ("Open in new tab"), no part of the article."""
    return len(text) < 60 and bool(_control().fullmatch(text.strip(" .[]()|\u00a0")))


def _link_role(element: Element) -> Role:
    words = "".join(element.itertext()).strip()
    if not words:
        return Role.TEXT
    href = element.get("href", "")
    fragment = href.partition("#")[2] or element.get("data-rid", "") or element.get("rid", "")
    biblio = element.get("role") == "doc-biblioref" or "bibr" in element.get("class", "")
    if is_mark(words) and (fragment or biblio):
        if biblio:
            return Role.CITE
        before = (element.getparent().text or "") if element.getprevious() is None else (
            element.getprevious().tail or "")
        if _PART.search(fragment) and not _NOTE.search(fragment):
            return Role.TEXT
        return Role.TEXT if _BEFORE_PART.search(before) else Role.CITE
    if _NOTE_LETTER.fullmatch(words) and _NOTE.search(fragment):
        return Role.CITE
    return Role.SKIP if is_control(words) else Role.TEXT


_PLACE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"\b(?:sr only|visually ?hidden|screen reader \w+|hidden|tooltip|katex html"
                     r"|math jax preview"
                     r"|mjx assistive\w*)\b")


def _span_role(element: Element) -> Role:
    names = names_of(element)
    if _HIDDEN.search(names):
        return Role.SKIP
    place = _PLACE.search(element.get("style", ""))
    told = place.group(1).lower() if place else names.strip()
    if told in ("sup", "super", "superscript"):
        return Role.SUP
    return Role.SUB if told in ("sub", "subscript") else Role.TEXT
