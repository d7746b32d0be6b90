"""What the documentation says has to be true: its code runs, its commands, files and columns exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from in_process import read_here

import casebook
from extractors.doubts import REASONS
from pipeline import caps, cli, errors, schema
from pipeline.confidence.rate import WEIGHTS
from pipeline.config import Config
from pipeline.dictionary import dictionary
from pipeline.run import run

PROJECT = Path(__file__).parents[1]
PAGES = sorted(
    [
        PROJECT / "README.md",
        PROJECT / "CONTRIBUTING.md",
        *(PROJECT / "docs").glob("*.md"),
        PROJECT / "data" / "raw" / "README.md",
    ]
)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"^(?: {4}.*\n)+", re.MULTILINE)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def commands() -> Iterator[tuple[str, str]]:
    """Every command line in the documentation, with its page."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        lines = [
            line
            for name, code in _BLOCK.findall(text)
            if name in ("", "sh", "console")
            for line in code.splitlines()
        ]
        prose = _BLOCK.sub("", text)
        lines += [line for block in _INDENTED.findall(prose) for line in block.splitlines()]
        for line in [*lines, *_INLINE.findall(prose)]:
            command = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
            if re.match(r"(?:make|casebook)\b(?! *[=,]|\.)", command) or re.match(r"python \S+\.py", command):
                yield page.name, command.split("  #")[0].split(" > ")[0]


