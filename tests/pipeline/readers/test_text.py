# ruff: noqa: E501 - samples of code pages are easier to read unbroken
"""Text files: encodings, and what is no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.caps import caps
from pipeline.errors import TEXTS, ReadError
from pipeline.readers import read, read_bytes, sniff
from pipeline.readers.encoding import decode
from pipeline.readers.text import read_text

WORDS = "Frau Müller, 30 µg – T-score −2,9 (“low”)"
TURKISH = "Gebeliğe bağlı kırıklar İstanbul'da görülen şiddetli ağrı"
POLISH = "Pacjentka łatwo złamała kość, ból utrzymywał się dłużej, leżała"
RUSSIAN = "Пациентка поступила в клинику с болью в спине после родов"
CHINESE = "患者为一名产后女性，因腰背部疼痛入院，诊断为骨质疏松症。"

ENCODINGS = {
    "utf-8": (WORDS, "utf-8"),
    "utf-8-mark": (WORDS, "utf-8-sig"),
    "utf-16-mark": (WORDS, "utf-16"),
    "utf-16-le": (WORDS, "utf-16-le"),
    "utf-16-be": (WORDS, "utf-16-be"),
    "utf-32": (WORDS, "utf-32"),
    "cp1252": ("Frau Müller, 30 µg – “low” naïve", "cp1252"),
    "latin-1": ("Frau Müller, naïve, 20 °C", "latin-1"),
    "cp1254": (TURKISH, "cp1254"),
    "cp1250": (POLISH, "cp1250"),
    "cp1251": (RUSSIAN, "cp1251"),
    "gb18030": (CHINESE, "gb18030"),
}


@pytest.mark.parametrize(("text", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
def test_text_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).lstrip("\ufeff") == text


def test_text_lone_surrogate_is_replaced() -> None:
    text = decode("Pain in T8 \ud800 and L1, Müller".encode("utf-8", "surrogatepass"))
    assert text == "Pain in T8 \ufffd and L1, Müller"


def test_text_a_broken_byte_costs_one_character() -> None:
    text = decode("Müller schätzt größere Maße über alles".encode() + b"\xff and T8")
    assert text.startswith("Müller schätzt") and text.endswith("\ufffd and T8")


def test_text_mojibake_is_undone() -> None:
    assert decode("T5â€“T7, 0.7 Â± 0.1, MÃ¼ller".encode()) == "T5–T7, 0.7 ± 0.1, Müller"


BAD = {
    "empty": (b"", "E01"),
    "blank": (b" \n\t\n ", "E01"),
    "zeros": (bytes(500), "E01"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "E02"),
    "rubbish": (bytes(range(1, 32)) * 40 + bytes(range(128, 256)) * 4, "E02"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(300), "E02"),
}


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD)
def test_text_no_paper_has_a_code(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "x.txt")
    assert caught.value.code == code
    assert TEXTS[code] in caught.value.message


def test_text_too_large() -> None:
    with pytest.raises(ReadError) as caught:
        read_text("word " * (caps().text_characters // 5 + 1))
    assert caught.value.code == "E06"


def test_text_a_directory_and_a_missing_file(tmp_path: Path) -> None:
    folder = tmp_path / "x.pdf"
    folder.mkdir()
    for path in (folder, tmp_path / "missing.txt"):
        with pytest.raises(ReadError) as caught:
            read(path)
        assert caught.value.code == "E05"


def test_text_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        ReadError("E99")


KINDS = {
    "pdf": (b"%PDF-1.7\n", "pdf"),
    "pdf-after-noise": (b"\r\n\r\n%PDF-1.4", "pdf"),
    "gzip": (b"\x1f\x8b\x08\x00", "archive"),
    "docx": (b"PK\x03\x04....word/document.xml", "docx"),
    "jats": (b'<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD"><article xml:lang="en">', "jats"),
    "jats-set": (b"<pmc-articleset><article>", "jats"),
    "pubmed": (b'<?xml version="1.0"?>\n<PubmedArticleSet>\n<PubmedArticle>', "pubmed"),
    "nbib": (b"\nPMID- 12345678\nOWN - NLM\nTI  - A case\n", "medline"),
    "ris": (b"TY  - JOUR\nTI  - A case\nER  - \n", "ris"),
    "html": (b"<!DOCTYPE html><html><body>", "html"),
    "html-five": (b"<!doctype html>\n<html lang='en'><article>", "html"),
    "mhtml": (b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "html"),
    "json": (b'{"title": "A case"}', "json_record"),
    "json-list": (b'[{"title": "A case"}]', "json_record"),
    "citation-first": (b"[1] is cited in the text.", "text"),
    "text": (b"A 30-year-old woman with PMID- in a sentence.", "text"),
    "comparison": (b"The T-score was < -2.5 and > -4.", "text"),
    "utf-16": ("A 30-year-old woman".encode("utf-16"), "text"),
    "image": (b"\xff\xd8\xff\xe0", ""),
}


@pytest.mark.parametrize(("data", "module"), KINDS.values(), ids=KINDS)
def test_text_content_decides_the_format(data: bytes, module: str) -> None:
    assert sniff(data) == module


def test_text_json_in_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "record.txt"
    path.write_text('{"title": "A case", "abstract": "She had pain."}', encoding="utf-8")
    assert read(path)[0].format == "json"


ENGLISH = "A thirty-year-old woman was seen with pain in her back, which had begun after the birth of a son. " * 4


@pytest.mark.parametrize(("page", "words"), [
    ("gb18030", "The T-score was \uff0d2.9, CTX \u22650.4, 0.5 \u03bcg \u201conce daily\u201d \u2014 at 36.6\u2103"),
    ("shift_jis", "the \u03b1-fetoprotein was 12\u00b12 and the \u2018low\u2019 value 37\u2103"),
    ("mac_roman", "The T-score was \u20132.9, CTX \u22650.4, \u201conce daily\u201d\u2014it is O\u2019Hara\u2019s"),
    ("cp1252", "The T-score was \u20132.9, 0.5 \u00b5g \u201conce daily\u201d \u2014 O\u2019Hara, M\u00fcller, caf\u00e9, 37 \u00b0C, m\u00b2"),
    ("cp1254", "G\u00fcng\u00f6r \u015eahin of \u0130zmir and Y\u0131ld\u0131z \u00d6zt\u00fcrk"),
    ("cp1250", "Wa\u0142\u0119sa, \u0141\u00f3d\u017a and Dvo\u0159\u00e1kov\u00e1 of Olomouc, \u0160koda of Plze\u0148"),
])
def test_text_few_foreign_bytes_of_an_english_text(page: str, words: str) -> None:
    assert decode((ENGLISH + words).encode(page)) == ENGLISH + words
