"""The Data Package names the terminologies whose codes it holds, with the notices that they ask for."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.schema import TABLES
from pipeline.write.datapackage import datapackage

CODES = Path(__file__).resolve().parents[3] / "docs/codes.md"


def test_sources_of_codes_are_named_with_their_notice() -> None:
    sources = json.loads(datapackage())["sources"]
    notices = [source["notice"] for source in sources if "notice" in source]
    assert [notice.partition(" content from ")[2].partition(" ")[0] for notice in notices] == ["LOINC"]
    said = " ".join(CODES.read_text(encoding="utf-8").split())
    assert all(notice in said for notice in notices)
    titles = " ".join(source["title"] for source in sources)
    coded = {name.rpartition("_")[2] for table in TABLES for name in table.header if name.endswith(
        ("_loinc", "_ucum", "_atc", "_uberon"))}  # fmt: skip
    assert coded == {"loinc", "ucum", "atc", "uberon"}
    assert all(name.upper() in titles for name in coded)
