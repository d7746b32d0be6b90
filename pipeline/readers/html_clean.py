"""Takes what is not the article out of a saved page, and finds the element that holds the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.readers import html_names
from pipeline.readers.markup import Element
from pipeline.readers.titles import is_references_title

_NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
               "video", "audio", "button", "select", "input", "textarea", "map", "dialog", "picture", "link",
               "meta", "head", "base", "progress", "datalist", "option")
_JUNK_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "menu"))
_JUNK_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog",
                         "alertdialog", "menu", "menubar", "toolbar", "tablist", "alert", "status", "tooltip",
                         "form"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME_BREAK = re.compile(r"[-_/:\s.]+")
#: an element with more of the page's words than this is never dropped for its name
_TOO_MUCH = 0.3
_LINK_SHARE = 0.75


@dataclass(slots=True)
class _Size:
    """Characters inside an element, those inside its links, and the number of links."""

    text: int = 0
    linked: int = 0
    links: int = 0


def names_of(element: Element) -> str:
    """The words of an element's class and id, lower case, between blanks."""
    raw = f"{element.get('class', '')} {element.get('id', '')}"[:400]
    return _NAME_BREAK.sub(" ", _CAMEL.sub(" ", raw)).lower() if raw != " " else ""


def clean(body: Element) -> Element:
    """Drop navigation, banners, lists of links and the like; return the element of the article."""
    for element in list(body.iter(*_NEVER_TEXT)):
        _drop(element)
    sizes, elements = _measure(body)
    total = max(1, sizes[body].text)
    has_title = [element for element in elements if element.tag == "h1"]
    titled = {ancestor for title in has_title[:1] for ancestor in title.iterancestors()}
    references = _reference_lists(elements)
    gone: set[Element] = set()
    for element in elements:
        if element is body or element.tag == "html" or element.getparent() in gone:
            if element.getparent() in gone:
                gone.add(element)
            continue
        if _is_junk(element, sizes[element], total, element in titled, element in references):
            gone.add(element)
            _drop(element)
    return _main(body, sizes, total)


def _measure(body: Element) -> tuple[dict[Element, _Size], list[Element]]:
    """The sizes of all elements, children before parents."""
    elements = list(body.iter())
    sizes = {element: _Size() for element in elements}
    for element in reversed(elements):
        size = sizes[element]
        size.text += len((element.text or "").strip())
        if element.tag == "a":
            size.linked, size.links = size.text, 1
        parent = element.getparent()
        outer = sizes.get(parent)
        if outer is not None:
            outer.text += size.text + len((element.tail or "").strip())
            outer.linked += size.linked
            outer.links += size.links
    return sizes, elements


def _reference_lists(elements: list[Element]) -> set[Element]:
    """The elements inside and around lists of references, which are full of links and stay."""
    kept: set[Element] = set()
    for element in elements:
        if element.tag in ("ol", "ul", "div", "section") and is_reference_list(element):
            kept.update(element.iter())
        elif element.tag in ("h1", "h2", "h3", "h4") and _is_references_heading(element):
            for sibling in element.itersiblings():
                if sibling.tag in ("h1", "h2", "h3"):
                    break
                kept.update(sibling.iter())
    return kept


def _is_references_heading(element: Element) -> bool:
    return is_references_title("".join(element.itertext()).strip())


def is_reference_list(element: Element) -> bool:
    """Whether class, id or role call an element the list of references."""
    if element.get("role") == "doc-bibliography":
        return True
    names = names_of(element)
    return bool(names) and bool(html_names.references().search(names)) and len(names) < 120


def _is_junk(element: Element, size: _Size, total: int, titled: bool, reference: bool) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("body", "article", "main", "tr", "td", "tbody", "thead", "th",
                                           "sup", "sub"):
        return False
    if size.text > _TOO_MUCH * total or titled:
        return False
    if "hidden" in element.attrib and tag not in ("table", "section"):
        return True
    if element.get("role", "") in _JUNK_ROLES or (tag in _JUNK_TAGS and not _holds_data(element)):
        return True
    names = names_of(element)
    if names and tag not in ("table", "figure", "h1", "h2", "h3", "h4", "p", "body") and not reference:
        found = html_names.junk().search(names)
        if found and not _holds_data(element):
            return True
    return (tag in ("ul", "ol", "div", "section", "dl", "p", "center") and size.links > 2 and not reference
            and size.linked > _LINK_SHARE * size.text and size.text < 3000 and not _holds_data(element))


def _holds_data(element: Element) -> bool:
    return element.find(".//table") is not None or element.find(".//figcaption") is not None


def _main(body: Element, sizes: dict[Element, _Size], total: int) -> Element:
    """The smallest element that is named as the article and holds nearly all of the words left."""
    candidates = [element for element in body.iter("article", "main", "div", "section", "td")
                  if element in sizes and _is_named(element)]
    if not candidates:
        return body
    largest = max(sizes[element].text for element in candidates)
    if largest < 0.4 * total:
        return body
    good = [element for element in candidates if sizes[element].text >= 0.9 * largest]
    return min(good, key=lambda element: sizes[element].text)


def _is_named(element: Element) -> bool:
    if element.tag in ("article", "main") or element.get("role") in ("main", "article"):
        return True
    return element.get("itemprop") == "articleBody" or bool(html_names.article().search(names_of(element)))


def _drop(element: Element) -> None:
    """Remove an element but keep the words behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
