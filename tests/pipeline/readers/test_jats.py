# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""JATS: structure, floats, tables, translations, collections."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind as K
from pipeline.readers.jats import read

FRONT = ('<front><article-meta><title-group><article-title>A case</article-title></title-group>{}</article-meta></front>')


def article(body: str, front: str = "", back: str = "", attributes: str = "") -> bytes:
    return f"<article {attributes}>{FRONT.format(front)}<body>{body}</body><back>{back}</back></article>".encode()


def blocks(data: bytes) -> list[tuple[K, str]]:
    (source,) = read(data, "case.xml")
    return [(b.kind, " | ".join(c.text for c in b.cells) if b.cells else b.lines[0].text) for b in source.blocks]


def test_a_paragraph_goes_on_behind_its_float():
    body = ("<p>She fell <fig id='F1'><label>Figure 1.</label><caption><title>Spine</title><p>Lateral view.</p></caption>"
            "<graphic/></fig>on the stairs.</p><p>Later.</p>")
    assert blocks(article(body))[1:] == [(K.PARAGRAPH, "She fell on the stairs."),
                                         (K.CAPTION, "Figure 1. Spine. Lateral view."), (K.PARAGRAPH, "Later.")]


def test_a_list_splits_its_paragraph():
    body = ("<p>Drugs:<list><list-item><label>1.</label><p>calcium</p></list-item><list-item><p>vitamin D</p></list-item>"
            "</list>were stopped.</p>")
    assert [text for _, text in blocks(article(body))[1:]] == ["Drugs:", "calcium", "vitamin D", "were stopped."]


def test_floats_at_the_end_follow_the_first_paragraph_that_refers_to_them():
    data = article("<p>See <xref ref-type='table' rid='T1'>Table 1</xref>.</p><p>Second.</p>").replace(
        b"</article>", b"<floats-group><table-wrap id='T1'><label>Table 1</label><table><tr><td>a</td></tr></table>"
                       b"</table-wrap><fig id='F9'><label>Figure 9</label></fig></floats-group></article>")
    assert [text for _, text in blocks(data)[1:]] == ["See Table 1.", "Table 1", "a", "Second.", "Figure 9"]


def test_tables_keep_spans_headers_lines_and_notes():
    table = ("<table-wrap><label>Table 2</label><caption><title>Laboratory</title></caption><alternatives><graphic/><table>"
             "<thead><tr><th rowspan='2'>Test</th><td colspan='2'>Visit<xref ref-type='table-fn' rid='n'>a</xref></td></tr>"
             "<tr><th>first</th><th>second</th></tr></thead><tbody><tr><td>Calcium<break/>(mmol/L)</td><td>2.3</td><td/></tr>"
             "</tbody></table></alternatives><table-wrap-foot><fn id='n'><label>a</label><p>After birth</p></fn>"
             "<fn><p><sup>b</sup>Low</p></fn></table-wrap-foot></table-wrap>")
    (source,) = read(article(table), "x.xml")
    caption, grid, *notes = source.blocks[1:]
    assert caption.lines[0].text == "Table 2. Laboratory"
    assert [(c.row, c.col, c.row_span, c.col_span, c.header, [line.text for line in c.lines]) for c in grid.cells] == [
        (0, 0, 2, 1, True, ["Test"]), (0, 1, 1, 2, True, ["Visit"]), (1, 1, 1, 1, True, ["first"]),
        (1, 2, 1, 1, True, ["second"]), (2, 0, 1, 1, False, ["Calcium", "(mmol/L)"]), (2, 1, 1, 1, False, ["2.3"]),
        (2, 2, 1, 1, False, [])]
    assert [(n.kind, n.lines[0].text) for n in notes] == [(K.FOOTNOTE, "a After birth"), (K.FOOTNOTE, "b Low")]


def test_oasis_tables_are_read():
    table = ("<table-wrap><oasis:table xmlns:oasis='urn:x'><oasis:tgroup cols='3'><oasis:colspec colname='c1'/>"
             "<oasis:colspec colname='c2'/><oasis:colspec colname='c3'/><oasis:thead><oasis:row><oasis:entry>Test</oasis:entry>"
             "<oasis:entry namest='c2' nameend='c3'>Value</oasis:entry></oasis:row></oasis:thead><oasis:tbody><oasis:row>"
             "<oasis:entry morerows='1'>Calcium</oasis:entry><oasis:entry colname='c3'>2.3</oasis:entry></oasis:row><oasis:row>"
             "<oasis:entry>x</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table></table-wrap>")
    (source,) = read(article(table), "x.xml")
    assert [(c.row, c.col, c.row_span, c.col_span, c.text) for c in source.blocks[1].cells] == [
        (0, 0, 1, 1, "Test"), (0, 1, 1, 2, "Value"), (1, 0, 2, 1, "Calcium"), (1, 2, 1, 1, "2.3"), (2, 1, 1, 1, "x")]


def test_a_table_that_is_an_image_is_told():
    (source,) = read(article("<p>Text.</p><table-wrap><label>Table 1</label><graphic/></table-wrap>"), "x.xml")
    assert source.warnings == ("Table 1 is an image and was not read",)


