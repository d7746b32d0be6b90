# ruff: noqa: E501
"""A paper set in many layouts gives the same facts as its source text."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "pipeline" / "readers" / "pdf"))

from make_papers import columns
from typeset import UNICODE_FONT, Sheet

from pipeline.process import process
from pipeline.schema import FACT_TABLES, PROVENANCE

TITLE = "Collapse of six vertebrae in a nursing librarian: a fictional case report"
AUTHORS = "Ilse Vandermolen, Tadeo Quiroga, Priya Banerji"
BODY = [
    "# Abstract",
    "Osteoporosis that follows pregnancy is rare. We describe a 34-year-old woman with six vertebral fractures "
    "after her first delivery, who was treated with teriparatide.",
    "# Introduction",
    "Fractures in late pregnancy and during lactation are often overlooked. In published series most women were "
    "between 25 and 35 years old, and fractures of T11 to L2 were the commonest.",
    "# Case report",
    "A 34-year-old primiparous librarian was referred because of back pain which had started 3 weeks after the "
    "delivery of a healthy boy. Her height was 166 cm and her weight 52 kg. She had never taken glucocorticoids, "
    "heparin or anticonvulsants. Enoxaparin 40 mg daily had been injected during the last month of pregnancy. Her "
    "mother had sustained a hip fracture at the age of 61 years.",
    "Magnetic resonance imaging demonstrated compression fractures of T7, T8, T11, T12, L1 and L3; the bodies of L2 "
    "and L4 were intact. Dual-energy X-ray absorptiometry gave a bone mineral density of 0.668 g/cm2 at the lumbar "
    "spine (L1-L4) with a T-score of -3.4 and a Z-score of -3.3. At the femoral neck the T-score was -2.2.",
    "Serum calcium was 9.6 mg/dL (8.6-10.2), phosphate 4.8 mg/dL (2.5-4.5), alkaline phosphatase 138 U/L (35-104), "
    "25-hydroxyvitamin D 11.4 ng/mL (30-100) and intact parathyroid hormone 18 pg/mL (15-65). Thyroid-stimulating "
    "hormone and C-reactive protein were normal.",
    "Breastfeeding was stopped. She was given calcium carbonate 1250 mg twice daily, cholecalciferol 2000 IU daily and "
    "teriparatide 20 µg subcutaneously once daily for 18 months. Zoledronic acid was offered but she declined it.",
    "After 18 months the bone mineral density of the lumbar spine had increased by 14.6% to 0.766 g/cm2, and the "
    "T-score was -2.5. No further fracture occurred.",
    "# Discussion",
    "Marlowe described a woman of 29 years with fractures of T5 and T6 who received pamidronate 30 mg. Our patient "
    "recovered within two years. Bisphosphonates should be used with caution before further pregnancies.",
]

LAYOUTS = [
    pytest.param({"count": 1}, id="one-column"),
    pytest.param({"count": 1, "body": 12.0, "lead": 20.0}, id="large-type"),
    pytest.param({"count": 1, "body": 8.0, "lead": 9.6}, id="small-type"),
    pytest.param({"count": 1, "order": "shuffled"}, id="one-column-shuffled"),
    pytest.param({"count": 2}, id="two-columns"),
    pytest.param({"count": 2, "order": "across"}, id="two-columns-across"),
    pytest.param({"count": 2, "order": "shuffled"}, id="two-columns-shuffled"),
    pytest.param({"count": 2, "justify": False}, id="ragged"),
    pytest.param({"count": 2, "gutter": 12.0, "order": "across"}, id="narrow-gutter"),
    pytest.param({"count": 2, "furniture": True}, id="running-heads"),
    pytest.param({"count": 2, "bottom": 420.0, "order": "across", "furniture": True}, id="many-pages"),
    pytest.param({"count": 3, "body": 8.5, "lead": 10.2}, id="three-columns"),
    pytest.param({"count": 3, "body": 8.5, "lead": 10.2, "order": "across"}, id="three-columns-across"),
    pytest.param({"count": 2, "font": UNICODE_FONT}, id="unicode-font"),
]


def typeset(
    count: int,
    body: float = 9.5,
    lead: float = 11.6,
    order: str = "reading",
    justify: bool = True,
    gutter: float = 18.0,
    bottom: float = 780.0,
    furniture: bool = False,
    font: str | None = None,
) -> bytes:
    fonts = {"font": font, "bold": font} if font else {}
    sheet = Sheet(order=order, body=body, lead=lead, **fonts)
    number = [17]

    def head() -> None:
        if furniture:
            sheet.head_and_foot(
                "I. Vandermolen et al.", "Journal of Unwritten Medicine 4 (2019) 17-21", number[0]
            )
            number[0] += 1

    def fresh(_: Sheet) -> list[object]:
        head()
        return columns(count, gutter=gutter, bottom=bottom)

    head()
    y = sheet.title(TITLE, 48, 60, 490)
    y = sheet.plain(AUTHORS, 48, y + 14, size=11)
    sheet.flow(BODY, columns(count, top=y + 16, gutter=gutter, bottom=bottom), justify=justify, on_new=fresh)
    return sheet.data()


def facts(path: Path) -> Counter[str]:
    hidden = {c.name for c in PROVENANCE} | {"doc_id"}
    (record,) = process(path, "paper", path.name)
    assert record.document["status"] == "ok", record.document["message"]
    return Counter(
        f"{table.name}: " + "; ".join(f"{k}={v}" for k, v in row.items() if k not in hidden)
        for table in FACT_TABLES
        for row in record.rows[table.name]
    )


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    path = tmp_path_factory.mktemp("text") / "paper.txt"
    path.write_text(
        "\n\n".join([TITLE, AUTHORS, *(p.removeprefix("# ") for p in BODY)]) + "\n", encoding="utf-8"
    )
    return facts(path)


def test_pdf_facts_of_the_source_text_are_complete(truth: Counter[str]) -> None:
    tables = Counter(line.split(":")[0] for line in truth)
    assert tables == {
        "cases": 1,
        "onset": 1,
        "fractures": 6,
        "bmd": 7,
        "labs": 7,
        "drugs": 8,
        "history": 1,
        "pregnancies": 1,
        "course": 1,
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pdf_facts_equal_those_of_the_source_text(
    layout: dict[str, object], truth: Counter[str], tmp_path: Path
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(typeset(**layout))  # type: ignore[arg-type]
    assert facts(path) == truth
