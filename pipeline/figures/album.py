"""The pictures of a corpus: which there are, what stands under them, and their files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.config import Config, UsageError
from pipeline.errors import OutputError
from pipeline.figures.change import bmd_change
from pipeline.figures.course import course
from pipeline.figures.onset import onset
from pipeline.figures.results import results
from pipeline.figures.scores import scores
from pipeline.figures.spine import spine
from pipeline.figures.style import NothingToShow, for_page, png, svg
from pipeline.files import write_whole
from pipeline.fingerprint import fingerprint
from pipeline.frames.load import Tables, load
from pipeline.write.manifest import read_manifest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = "figures"
#: inside it: each patient's course
COURSES = "course"
#: in the state folder: which files were written
_LIST = "figures.json"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of all patients: its file's name, what stands under it, how it is drawn."""

    name: str
    caption: str
    draw: Callable[[Tables], Figure]


PICTURES = (
    Picture(
        "spine",
        "Fractured vertebrae T1 to L5, by level and by patient. Fractures of the past are left out; a level "
        "broken twice counts once.",
        lambda tables: spine(tables.fractures),
    ),
    Picture(
        "onset",
        "First onset of symptoms in each pregnancy, around delivery. A dot is a time told to the day, a bar "
        "the earliest to the latest that the words allow, counted above at its middle.",
        lambda tables: onset(tables.onset),
    ),
    Picture(
        "scores",
        "T- and Z-scores at presentation by site, the lowest of each patient. Dashed: T −2.5 (WHO 1994) and "
        "Z −2.0 (ISCD 2019).",
        lambda tables: scores(tables.bmd),
    ),
    Picture(
        "bmd-change",
        "Change of bone density from the first value, by treatment; months from the begin of treatment, or "
        "from the first measurement where that is not told.",
        lambda tables: bmd_change(tables.bmd, tables.drugs),
    ),
    Picture(
        "results",
        "Laboratory results at presentation within the range printed beside them (left; a figure with an "
        "arrow counts those beyond the edge), and how many patients were low, normal and high, told in "
        "figures or words (right).",
        lambda tables: results(tables.labs),
    ),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture's name, its caption and its figure; `figure` is None where there is nothing to show."""

    name: str
    caption: str
    figure: Figure | None
    why: str = ""


def drawn(tables: Tables) -> Iterator[Drawn]:
    """Every picture of the tables. Raises UsageError where matplotlib is not installed."""
    if find_spec("matplotlib") is None:
        raise UsageError("pictures need matplotlib: python -m pip install matplotlib")
    for picture in PICTURES:
        try:
            yield Drawn(picture.name, picture.caption, picture.draw(tables))
        except NothingToShow as nothing:
            yield Drawn(picture.name, picture.caption, None, str(nothing))


def courses(tables: Tables, most: int) -> Iterator[Drawn]:
    """The courses of the first `most` patients of whom anything is told in time."""
    left = most
    for case_id in tables.cases["case_id"]:
        if not left:
            return
        try:
            yield Drawn(str(case_id), f"Course of {case_id}", course(tables, case_id))
            left -= 1
        except NothingToShow:
            continue


def write(config: Config, most: int) -> None:
    """Write the pictures as SVG and PNG into `figures` in the output folder, at most `most` courses below it.

    Nothing is drawn where neither the tables nor the program have changed since. Pictures of the former time
    that there is nothing for any more are removed. Raises OutputError, UsageError.
    """
    folder, listed = config.out / FOLDER, config.state / _LIST
    former = _listed(listed)
    key = f"{_key(config)} {most}"
    if former["key"] == key and all((folder / name).is_file() for name in former["files"]):
        return
    tables = load(config.out)
    files: list[str] = []
    left_out: dict[str, str] = {}
    try:
        (folder / COURSES).mkdir(parents=True, exist_ok=True)
        for picture in drawn(tables):
            files += _write(folder, picture.name, picture.figure)
            if picture.figure is None:
                left_out[picture.name] = picture.why
        for picture in courses(tables, most):
            files += _write(folder, f"{COURSES}/{picture.name}", picture.figure)
        for name in set(former["files"]) - set(files):
            (folder / name).unlink(missing_ok=True)
        write_whole(listed, json.dumps({"key": key, "files": files, "left out": left_out}).encode())
    except OSError as error:
        raise OutputError.of(error, folder) from error


_WRITERS: dict[str, Callable[[Figure], bytes]] = {".svg": lambda figure: svg(figure).encode(), ".png": png}


def _write(folder: Path, name: str, figure: Figure | None) -> list[str]:
    """Write a figure's files; their names, none where there is no figure."""
    if figure is None:
        return []
    for suffix, written in _WRITERS.items():
        write_whole(folder / f"{name}{suffix}", written(figure))
    return [f"{name}{suffix}" for suffix in _WRITERS]


def _key(config: Config) -> str:
    """Changes whenever a table or the program does."""
    manifest = read_manifest(config.out, config.state)
    tables = sorted((manifest.digests if manifest else {}).items())
    return hashlib.sha256(f"{fingerprint()} {tables}".encode()).hexdigest()


def _listed(listed: Path) -> dict[str, Any]:
    """What was written the former time; names of files that are not casebook's are left out."""
    try:
        found = json.loads(listed.read_bytes())
        files = [name for name in found["files"] if _is_own(name)]
        return {"key": found["key"], "files": files, "left out": dict(found["left out"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"key": "", "files": [], "left out": {}}


def _is_own(name: str) -> bool:
    known = {f"{picture.name}{suffix}" for picture in PICTURES for suffix in _WRITERS}
    return name in known or re.fullmatch(rf"{COURSES}/[a-z0-9._-]+\.(?:svg|png)", name) is not None


def draw(config: Config, most: int) -> list[str]:
    """`write`, and the files as lines for people, with what was left out. Raises as `write`."""
    write(config, most)
    listed = _listed(config.state / _LIST)
    folder = config.out / FOLDER
    places = [str(folder / name) for name in listed["files"] if "/" not in name]
    people = sum(name.endswith(".svg") for name in listed["files"]) - sum(p.endswith(".svg") for p in places)
    places += [f"{folder / COURSES}: {people} patients"] if people else []
    return [*places, *(f"left out: {name} ({why})" for name, why in listed["left out"].items())]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a page: its caption and its SVG, or why there is none."""

    name: str
    caption: str
    svg: str
    why: str = ""


def shown(config: Config) -> list[Shown]:
    """The pictures of all patients that `write` has written, as a page shows them."""
    left_out = _listed(config.state / _LIST)["left out"]
    return [Shown(p.name, p.caption, _svg(config, p.name), left_out.get(p.name, "")) for p in PICTURES]


def page_picture(config: Config, name: str) -> str:
    """The SVG of a picture of all patients for a page: the written one where no table has changed since.

    Raises NothingToShow, also for a name that no picture has.
    """
    found = next((picture for picture in PICTURES if picture.name == name), None)
    if found is None:
        raise NothingToShow(f"there is no picture {name}")
    if _listed(config.state / _LIST)["key"].startswith(_key(config)) and (kept := _svg(config, name)):
        return kept
    return for_page(svg(found.draw(load(config.out))))


def shown_course(config: Config, case_id: str) -> str:
    """The SVG of a patient's course, "" where there is none."""
    return _svg(config, f"{COURSES}/{case_id}")


def _svg(config: Config, name: str) -> str:
    if f"{name}.svg" not in _listed(config.state / _LIST)["files"]:
        return ""
    return for_page((config.out / FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
