"""JATS XML: the articles of PubMed Central, Europe PMC and many publishers."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Source, SourceBlock
from pipeline.readers.blocks import block
from pipeline.readers.jats_body import BodyReader
from pipeline.readers.jats_inline import flatten_formulas
from pipeline.readers.jats_meta import language_of, metadata_of, words
from pipeline.readers.markup import Element
from pipeline.readers.record import with_suffixes
from pipeline.readers.xmltree import parse_xml

#: abstracts that repeat the article for a table of contents
_SKIPPED_ABSTRACTS = frozenset(("graphical", "toc", "teaser", "precis", "web-summary", "editor",
                                "object-slide"))


def read(data: bytes, name: str) -> list[Source]:
    """The articles of a JATS file, one of them most often; translations and reviews are left out.

    Raises ReadError E03 (broken XML), E06 (too large) and E12 (no article inside).
    """
    root, warnings = parse_xml(data)
    articles = [root] if root.tag == "article" else list(root.iter("article", "book-part"))
    if not articles:
        raise ReadError("E12", f"XML with the root element <{root.tag[:40]}>")
    sources = [_source(article, warnings) for article in articles]
    sources = [source for source in sources if source.blocks]
    if not sources:
        raise ReadError("E03" if warnings else "E12", "an article without title, abstract and text")
    return with_suffixes(sources)


def _source(article: Element, warnings: tuple[str, ...]) -> Source:
    flatten_formulas(article)
    metadata = metadata_of(article)
    shown = _english_translation(article) if metadata.language not in ("", "en") else None
    if shown is not None:
        metadata = replace(metadata, language="en", title=metadata_of(shown).title or metadata.title)
    else:
        shown = article
    reader = BodyReader([float_ for group in shown.iterfind("floats-group") for float_ in group])
    _front(reader, shown, metadata.language)
    front_blocks = len(reader.blocks)
    body, back = shown.find("body"), shown.find("back")
    if body is not None:
        reader.read(body)
    full_text = any(b.kind in (BlockKind.PARAGRAPH, BlockKind.TABLE) for b in reader.blocks[front_blocks:])
    if back is None:
        back = article.find("back")
    reader.remaining_floats()
    if back is not None:
        reader.read(back)
    _notes(reader, article)
    title = [block(BlockKind.TITLE, metadata.title)] if metadata.title else []
    authors = [block(BlockKind.AUTHORS, ", ".join(metadata.authors))] if metadata.authors else []
    return Source("jats", tuple(title + authors + reader.blocks), metadata, full_text=full_text,
                  warnings=warnings + tuple(reader.warnings))


def _english_translation(article: Element) -> Element | None:
    """The English version that journals of other languages print beside the original."""
    for sub in article.iterfind("sub-article"):
        english = sub.get("article-type") == "translation" and language_of(sub) == "en"
        if english and sub.find("body") is not None:
            return sub
    return None


def _front(reader: BodyReader, article: Element, language: str) -> None:
    front = article.find("front")
    meta = front.find("article-meta") if front is not None else article.find("front-stub")
    if meta is None:
        return
    for group in meta.iterfind("title-group/trans-title-group"):
        title = words(group.find("trans-title"))
        if title:
            reader.blocks.append(block(_foreign(language, language_of(group)), title))
    for abstract in (*meta.iterfind("abstract"), *meta.iterfind("trans-abstract")):
        if abstract.get("abstract-type", "") in _SKIPPED_ABSTRACTS:
            continue
        kind = BlockKind.ABSTRACT
        if abstract.tag == "trans-abstract":
            kind = _foreign(language, language_of(abstract))
        reader.blocks.extend(_abstract(abstract, kind))
    for group in meta.iterfind("kwd-group"):
        keywords = ", ".join(filter(None, map(words, group.iterfind("kwd"))))
        if keywords:
            reader.blocks.append(block(BlockKind.BOILERPLATE, f"Keywords: {keywords}"))


def _foreign(language: str, own: str) -> BlockKind:
    """A translation is foreign, but an English abstract of a paper in another language is the one to read."""
    return BlockKind.ABSTRACT if own == "en" and language not in ("", "en") else BlockKind.FOREIGN


def _abstract(abstract: Element, kind: BlockKind) -> list[SourceBlock]:
    """One block per part; a part's title leads it as in MEDLINE: "Methods: We measured ...". """
    inner = BodyReader([])
    inner.read(abstract, kind=kind)
    blocks: list[SourceBlock] = []
    label = ""
    for part in inner.blocks:
        text = part.lines[0].text if part.lines else ""
        if part.kind is BlockKind.HEADING:
            label = text.rstrip(" .:")
        elif part.lines:
            blocks.append(block(kind, f"{label}: {text}" if label else text))
            label = ""
    return blocks


def _notes(reader: BodyReader, article: Element) -> None:
    """Authors' notes and funding, which stand in the front matter, come last."""
    for path in ("front/article-meta/author-notes", "front/article-meta/funding-group"):
        for notes in article.iterfind(path):
            reader.read(notes, kind=BlockKind.BOILERPLATE)
