"""Takes what is not the article out of a saved page, and finds the element that holds the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.readers.blocks import is_references_title
from pipeline.readers.markup import Element

_NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio",
               "button", "select", "input", "textarea", "map", "dialog", "picture", "link", "meta", "head", "base",
               "progress", "datalist", "option")
_JUNK_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "menu"))
_JUNK_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog",
                         "menu", "menubar", "toolbar", "tablist", "alert", "status", "tooltip", "form"))
_THINGS = "(?:articles?|content|links?|posts?|items?|reading|papers?|stories|journals?|resources|topics|products|information)"
#: words of class and id attributes, hyphens and capitals turned into blanks
_JUNK_NAMES = re.compile(
    r"\b(?:cookies?|gdpr|onetrust|consent (?:banner|manager|popup|box|bar|modal)|breadcrumbs?|skip (?:link|nav|to)\w*"
    r"|share|sharing|social(?: \w+)?|addthis|altmetrics?|metrics|badges?|newsletter|subscribe|subscription|sign ?up"
    r"|log ?in|sign ?in|paywall|purchase|access options|modal|pop ?up|tool ?bars?|tool ?box|side ?bars?|nav(?:bar|igation)?"
    rf"|menu|masthead|site (?:header|footer)|page footer|related {_THINGS}|similar {_THINGS}|recommend(?:ed|ations?)"
    r"|trending|most (?:read|viewed|cited|popular)|latest (?:articles?|news)|cited ?by|citing articles?|disqus"
    r"|comments? (?:section|area|list|form|box)|respond|adverts?|advertisement|advertising|ads|promo(?:tion)?|sponsored"
    r"|pagination|pager|pre?vious next|toc|table of contents|contents list|on this page|jump (?:to|links?|menu)"
    r"|rights ?link|article (?:tools?|actions?|metrics|navigation|nav)|download(?:s| links?| options?| pdf)"
    r"|citation (?:tools?|export|manager|download)|export citation|cite (?:this|box|modal|button)|feedback|survey"
    r"|usa banner|ncbi (?:header|footer|alerts?)|linkouts?|link ?out list|full text links?|mesh terms|substances"
    r"|publication types|grants? list|fig(?:ure)? (?:viewer|controls?|links?|tools?|actions?)|lightbox|gallery controls?"
    r"|viewer controls?|magnifier|zoom|carousel|slider|print only|no print|screen reader(?: only| text)?|sr only"
    r"|visually ?hidden|associated data|collections? (?:list|button)|author (?:bio|search|links?)|affiliations?|aff list"
    r"|contrib group|authors? list|article (?:dates?|history|info(?:rmation)?|notes?)|history dates|copyright|licen[cs]e"
    r"|permissions|article header meta|journal (?:info|header|nav)|issue (?:nav|info)|search(?: \w+)?|(?<!table )(?<!tbl )footer|header nav"
    r"|language (?:switch\w*|select\w*)|translate|accessibility (?:bar|menu|links?)|follow us|app banner|banner)\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME_BREAK = re.compile(r"[-_/:\s.]+")
_KNOWN_BODIES = re.compile(
    r"\b(?:article ?body|article (?:content|text|fulltext|main|container)|full ?text(?: view| content)?|hl ?fld fulltext"
    r"|main article body|c article body|body content|post content|entry content|jig ncbiinpagenav|article view|paper body)\b")
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
        elif element.tag in ("h1", "h2", "h3", "h4") and is_references_title("".join(element.itertext()).strip()):
            for sibling in element.itersiblings():
                if sibling.tag in ("h1", "h2", "h3"):
                    break
                kept.update(sibling.iter())
    return kept


_REFERENCE_LIST = re.compile(r"\b(?:ref(?:erence)?s? list|references?(?: section| content)?|bibliography(?: \w+)?|citations? list"
                             r"|reflist|biblist|ref cit blk|c article references)\b")


def is_reference_list(element: Element) -> bool:
    """Whether class, id or role call an element the list of references."""
    if element.get("role") == "doc-bibliography":
        return True
    names = names_of(element)
    return bool(names) and bool(_REFERENCE_LIST.search(names)) and len(names) < 120


def _is_junk(element: Element, size: _Size, total: int, titled: bool, reference: bool) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("body", "article", "main", "tr", "td", "tbody", "thead", "th", "sup", "sub"):
        return False
    if size.text > _TOO_MUCH * total or titled:
        return False
    if "hidden" in element.attrib and tag not in ("table", "section"):
        return True
    if element.get("role", "") in _JUNK_ROLES or (tag in _JUNK_TAGS and not _holds_data(element)):
        return True
    names = names_of(element)
    if names and tag not in ("table", "figure", "h1", "h2", "h3", "h4", "p", "body") and not reference:
        found = _JUNK_NAMES.search(names)
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
    return element.get("itemprop") == "articleBody" or bool(_KNOWN_BODIES.search(names_of(element)))


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
