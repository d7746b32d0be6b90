"""The bibliographic record in the head of a saved page: meta elements and JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any

from pipeline.paper import Metadata
from pipeline.readers.markup import Element, untagged
from pipeline.readers.record import doi_in, given_first, language_code, pmcid_in, pmid_in, title_in, year_in

_TITLES = ("citation_title", "wkhealth_title", "dc.title", "dcterms.title", "prism.title", "og:title",
           "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "dc.contributor", "author")
_JOURNALS = ("citation_journal_title", "prism.publicationname", "wkhealth_journal_title",
             "citation_journal_abbrev", "dc.source", "dc.relation.ispartof", "citation_publisher_journal")
_DATES = ("citation_online_date", "citation_publication_date", "citation_date", "prism.publicationdate",
          "dc.date", "dcterms.issued", "dc.date.issued", "article:published_time", "citation_year",
          "citation_cover_date")
_DOIS = ("citation_doi", "prism.doi", "dc.identifier", "dc.identifier.doi", "bepress_citation_doi", "doi")
_PMIDS = ("citation_pmid", "ncbi_uid", "ncbi_article_id")
_PMCIDS = ("citation_pmcid", "ncbi_pcid", "citation_pmc_id")
_URLS = ("og:url", "citation_public_url", "citation_abstract_html_url", "citation_fulltext_html_url")
_SITE_SUFFIX = re.compile(r"\s+(?:[|\u2013\u2014-]|::)\s+[^|]{2,60}$")
_PMC = re.compile(r"/(PMC\d{3,9})", re.IGNORECASE)
_PUBMED = re.compile(r"pubmed(?:\.ncbi\.nlm\.nih\.gov|/)/?(\d{1,9})")


def metadata_of(root: Element) -> Metadata:
    """What the head of a page states about the article; the page's own title where there is no more."""
    metas = _metas(root)
    linked = _json_ld(root)
    urls = _urls(root, metas)
    return Metadata(
        title=_title(root, metas, linked.get("title", "")),
        authors=_authors(metas) or tuple(linked.get("authors", ())),
        journal=_first(metas, _JOURNALS) or linked.get("journal", ""),
        year=next((year for name in _DATES if (year := year_in(_first(metas, (name,))))), None)
        or year_in(linked.get("date")),
        doi=next((doi for name in _DOIS for value in metas.get(name, ()) if (doi := doi_in(value))), "")
        or doi_in(linked.get("doi")),
        pmid=pmid_in(_first(metas, _PMIDS)) or _inside(_PUBMED, urls),
        pmcid=pmcid_in(_first(metas, _PMCIDS)) or pmcid_in(_inside(_PMC, urls)),
        language=language_code(_first(metas, ("citation_language", "dc.language"))) or _root_language(root),
    )


def _urls(root: Element, metas: dict[str, list[str]]) -> str:
    """The page's own addresses, which tell identifiers."""
    canonical = (link.get("href", "") for link in root.iter("link") if link.get("rel") == "canonical")
    return " ".join([*(url for name in _URLS for url in metas.get(name, ())), *canonical])


def _title(root: Element, metas: dict[str, list[str]], linked: str) -> str:
    """The article's title; the site's name is taken off the page's own."""
    page_title = " ".join((root.findtext(".//title") or "").split())
    title = _first(metas, _TITLES) or linked or page_title
    return title_in(untagged(title if "citation_title" in metas else _SITE_SUFFIX.sub("", title)))


def _inside(pattern: re.Pattern[str], urls: str) -> str:
    match = pattern.search(urls)
    return match.group(1) if match else ""


def _metas(root: Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content and len(content) < 5000:
            metas.setdefault(name, []).append(content)
    return metas


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _root_language(root: Element) -> str:
    return language_code(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))


def _authors(metas: dict[str, list[str]]) -> tuple[str, ...]:
    for name in _AUTHORS:
        if name in metas:
            return tuple(given_first(untagged(author)) for author in metas[name])
    listed = _first(metas, ("citation_authors",))
    return tuple(given_first(author) for author in listed.split(";") if author.strip())


def _json_ld(root: Element) -> dict[str, Any]:
    """Title, authors, journal, date and DOI of the article that a JSON-LD script describes."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > 500_000:
            continue
        try:
            found = _article(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
        if found:
            return _fields(found)
    return {}


def _article(value: Any, depth: int = 0) -> dict[str, Any]:
    if depth > 5:
        return {}
    if isinstance(value, list):
        return next((found for item in value if (found := _article(item, depth + 1))), {})
    if not isinstance(value, dict):
        return {}
    kinds = value.get("@type")
    if any(str(kind).endswith("Article") for kind in (kinds if isinstance(kinds, list) else [kinds])):
        return value
    return next((found for key in ("@graph", "mainEntity") if (found := _article(value.get(key), depth + 1))),
                {})


def _fields(article: dict[str, Any]) -> dict[str, Any]:
    authors = article.get("author", [])
    authors = authors if isinstance(authors, list) else [authors]
    part = article.get("isPartOf")
    while isinstance(part, dict) and isinstance(part.get("isPartOf"), dict):
        part = part["isPartOf"]
    names = [str(a.get("name", "")) if isinstance(a, dict) else str(a) for a in authors]
    return {
        "title": str(article.get("headline") or article.get("name") or ""),
        "authors": [given_first(name) for name in names if name],
        "journal": str(part.get("name", "")) if isinstance(part, dict) else "",
        "date": str(article.get("datePublished", "")),
        "doi": f"{article.get('@id', '')} {article.get('sameAs', '')} {article.get('identifier', '')}",
    }
