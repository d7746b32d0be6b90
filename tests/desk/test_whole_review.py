"""A whole review in a real browser, and what is left of it when a later version reads changed papers."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

from desk.in_browser import IN_BROWSER, select, told
from desk.newer import GONE
from in_process import read_here

from pipeline.config import Config
from pipeline.review.decision import own_columns
from pipeline.run import run
from pipeline.schema import FACT_TABLES

pytestmark = IN_BROWSER
THREE, FOUR = "three-mothers-in-turn.txt", "four-women-table.txt"
LATER = (str(Path(__file__).with_name("newer.py")),)


def rows(home: Path, table: str) -> list[dict[str, str]]:
    with (home / f"extracted/{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def signed(home: Path) -> set[tuple[str, ...]]:
    """Every row that a reviewer has signed: table, patient, values, by whom."""
    found = set()
    for table in FACT_TABLES:
        names = ["case_id", "origin", "reviewed", *(c.name for c in own_columns(table.name))]
        for row in rows(home, table.name):
            if row["reviewed"]:
                found.add((table.name, *(row[name] for name in names)))
    return found


def line(page: Any, table: str, words: str) -> Any:
    """Go to the first row of a table with these words."""
    found = page.locator(f'.line[data-table="{table}"]', has_text=words).first
    found.click()
    return found


def press(page: Any, key: str, words: str) -> None:
    page.keyboard.press(key)
    told(page, words)


def keep(page: Any, words: str, **cells: str) -> None:
    """Fill in the form that is open."""
    for name, value in cells.items():
        page.fill(f"dialog[open] [name={name}]", value)
    page.click("dialog[open] button[value=keep]")
    told(page, words)


def opened(page: Any, url: str) -> Any:
    page.goto(url)
    page.wait_for_selector(".on")
    return page


def anna_reviews(page: Any, url: str) -> None:
    opened(page, f"{url}paper/{THREE}")
    line(page, "fractures", GONE)
    press(page, "a", "kept: accept")
    line(page, "labs", "8.3")
    page.keyboard.press("e")
    keep(page, "kept: correct", value="8.4")
    line(page, "labs", "41")
    press(page, "r", "kept: reject")
    line(page, "fractures", "T12").locator("[data-row=move]").select_option(f"{THREE}-2")
    told(page, "kept: move")
    select(page, "low back pain")
    page.select_option("#picked select", "fractures")
    page.click('[data-pick="add"]')
    keep(page, "kept: add", site="clavicle")
    page.locator("[data-merge]").nth(2).click()
    keep(page, "kept: merge", choice=f"{THREE}-1")
    page.click("text=Done")
    told(page, "kept: done")
    opened(page, f"{url}paper/{FOUR}")
    page.click("text=Exclude …")
    keep(page, "kept: exclude", why="review or guideline")


def ben_reviews_and_settles(page: Any, url: str) -> None:
    opened(page, f"{url}paper/{THREE}")
    assert page.locator(".line:not([data-state=open])").count() == 0  # nothing of Anna's
    line(page, "labs", "8.3")
    press(page, "a", "kept: accept")
    page.click("text=Done")
    told(page, "kept: done")
    for left, chosen in ((3, "8.4"), (2, "clavicle"), (1, "she is")):
        page.goto(f"{url}settle")
        page.wait_for_load_state("load")
        assert page.locator(".dispute").count() == left
        said = page.locator(".said", has_text=chosen).first
        assert "Anna Berg" in said.inner_text()
        said.locator("[data-settle]").click()
        page.wait_for_function(f"() => document.querySelectorAll('.dispute').length === {left - 1}")
    assert "Nothing to settle" in page.inner_text("main")


def test_every_decision_outlives_a_changed_paper_and_a_later_version(serve, page_of, home):
    servers = [serve("Anna Berg"), serve("Ben Ode")]
    anna_reviews(page_of(servers[0].url), servers[0].url)
    ben_reviews_and_settles(page_of(servers[1].url), servers[1].url)
    for server in servers:
        server.kill()
    with read_here():
        run(Config(home / "raw", home / "extracted", 1, quiet=True), None)
    before = signed(home)
    standing = {(row[0], row[2]) for row in before}
    assert {("fractures", "added"), ("fractures", "extracted"), ("labs", "corrected")} <= standing
    assert {r["case_id"] for r in rows(home, "cases") if r["doc_id"] == THREE} == {f"{THREE}-1", f"{THREE}-2"}

    paper = home / f"raw/{THREE}"
    words = paper.read_bytes().replace(b"\n\n", b"\n\nWe thank all who wrote this in 1995.\n\n", 1)
    paper.write_bytes(words.replace(b"The third patient was", b"We come to the last. The third patient was"))
    later = serve("Anna Berg", LATER)  # it reads the papers first, and writes the tables
    assert signed(home) == before
    assert not {"41", "4.1"} & {r["value"] for r in rows(home, "labs") if r["doc_id"] == THREE}
    assert FOUR not in {r["doc_id"] for r in rows(home, "cases")}
    page = opened(page_of(later.url), f"{later.url}paper/{THREE}")
    states = page.eval_on_selector_all(".line:not([data-state=open])", "all => all.map(x => x.dataset.state)")
    assert sorted(states) == ["accepted", "added", "corrected", "moved", "rejected"]
    assert line(page, "fractures", GONE).get_attribute("data-state") == "accepted"
    assert page.locator("#pane .on").all_inner_texts() != []
    assert page.locator(".warn", has_text="Not followed").count() == 0
    page.click("text=Papers")
    page.wait_for_selector("#papers tbody tr")  # the list comes behind the page
    assert page.locator("[href$='/settle']").count() == 0
    assert page.locator("#papers tbody tr[data-state=excluded]").count() == 1


def test_the_later_version_reads_otherwise(home):
    """What the review above outlives is there: without decisions the later version has other rows."""
    import subprocess

    before = {(r["level"], r["case_id"]) for r in rows(home, "fractures")}
    folders = [str(home / "raw"), str(home / "extracted")]
    # `accuracy` reads what is new before it finds that no paper is finished
    said = subprocess.run([sys.executable, *LATER, "accuracy", *folders], capture_output=True, check=False)
    assert said.returncode == 2, said.stderr
    gone = before - {(r["level"], r["case_id"]) for r in rows(home, "fractures")}
    assert (GONE, f"{THREE}-2") in gone and {level for level, _ in gone} == {GONE}
    assert {"83", "4.1"} <= {r["value"] for r in rows(home, "labs")}
