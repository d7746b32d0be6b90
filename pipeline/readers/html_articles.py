"""Several articles on one web page: `<article>` elements each with a title and sentences of its own."""

from __future__ import annotations

import re

from pipeline.readers.html_clean import names_of
from pipeline.readers.html_inline import html_role
from pipeline.readers.markup import Element, inline, plain
from pipeline.structure import front, shapes

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BESIDE = re.compile(
    r"\b(?:related|similar|recommend\w*|teasers?|promos?|comments?|cited|popular|latest|trending)\b"
)
_LEAST_WORDS = 25
#: of all words in articles: one with more is the page's own, the others stand beside it
_MOST = 0.85


def articles_in(body: Element, page_title: str) -> list[Element]:
    """The articles of a page that holds several, in order; [] for a page of one, which has its title.

    Parts of one article that are written as `<article>` are known by their titles ("Discussion").
    """
    found = [
        element for element in body.iter("article") if next(element.iterancestors("article"), None) is None
    ]
    if len(found) < 2:
        return []
    words = {element: len(" ".join(element.itertext()).split()) for element in found}
    whole = [element for element in found if not _BESIDE.search(names_of(element)) and _is_whole(element)]
    if len(whole) < 2 or max(words[element] for element in whole) > _MOST * sum(words.values()):
        return []
    if sum(words[element] for element in whole) < _MOST * sum(words.values()):
        return []
    titles = {title_of(element).casefold() for element in whole}
    own = any(title in page_title.casefold() for title in titles)
    return whole if len(titles) == len(whole) and not own else []


def title_of(article: Element) -> str:
    """The words of an article's first heading, "" without one."""
    heading = next((element for element in article.iter(*_HEADINGS)), None)
    return plain(inline(heading, html_role)) if heading is not None else ""


def _is_whole(article: Element) -> bool:
    title = title_of(article)
    if len(title.split()) < 2 or shapes.heading(title) is not None:
        return False
    linked = sum(len(" ".join(link.itertext()).split()) for link in article.iter("a"))
    text = " ".join(article.itertext()).split()
    prose = [" ".join(element.itertext()) for element in article.iter("p", "div", "section", "td", "li")]
    sentences = any(front.is_prose(" ".join(words.split())) for words in prose if words.strip())
    return len(text) >= _LEAST_WORDS and sentences and linked < 0.5 * len(text)
