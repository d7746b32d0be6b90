"""The bibliographic record in the front matter of JATS."""

from __future__ import annotations

from pipeline.paper import Metadata
from pipeline.readers.jats_inline import jats_role
from pipeline.readers.markup import Element, inline, plain
from pipeline.readers.record import doi_in, language_code, pmcid_in, pmid_in, year_in

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: which of several dates tells the year: online first, then print, then the volume's
_DATE_ORDER = ("epub", "ppub", "pub", "epub-ppub", "collection", "pmc-release")


def language_of(element: Element) -> str:
    """ISO 639-1 of an element's own xml:lang."""
    return language_code(element.get(_LANG))


def words(element: Element | None) -> str:
    """The plain words of an element, "" for none."""
    return plain(inline(element, jats_role)) if element is not None else ""


def metadata_of(article: Element) -> Metadata:
    """The record of an `article` (or `sub-article`) element."""
    front = article.find("front")
    if front is None:
        front = article.find("front-stub")
    if front is None:
        return Metadata(language=language_of(article), types=_types(article))
    meta = front.find("article-meta")
    meta = front if meta is None else meta
    ids = {node.get("pub-id-type", ""): "".join(node.itertext()).strip()
           for node in meta.iterfind("article-id")}
    return Metadata(
        title=title_of(meta),
        authors=_authors(meta),
        journal=_journal(front),
        year=_year(meta),
        doi=doi_in(ids.get("doi")),
        pmid=pmid_in(ids.get("pmid")),
        pmcid=pmcid_in(ids.get("pmcid") or ids.get("pmc") or ids.get("pmcaid")),
        language=language_of(article),
        types=_types(article),
        keywords=tuple(filter(None, map(words, meta.iterfind("kwd-group/kwd")))),
    )


def _types(article: Element) -> tuple[str, ...]:
    return tuple(filter(None, (article.get("article-type", "").strip(),)))


def title_of(meta: Element) -> str:
    """The title with its subtitle."""
    group = meta.find("title-group")
    group = meta if group is None else group
    parts = [words(group.find("article-title")), *map(words, group.iterfind("subtitle"))]
    title = parts[0]
    for part in filter(None, parts[1:]):
        title += f" {part}" if title.endswith((":", "?", ".", "!")) else f": {part}"
    return title


def _authors(meta: Element) -> tuple[str, ...]:
    names = []
    for group in meta.iterfind("contrib-group"):
        for contrib in group.iterfind("contrib"):
            if contrib.get("contrib-type", "author") == "author":
                name = _name(contrib)
                if name:
                    names.append(name)
    return tuple(names)


def _name(contrib: Element) -> str:
    alternatives = contrib.find("name-alternatives")
    holder = contrib if alternatives is None else alternatives
    candidates = [*holder.iterfind("name"), *holder.iterfind("string-name")]
    if not candidates:
        return words(contrib.find("collab"))
    name = next((c for c in candidates if language_of(c) == "en" or c.get("name-style") == "western"),
                candidates[0])
    surname, given = words(name.find("surname")), words(name.find("given-names"))
    if not surname and not given:
        return words(name)
    return " ".join(filter(None, (given, words(name.find("prefix")) if not given else "", surname,
                                  words(name.find("suffix")))))


def _journal(front: Element) -> str:
    for path in ("journal-meta/journal-title-group/journal-title", "journal-meta/journal-title",
                 "journal-meta/abbrev-journal-title", "journal-meta/journal-id[@journal-id-type='nlm-ta']"):
        found = words(front.find(path))
        if found:
            return found
    return ""


def _year(meta: Element) -> int | None:
    years: dict[str, int] = {}
    for date in meta.iterfind("pub-date"):
        kind = date.get("pub-type") or _modern_type(date)
        year = year_in(words(date.find("year")) or date.get("iso-8601-date")
                       or words(date.find("string-date")))
        if year is not None:
            years.setdefault(kind, year)
    for kind in _DATE_ORDER:
        if kind in years:
            return years[kind]
    return next(iter(years.values()), None)


def _modern_type(date: Element) -> str:
    """JATS 1.1 and later: date-type and publication-format in place of pub-type."""
    if date.get("date-type", "pub") != "pub":
        return date.get("date-type", "")
    return {"electronic": "epub", "print": "ppub"}.get(date.get("publication-format", ""), "pub")
