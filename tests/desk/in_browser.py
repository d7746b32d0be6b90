"""A real browser over `casebook review` as a user starts it; without Chromium its tests are skipped."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: the marks of every test in a browser
IN_BROWSER = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt install chromium"),
    pytest.mark.xdist_group("browser"),
]
#: without these Chromium looks for hosts of its maker
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
#: where to keep pictures of the pages (docs/review.md shows them); none are kept without it
PICTURES = os.environ.get("CASEBOOK_PICTURES", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


class Server:
    """`casebook review` as a user starts it."""

    def __init__(self, home: Path, reviewer: str, program: Sequence[str]) -> None:
        command = [sys.executable, *program, "review", str(home / "raw"), str(home / "extracted")]
        self.process = subprocess.Popen([*command, "--reviewer", reviewer], stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+", self.process.stderr.readline())
        assert found, self.process.stderr.read()
        self.url = found[0]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Server]]:
    servers = []

    def start(reviewer: str, program: Sequence[str] = ("-m", "pipeline.cli")) -> Server:
        servers.append(Server(home, reviewer, program))
        return servers[-1]

    yield start
    for server in servers:
        server.process.terminate()
        server.process.wait(20)


@pytest.fixture
def page_of(browser: Any) -> Iterator[Callable[..., Any]]:
    """A page 1280 points wide; what goes wrong in it, or asks elsewhere, fails the test."""
    contexts, wrong = [], []

    def opened(url: str, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else wrong.append(r.url))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def picture(page: Any, name: str) -> None:
    if PICTURES:
        page.wait_for_timeout(600)
        page.screenshot(path=f"{PICTURES}/{name}.png")


def told(page: Any, words: str) -> None:
    page.wait_for_function("words => document.getElementById('told').textContent.includes(words)", arg=words)


def current(page: Any) -> dict[str, str]:
    return page.eval_on_selector('.line[aria-current="true"]', "line => ({...line.dataset})")


def select(page: Any, words: str) -> None:
    """Select words of the text as a mouse does."""
    page.evaluate(
        """words => {
            const pane = document.getElementById("pane");
            for (const run of pane.querySelectorAll("[data-s]")) {
                const at = run.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(run.firstChild, at);
                range.setEnd(run.firstChild, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
            throw new Error(`not there: ${words}`);
        }""",
        words,
    )
