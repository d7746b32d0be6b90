"""Papers that were read once, and desks of reviewers over them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from desk.in_browser import browser, page_of, serve  # noqa: F401  (fixtures)
from in_process import read_here
from starlette.testclient import TestClient

from pipeline.config import Config
from pipeline.desk.app import app
from pipeline.desk.shelf import Papers
from pipeline.desk.views import Views
from pipeline.review.decision import Decision
from pipeline.review.store import read_all
from pipeline.run import run

SAMPLES = Path(__file__).resolve().parents[2] / "data/raw/samples"
HOST = "127.0.0.1:8123"
HOSTILE = """<script>window.bad=1</script> A 30-year-old <b>woman</b>

Case report

A 30-year-old woman had back pain. "><img src=x onerror=window.bad=1> MRI showed
a fracture of T8. {{ reviewer }}

Table 1. Results of <script>window.bad=1</script>
Test\tValue\tReference
Calcium<img src=x onerror=window.bad=1>\t9.4 mg/dL\t8.5-10.5
Albumin\t4.1 g/dL\t3.5-5.0
"""


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of four papers after a run: raw and extracted."""
    home = tmp_path_factory.mktemp("desk")
    (home / "raw").mkdir()
    for name in ("varga-2014-twins.pdf", "three-mothers-in-turn.txt", "four-women-table.txt"):
        shutil.copy(SAMPLES / name, home / "raw" / name)
    (home / "raw/hostile.txt").write_text(HOSTILE)
    with read_here():
        run(Config(home / "raw", home / "extracted", 1, quiet=True), None)
    return home


@dataclass
class Desk:
    """One reviewer's desk, asked as a browser asks."""

    client: TestClient
    home: Path
    token: str

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/{self.token}{path}", headers=headers)

    def post(self, path: str, said: object, **headers: str) -> Any:
        headers = {"Origin": f"http://{HOST}", **headers}
        return self.client.post(f"/{self.token}{path}", json=said, headers=headers)

    def decide(self, doc: str, do: str, **said: object) -> Any:
        return self.post(f"/paper/{doc}/decide", {"do": do, **said})

    def lines(self, doc: str) -> list[dict[str, Any]]:
        """The rows on the page: what the list items carry, with their cells."""
        from lxml import html

        page = html.fromstring(self.get(f"/paper/{doc}/rows").text)
        found = []
        for line in page.xpath("//li[@data-key]"):
            cells = {c.get("data-column"): c.get("data-value") for c in line.xpath(".//*[@data-column]")}
            data = {k.removeprefix("data-"): v for k, v in line.attrib.items() if k.startswith("data-")}
            found.append({**data, "cells": cells, "words": " ".join(line.text_content().split())})
        return found

    def line(self, doc: str, table: str, **cells: str) -> dict[str, Any]:
        """The one row with these cells."""
        (found,) = [x for x in self.lines(doc) if x["table"] == table and cells.items() <= x["cells"].items()]
        return found

    def kept(self) -> list[Decision]:
        return [k.decision for k in read_all(self.home / "review")]


@pytest.fixture
def home(read: Path, tmp_path: Path) -> Path:
    """A project of one's own."""
    return Path(shutil.copytree(read, tmp_path / "home"))


@pytest.fixture
def open_desk(home: Path) -> Iterator[Callable[[str], Desk]]:
    """Open the desk of a reviewer."""
    views = []

    def opened(reviewer: str = "Anna Berg") -> Desk:
        config = Config(home / "raw", home / "extracted", 1)
        views.append(Views(config.state / "desk", "program"))
        made = app(Papers.of(config), views[-1], reviewer, "secret", frozenset({HOST}))
        return Desk(TestClient(made, base_url=f"http://{HOST}"), home, "secret")

    yield opened
    for view in views:
        view.close()


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    return open_desk("Anna Berg")
