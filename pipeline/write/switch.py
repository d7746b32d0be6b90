"""All files of one run for all of the former one, in one step.

The new files are complete in a folder of their own. Each name that changes becomes a link through
one pointer, which still leads to the former contents; then the pointer is turned, by one rename; then
the links become files again. Whoever looks in between, or after the program was killed, sees all of
the one run or all of the other. The next run tidies up what a killed one left (`settle`).

On a file system without symbolic links the files are moved one by one, and a run cut short between two
of them is finished by the next one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline import files
from pipeline.write import manifest

#: inside the state folder: a run's files while they are written, and while they are put in place
NEW, SWITCH = "new", "switch"
#: inside these: the new files, the former ones, the pointer; a mark where there can be no pointer
FILES, _OLD, _NOW, _FORWARD = "files", "old", "now", "forward"


def switch(out: Path, state: Path, changed: list[str], removed: list[str]) -> None:
    """Put `changed` (names under `state/new/files`) in place and take `removed` away.

    `state/new` holds the new manifest as well. Raises OSError; everything is then as before, or will
    be as after when the next run has settled it.
    """
    new = state / NEW
    _keep_former(out, new, [*changed, *removed])
    staged = [new / FILES / name for name in changed]
    pointer = _link("old", new / _NOW)
    if not pointer:
        (new / _FORWARD).touch()
    (out / manifest.TEXT).mkdir(exist_ok=True)
    files.make_lasting([*staged, new / manifest.NAME], {p.parent for p in staged} | {new})
    os.rename(new, state / SWITCH)
    if pointer:
        try:
            _place_links(out, state, [*changed, *removed])
            files.make_lasting((), (out, out / manifest.TEXT, state))
            os.symlink(FILES, state / SWITCH / "next")
            os.replace(state / SWITCH / "next", state / SWITCH / _NOW)
        except OSError:
            settle(out, state)
            raise
        files.make_lasting((), (state / SWITCH,))
    settle(out, state)


def settle(out: Path, state: Path) -> None:
    """Finish, or take back, what was being put in place when a run was killed. Raises OSError."""
    place = state / SWITCH
    if not place.is_dir():
        return
    if (place / _FORWARD).exists():
        _move_all(out, state)
        new = True
    else:
        new = _pointed(place / _NOW) == FILES
        _resolve_links(out, place)
    if new and (place / manifest.NAME).exists():
        os.replace(place / manifest.NAME, state / manifest.NAME)
    files.make_lasting((), (out, state))
    shutil.rmtree(place)


def _keep_former(out: Path, new: Path, names: Iterable[str]) -> None:
    (new / _OLD / manifest.TEXT).mkdir(parents=True)
    for name in names:
        former = out / name
        if former.is_file():
            try:
                os.link(former, new / _OLD / name)
            except OSError:  # a file system without hard links
                shutil.copy2(former, new / _OLD / name)


def _link(target: str, path: Path) -> bool:
    try:
        os.symlink(target, path)
    except (OSError, NotImplementedError):
        return False
    return True


def _place_links(out: Path, state: Path, names: Iterable[str]) -> None:
    aside = state / SWITCH / "link"
    for name in names:
        target = _through_pointer(state, name)
        if os.path.lexists(out / name):
            os.symlink(target, aside)
            os.replace(aside, out / name)
        else:
            os.symlink(target, out / name)


def _through_pointer(state: Path, name: str) -> str:
    return f"{'../' * name.count('/')}{state.name}/{SWITCH}/{_NOW}/{name}"


def _resolve_links(out: Path, place: Path) -> None:
    """Each link through the pointer becomes the file that it shows; one that shows nothing goes."""
    for folder, prefix in ((out, ""), (out / manifest.TEXT, f"{manifest.TEXT}/")):
        if not folder.is_dir():
            continue
        with os.scandir(folder) as entries:
            links = [entry.name for entry in entries if entry.is_symlink()]
        for name in links:
            if _pointed(folder / name) != _through_pointer(place.parent, prefix + name):
                continue
            source = place / _NOW / (prefix + name)
            if source.exists():
                os.replace(source, folder / name)
            else:
                (folder / name).unlink()


def _pointed(path: Path) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return ""


def _move_all(out: Path, state: Path) -> None:
    place = state / SWITCH
    former = manifest.read_manifest(out, state)
    coming = manifest.read_manifest(out, place)
    for source in sorted((place / FILES).rglob("*")):
        if source.is_file():
            os.replace(source, out / source.relative_to(place / FILES))
    if former and coming:
        for name in former.digests.keys() - coming.digests.keys():
            if former.owns(name):
                (out / name).unlink()
