"""JSON records, with and without text behind them."""

from __future__ import annotations

import json

import pytest

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Paper
from pipeline.readers.json_record import read
from pipeline.structure import structure

ABSTRACT = (
    "<p><strong>Background: </strong>Fractures of young mothers are rare &amp; overlooked.</p>"
    "<p><strong>Case: </strong>A teacher of 31 years had fractures of T6&ndash;T8; the T-score "
    "was &lt; &minus;3.1 "
    "and the leucocytes 6 &times; 10<sup>9</sup>/L.</p>"
)
RECORD = {
    "title": "Bones after birth",
    "authors": "Ada Berg, Tom Vale",
    "doi": "10.5555/ABC.1",
    "url": None,
    "journal": {"name": "Invented Reports", "volume": "9"},
    "abstract": ABSTRACT,
    "publicationDate": "2021-03-04",
    "pdf": "https://example.org/pmc/articles/PMC1234567/pdf/",
}
CLEAR = (
    "Abstract\nBackground: Fractures of young mothers are rare & overlooked.\nCase: A teacher "
    "of 31 years had fractures "
    "of T6–T8; the T-score was < −3.1 and the leucocytes 6 × 109/L.\n"
)
CHINESE = "引用次数: 0\n摘要\n背景：年轻母亲的骨折很少见，容易被忽视。一名31岁教师T6、T8骨折。\n"


def paper(text: str) -> Paper:
    sources = read(text.encode(), "x.txt")
    assert len(sources) == 1
    return structure(sources[0])


def test_json_record_metadata() -> None:
    data = paper(json.dumps(RECORD)).metadata
    assert data.title == "Bones after birth"
    assert data.authors == ("Ada Berg", "Tom Vale")
    assert (data.journal, data.year, data.doi, data.pmcid) == (
        "Invented Reports",
        2021,
        "10.5555/abc.1",
        "PMC1234567",
    )


def test_json_record_abstract_is_clean() -> None:
    result = paper(json.dumps(RECORD))
    assert (
        "Case: A teacher of 31 years had fractures of T6-T8; the T-score was < -3.1 and the "
        "leucocytes 6 × 10^9/L." in result.text
    )
    assert [b.section for b in result.blocks if b.kind is BlockKind.ABSTRACT] == ["Background", "Case"]
    assert result.coverage == "abstract"


@pytest.mark.parametrize(
    "tail", [CHINESE, CHINESE + CLEAR.partition("Case:")[0], "\n"], ids=["chinese", "both", "blank"]
)
def test_json_record_text_behind_counts_once(tail: str) -> None:
    result = paper(json.dumps(RECORD) + "\n" + tail)
    assert result.text.count("Fractures of young mothers") == 1
    for block in result.blocks:
        if "骨折" in result.text[block.start : block.end]:
            assert block.kind is BlockKind.FOREIGN


def test_json_record_list_and_lines() -> None:
    one, two = {"title": "A", "abstract": "x", "pmid": "123456"}, {"title": "B", "abstract": "y"}
    for text in (
        json.dumps([one, two]),
        json.dumps(one) + "\n" + json.dumps(two),
        json.dumps({"results": [one, two]}),
    ):
        sources = read(text.encode(), "x.json")
        assert [s.metadata.title for s in sources] == ["A", "B"]
        assert [s.record_suffix for s in sources] == ["123456", "2"]


def test_json_record_structured_abstract_fields() -> None:
    record = {
        "Title": "A",
        "Abstract": [{"label": "CASE", "text": "She had pain."}],
        "Authors": [{"given": "Ada", "family": "B"}],
    }
    result = paper(json.dumps(record))
    assert "CASE: She had pain." in result.text
    assert result.metadata.authors == ("Ada B",)


def test_json_record_cut_off_is_read_as_far_as_it_goes() -> None:
    [source] = read(b'{"title": "A case", "abs', "x.json")
    assert source.metadata.title == "A case" and "cut off" in source.warnings[0]


def test_json_record_without_a_paper() -> None:
    with pytest.raises(ReadError) as caught:
        read(b'{"a": 1}', "x.json")
    assert caught.value.code == "E12"


def test_json_record_endless_nesting_is_refused() -> None:
    with pytest.raises(ReadError) as refused:
        read(b"[" * 100_000, "x.json")
    assert refused.value.code == "E03"


def test_json_record_halves_of_surrogate_pairs_are_replaced() -> None:
    title = read(b'{"title": "A bone \\ud83e case \\ud83e\\uddb4"}', "x.json")[0].metadata.title
    assert title == "A bone \ufffd case \U0001f9b4"
