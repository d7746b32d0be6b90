"""A wheel holds all under the name casebook: it stands beside packages called pipeline and extractors."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: The schema is written; what is called pipeline is the other package.
_CODE = """
import sys
import pipeline, extractors, casebook
assert pipeline.MINE and extractors.MINE
from casebook.pipeline.cli import main
assert main(["schema"]) == 0
mixed = [name for name in sys.modules if name.startswith(("pipeline.", "extractors."))]
assert not mixed, mixed
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel is built from, laid out."""
    spec = importlib.util.spec_from_file_location("backend", ROOT / "casebook_build/backend.py")
    assert spec is not None and spec.loader is not None
    backend = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(backend)
    place = tmp_path_factory.mktemp("wheel")
    backend.arrange(ROOT, place)  # raises for an import that cannot be renamed
    return place


def test_wheel_stands_beside_other_packages_with_the_same_folders(wheel: Path, tmp_path: Path) -> None:
    for name in ("pipeline", "extractors"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("MINE = True\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (tmp_path, wheel)))}
    done = subprocess.run([sys.executable, "-P", "-c", _CODE], cwd=tmp_path, env=env, capture_output=True,
                          encoding="utf-8", timeout=120, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8")


def test_wheel_has_the_files_beside_the_modules(wheel: Path) -> None:
    for path in ("extractors/drugs/atc.csv", "extractors/ner/trained/README.md", "pipeline/py.typed"):
        assert (wheel / "casebook" / path).is_file()
