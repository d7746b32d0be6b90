"""The proposals of the model: what it may add, and what it may not touch."""

from __future__ import annotations

import re

import pytest
import spacy

from extractors.base import mentions
from extractors.drugs.fact import DrugMention
from extractors.ner.model import DRUG, NONE, Model
from extractors.ner.read import Ner
from extractors.text import View


@pytest.fixture(scope="module")
def certain() -> Model:
    """A recogniser that calls a few made-up and real words drugs, wherever they stand."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    words = ("ossifenol", "calcium", "creatinine", "alendronate", "heparin", "brannock")
    ruler.add_patterns([{"label": "CHEMICAL", "pattern": [{"LOWER": w}]} for w in words])
    ruler.add_patterns([{"label": "DISEASE", "pattern": [{"LOWER": "osteoporosis"}]}])
    return Model(nlp, {"CHEMICAL": DRUG})


def found(model: Model | None, text: str) -> list[DrugMention]:
    doc = Ner(model=model)(spacy.blank("en")(text))
    return [m for m in mentions(doc, "ner") if isinstance(m, DrugMention)]


def test_an_unknown_drug_is_read_like_a_listed_one_with_lower_certainty(certain: Model) -> None:
    text = "She was treated with Ossifenol 30 mg daily for osteoporosis."
    [mention] = found(certain, text)
    assert (mention.drug, mention.rule, mention.certainty) == ("ossifenol", "drug of the model", 0.6)
    assert (mention.dose, mention.dose_unit, mention.frequency) == (30.0, "mg", "daily")
    assert text[mention.start : mention.end] == "Ossifenol 30 mg daily"


NOTHING = {
    "known-drug": "She was treated with alendronate and heparin.",
    "analyte": "Calcium was 2.3 mmol/L and creatinine 61 µmol/L.",
    "unknown-but-measured": "Serum Ossifenol was 30 ng/mL.",
    "level": "She was treated because the Ossifenol level was high.",
    "named-only": "Ossifenol belongs to a new family.",
    "place": "She was treated at Brannock hospital.",
    "no-entity": "She had osteoporosis.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_known_names_and_names_without_treatment_are_left_alone(certain: Model, text: str) -> None:
    assert found(certain, text) == []


STATUS = {
    "She had never taken Ossifenol.": "denied",
    "Ossifenol was stopped.": "stopped",
    "She was given alendronate and Ossifenol.": "given",
    "Before pregnancy she had been taking Ossifenol.": "prior",
    "Treatment with Ossifenol was planned.": "planned",
}


@pytest.mark.parametrize(("text", "status"), STATUS.items())
def test_status_of_an_unknown_drug(certain: Model, text: str, status: str) -> None:
    assert [(m.drug, m.status) for m in found(certain, text)] == [("ossifenol", status)]


# ------------------------------------------------------------------ the model that is shipped
UNKNOWN = (
    "She was started on nolvatrexin 20 mg daily.",
    "He received intravenous drelovarin for ten days.",
    "The patient was treated with ibandronate and quorvasitide.",
)


@pytest.mark.parametrize("text", UNKNOWN)
def test_the_shipped_model_finds_a_drug_that_no_list_knows(text: str) -> None:
    [mention] = [m for m in Ner().find(View(text)) if isinstance(m, DrugMention)]
    assert re.fullmatch("nolvatrexin|drelovarin|quorvasitide", mention.drug)
    assert mention.status == "given"
    assert mention.drug in text[mention.start : mention.end].lower()


def test_without_a_model_nothing_is_found() -> None:
    assert Ner(NONE).find(View(UNKNOWN[0])) == []


def test_the_model_is_shown_only_what_may_hold_an_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Watched(Model):
        def entities(self, texts):  # type: ignore[no-untyped-def]
            shown.extend(texts)
            return iter([[] for _ in texts])

    text = (
        "She was well. She was treated with heparin. Nobody had seen a zwiebelfisch. She was given ossifenol."
    )
    Ner(model=Watched(spacy.blank("en"), {})).find(View(text))
    assert shown == ["She was given ossifenol."]


def test_components_show_names_in_ents() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.gazetteer", name="gazetteer")
    nlp.add_pipe("casebook.ner", name="ner")
    doc = nlp("Fosamax was given for back pain; serum calcium was low. She received nolvatrexin 20 mg daily.")
    told = {(e.text, e.label_, e.kb_id_) for e in doc.ents}
    assert {("Fosamax", "DRUG", "alendronate"), ("calcium", "ANALYTE", "calcium")} <= told
    assert ("back pain", "SYMPTOM", "back pain") in told
    assert ("nolvatrexin", "DRUG", "") in told
    assert [s.text for s in doc.spans["ner"]] == ["nolvatrexin 20 mg daily"]
    assert {s.text for s in doc.spans["gazetteer"]} >= {"Fosamax", "calcium", "back pain"}
