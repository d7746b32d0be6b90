"""The desk for those who see little or use no mouse: the rules of axe-core, and where the focus is."""

from __future__ import annotations

from typing import Any

import pytest
from desk.in_browser import IN_BROWSER, told

pytestmark = IN_BROWSER
THREE = "three-mothers-in-turn.txt"
PDF = "varga-2014-twins.pdf"


@pytest.fixture
def axe() -> Any:
    """axe-core (MPL-2.0, for tests alone) and what it finds wrong on a page, light and dark."""
    api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-playwright-python")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def wrong(page: Any) -> list[str]:
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            answer = api.Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response
            assert len(answer["passes"]) > 10  # it has looked
            found += [
                f"{scheme} {rule['id']}: {node['target']} {node['failureSummary']}"
                for rule in answer["violations"]
                for node in rule["nodes"][:3]
            ]
        return found

    return wrong


def test_the_list_the_paper_its_forms_and_what_is_to_settle(serve, page_of, axe):
    urls = {name: serve(name).url for name in ("Anna Berg", "Ben Ode")}
    page = page_of(urls["Anna Berg"])
    assert axe(page) == []
    page.goto(f"{urls['Anna Berg']}paper/{PDF}")
    page.wait_for_selector(".page .w.on")
    assert axe(page) == []
    for name, key in (("Anna Berg", "a"), ("Ben Ode", "r")):
        page.goto(f"{urls[name]}paper/{THREE}")
        page.wait_for_selector(".on")
        if name == "Anna Berg":
            assert axe(page) == []
            page.keyboard.press("e")
            page.wait_for_selector("dialog[open] input")
            assert axe(page) == []
            page.keyboard.press("Escape")
        page.locator(".line").first.click()
        page.keyboard.press(key)
        told(page, "kept")
        page.click("text=Done")
        told(page, "kept: done")
    page.goto(f"{urls['Ben Ode']}settle")
    assert page.locator(".dispute").count() == 1
    assert axe(page) == []


def test_a_fault_would_be_found(serve, page_of, axe):
    page = page_of(serve("Anna Berg").url)
    page.evaluate(
        """() => {
            const main = document.querySelector("main");
            main.insertAdjacentHTML("afterbegin", "<h4>Low</h4><input>");
            main.querySelector("h4").style.color = "#888";
            main.querySelector("h4").style.background = "#777";
        }"""
    )
    found = " ".join(axe(page))
    assert all(
        f"{scheme} {rule}" in found for scheme in ("light", "dark") for rule in ("label", "color-contrast")
    )
    assert "heading-order" in found


#: whether the element that has the focus shows it
_SHOWN = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def test_the_focus_is_seen_wherever_the_keyboard_leads_it(serve, page_of):
    url = serve("Anna Berg").url
    page = page_of(url)
    for place, least in (("", 8), (f"paper/{THREE}", 9)):
        page.goto(f"{url}{place}")
        page.wait_for_selector(".on" if place else "#papers a")
        page.evaluate("document.activeElement.blur()")
        stops = set()
        for _ in range(14):
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            if not name.startswith("<body"):
                stops.add(name)
                assert page.evaluate(_SHOWN), name
        assert len(stops) >= least, stops
