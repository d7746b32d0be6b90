# ruff: noqa: E501 - samples of exports are easier to read unbroken
"""Exports of reference managers: each record's words and metadata go to its own document, none is lost, none fused."""

from __future__ import annotations

import codecs
import random
import sys
import time
from pathlib import Path

import pytest

from pipeline import schema
from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Source
from pipeline.readers import read_bytes

sys.path.insert(0, str(Path(__file__).parent))

import export_samples as samples

WRITERS, PAIR = samples.WRITERS, samples.PAIR


def abstract(source: Source) -> str:
    return " ".join(block.lines[0].text for block in source.blocks if block.kind is BlockKind.ABSTRACT)


def as_told(source: Source, told: samples.Told) -> None:
    data = source.metadata
    assert abstract(source) == told.abstract
    assert (data.title, data.journal, data.year, data.doi, data.pmid) == (told.title, told.journal, told.year, told.doi, told.pmid)
    assert data.authors == tuple(f"{initials} {surname}" for initials, surname in told.authors) or data.authors == tuple(
        f"{initials}. {surname}" for initials, surname in told.authors)


@pytest.mark.parametrize("name", WRITERS)
def test_each_record_is_a_document(name: str) -> None:
    sources = read_bytes(WRITERS[name](PAIR).encode(), "export")
    assert len(sources) == 2
    for source, told in zip(sources, PAIR, strict=True):
        as_told(source, told)
        assert source.record_suffix == told.pmid
        assert source.warnings == ()
        assert source.full_text is False
    assert {source.format for source in sources} == {samples.FORMATS[name]}
    assert {source.metadata.language for source in sources} == ({""} if name == "pubmed" else {"en"})


def test_formats_are_those_of_the_schema() -> None:
    (column,) = [c for c in schema.DOCUMENTS.columns if c.name == "format"]
    assert set(samples.FORMATS.values()) <= set(column.values)


@pytest.mark.parametrize("name", [n for n in WRITERS if n not in ("cochrane", "proquest")])
def test_one_record_alone_needs_no_suffix(name: str) -> None:
    (source,) = read_bytes(WRITERS[name](PAIR[:1]).encode(), "export")
    as_told(source, PAIR[0])
    assert source.record_suffix == ""


def recoded(text: str, how: str) -> bytes:
    return {"bom": codecs.BOM_UTF8 + text.encode(), "utf-16": text.encode("utf-16"), "latin-1": text.replace("©", "(c)").replace("fracture", "fracturé").encode("latin-1"),
            "mac": text.replace("\r\n", "\n").replace("\n", "\r").encode(), "dos": text.replace("\r\n", "\n").replace("\n", "\r\n").encode(),
            "blank-first": ("\n\n" + text).encode()}[how]


@pytest.mark.parametrize("how", ["bom", "utf-16", "latin-1", "mac", "dos", "blank-first"])
@pytest.mark.parametrize("name", WRITERS)
def test_encodings_and_line_ends(name: str, how: str) -> None:
    text = WRITERS[name](PAIR)
    if name == "endnote-xml" and how in ("latin-1", "utf-16"):
        text = text.replace(' encoding="UTF-8"', "")
    sources = read_bytes(recoded(text, how), "export")
    assert [abstract(s).replace("fracturé", "fracture") for s in sources] == [told.abstract for told in PAIR]
    assert [s.metadata.pmid for s in sources] == [told.pmid for told in PAIR]


@pytest.mark.parametrize("name", WRITERS)
def test_a_cut_file_keeps_its_whole_records_apart(name: str) -> None:
    text = WRITERS[name](PAIR)
    for cut in range(text.index(PAIR[1].abstract[:20]) + 20, len(text) - 1, 7):
        sources = read_bytes(text[:cut].encode(), "export")
        assert len(sources) == 2
        as_told(sources[0], PAIR[0])
        assert PAIR[1].abstract.startswith(abstract(sources[1])[:-40])
        assert not any("33-year-old" in abstract(s) for s in sources[1:])


@pytest.mark.parametrize("name", ["pubmed", "wos", "bibtex", "endnote-xml", "scopus"])
def test_a_cut_end_is_told(name: str) -> None:
    text = WRITERS[name](PAIR)
    sources = read_bytes(text[:text.index("right femoral neck") + 5].encode(), "export")
    assert any("E03" in warning for warning in sources[-1].warnings)


@pytest.mark.parametrize("name", WRITERS)
def test_many_records_take_time_in_proportion(name: str) -> None:
    def seconds(count: int) -> float:
        data = WRITERS[name](samples.many(count)).encode()
        start = time.process_time()
        sources = read_bytes(data, "export")
        spent = time.process_time() - start
        assert [abstract(s).rpartition("record ")[2] for s in sources] == [f"{n}." for n in range(count)]
        return spent

    short = min(seconds(200) for _ in range(2))
    assert seconds(1600) < 8 * 2.5 * short + 0.4


@pytest.mark.parametrize("name", WRITERS)
def test_damage_never_fuses_two_records(name: str) -> None:
    """Lines lost, doubled or broken: no document tells of both women, and nothing but a ReadError is raised."""
    chance = random.Random(name)
    lines = WRITERS[name](PAIR).splitlines(keepends=True)
    for _ in range(80):
        changed = list(lines)
        at = chance.randrange(len(changed))
        changed[at:at + 1] = chance.choice([[], [changed[at]] * 2, [changed[at][:chance.randrange(len(changed[at]))]], [changed[at], "\n"], ['"' + changed[at]]])
        try:
            sources = read_bytes("".join(changed).encode(), "export")
        except ReadError:
            continue
        for source in sources:
            assert not ("33-year-old" in abstract(source) and "27-year-old" in abstract(source)), "".join(changed)
