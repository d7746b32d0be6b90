"""A look at the bytes of an XML record before anything reads it: may it fit at all?

No paper that fits is lost: the letters of each of its words are in the record, perhaps with tags, character
references, accents or a line's hyphen between. Where they are not there side by side, and PubMed's record
has no tags and references inside its sentences, that is nearly enough; else they are looked for in all of its
text without the tags. Letters alone count, as if nothing else were there: the structure stage repairs signs
and numbers, and takes hyphens and citation marks out.
"""

from __future__ import annotations

import html
import re
import unicodedata

from pipeline.errors import ReadError
from pipeline.only.fold import kind, words
from pipeline.only.tree import Node, Term

#: what PubMed has of people and of other papers: names with accents, and nothing that is asked for
_ASIDE = ((b"<AuthorList", b"</AuthorList>"), (b"<ReferenceList>", b"</ReferenceList>"))
#: how the tags begin that PubMed has inside its sentences (formatting, formulas), and comments
_INSIDE = (b"<i", b"<b", b"<s", b"<u", b"<m", b"<Disp", b"<!", b"<?")
#: character references of no letters, and none that are escaped twice
_HARMLESS = re.compile(rb"&(?:amp;(?![#A-Za-z])|(?:lt|gt|quot|apos|#3[49]|#6[02]);)")
_LETTERS = re.compile("[a-z]+")
_NO_LETTERS = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz"))
#: what the structure stage turns into letters
_REPAIRED = re.compile("[\x80-\x9f]")
_PUBMED = re.compile(rb"<Pubmed(?:Book)?Article[\s>]")
_ARTICLE = re.compile(rb"<article[\s>]")
_ARTICLE_TYPE = re.compile(rb"<article\s(?:[^<>]*?\s)?article-type\s*=\s*(?:\"([^\"&<>]*)\"|'([^'&<>]*)')")
_PUBLICATION_TYPES = re.compile(rb"<PublicationType[\s>]")
_PUBLICATION_TYPE = re.compile(rb"<PublicationType(?:\s[^<>]*)?>([^<>&]*)</PublicationType>")
_HEAD = 4096

#: A tag as it should be. What else begins with its sign is repaired by the parser, who drops words.
_TAG = re.compile(rb"""</?[A-Za-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?>""")


def may_be(tree: Node, data: bytes) -> bool:
    """Whether the paper, or one of the papers, that these bytes are may fit."""
    return tree.possible(_Look(data).may_have)


class _Look:
    """The bytes of one file, looked at as closely as a term needs."""

    def __init__(self, data: bytes) -> None:
        self._data, self._small = data, data.lower()
        self._letters: bytes | None = None
        self._types: list[str] | None = None

    def may_have(self, term: Term) -> bool:
        """Whether the paper may have what a term asks for."""
        if term.field == "language":
            return True  # some are known from the text alone
        if term.field == "type":
            return self._may_be_of(term)
        return all(map(self._may_say, _LETTERS.findall(term.words)))

    def _may_say(self, word: str) -> bool:
        if word.encode() in self._small:
            return True
        if self._letters is None:
            asked = _asked(self._data)
            found = asked.lower() if _is_plain(asked) else _text(asked)
            self._letters = found.translate(None, _NO_LETTERS)
        return word.encode() in self._letters or not self._letters

    def _may_be_of(self, term: Term) -> bool:
        if self._types is None:
            self._types = _types(self._data)
        if not self._types:
            return True
        return any(told.startswith(term.words) if term.cut else told == term.words for told in self._types)


def _asked(data: bytes) -> bytes:
    """The bytes but for the people and references of a record of PubMed."""
    if _PUBMED.search(data[:_HEAD]):
        for opening, end in _ASIDE:
            start = data.find(opening)
            stop = data.find(end, start)
            if 0 <= start < stop:
                data = data[:start] + data[stop + len(end) :]
    return data


def _is_plain(data: bytes) -> bool:
    """Whether this is a record of PubMed whose words are there letter by letter."""
    begin = _PUBMED.search(data[:_HEAD])
    if begin is None or not data.isascii():
        return False
    record = data[begin.start() :]  # behind the declaration
    if any(sign in record for sign in _INSIDE) or record.count(b"<") != len(_TAG.findall(record)):
        return False
    return b"&" not in record or b"&" not in _HARMLESS.sub(b"", record)


def _text(data: bytes) -> bytes:
    """All text of a file without its tags, folded; nothing where nothing is sure."""
    from lxml import etree  # noqa: PLC0415 - a run without a filter, and the command line, need none of these

    from pipeline.readers.encoding import decode  # noqa: PLC0415
    from pipeline.readers.xmltree import parse_xml  # noqa: PLC0415 - as the readers do, to the last entity

    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            text = etree.tostring(parse_xml(data)[0], method="text", encoding="unicode")
        else:
            text = decode(data)
    except ReadError:
        return b""
    if _REPAIRED.search(text):
        return b""
    text = (html.unescape(text) if "&" in text else text).replace("\u00df", "ss").replace("\u1e9e", "ss")
    # as `fold.letters`, for a to z alone: of case folding, the sharp s alone gives other such letters
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").lower()


def _types(data: bytes) -> list[str]:
    """The types that the articles of a file may have, folded; none where bytes alone do not tell."""
    if _PUBMED.search(data[:_HEAD]):
        found = _PUBLICATION_TYPE.findall(data)
        return _kinds(found) if len(found) == len(_PUBLICATION_TYPES.findall(data)) else []
    match = _ARTICLE_TYPE.search(data)
    if match is None or b"<!--" in data[: match.start()] or len(_ARTICLE.findall(data)) > 1:
        return []
    return _kinds([match[1] or match[2] or b""])


def _kinds(told: list[bytes]) -> list[str]:
    """Both whole and as the last word may go on."""
    found = [text.decode("utf-8", "replace") for text in told]
    return [*map(kind, found), *map(words, found)]
