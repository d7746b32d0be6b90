# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""Broken, hostile and oversized files: an error that says why or a source, never anything else, never slow."""

from __future__ import annotations

import gzip
import random
import time

import pytest

from pipeline.errors import ReadError
from pipeline.paper import Source
from pipeline.readers import archive, docx, html, jats, medline, pubmed, read_bytes, ris

READERS = {"jats": jats.read, "pubmed": pubmed.read, "nbib": medline.read, "ris": ris.read, "html": html.read,
           "docx": docx.read}
SECONDS = 5.0
VARIANTS = 200


def outcome(reader, data: bytes) -> str:
    """ "source" or an error's code; anything else fails the test by itself."""
    start = time.process_time()
    try:
        sources = reader(data, "file")
        assert sources and all(isinstance(source, Source) and source.blocks for source in sources)
        result = "source"
    except ReadError as error:
        result = error.code
    assert time.process_time() - start < SECONDS
    return result


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20, 100])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("name", READERS)
def test_bit_flips_give_an_error_or_a_source(name, typeset):
    chance = random.Random(f"flip {name}")
    found = {outcome(READERS[name], flipped(typeset[name], chance)) for _ in range(VARIANTS)}
    assert "source" in found


@pytest.mark.parametrize("name", READERS)
def test_truncation_gives_an_error_or_a_source(name, typeset):
    data = typeset[name]
    cuts = [len(data) * part // 60 for part in range(1, 60)] + [len(data) - 1, 1, 2, 3]
    assert {outcome(READERS[name], data[:cut]) for cut in cuts} & {"E02", "E03", "E12"}


@pytest.mark.parametrize("name", READERS)
def test_cut_and_spliced_parts_give_an_error_or_a_source(name, typeset):
    chance = random.Random(f"splice {name}")
    data = typeset[name]
    for _ in range(60):
        a, b = sorted(chance.randrange(len(data)) for _ in range(2))
        assert outcome(READERS[name], data[:a] + data[b:] + data[a:b]) in {"source", "E01", "E02", "E03", "E06", "E12"}


@pytest.mark.parametrize("name", READERS)
def test_the_dispatcher_survives_flips_in_the_head(name, typeset):
    chance = random.Random(f"head {name}")
    for _ in range(40):
        data = flipped(typeset[name][:300], chance) + typeset[name][300:]
        outcome(read_bytes, data)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("data", [b" ", b"\x00" * 100, b"<", b"<article", b"TY  - ", b"PK\x03\x04", bytes(range(256))],
                         ids=["blank", "zeros", "bracket", "open-tag", "empty-tag", "zip-head", "all-bytes"])
def test_scraps_are_refused(name, data):
    assert outcome(READERS[name], data) in {"E01", "E02", "E03", "E12"}


def test_a_cut_off_article_is_read_with_a_warning(typeset):
    data = typeset["jats"]
    (source,) = jats.read(data[:data.index(b"<title>Discussion")], "cut.xml")
    assert any("damaged" in warning for warning in source.warnings)
    assert any("T12 and L2" in b.lines[0].text for b in source.blocks if b.lines)


def test_a_whole_article_has_no_warning(typeset):
    (source,) = jats.read(typeset["jats"], "whole.xml")
    assert source.warnings == ()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize("entities", [
    f'<!DOCTYPE article [<!ENTITY l0 "lol">{LAUGHS}]>',
    '<!DOCTYPE article [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE article SYSTEM "http://192.0.2.1/evil.dtd">',
    '<!DOCTYPE article [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    "<!DOCTYPE article [ <!-- never closed ",
], ids=["billion-laughs", "external-file", "external-dtd", "parameter-entity", "open-subset"])
@pytest.mark.parametrize("name", ["jats", "pubmed", "html"])
def test_entities_are_neither_expanded_nor_fetched(name, entities):
    words = "<front><article-meta><title-group><article-title>A &l11; title</article-title></title-group></article-meta></front>"
    data = f'<?xml version="1.0"?>{entities}<article>{words}<body><p>Text &l11; here.</p></body></article>'.encode()
    if name == "pubmed":
        data = data.replace(b"<article>", b"<PubmedArticle><ArticleTitle>A &l11;</ArticleTitle>") + b"</PubmedArticle>"
    try:
        sources = READERS[name](data, "evil.xml")
    except ReadError:
        return
    text = " ".join(line.text for s in sources for b in s.blocks for line in b.lines)
    assert "lol" not in text.replace("lol0", "")
    assert "root:" not in text


@pytest.mark.parametrize("name", ["jats", "pubmed"])
def test_deep_xml_is_refused(name):
    data = b"<article><body>" + b"<sec>" * 1000 + b"<p>x</p>" + b"</sec>" * 1000 + b"</body></article>"
    assert outcome(READERS[name], data) in {"E03", "E12"}


def test_deep_xml_within_the_limit_is_read():
    data = b"<article><body>" + b"<sec>" * 150 + b"<p>She was well.</p>" + b"</sec>" * 150 + b"</body></article>"
    (source,) = jats.read(data, "deep.xml")
    assert source.blocks[-1].lines[0].text == "She was well."


@pytest.mark.parametrize("tag", ["div", "b", "span", "table><tr><td", "ul><li", "sup", "font"])
def test_deep_html_keeps_its_words(tag):
    page = f"<html><body><p>She was well after the birth.</p>{f'<{tag}>' * 3000}The end of the story came here.</body></html>"
    assert outcome(html.read, page.encode()) == "source"


def test_huge_flat_pages_stay_fast():
    page = b"<html><body><article>" + b"<p>She was well after the birth of her <b>son</b>.</p>" * 20_000
    assert outcome(html.read, page) == "source"


def test_a_table_with_absurd_spans_is_refused_or_clipped():
    cell = b'<td rowspan="99999999" colspan="99999999">x</td>'
    data = b"<article><body><table-wrap><table>" + (b"<tr>" + cell * 50 + b"</tr>") * 50 + b"</table></table-wrap></body></article>"
    assert outcome(jats.read, data) in {"source", "E06"}


def test_gzip_bombs_are_refused():
    bomb = gzip.compress(gzip.compress(bytes(400_000_000), 1), 9)
    assert outcome(archive.read, bomb) == "E06"


def test_zip_bombs_are_refused(docx_of):
    data = docx_of("<w:p><w:r><w:t>" + "x" * 40_000_000 + "</w:t></w:r></w:p>")
    assert outcome(docx.read, data) == "E06"


@pytest.mark.parametrize("value", ["[" * 3000, "(" * 3000, "^" * 3000, "1," * 3000, "a " * 5000, "<sup>" * 900,
                                   "<sup>1</sup>," * 2000, "<xref ref-type='bibr'>1</xref>, " * 2000, "10 " * 3000],
                         ids=["brackets", "parentheses", "carets", "numbers", "blanks", "sups", "sup-list", "xrefs", "tens"])
def test_no_text_makes_a_pattern_explode(value):
    data = f"<article><body><p>Words {value} end.</p></body></article>".encode()
    outcome(jats.read, data)
    outcome(html.read, b"<html>" + data)
