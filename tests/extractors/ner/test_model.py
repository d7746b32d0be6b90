"""The weights: they are there, they fit, and what does not fit is said in plain words."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import spacy

from extractors.ner import model as models
from extractors.ner.model import ModelError, check, folder, load

ROOT = Path(__file__).resolve().parents[3]


def test_the_weights_ship_with_the_package_and_are_small() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = patterns["tool"]["setuptools"]["package-data"]["extractors.ner"]
    package = folder().parent
    covered = {path for pattern in shipped for path in package.glob(pattern)}
    files = [path for path in folder().rglob("*") if path.is_file()]
    assert {"meta.json", "README.md", "ordinary.txt", "moves"} <= {path.name for path in files}
    assert covered.issuperset(files)
    assert sum(path.stat().st_size for path in files) < 10_000_000


def test_the_weights_hold_no_words_of_a_corpus() -> None:
    assert not (folder() / "vocab").exists()
    assert all(
        " " not in word for word in (folder() / "ordinary.txt").read_text(encoding="utf-8").splitlines()
    )
    told = (folder() / "config.cfg").read_text(encoding="utf-8")
    assert "train = null" in told
    assert "dev = null" in told


def test_the_model_loads_and_says_what_it_was_made_for() -> None:
    model = load()
    assert model is not None
    assert set(model.nlp.get_pipe("ner").labels) == set(models.LABELS)
    assert model.nlp.meta["spacy_version"] == ">=3.8.0,<3.9.0"
    assert spacy.__version__ in (folder() / "README.md").read_text(encoding="utf-8")


def test_another_spacy_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.about, "__version__", "4.1.0")
    with pytest.raises(
        ModelError, match=r"needs spaCy >=3\.8\.0,<3\.9\.0, installed is 4\.1\.0: .*make install"
    ):
        check()


def test_missing_weights_are_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(models, "folder", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"missing or broken .*install casebook again"):
        check()
    (tmp_path / "meta.json").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(ModelError, match="missing or broken"):
        check()


def test_a_model_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ModelError, match="choose en_ner_bc5cdr_md, en_ner_craft_md or none"):
        check("en_core_web_sm")
    with pytest.raises(ModelError, match="not installed"):
        check("en_ner_bc5cdr_md")


def test_an_installed_model_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = spacy.blank("en")
    other.add_pipe("entity_ruler").add_patterns([{"label": "CHEMICAL", "pattern": "ossifenol"}])
    monkeypatch.setattr(models, "is_package", lambda name: name == "en_ner_bc5cdr_md")
    monkeypatch.setattr(models.spacy, "load", lambda name, exclude: other)
    model = load.__wrapped__("en_ner_bc5cdr_md")
    assert [e.label for [e] in model.entities(["ossifenol"])] == [models.DRUG]


def test_entities_do_not_depend_on_what_is_read_beside() -> None:
    model = load()
    assert model is not None
    texts = ["She received nolvatrexin.", "He was well.", "Serum drelovarin was 3 ng/mL."] * 3
    alone = [next(iter(model.entities([text]))) for text in texts]
    assert list(model.entities(texts)) == alone
