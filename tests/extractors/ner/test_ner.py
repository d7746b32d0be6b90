"""The model's proposals, with a small model made here; no trained model is needed."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from extractors.base import mentions
from extractors.drugs.fact import DrugMention
from extractors.ner import read as component
from extractors.ner.read import Gazetteer, Ner


@pytest.fixture(scope="module")
def small_model() -> Language:
    """A recogniser that calls a few made-up and real words chemicals."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    words = ("Ossifenol", "calcium", "creatinine", "alendronate", "heparin")
    ruler.add_patterns([{"label": "CHEMICAL", "pattern": [{"LOWER": w.lower()}]} for w in words])
    ruler.add_patterns([{"label": "DISEASE", "pattern": [{"LOWER": "osteoporosis"}]}])
    return nlp


def found(model: Language | None, text: str) -> list[DrugMention]:
    doc = Ner(model)(spacy.blank("en")(text))
    return [m for m in mentions(doc, "ner") if isinstance(m, DrugMention)]


def test_ner_proposes_unknown_drug_with_low_certainty(small_model: Language) -> None:
    text = "She was treated with Ossifenol 30 mg daily for osteoporosis."
    [mention] = found(small_model, text)
    assert (mention.drug, mention.rule, mention.certainty) == ("ossifenol", "model", 0.4)
    assert (mention.dose, mention.dose_unit, mention.frequency) == (30.0, "mg", "daily")
    assert text[mention.start : mention.end] == "Ossifenol 30 mg daily"


NOTHING = {
    "known-drug": "She was treated with alendronate and heparin.",
    "analyte": "Calcium was 2.3 mmol/L and creatinine 61 µmol/L.",
    "unknown-but-measured": "Serum Ossifenol was 30 ng/mL.",
    "no-entity": "She had osteoporosis.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_ner_leaves_known_names_and_analytes_alone(small_model: Language, text: str) -> None:
    assert found(small_model, text) == []


def test_ner_denied_unknown_drug(small_model: Language) -> None:
    [mention] = found(small_model, "She had never taken Ossifenol.")
    assert mention.status == "denied"


def test_ner_without_a_model_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component, "installed_model", lambda: None)
    assert found(None, "She was treated with Ossifenol 30 mg daily.") == []


def test_ner_uses_the_installed_model(monkeypatch: pytest.MonkeyPatch, small_model: Language) -> None:
    monkeypatch.setattr(component, "installed_model", lambda: ("a_model", "CHEMICAL"))
    monkeypatch.setattr(component, "_load", lambda name: small_model if name == "a_model" else None)
    assert [m.drug for m in found(None, "She was given Ossifenol 30 mg.")] == ["ossifenol"]


def test_ner_is_a_registered_factory() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.ner")
    assert "ner" in nlp("Nothing here.").spans


def test_gazetteer_shows_every_name() -> None:
    doc = Gazetteer()(spacy.blank("en")("Fosamax and serum calcium; insulin resistance."))
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans["gazetteer"]] == [
        ("Fosamax", "DRUG", "alendronate"),
        ("calcium", "DRUG", "calcium"),
    ]


def test_gazetteer_is_a_registered_factory() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.gazetteer")
    assert len(nlp("Ibuprofen helped.").spans["gazetteer"]) == 1
