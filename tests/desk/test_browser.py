"""A review in a real browser: open, look, decide, add, settle, run again."""

from __future__ import annotations

import io

from desk.in_browser import IN_BROWSER, current, picture, select, told
from in_process import read_here

from pipeline.config import Config
from pipeline.review.store import read_all
from pipeline.run import run

pytestmark = IN_BROWSER
PDF, THREE = "varga-2014-twins.pdf", "three-mothers-in-turn.txt"


def _ink(png: bytes, box: dict[str, float]) -> float:
    """Share of dark dots of a picture inside a box."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("L")
    x, y, w, h = (int(box[k]) for k in ("x", "y", "width", "height"))
    dots = image.crop((x, y, x + w, y + h)).tobytes()
    return sum(dot < 128 for dot in dots) / len(dots)


def test_a_row_and_its_words_on_a_pdf_page(serve, page_of):
    page = page_of(serve("Anna Berg").url)
    picture(page, "list")
    page.fill("[name=words]", "twin")
    assert page.locator("#papers tbody tr:visible").count() == 1
    page.click(f"#papers a[href$='{PDF}']")
    page.wait_for_selector(".page .w.on")
    page.wait_for_function("() => document.querySelector('.page img').complete")
    line = page.locator('.line[data-table="labs"]', has_text="Osteocalcin (ng/mL) / 18 months").first
    line.click()
    boxes = page.locator(".page .w.on")
    assert boxes.all_inner_texts() == ["17.9"]
    box = boxes.first.bounding_box()
    shot = page.screenshot()
    beside = {**box, "x": box["x"] - 1.5 * box["width"]}  # between two columns of the table
    inner = {"x": box["x"] + 2, "y": box["y"] + 2, "width": box["width"] - 4, "height": box["height"] - 4}
    assert _ink(shot, inner) > 0.05 > _ink(shot, {**beside, "width": 8})
    picture(page, "pdf")
    page.locator(".page .w.m", has_text="29-year-old").first.click()
    assert current(page)["table"] == "cases"
    assert page.locator(".page .w.loose").count() > 5  # numbers that no row accounts for
    page.emulate_media(color_scheme="dark")
    picture(page, "dark")


def test_decided_with_the_keyboard_and_kept_over_a_newer_paper(serve, page_of, home):
    server = serve("Anna Berg")
    page = page_of(f"{server.url}paper/{THREE}")
    page.wait_for_selector(".on")
    first = current(page)
    page.keyboard.press("a")
    told(page, "kept: accept")
    second = current(page)
    assert second["key"] != first["key"]
    page.keyboard.press("r")
    told(page, "kept: reject")
    page.keyboard.press("u")
    told(page, "undone")
    page.locator('.line[data-table="fractures"]').first.click()
    level = current(page)["key"]
    page.keyboard.press("e")
    page.fill("dialog [name=grade]", "four")
    page.click("dialog[open] button[value=keep]")
    page.wait_for_selector("dialog .wrong:not(:empty)")
    assert "grade is 'four'" in page.inner_text("dialog .wrong")
    picture(page, "edit")
    page.fill("dialog [name=grade]", "2")
    page.click("dialog[open] button[value=keep]")
    told(page, "kept: correct")
    select(page, "mother")
    picture(page, "select")
    page.select_option("#picked select", "fractures")
    page.click('[data-pick="add"]')
    page.fill("dialog [name=site]", "clavicle")
    page.click("dialog[open] button[value=keep]")
    told(page, "kept: add")
    server.kill()
    done = [k.decision.do for k in read_all(home / "review")]
    assert done == ["accept", "reject", "undo", "correct", "add"]
    paper = home / f"raw/{THREE}"
    paper.write_bytes(paper.read_bytes().replace(b"\n\n", b"\n\nWe thank all who wrote this.\n\n", 1))
    stream = io.StringIO()
    with read_here():
        run(Config(home / "raw", home / "extracted", 1), stream)
    assert "1 accepted, 1 corrected, 1 added." in stream.getvalue()
    assert "could not be followed" not in stream.getvalue()
    url = f"{serve('Anna Berg').url}paper/{THREE}"
    page = page_of(url)
    page.wait_for_selector(".on")
    assert page.locator(f'.line[data-key="{level}"]').get_attribute("data-state") == "corrected"
    page = page_of(f"{url}#{THREE}-2")  # one patient
    page.wait_for_selector(".on")
    assert current(page)["case"] == f"{THREE}-2"


def test_a_second_reviewer_and_what_is_settled(serve, page_of):
    pages = {name: page_of(f"{serve(name).url}paper/{PDF}") for name in ("Anna Berg", "Ben Ode")}
    for name, page in pages.items():
        page.wait_for_selector(".on")
        page.locator('.line[data-table="fractures"]').first.click()
        page.keyboard.press("a" if name == "Anna Berg" else "r")
        told(page, "kept")
        page.click("text=Done")
        told(page, "kept: done")
    ben = pages["Ben Ode"]
    ben.click("text=Papers")
    ben.click("text=1 to settle")
    ben.wait_for_load_state("load")  # a click before the script has run would be lost
    picture(ben, "settle")
    ben.locator("[data-settle]").first.click()
    ben.wait_for_selector("text=Nothing to settle")


def test_patients_merged_papers_excluded_and_a_dead_server(serve, page_of, home):
    server = serve("Anna Berg")
    page = page_of(f"{server.url}paper/{THREE}")
    page.wait_for_selector(".on")
    page.locator("[data-merge]").nth(2).click()
    page.fill("dialog [name=choice]", f"{THREE}-1")
    page.click("dialog[open] button[value=keep]")
    told(page, "kept: merge")
    page.click("text=Exclude …")
    page.fill("dialog[open] [name=why]", "review or guideline")
    page.click("dialog[open] button[value=keep]")
    told(page, "kept: exclude")
    assert page.inner_text(".bar .state") == "excluded"
    server.kill()
    page.keyboard.press("u")
    told(page, "Nothing was kept")
    assert [k.decision.do for k in read_all(home / "review")] == ["merge", "exclude"]


def test_a_hostile_paper_runs_nothing(serve, page_of):
    page = page_of(f"{serve('Anna Berg').url}paper/hostile.txt")
    page.wait_for_selector(".on")
    assert page.evaluate("window.bad === undefined")
    assert "<script>window.bad=1</script>" in page.inner_text("#pane .title")
    assert page.locator("#pane img, #pane script, #pane b").count() == 0


#: whether a picture of the page is there and shows more than one colour
_DRAWN = """async selector => {
    const image = document.querySelector(selector);
    image.loading = "eager";
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [200, 200];
    const sheet = canvas.getContext("2d");
    sheet.drawImage(image, 0, 0, 200, 200);
    const dots = new Set();
    const data = sheet.getImageData(0, 0, 200, 200).data;
    for (let at = 0; at < data.length; at += 4) dots.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
    return dots.size;
}"""


def test_pictures_of_a_patient_and_of_all_papers(serve, page_of):
    url = serve("Anna Berg").url
    page = page_of(f"{url}paper/{PDF}")
    page.click(".course summary")
    assert page.evaluate(_DRAWN, ".course img") > 20
    page.goto(url)
    page.click("text=Pictures")
    page.wait_for_selector("img[src$='spine.svg']", state="attached")
    assert page.evaluate(_DRAWN, "img[src$='spine.svg']") > 20
    picture(page, "pictures")


def test_the_report_opens_from_the_disk_and_asks_nobody(browser, home):
    from pipeline.desk.report import report

    place = report(Config(home / "raw", home / "extracted", 1, quiet=True), most_courses=1)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(place.as_uri())
    assert page.evaluate(_DRAWN, "#spine img") > 20
    for details in page.locator("details").all():
        details.evaluate("d => { d.open = true }")
    assert page.evaluate(_DRAWN, "details img") > 20
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [place.as_uri()]