def test_back_matter_and_boilerplate_sections_state_no_facts():
    data = article("<sec><title>Funding</title><p>Grant 12.</p></sec><sec sec-type='COI-statement'><title>None</title>"
                   "<p>x</p></sec><sec><title>Case 1</title><p>A woman of 30.</p></sec>",
                   back="<ack><title>Thanks</title><p>To all.</p></ack><fn-group><fn><p>Consent was given.</p></fn></fn-group>"
                        "<app-group><app><title>Appendix</title><p>She was seen again.</p></app></app-group>")
    kinds = {text: kind for kind, text in blocks(data)}
    assert {kinds[text] for text in ("Grant 12.", "To all.", "Consent was given.")} == {K.BOILERPLATE}
    assert kinds["A woman of 30."] is kinds["She was seen again."] is K.PARAGRAPH


def test_abstracts_other_than_the_papers_own_are_set_apart():
    front = ("<abstract><p>She was 30.</p></abstract><abstract abstract-type='graphical'><p>Picture.</p></abstract>"
             "<trans-abstract xml:lang='es'><p>Tenía 30 años.</p></trans-abstract>")
    assert blocks(article("<p>Text.</p>", front, attributes="xml:lang='en'"))[1:3] == [
        (K.ABSTRACT, "She was 30."), (K.FOREIGN, "Tenía 30 años.")]


def test_an_english_translation_takes_the_place_of_the_original():
    data = article("<p>Tinha 30 anos.</p>", attributes="xml:lang='pt'").replace(
        b"</article>", b"<sub-article article-type='translation' xml:lang='en'><front-stub><title-group><article-title>In English"
                       b"</article-title></title-group></front-stub><body><p>She was 30.</p></body></sub-article>"
                       b"<sub-article article-type='reviewer-report'><body><p>A man of 99.</p></body></sub-article></article>")
    assert [text for _, text in blocks(data)] == ["In English", "She was 30."]


def test_responses_and_reviews_are_left_out():
    data = article("<p>She was 30.</p>").replace(b"</article>", b"<response><body><p>He was 70.</p></body></response></article>")
    assert "He was 70." not in [text for _, text in blocks(data)]


@pytest.mark.parametrize("text", ["5&nbsp;&micro;g &alpha; &minus;2 &le; 3", "5&#160;&#xB5;g &#945; &#x2212;2 &#8804; 3"],
                         ids=["named", "numeric"])
def test_entities_are_decoded_without_a_dtd(text):
    assert blocks(article(f"<p>{text}</p>"))[1] == (K.PARAGRAPH, "5 µg α −2 ≤ 3")


def test_utf16_and_latin1_files_are_decoded():
    body = '<?xml version="1.0" encoding="{}"?>' + article("<p>Fièvre, 5 µg.</p>").decode()
    for name in ("utf-16", "iso-8859-1"):
        assert blocks(body.format(name).encode(name))[1] == (K.PARAGRAPH, "Fièvre, 5 µg.")


def test_namespaced_articles_in_a_wrapper_are_found():
    inner = article("<p>She was 30.</p>").decode().replace("<article ", '<article xmlns="https://jats.example/1.3" ')
    data = f'<?xml version="1.0"?><OAI-PMH><GetRecord><metadata>{inner}</metadata></GetRecord></OAI-PMH>'.encode()
    assert blocks(data)[-1] == (K.PARAGRAPH, "She was 30.")


def test_a_set_of_articles_gives_records_with_suffixes():
    one = article("<p>One.</p>", "<article-id pub-id-type='pmid'>11</article-id>").decode()
    two = article("<p>Two.</p>", "<article-id pub-id-type='pmc'>222222</article-id>").decode()
    found = read(f"<pmc-articleset>{one}{two}{two}</pmc-articleset>".encode(), "set.xml")
    assert [s.record_suffix for s in found] == ["11", "pmc222222", "pmc222222-2"]


def test_an_abstract_alone_is_no_full_text():
    (source,) = read(article("", "<abstract><p>She was 30.</p></abstract>"), "x.xml")
    assert source.full_text is False


def test_other_xml_is_refused():
    with pytest.raises(ReadError) as error:
        read(b"<invoice><sum>3</sum></invoice>", "x.xml")
    assert error.value.code == "E12"


@pytest.mark.parametrize("between", ["\n", '\n<?xml version="1.0" encoding="UTF-8"?>\n', '\n<?xml version="1.0"?>\n<!DOCTYPE article SYSTEM "x.dtd">\n',
                                     '<!DOCTYPE article [<!ENTITY x "y">]>'], ids=["nothing", "declaration", "doctype", "subset"])
def test_articles_one_after_the_other(between):
    def one(number):
        return (f'<article><front><article-meta><article-id pub-id-type="pmid">9123000{number}</article-id><title-group><article-title>Title {number}'
                f"</article-title></title-group></article-meta></front><body><p>She was number {number}.</p></body></article>")

    sources = read(f'<?xml version="1.0"?>\n<!DOCTYPE article SYSTEM "x.dtd">\n{one(1)}{between}{one(2)}\n'.encode(), "x.xml")
    assert [(s.record_suffix, s.blocks[-1].lines[0].text, s.warnings) for s in sources] == [
        ("91230001", "She was number 1.", ()), ("91230002", "She was number 2.", ())]


def test_words_behind_an_article_are_no_article():
    (source,) = read(b"<article><body><p>She was well.</p></body></article> and <b>words</b>", "x.xml")
    assert source.warnings
