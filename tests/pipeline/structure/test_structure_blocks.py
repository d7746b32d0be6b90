"""Blocks of invented papers: kinds, sections, sentences made whole, references cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.paper import BlockKind, Paper
from pipeline.readers.text import read_text
from pipeline.structure import outline, structure

Read = Callable[[str], Paper]
K = BlockKind


def blocks(paper: Paper, kind: BlockKind) -> list[str]:
    return [paper.text[b.start : b.end] for b in paper.blocks if b.kind is kind]


def section_of(paper: Paper, words: str) -> str:
    block = paper.block_at(paper.text.index(words))
    assert block is not None
    return block.section


FULL = """J Invented Bone. 2016;4(2):55-59
doi: 10.5555/jib.2016.0042

ORIGINAL CASE SERIES

Two cousins with vertebral collapse after childbirth

Anna K. Berg1*, Tomas Lindqvist2 and Eva van den Moor, MD1

1Department of Rheumatology, Northfield University Hospital, Northfield

Abstract
Background: Osteoporosis of pregnancy is rare.
Case presentation: Two cousins are described, aged 28 and 33 years,
who fractured T7 and L2.

Keywords: osteoporosis, pregnancy

1. Introduction

Osteoporosis of pregnancy was first described long ago.1,2 The inci-
dence is not known3.

2. Cases

2.1 Case 1

A 28-year-old woman presented with back pain three weeks after
delivery. She had taken low-molecular-
weight heparin. The T-
score was -3.1 and the 25-
OH vitamin D level

Berg et al.                                                         56

was 12 ng/mL. Nothing else was found when the blood was tested and

Figure 1. Radiograph of case 1: fractures of T7
and L2.

the urine was clear.

T7

L2

a b

3. Discussion

Our patients had no secondary cause.

Conflict of interest: none declared.

Acknowledgements
We thank the radiographers for the DXA of a 90-year-old phantom.

References
1. Berg AK, Olson P. Bone loss. J Bone. 2001;3:1-9.
2. Moreau E. Vertebral fractures in a
30-year-old. Ann Case. 2004;5:77-80.

