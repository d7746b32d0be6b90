# ruff: noqa: E501 - samples are easier to read unbroken
"""The same paper, stored or set in another way, says the same: its facts must not change."""

import gzip
import json
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from fixtures import make_raw_papers
from gold_check import TABLES, row_keys

from pipeline.process import process
from pipeline.schema import FACT_TABLES
from pipeline.write.values import cell

RAW = Path(__file__).parents[2] / "data" / "raw" / "samples"
Keys = dict[str, set[tuple[object, ...]]]


def facts(path: Path) -> Keys:
    """The keys of all facts in a file, by patient and table."""
    found: Keys = {}
    for record in process(path, "paper", path.name):
        assert record.document["status"] == "ok", record.document["message"]
        for table in FACT_TABLES:
            name = "age" if table.name == "cases" else table.name
            for row in record.rows[table.name]:
                shown = {column: cell(row.get(column)) for column in table.header}
                found.setdefault(f"{shown['case_id']} {name}", set()).update(row_keys([shown], name))
    assert found
    return found


def decoded(name: str) -> str:
    data = (RAW / name).read_bytes()
    return data.decode("cp1252" if name.startswith("three") else "utf-8")


def rewrapped(text: str, width: int) -> str:
    """Every paragraph of prose set anew; headings, lists and the front stay as they are."""
    out = []
    for paragraph in re.split(r"\n{2,}", re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)):
        prose = len(paragraph) > 300 and not re.match(r"\s*\[?1[.\]]", paragraph)
        head, _, rest = paragraph.partition("\n")
        if prose and rest and len(head) < 20:  # a heading on its own line
            out.append(head + "\n" + textwrap.fill(" ".join(rest.split()), width, break_on_hyphens=False))
        else:
            out.append(
                textwrap.fill(" ".join(paragraph.split()), width, break_on_hyphens=False)
                if prose
                else paragraph
            )
    return "\n\n".join(out)


