# ruff: noqa: E501 - samples of exports are easier to read unbroken
"""What is particular to one kind of export: PubMed's paragraphs, quotes of CSV, signs of LaTeX, odd records."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Source
from pipeline.readers import read_bytes, sniff
from pipeline.readers.latex import plain_text


def texts(source: Source, kind: BlockKind = BlockKind.ABSTRACT) -> list[str]:
    return [line.text for block in source.blocks if block.kind is kind for line in block.lines]


def read(text: str) -> list[Source]:
    return read_bytes(text.encode(), "export.txt")


STRUCTURED = """\
1. Acta Ficta (Nowhere). 2015 Mar 4;31(3):1-4. doi: 10.5555/af.15.7.

[Collapsed vertebrae, a lesson].

[Article in German]

Tamsin U(1), van der Ordway KB Jr(1)(2); Invented Bone Study Group.

Author information:
(1)Department of Bones, Nowhere.

(2)The patient of the ward was 99 years old.

BACKGROUND: Fractures are rare
after birth.
CASE REPORT: A 33-year-old woman broke T8. 2. Nothing else
was found.

CONCLUSION: Ask mothers.

DOI: 10.5555/af.15.7
PMCID: PMC9001234
PMID: 91230001 [Indexed for MEDLINE]

Conflict of interest statement: A 70-year-old author has none.


2. In: Imagined Pearls [Internet]. Nowhere (NO): Imagined Press; 2020 Jan.

Bones.

A chapter on bones.