Figure legends
Figure 2. MRI of case 2: oedema of L4.
"""


def test_structure_front_matter(paper: Read) -> None:
    result = paper(FULL)
    assert blocks(result, K.TITLE) == ["Two cousins with vertebral collapse after childbirth"]
    assert result.metadata.authors == ("Anna K. Berg", "Tomas Lindqvist", "Eva van den Moor")
    assert result.metadata.doi == "10.5555/jib.2016.0042"
    assert result.metadata.year == 2016
    assert result.metadata.journal == "J Invented Bone"
    assert result.metadata.language == "en"
    assert result.coverage == "full_text"


def test_structure_abstract_and_sections(paper: Read) -> None:
    result = paper(FULL)
    assert len(blocks(result, K.ABSTRACT)) == 2
    assert section_of(result, "Two cousins are described") == "Case presentation"
    assert section_of(result, "A 28-year-old woman") == "2.1 Case 1"
    assert section_of(result, "no secondary cause") == "3. Discussion"


def test_structure_torn_sentences_are_whole(paper: Read) -> None:
    text = paper(FULL).text
    assert (
        "low-molecular-weight heparin. The T-score was -3.1 and the 25-OH vitamin D level was 12 ng/mL."
        in text
    )
    assert "when the blood was tested and the urine was clear." in text
    assert "long ago. The incidence is not known." in text


def test_structure_what_is_no_fact(paper: Read) -> None:
    result = paper(FULL)
    assert len(blocks(result, K.REFERENCE)) == 2
    boilerplate = " | ".join(blocks(result, K.BOILERPLATE))
    for words in ("Berg et al. 56", "none declared", "90-year-old phantom", "T7", "a b"):
        assert words in boilerplate
    assert not any("30-year-old" in words for words in blocks(result, K.PARAGRAPH))


def test_structure_captions(paper: Read) -> None:
    assert blocks(paper(FULL), K.CAPTION) == [
        "Figure 1. Radiograph of case 1: fractures of T7 and L2.",
        "Figure 2. MRI of case 2: oedema of L4.",
    ]


RUN_IN = {
    "bare-introduction": ("Introduction Denosumab is seldom given to mothers.", "Introduction"),
    "bare-case": ("Case Nine days after delivery a teacher felt a crack in her back.", "Case"),
    "stop": ("Comment. CT showed a line through the sacrum in this woman.", "Comment"),
    "colon": ("Discussion: Osteoporosis of pregnancy affects few women.", "Discussion"),
    "capitals": ("CASE PRESENTATION: A teacher felt a crack in her back.", "CASE PRESENTATION"),
    "perspective": ('Patient\'s perspective. "I could not lift my son for weeks."', "Patient's perspective"),
    "case-number": ("Case 2. A teacher felt a crack in her back in the bath.", ""),
    "mark-number": ("#2. A teacher felt a crack in her back in the bath.", ""),
    "no-heading": ("Casein was not tolerated by the child of the patient.", ""),
}


@pytest.mark.parametrize(("words", "section"), RUN_IN.values(), ids=RUN_IN)
def test_structure_run_in_headings(paper: Read, words: str, section: str) -> None:
    result = paper(f"{words} She was seen again after one year and was well.\n")
    assert section_of(result, words[:20]) == section
    assert words in result.text


def test_structure_headings_inside_one_paragraph(paper: Read) -> None:
    result = paper(
        "BACKGROUND: Fractures are rare. CASE: A woman had a fracture of L1. CONCLUSION: Think of it."
    )
    assert [b.section for b in result.blocks] == ["BACKGROUND", "CASE", "CONCLUSION"]
    assert result.coverage == "abstract"


CASE_HEADINGS = (
    "Case 1",
    "CASE 2",
    "Case I",
    "Patient 3",
    "#1.",
    "Case No. 2",
    "First case",
    "2.1 Case 1",
    "Patient A",
)


@pytest.mark.parametrize("heading", CASE_HEADINGS)
def test_structure_case_headings(paper: Read, heading: str) -> None:
    result = paper(
        f"Introduction\n\nThis is rare in women.\n\n{heading}\n\nA woman of 30 years was seen with pain.\n"
    )
    assert heading in blocks(result, K.HEADING)


def test_structure_foreign_abstract_in_the_middle(paper: Read) -> None:
    result = paper(
        "CASE REPORT\n\nThe pain of this woman had begun in the last month of her pregnancy and she\n"
        "was told to rest by a doctor who had seen her with the diagnosis\n\n"
        "\u00d6Z\nBu olguda gebelik sonras\u0131nda g\u00f6r\u00fclen bir osteoporoz olgusu "
        "sunulmu\u015ftur ve tedavi "
        "i\u00e7in bir\u00e7ok ila\u00e7 verilmi\u015f olarak bildirilmi\u015ftir.\n\n"
        "of a strained muscle. Later she was seen by us with the same pain.\n"
    )
    assert "with the diagnosis of a strained muscle." in result.text
    assert len(blocks(result, K.FOREIGN)) == 2
    assert result.metadata.language == "en"


LANGUAGES = {
    "de": "Die Patientin wurde nach der Geburt mit starken Schmerzen in die Klinik aufgenommen und es "
    "zeigte sich eine Fraktur, die auf eine Osteoporose hinwies.",
    "fr": "La patiente a été vue dans le service pour des douleurs et une fracture du rachis "
    "qui sont apparues après "
    "les couches, avec une ostéoporose.",
    "es": "La paciente fue vista en el servicio por un dolor de espalda que se presenta "
    "después del parto con una "
    "fractura de la columna y los huesos.",
    "zh": "患者为一名产后女性，因腰背部疼痛入院，诊断为骨质疏松症。",
    "ru": "Пациентка поступила в клинику с болью в спине, которая возникла после родов и не прошла.",
}


@pytest.mark.parametrize(("code", "words"), LANGUAGES.items(), ids=LANGUAGES)
def test_structure_language_of_the_body(paper: Read, code: str, words: str) -> None:
    result = paper(words + "\n")
    assert result.metadata.language == code
    assert blocks(result, K.PARAGRAPH)


@pytest.mark.parametrize("code", ["de", "fr", "es", "zh", "ru"])
def test_structure_english_is_read_beside_a_longer_text(paper: Read, code: str) -> None:
    english = "A 34-year-old woman was seen with a fracture of the spine that had come after the birth."
    result = paper(f"Abstract\n\n{english}\n\n{LANGUAGES[code]}\n\n{LANGUAGES[code] * 3}\n")
    assert blocks(result, K.ABSTRACT) + blocks(result, K.PARAGRAPH) == [english]
    assert len(blocks(result, K.FOREIGN)) == 2
    assert result.metadata.language == code


def test_structure_references_without_heading(paper: Read) -> None:
    result = paper(
        "A young mother was seen with back pain and was treated with calcium.\n\n"
        "Ostrander BK, Vale T. Bone after birth. J Bone Invent. 2014;134:173-9.\n\n"
        "Di Marco S, Weil P, Okoro T et al. Fractures of a 29-year-old woman. Nutr Invent. 2000;16:1052-5.\n"
    )
    assert len(blocks(result, K.REFERENCE)) == 2
    assert len(blocks(result, K.PARAGRAPH)) == 1


def test_structure_prose_like_a_reference_stays(paper: Read) -> None:
    text = "In 2014 she fractured T8 and L1; in 2016 her T-score was -2.9 and the calcium 9.1 (8.5-10.5)."
    assert blocks(paper(text), K.PARAGRAPH) == [text]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Table 1. Data",
                "Case 1",
                "Age 30 31",
                "BMD -1.2 -2.3",
                "References",
                "1. Berg A. J. 2001;3:1.",
                "",
                "of the bone",
                "She was well.",
                "T8",
                "Figure 2.",
                "a\tb\tc",
                "| x | 1 |",
                "Abstract",
                "Keywords: a",
                "word-",
                "\u00d6Z",
                "  12  ",
                "Introduction The",
                "12",
                "(",
                "-",
                "\x0c",
                "BMD (g/cm2)",
            ]
        ),
        max_size=25,
    )
)
def test_structure_offsets_hold_for_any_order_of_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    result = structure(read_text(text)[0])
    last = 0
    for block in result.blocks:
        assert last <= block.start < block.end <= len(result.text)
        words = result.text[block.start : block.end]
        assert block.kind is K.TABLE or not ("\n" in words or "\t" in words)
        last = block.end
    for table in result.tables:
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            assert "\t" not in result.text[cell.start : cell.end]
    assert outline(result)


def test_structure_title_of_two_lines_without_authors_is_no_paragraph(paper: Read) -> None:
    text = (
        "Vertebral fractures in a nursing mother and\nher sister: experience of a small hospital\n\n"
        "The first patient came to us at the age of 38\nyears. Her back pain had begun after delivery.\n"
    )
    assert blocks(paper(text), K.PARAGRAPH) == [
        "The first patient came to us at the age of 38 years. Her back pain had begun after delivery."
    ]


def test_structure_salutation_is_no_author() -> None:
    text = (
        "Denosumab after childbirth\n\nSir, A 40-year-old woman had fractures of T4 and T5 in 2012 (7: 3-9). "
        "She was treated with denosumab 60 mg in January 2012.\n"
    )
    paper = structure(read_text(text)[0])
    assert not blocks(paper, K.REFERENCE)


def test_running_heads_in_the_middle_of_a_sentence(paper: Read) -> None:
    read = paper(
        "Backache of a weaver after twins\n\nCase report\n\n"
        "A 42-year-old woman had fractures of T4 and L5. Iron and magnesium were given till\n\n"
        "Invented Bone Lett 2011; 3(2): 44-46\n\n"
        "O. Marel et al. A weaver after twins both had become normal. Two years later she was well."
    )
    assert "were given till both had become normal." in read.text
    assert blocks(read, K.BOILERPLATE) == [
        "Invented Bone Lett 2011; 3(2): 44-46",
        "O. Marel et al. A weaver after twins",
    ]


def test_authors_who_tell_something_are_no_running_head(paper: Read) -> None:
    read = paper(
        "Backache of a weaver after twins\n\nDiscussion\n\n"
        "O. Marel et al. described two women with fractures after a long lactation of twins."
    )
    assert blocks(read, K.BOILERPLATE) == []
