"""Nothing from elsewhere gets in, nothing of a paper is run."""

from __future__ import annotations

import pytest

GOOD = {"do": "note", "why": "hello"}
PAPER = "/paper/hostile.txt"


@pytest.mark.parametrize("path", ["/", "/other/", "/secre/", "/secret2/", "//secret/", "/static/desk.js"])
def test_without_the_token_nothing_is_told(desk, path):
    answer = desk.client.get(path)
    assert answer.status_code == 403 and "casebook review" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9", "evil.example:8123", ""])
def test_another_name_of_the_host_is_refused(desk, host):
    assert desk.get("/", Host=host).status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9", "https://127.0.0.1:8123", ""]
)
def test_requests_of_other_pages_change_nothing(desk, origin):
    assert desk.post(f"{PAPER}/decide", GOOD, Origin=origin).status_code == 403
    assert desk.kept() == []


def test_only_json_of_a_bounded_size_from_a_post(desk):
    url, origin = f"/secret{PAPER}/decide", {"Origin": "http://127.0.0.1:8123"}
    assert desk.client.post(url, data={"do": "note"}, headers=origin).status_code == 403
    assert desk.post(f"{PAPER}/decide", {**GOOD, "why": "x" * 1_000_001}).status_code == 403
    assert desk.client.put(url, json=GOOD, headers=origin).status_code == 403
    assert desk.client.get(url).status_code == 405
    assert desk.post(f"{PAPER}/decide", [1]).status_code == 400
    assert desk.kept() == []
    assert desk.post(f"{PAPER}/decide", GOOD).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fcli.py",
        "/paper/..%2f..%2fetc%2fpasswd",
        "/paper/%2e%2e",
        "/paper/nothing.txt",
        "/paper/hostile.txt/page/1.png",
        "/paper/varga-2014-twins.pdf/page/0.png",
        "/paper/varga-2014-twins.pdf/page/99.png",
        "/columns/..%2fsecret",
    ],
)
def test_paths_lead_to_papers_of_the_run_and_nowhere_else(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 404 and "import" not in answer.text


@pytest.mark.parametrize("path", ["/", PAPER, f"{PAPER}/pane", "/static/desk.js", "/nothing"])
def test_every_answer_forbids_what_comes_from_elsewhere(desk, path):
    headers = desk.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer" and headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", PAPER, f"{PAPER}/pane", f"{PAPER}/rows"])
def test_a_hostile_paper_is_words_and_nothing_else(desk, path):
    answer = desk.get(path)
    page = answer.text
    assert answer.status_code == 200, page
    assert "<script>window" not in page and "<img src=x" not in page and "<b>woman" not in page
    if path.endswith("pane"):
        assert "&lt;script&gt;window.bad=" in page and "{{ reviewer }}" in page


def test_pages_name_no_other_host(desk):
    for path in ("/", PAPER, f"{PAPER}/pane", "/static/desk.js", "/static/forms.js", "/static/desk.css"):
        text = desk.get(path).text.replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text and "https:" not in text and "//cdn" not in text
