# ruff: noqa: E501 - samples of markup are easier to read unbroken
"""Saved pages of many makers: the article alone, its structure, and MHTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind as K
from pipeline.paper import Source
from pipeline.readers.html import read

PAGES = Path(__file__).parent / "fixtures" / "html"
FACTS = {K.TITLE, K.ABSTRACT, K.PARAGRAPH, K.CAPTION, K.TABLE, K.FOOTNOTE}


def page(name: str) -> Source:
    (source,) = read((PAGES / f"{name}.html").read_bytes(), name)
    return source


def of_kind(source: Source, *kinds: K) -> list[str]:
    return [b.lines[0].text for b in source.blocks if b.kind in kinds and b.lines]


def facts(source: Source) -> str:
    return "\n".join(of_kind(source, *FACTS) + [c.text for b in source.blocks for c in b.cells])


EXPECTED = {
    "pmc": (["We report a woman of 34 years with four vertebral fractures."],
            ["Such fractures are rare.",
             "She had breastfed for 5 months. Her findings are shown in Table 1 and Figure 1.",
             "Her calcium was 2.41 mmol/L and her leukocytes 6.2 × 10^9/L."],
            ["Table 1. Bone density of the patient", "Figure 1. Lateral radiograph with fractures of T11 and T12."]),
    "springer": (["Background: Hip pain may be osteoporosis.",
                  "Case presentation: A 36-year-old primigravida had a fracture of the left femoral neck."],
                 ["She had pain in week 34. Her body mass index was 17.9 kg/m2 (Fig. 1) and details are in Table 1.",
                  "Ibandronate 3 mg was given every 3 months."],
                 ["Fig. 1. Magnetic resonance image of the left hip.", "Table 1. Course of the laboratory findings"]),
    "pubmed": (["Purpose: To describe a woman with osteoporosis.", "Case: A 27-year-old had a T-score of -3.4 at L2-L4."],
               [], []),
    "elsevier": (["Two fractures in one woman.", "A woman broke T9 after each of two births."],
                 ["Osteoporosis of pregnancy was named long ago (Able, 1990).",
                  "A 30-year-old woman had pain. Her weight was 49 kg.", "She recovered with café au lait."],
                 ["Table 1. Markers of bone turnover.", "Fig. 1. Spine after the second birth."]),
    "plain_divs": (["A young mother with fractures of T7, T8 and L1 is presented."],
                   ["A 26-year-old mother was seen in March. Her alkaline phosphatase was 142 U/L & her calcium 9.4 mg/dL.",
                    "She was given calcium 1 g daily for 2 years."],
                   ["Table I. Density of the bones"]),
    "frontiers_like": (["A 33-year-old mother had fractures of T9, T10 and L3 two months after delivery."],
                       ["It is rare. We saw one.", "Her parathyroid hormone was 2.9 pmol/L (Table 1).",
                        "Denosumab 60 mg was planned but never given."],
                       ["TABLE 1. Laboratory results of the mother.", "FIGURE 1. MRI of the spine."]),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_pages_give_their_article_and_nothing_else(name):
    source = page(name)
    abstract, paragraphs, captions = EXPECTED[name]
    assert of_kind(source, K.ABSTRACT) == abstract
    assert of_kind(source, K.PARAGRAPH) == paragraphs
    assert of_kind(source, K.CAPTION) == captions


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - {"pubmed"}))
def test_references_are_one_block_each_without_the_links_of_the_page(name):
    (reference,) = of_kind(page(name), K.REFERENCE)
    assert "A fracture of L5" in reference
    assert "Scholar" not in reference and "[]" not in reference


@pytest.mark.parametrize(("name", "notes"), [("pmc", ["a Compared with women of her age."]),
                                             ("elsevier", ["Reference range 5-25.", "a Fasting."])])
def test_notes_follow_their_table(name, notes):
    assert of_kind(page(name), K.FOOTNOTE) == notes


@pytest.mark.parametrize(("name", "warnings"), [
    ("springer", ("Table 1 is not on this page and was not read",)), ("pmc", ())])
def test_tables_on_pages_of_their_own_are_told(name, warnings):
    assert page(name).warnings == warnings


def html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


PROSE = "<p>She was thirty years old and had pain in her back.</p>"


@pytest.mark.parametrize("junk", [
    "<div class='cookie-consent'><p>We use cookies of 99 kinds.</p></div>", "<nav><ul><li>Issue 99 of this year</li></ul></nav>",
    "<div id='related-articles'><p>A man of 99 years.</p></div>", "<div class='share-buttons'>99 shares</div>",
    "<section class='comments-section'><p>A reader of 99 wrote.</p></section>", "<div hidden><p>It was 99 then.</p></div>",
    "<div role='complementary'><p>A man of 99 years.</p></div>", "<template><p>It was 99 then.</p></template>",
    "<div><a href='/a'>Volume 99</a> <a href='/b'>Issue 99</a> <a href='/c'>About us</a> <a href='/d'>99</a></div>",
    "<h2>Similar articles</h2><p>A man of 99 years was treated.</p>", "<span class='sr-only'>Opens in window 99</span>",
    "<div class='newsletter'><form><p>Subscribe for 99 cents a day.</p></form></div>", "<!-- 99 --><style>p {width: 99}</style>",
], ids=["cookies", "nav", "related", "share", "comments", "hidden", "role", "template", "links", "similar", "sr-only",
        "newsletter", "comment"])
def test_machinery_of_the_page_is_left_out(junk):
    source = read(html(f"<h1>A title of the case</h1>{PROSE * 5}{junk}"), "x.html")[0]
    assert "99" not in facts(source)
    assert "thirty" in facts(source)


@pytest.mark.parametrize("kept", [
    "<section id='pregnancy-related-osteoporosis'><h2>Pregnancy-related osteoporosis</h2><p>It was 99 then.</p></section>",
    "<div class='comment'><p>It was 99 then.</p></div>", "<p>It was <a href='#'>99</a> then and <a href='#'>so</a> on.</p>",
    "<div style='display:none'><p>It was 99 then.</p></div>", "<blockquote>It was 99 then, she said.</blockquote>",
    "<dl><dt>Calcium</dt><dd>It was 99 then.</dd></dl>", "<aside><table><tr><td>99</td><td>98</td></tr></table></aside>",
    "<details><summary>More</summary><p>It was 99 then.</p></details>", "<unknown-tag><p>It was 99 then.</p></unknown-tag>",
], ids=["slug", "comment", "links", "style", "quote", "list", "aside-table", "details", "custom"])
def test_parts_of_the_article_are_kept(kept):
    assert "99" in facts(read(html(f"<h1>A title of the case</h1>{PROSE * 5}{kept}"), "x.html")[0])


def test_a_paragraph_goes_on_behind_its_figure():
    body = ("<div class='p'>She fell <figure><img><figcaption>Figure 1: Spine</figcaption></figure>on the stairs of her house."
            "</div>")
    source = read(html(PROSE + body), "x.html")[0]
    assert of_kind(source, K.PARAGRAPH, K.CAPTION)[1:] == ["She fell on the stairs of her house.", "Figure 1. Spine"]


def test_note_rows_of_a_table_foot_are_notes():
    body = ("<table><caption>Table 3: Tests</caption><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>"
            "<tfoot><tr><td colspan='2'><sup>a</sup>Fasting</td></tr></tfoot></table>")
    source = read(html(PROSE + body), "x.html")[0]
    assert of_kind(source, K.CAPTION, K.FOOTNOTE) == ["Table 3. Tests", "a Fasting"]


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", ""), ("cp1252", "<meta charset='iso-8859-1'>"),
                                                    ("utf-16", ""), ("cp1250", "<meta charset='windows-1250'>")])
def test_encodings(encoding, declared):
    data = f"<html><head>{declared}</head><body>{PROSE}<p>She came from Pécs, she said to us.</p></body></html>".encode(encoding)
    assert "Pécs" in facts(read(data, "x.html")[0])


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
def test_mhtml_gives_its_page(transfer):
    import email.mime.multipart
    import email.mime.text
    from email import charset

    message = email.mime.multipart.MIMEMultipart("related")
    coded = charset.Charset("utf-8")
    coded.body_encoding = charset.QP if transfer == "quoted-printable" else charset.BASE64
    part = email.mime.text.MIMEText(html(PROSE + "<p>Fièvre was what she had then.</p>").decode(), "html", coded)
    message.attach(part)
    message.attach(email.mime.text.MIMEText("body {}", "css"))
    from pipeline.readers import read_bytes

    (source,) = read_bytes(b"From: <Saved by a browser>\n" + message.as_bytes(), "x.mhtml")
    assert source.format == "html" and "Fièvre" in facts(source)


@pytest.mark.parametrize("body", ["", "<p>Not found</p>", "<nav><a href='/'>Home</a></nav>"], ids=["empty", "error", "nav"])
def test_pages_without_an_article_are_refused(body):
    with pytest.raises(ReadError) as error:
        read(html(body), "x.html")
    assert error.value.code in {"E03", "E12"}


@pytest.mark.parametrize("between", ["<br><br>", "<br/>\n<br />", "<br> <br><br>"])
def test_two_line_ends_part_paragraphs(between):
    source = read(html(f"<h1>A title of the case</h1>{PROSE}Case 1. She broke T8.{between}Case 2. She broke L1."), "x.html")[0]
    assert of_kind(source, K.PARAGRAPH)[-2:] == ["Case 1. She broke T8.", "Case 2. She broke L1."]


def test_captions_below_figures_and_tables_are_kept():
    body = f"<h1>A title of the case</h1>{PROSE}<h2>Figures and Tables</h2><p>Fig. 1 Lateral film with fractures at T12.</p>"
    assert "fractures at T12" in facts(read(html(body), "x.html")[0])


@pytest.mark.parametrize(("inner", "expected"), [
    ('<p><span class="dropcap">A</span> 34-year-old woman was seen.</p>', "A 34-year-old woman was seen."),
    ('<p><span class="dropcap">A</span>34-year-old woman was seen.</p>', "A 34-year-old woman was seen."),
    ('<p><span class="drop-cap"><b>T</b></span>\n he patient was seen.</p>', "The patient was seen."),
    ('<div class="dropcap">T</div><p>he patient was seen.</p>', "The patient was seen."),
    ('<p><span style="float:left;font-size:3em">A</span>fter birth she was seen.</p>', "After birth she was seen."),
    ('<p><span class="dropcap">A</span>woman of 34 years, a woman of Elbonia, was seen.</p>', "A woman of 34 years, a woman of Elbonia, was seen."),
    ('<p><span class="first">B</span> 12 was low in her blood.</p>', "B 12 was low in her blood."),
    ('<p>A fracture of T9<span style="vertical-align: super">12</span> was seen.</p>', "A fracture of T9 was seen."),
], ids=["age", "age-glued", "the", "own-block", "style", "woman", "no-drop-cap", "raised"])
def test_drop_caps_and_raised_digits(inner: str, expected: str) -> None:
    text = f"<html><body><article><h1>Two vertebrae</h1><h2>Case report</h2>{inner}</article></body></html>"
    (source,) = read(text.encode(), "x.html")
    assert source.blocks[-1].lines[0].text == expected


def test_a_table_behind_the_references_is_a_table():
    text = ("<html><body><article><h1>Two vertebrae</h1><h2>Case report</h2><p>She was seen with a fracture of T10.</p><h2>References</h2>"
            "<ol><li>Ordway KB. Bones. Acta Ficta. 1999;12:1-9.</li></ol><p>Table 1. Laboratory findings</p>"
            "<table><tr><th>Calcium</th><td>9.4</td></tr></table><h2>Tables</h2><p>Nothing else.</p></article></body></html>")
    (source,) = read(text.encode(), "x.html")
    assert [b.kind for b in source.blocks[-5:]] == [K.REFERENCE, K.CAPTION, K.TABLE, K.HEADING, K.PARAGRAPH]


ONE = "A 33-year-old woman had severe back pain a month after delivery. Films showed a fracture of T8. She was given risedronate and was well after a year."
TWO = "A 27-year-old woman limped at 33 weeks of gestation. Films showed a fracture of the left femoral neck. She was operated on and walked after a month."


def article(title: str, words: str, look: str = "") -> str:
    return f'<article class="{look}"><h2>{title}</h2><p>Ulla Tamsin, Kit Ordway</p><h3>Abstract</h3><p>{words}</p></article>'


@pytest.mark.parametrize("wrap", ["{}", "<main><ul><li>{}</li></ul></main>", "<div class='results'>{}</div>"])
def test_several_articles_on_a_page(wrap: str) -> None:
    inner = article("Collapse of two vertebrae", ONE) + article("A painful hip", TWO)
    sources = read(f"<html><head><title>Search results</title></head><body>{wrap.format(inner)}</body></html>".encode(), "x")
    assert [s.record_suffix for s in sources] == ["1", "2"]
    assert [s.metadata.title for s in sources] == ["Collapse of two vertebrae", "A painful hip"]
    assert [of_kind(s, K.ABSTRACT) for s in sources] == [[ONE], [TWO]]


@pytest.mark.parametrize(("head", "inner"), [
    ("<title>Collapse of two vertebrae</title>", article("Collapse of two vertebrae", ONE) + article("A painful hip", TWO)),
    ('<meta name="citation_doi" content="10.5555/x.1">', article("Collapse of two vertebrae", ONE) + article("A painful hip", TWO)),
    ("", article("Collapse of two vertebrae", ONE * 9) + article("A painful hip", TWO)),
    ("", article("Collapse of two vertebrae", ONE) + article("A painful hip", TWO, "related-teaser")),
    ("", article("Case report", ONE) + article("Discussion", TWO)),
    ("", article("Collapse of two vertebrae", ONE) + article("A painful hip", "Read more.")),
], ids=["own-title", "own-doi", "beside", "teaser", "sections", "link"])
def test_one_article_on_a_page(head: str, inner: str) -> None:
    assert len(read(f"<html><head>{head}</head><body>{inner}</body></html>".encode(), "x")) == 1