PMID: 91230002
"""


def test_pubmed_paragraphs() -> None:
    first, second = read(STRUCTURED)
    assert texts(first) == ["BACKGROUND: Fractures are rare after birth.", "CASE REPORT: A 33-year-old woman broke T8. 2. Nothing else was found.",
                            "CONCLUSION: Ask mothers."]
    assert first.metadata.title == "Collapsed vertebrae, a lesson"
    assert first.metadata.authors[0] == "U Tamsin"
    assert (first.metadata.journal, first.metadata.pmcid, first.metadata.pmid) == ("Acta Ficta (Nowhere)", "PMC9001234", "91230001")
    assert any("99 years" in text for text in texts(first, BlockKind.BOILERPLATE))
    assert any("70-year-old" in text for text in texts(first, BlockKind.BOILERPLATE))
    assert texts(second) == ["A chapter on bones."]


def test_pubmed_record_without_its_number() -> None:
    (source,) = read(STRUCTURED.partition("\n\n\n2.")[0].removeprefix("1. "))
    assert (source.format, source.metadata.pmid) == ("medline", "91230001")


def test_pubmed_summary_lines() -> None:
    first, second = read("1: Tamsin U, Ordway KB. Collapse of two vertebrae? A lesson. Acta Ficta. 2015 Mar;31(3):1-4. doi:\n10.5555/af.15.7. PMID: 91230001; PMCID:\nPMC9001234.\n\n"
                         "2: Quarry L. A painful hip. Bone J. 2019;1:2. PMID: 91230002.\n")
    assert (first.metadata.title, first.metadata.authors, first.metadata.year) == ("Collapse of two vertebrae? A lesson", ("U Tamsin", "KB Ordway"), 2015)
    assert (first.metadata.doi, first.metadata.pmid, first.metadata.pmcid) == ("10.5555/af.15.7", "91230001", "PMC9001234")
    assert (second.metadata.title, second.metadata.journal, second.record_suffix) == ("A painful hip", "Bone J", "91230002")


@pytest.mark.parametrize("text", [
    "1. A mother with back pain\n\nA 31-year-old woman had a fracture of T9.",
    "1. Introduction. In 2016 we saw a woman of 31 years.\n\nShe had a fracture.",
    "Title, authors, and abstract were screened in 2016.\nA woman, 31, had pain.",
    "Title: A mother\nAuthors: U. Tamsin\nAbstract: A woman of 31 years broke T9.\nIntroduction: Such fractures are rare.",
    "TI bone AND AB fracture; PT was done twice.\n\nA 31-year-old woman.",
    "<1> is the mark of a note.\n\nTitle\n\nA 31-year-old woman.",
    "%5 of women, 5% of men\n%T is no tag here.\n\nA woman.",
    "A woman wrote to bones@nowhere.example and @article was her word {here}.",
    "Patient,Age,Calcium\n1,31,9.4\n2,26,9.1\n",
    "PT was 12 seconds.\nAU is gold.\n\nA 31-year-old woman.",
], ids=lambda text: text[:12])
def test_prose_and_other_tables_are_no_export(text: str) -> None:
    assert sniff(text.encode()) == "text"


CSV = 'Title,Authors,Year,Abstract\r\n'


@pytest.mark.parametrize(("rows", "abstracts", "warned"), [
    ('One,A,2001,"She said ""no"", twice"\r\nTwo,B,2002,None\r\n', ['She said "no", twice', "None"], False),
    ('One,A,2001,"Line one,\r\nand, two, three, four"\r\nTwo,B,2002,x\r\n', ["Line one, and, two, three, four", "x"], False),
    ('One,A,2001,"Never closed, alas\r\nTwo,B,2002,"Closed, well"\r\nThree,C,2003,"Fine, too"\r\n', ["Never closed, alas", "Closed, well", "Fine, too"], True),
    ('One,A,2001,a 5" scar\r\nTwo,B,2002,x\r\n', ['a 5" scar', "x"], False),
    ('One,A,2001,not quoted, though, with, commas\r\nTwo,B,2002,x\r\n', ["x"], True),
    ('One,A\r\nTwo,B,2002,x\r\n', ["x"], False),
    ('One,A,2001,x,,,\r\n\r\n"Two",B,2002,y\r\n', ["x", "y"], False),
    ('One,A,2001,"METHODS\nWe looked.\nRESULTS\nWe saw."\r\nTwo,B,2002,y\r\n', ["METHODS: We looked.|RESULTS: We saw.", "y"], False),
], ids=["doubled", "line-in-cell", "open-quote", "inch", "unquoted", "short", "long", "labels"])
def test_csv_rows(rows: str, abstracts: list[str], warned: bool) -> None:
    sources = read(CSV + rows)
    assert ["|".join(texts(s)) for s in sources if texts(s)] == abstracts
    assert any(s.warnings for s in sources) == warned


def test_csv_with_a_sentence_above_its_head() -> None:
    sources = read('"About the data: exported on 3 March"\n\nTitle,Abstract,DOI,Source title\nOne,She broke T8.,10.5555/x.1,"Bone, a journal"\n')
    assert [s.metadata.journal for s in sources] == ["Bone, a journal"]


def test_csv_without_records_is_refused() -> None:
    with pytest.raises(ReadError) as error:
        read("Title,Authors,Year,Abstract\n")
    assert error.value.code == "E12"


@pytest.mark.parametrize(("written", "plain"), [
    (r"50% of bone, T < -2.5 \& 5\% $\mu$g {\textdegree}C $<$3 {\textgreater} 2", "50% of bone, T < -2.5 & 5% µg °C <3 > 2"),
    (r"25(OH)D$_3$, g/cm$^{2}$, 6 x 10\textsuperscript{9}/L, $2.5\times10^{9}$, $\mu$mol/L", "25(OH)D3, g/cm2, 6 x 10^9/L, 2.5×10^9, µmol/L"),
    (r"B{\'e}a M{\"u}ller, Sm{\o}rg{\aa}s {\c c} \v{S}koda \'{\i}", "Béa Müller, Smørgås ç Škoda í"),
    (r"$-$3.1 {\textpm} 0.2, 1--2, \emph{in vivo}, \unknown{words} stay", "-3.1 ± 0.2, 1–2, in vivo, words stay"),
    (r"of ~3 g and Fig.~3, it cost $5", "of ~3 g and Fig. 3, it cost $5"),
])
def test_latex(written: str, plain: str) -> None:
    assert plain_text(written) == plain


def test_bibtex_with_broken_braces_keeps_every_entry() -> None:
    sources = read('% comment\n@string{af = "Acta Ficta"}\n@article{a, title={One}, journal=af, abstract={She {was well. }\n\n'
                   '@article{b, title="Two", title="Two again", abstract={He was.}}\n@ARTICLE{a, title={Three}, abstract={It was.}}\n@comment{x}\n')
    assert [s.metadata.title for s in sources] == ["One", "Two", "Three"]
    assert sources[0].metadata.journal == "Acta Ficta"
    assert [texts(s)[0] for s in sources] == ["She was well.", "He was.", "It was."]
    assert "lines 3" in sources[0].warnings[0]


def test_endnote_abstract_of_several_paragraphs() -> None:
    sources = read("%0 Journal Article\n%T One\n%X First part.\n\nSecond part, 5\n% of women.\n\n%0 Journal Article\n%T Two\n%X Other.\n")
    assert [texts(s)[0] for s in sources] == ["First part. Second part, 5 % of women.", "Other."]


def test_endnote_xml_keeps_raised_digits() -> None:
    (source,) = read('<?xml version="1.0"?><xml><records><record><ref-type>17</ref-type><titles><title>T</title></titles>'
                     '<abstract><style face="normal">0.7 g/cm</style><style face="superscript">2</style><style face="normal"> and p &lt; 0.05</style></abstract></record></records></xml>')
    assert texts(source) == ["0.7 g/cm2 and p < 0.05"]


def test_records_without_title_and_abstract_are_counted() -> None:
    (source,) = read("%0 Journal Article\n%T One\n%X She was well.\n\n%0 Journal Article\n%A Nobody\n")
    assert source.warnings == ("Left out because they have neither title nor abstract: 1 records.",)


def test_wos_full_text_languages_and_names() -> None:
    (source,) = read("PT J\nAU Tamsin, U\n   Ordway, KB\nAF Tamsin, Ulla\n   Ordway, Kit B.\nTI One\n   title\nLA English\nAB Words.\nER\n\nEF")
    assert source.metadata.authors == ("Ulla Tamsin", "Kit B. Ordway")
    assert source.warnings == ()


def test_medline_of_several_records_stays_medline() -> None:
    record = "PMID- {}\nOWN - NLM\nTI  - Title {}\nAB  - Words.\nAU  - Quarry L\nSO  - Bone. 2001.\n\n"
    assert [s.metadata.pmid for s in read(record.format(91230001, 1) + record.format(91230002, 2))] == ["91230001", "91230002"]
    assert sniff((record.format(91230001, 1) * 2).encode()) == "medline"