COMMANDS = sorted(set(commands()))
#: docs/extractors.md has a test of its own (test_docs_extractors.py).
WITH_CODE = [page for page in PAGES if blocks(page, "python") and page.name != "extractors.md"]


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder in which `make` was called."""
    folder = tmp_path_factory.mktemp("docs")
    with (folder / "log").open("w") as log, read_here():
        outcome = run(Config(PROJECT / "data" / "raw", folder / "data" / "extracted", 2, quiet=True), log)
    assert outcome.exit_status == 0
    return folder


def test_docs_are_there() -> None:
    pages = {"README.md", "api.md", "analysis.md", "cli.md", "formats.md", "accuracy.md"}
    assert {page.name for page in WITH_CODE} == pages
    assert len(COMMANDS) > 15


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.name)
def test_docs_python_runs(page: Path, tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tables)
    namespace: dict[str, object] = {"__name__": f"docs_{page.stem}"}
    for code in blocks(page, "python"):
        exec(compile(code, str(page), "exec"), namespace)


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_docs_command_exists(page: str, command: str) -> None:
    program, *arguments = shlex.split(re.sub(r"[\[\]]|\.\.\.", " ", command))
    if program == "make":
        targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE)
        variables = re.findall(r"^([A-Z]+)\s*\?=", (PROJECT / "Makefile").read_text(), re.MULTILINE)
        for argument in arguments:
            assert argument.split("=")[0] in (variables if "=" in argument else targets), command
    elif program == "python":
        assert (PROJECT / arguments[0]).is_file(), command
    elif arguments and not arguments[0].startswith("-"):
        assert arguments[0] in cli.command_line().commands, command
        options = _options_of(arguments[0])
        assert all(option in options for option in arguments if option.startswith("--")), command


def _options_of(name: str) -> list[str]:
    command = cli.command_line().commands[name]
    return [option for taken in command.params for option in taken.opts if option.startswith("--")]


def test_docs_commands_are_all_documented() -> None:
    page = (PROJECT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in ("run", "show", "debug", "schema"):
        assert f"`casebook {name}`" in page
        for option in _options_of(name):
            assert option in page, f"{name} {option}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_docs_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if link.startswith("http"):
            continue
        name, _, anchor = link.partition("#")
        target = page if not name else page.parent / name
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^a-z0-9 -]", "", h.lower()).replace(" ", "-") for h in headings}, link


def test_docs_data_dictionary_is_current() -> None:
    page = (PROJECT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary(), "stale: casebook schema > docs/data-dictionary.md"


def test_docs_formats_list_every_error_and_format() -> None:
    page = (PROJECT / "docs" / "formats.md").read_text(encoding="utf-8")
    for code, text in errors.TEXTS.items():
        assert f"| {code} | {text} |" in page, f"stale: {code}"
    formats = next(column for column in schema.DOCUMENTS.columns if column.name == "format")
    named = re.findall(r"^\| `(\w+)` \|", page.partition("<!-- caps -->")[0], re.MULTILINE)
    assert set(named) - {"format"} == set(formats.values)


def test_docs_formats_list_every_cap() -> None:
    page = (PROJECT / "docs" / "formats.md").read_text(encoding="utf-8")
    stated = re.search(r"<!-- caps -->\n\|.*\n\|.*\n((?:\|.*\n)+)<!-- /caps -->", page)
    assert stated is not None
    assert stated[1].splitlines() == [
        f"| `{cap.name}` | {cap.default:,} | {cap.metadata['meaning']} | {cap.metadata['beyond']} |"
        for cap in caps.all_caps()
    ]


def test_docs_accuracy_explains_every_reason_for_a_look() -> None:
    page = (PROJECT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| `([a-z ]+)` \| (.+) \|$", page, re.MULTILINE)
    assert stated == list(REASONS.items())


def test_docs_accuracy_states_how_the_weights_were_learned() -> None:
    page = (PROJECT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    rows = re.search(r"confidence: begin -->\n(\d+) judged rows to learn from, (\d+) of them wrong\.", page)
    assert rows is not None
    assert {row["source"] for row in WEIGHTS.rows} == {f"{rows[1]} judged rows, {rows[2]} of them wrong"}


def test_docs_accuracy_counts_the_gold() -> None:
    page = (PROJECT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| `tests/gold/(\w+)` \| (\d+) \|", page, re.MULTILINE))
    gold = {path.name for path in (PROJECT / "tests" / "gold").iterdir() if path.is_dir()}
    assert {"raw", "a", "b", "c"} <= stated.keys() <= gold
    for name, count in stated.items():
        folder = PROJECT / "tests" / "gold" / name
        assert int(count) == len(list((folder if name == "raw" else folder / "gold").glob("*.json"))), name


# --------------------------------------------------------------------------------------- README
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def excerpts() -> list[tuple[str, dict[str, str]]]:
    """The rows shown in the README: `<name>.csv` above a table of its columns."""
    found = []
    for name, head, body in re.findall(
        r"^`(\w+)\.csv`[^\n]*\n\n\|(.+)\|\n\|[ :|-]+\|\n((?:\|.*\|\n)+)", README, re.MULTILINE
    ):
        columns = [column.strip() for column in head.split("|")]
        for line in body.splitlines():
            found.append(
                (name, dict(zip(columns, (cell.strip() for cell in line.strip("|").split("|")), strict=True)))
            )
    return found


def test_docs_readme_shows_real_rows(tables: Path) -> None:
    from gold_check import read_rows

    rows = read_rows(tables / "data" / "extracted")
    shown = excerpts()
    assert len(shown) >= 8
    for name, row in shown:
        assert row.keys() <= set(schema.BY_NAME[name].header)
        assert any(row.items() <= real.items() for real in rows[name]), (name, row)


def test_docs_readme_r_code_names_real_columns() -> None:
    [code] = blocks(PROJECT / "README.md", "r")
    columns = {column for table in schema.TABLES for column in table.header}
    named = set(re.findall(r"\$(\w+)", code))
    assert named and named <= columns
    files = set(re.findall(r"(\w+)\.csv\"", code))
    assert files and files <= set(schema.BY_NAME)


def test_docs_readme_tells_every_make_target() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    assert targets - {"all"} <= set(re.findall(r"make ([a-z]+)", README)), "a target is missing"


def test_docs_api_page_names_everything_public() -> None:
    page = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`casebook\.(\w+)", page))
    assert named == {*casebook.__all__} | {"figures"}
    for name in casebook.figures.__all__:
        assert re.search(rf"`{name}\b", page), name


def test_docs_citation_is_valid_and_names_this_version() -> None:
    from pipeline.version import VERSION

    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    assert (cited["version"], cited["license"], cited["type"]) == (VERSION, "MIT", "software")
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{VERSION}] - {cited['date-released']}" in changelog


def test_docs_state_the_pythons_of_the_package() -> None:
    package = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    least, beyond = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"', package, re.MULTILINE).groups()
    stated = re.findall(r"Python :: 3\.(\d+)", package)
    assert stated == [str(minor) for minor in range(int(least), int(beyond))]
    for page in ("README.md", "CONTRIBUTING.md", "Makefile"):
        assert " or ".join(f"3.{minor}" for minor in stated) in (PROJECT / page).read_text(encoding="utf-8")


def test_docs_changelog_names_this_version() -> None:
    from pipeline.version import VERSION

    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(VERSION)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE)
    assert changelog.startswith("# Changelog")