TEXTS = ("dorn-2013-first-baby.txt", "resumo-inside.txt", "three-mothers-in-turn.txt")
SETTINGS: dict[str, Callable[[str], bytes]] = {
    "narrow": lambda text: rewrapped(text, 48).encode(),
    "wide": lambda text: rewrapped(text, 110).encode(),
    "unwrapped": lambda text: rewrapped(text, 100_000).encode(),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "true minus signs": lambda text: re.sub(r"(?<=[ (])-(?=\d)", "\u2212", text).encode(),
    "no-break spaces before units": lambda text: re.sub(
        r"(?<=\d) (?=[mnpkgI][a-zA-Z/])", "\u00a0", text
    ).encode(),
    "thin spaces before units": lambda text: re.sub(
        r"(?<=\d) (?=[mnpkgI][a-zA-Z/])", "\u2009", text
    ).encode(),
    "decomposed letters": lambda text: re.sub("é", "e\u0301", text).encode(),
    "ligatures": lambda text: re.sub("fl(?=[aeiou])", "\ufb02", text.replace("fi", "\ufb01")).encode(),
    "Greek mu": lambda text: text.replace("\u00b5", "\u03bc").encode(),
    "indented": lambda text: re.sub(r"^(?=\S)", "    ", text, flags=re.MULTILINE).encode(),
    "spaces at line ends": lambda text: text.replace("\n", "  \n").encode(),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_same_facts_in_another_setting(tmp_path: Path, name: str, setting: Callable[[str], bytes]) -> None:
    (tmp_path / "paper.txt").write_bytes(setting(decoded(name)))
    assert facts(tmp_path / "paper.txt") == facts(RAW / name)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_same_facts_setting_changes_something(setting: Callable[[str], bytes]) -> None:
    assert any(setting(decoded(name)) != decoded(name).encode() for name in TEXTS)


def test_same_facts_sees_a_change(tmp_path: Path) -> None:
    text = decoded("dorn-2013-first-baby.txt").replace("fractures of T7, T9", "fractures of T7, T10")
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    changed, expected = facts(tmp_path / "paper.txt"), facts(RAW / "dorn-2013-first-baby.txt")
    assert {key for key in expected if changed[key] != expected[key]} == {"paper-1 fractures"}


@pytest.mark.parametrize("spaces", [4, 6, 9])
def test_same_facts_of_a_table_with_other_gaps(tmp_path: Path, spaces: int) -> None:
    text = decoded("four-women-table.txt")
    rows = [
        re.sub(r"(?<=\S) {3,}(?=\S)", "\t", line) if "   " in line.strip() else line
        for line in text.split("\n")
    ]
    cells = [row.split("\t") for row in rows if row.count("\t") == 4]
    widths = [max(len(row[i]) for row in cells) + spaces for i in range(5)]
    lines = [
        "".join(part.ljust(width) for part, width in zip(row.split("\t"), widths, strict=True)).rstrip()
        if row.count("\t") == 4
        else row.replace("\t", " " * spaces)
        for row in rows
    ]
    lines = [" " * (widths[0]) + "".join(f"Case {n}".ljust(w) for n, w in enumerate(widths[1:], 1)).rstrip()
             if line.split() == "Case 1 Case 2 Case 3 Case 4".split() else line for line in lines]  # fmt: skip
    (tmp_path / "paper.txt").write_text("\n".join(lines), encoding="utf-8")
    assert facts(tmp_path / "paper.txt") == facts(RAW / "four-women-table.txt")


def test_same_facts_of_a_table_with_tabs(tmp_path: Path) -> None:
    text = decoded("four-women-table.txt")
    text = "\n".join(
        re.sub(r"(?<=\S) {3,}(?=\S)|^ {20,}", "\t", line) if "   " in line.strip() else line
        for line in text.split("\n")
    )
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    assert facts(tmp_path / "paper.txt") == facts(RAW / "four-women-table.txt")


def test_same_facts_of_a_record_with_and_without_the_text_behind(tmp_path: Path) -> None:
    text = decoded("record-55021.txt")
    record, end = json.JSONDecoder().raw_decode(text)
    (tmp_path / "paper.txt").write_text(text[:end], encoding="utf-8")
    (tmp_path / "list.json").write_text(json.dumps([record], ensure_ascii=True, indent=2), encoding="utf-8")
    expected = facts(RAW / "record-55021.txt")
    assert facts(tmp_path / "paper.txt") == expected
    assert facts(tmp_path / "list.json") == expected


@pytest.mark.parametrize(("size", "lead"), [(9.5, 11.4), (11, 13), (15, 19)], ids=str)
def test_same_facts_of_a_pdf_with_other_lines(
    tmp_path: Path, size: float, lead: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    for style in (make_raw_papers._BODY, make_raw_papers._FIRST):
        monkeypatch.setattr(style, "fontSize", size)
        monkeypatch.setattr(style, "leading", lead)
    data = make_raw_papers.pdf()
    assert data != (RAW / "varga-2014-twins.pdf").read_bytes()
    (tmp_path / "paper.pdf").write_bytes(data)
    assert facts(tmp_path / "paper.pdf") == facts(RAW / "varga-2014-twins.pdf")


PAGES: dict[str, Callable[[str], str]] = {
    "without meta tags": lambda page: re.sub(r"<meta name=.citation[^>]*>\n", "", page),
    "divs only": lambda page: re.sub(
        r"<(/?)(?:section|article|main|header|footer|aside|nav)\b", r"<\1div", page
    ),
    "no head of tables": lambda page: re.sub(r"</?thead>", "", re.sub(r"<(/?)th>", r"<\1td>", page)),
    "upper case": lambda page: re.sub(r"<(/?)(p|td|tr|th|table)\b", lambda m: f"<{m[1]}{m[2].upper()}", page),
    "one line": lambda page: page.replace("\n", " "),
}


@pytest.mark.parametrize("change", PAGES.values(), ids=PAGES)
def test_same_facts_of_a_page_in_other_markup(tmp_path: Path, change: Callable[[str], str]) -> None:
    page = (RAW / "saved-page-heparin.html").read_text(encoding="utf-8")
    assert change(page) != page
    (tmp_path / "paper.html").write_text(change(page), encoding="utf-8")
    assert facts(tmp_path / "paper.html") == facts(RAW / "saved-page-heparin.html")


@pytest.mark.parametrize("gap", ["\t", "   "], ids=["tabs", "blanks"])
@pytest.mark.parametrize("name", ["varga-2014-twins.pdf", "saved-page-heparin.html", "letter-coeliac.docx"])
def test_same_facts_of_the_text_that_was_written(tmp_path: Path, name: str, gap: str) -> None:
    [record] = process(RAW / name, "paper", name)
    (tmp_path / "paper.txt").write_text(record.text.replace("\t", gap), encoding="utf-8")
    assert facts(tmp_path / "paper.txt") == facts(RAW / name)


def test_same_facts_are_compared_table_by_table() -> None:
    assert {key.split(" ", 1)[1] for key in facts(RAW / "dorn-2013-first-baby.txt")} >= set(TABLES)
