"""The model within the pipeline: rows under names that no list knows, the setting, a pipeline on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from extractors.base import mentions
from extractors.ner import model as models
from pipeline import nlp
from pipeline.config import MODEL_VARIABLE, UsageError
from pipeline.fingerprint import fingerprint
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

TEXT = (
    "A 31-year-old woman had back pain. She was given alendronate 70 mg weekly and was then started on "
    "nolvatrexin 20 mg daily. Serum nolvatrexin was not measured."
)


def test_a_drug_that_no_list_knows_becomes_a_row_that_says_so() -> None:
    rows = extract(structure(read_text(TEXT)[0]), "one")["drugs"]
    told = {row["drug"]: row for row in rows}
    assert set(told) == {"alendronate", "nolvatrexin"}
    new, listed = told["nolvatrexin"], told["alendronate"]
    assert (new["dose"], new["dose_unit"], new["frequency"], new["status"]) == (20.0, "mg", "daily", "given")
    assert TEXT[new["start"] : new["end"]] == new["quote"]
    assert new["extractor"] == "ner/drug of the model"
    assert new["confidence"] < listed["confidence"]


def test_the_setting_switches_the_model_off_and_is_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = fingerprint()
    monkeypatch.setenv(MODEL_VARIABLE, "none")
    assert fingerprint() != usual
    doc = nlp.load.__wrapped__()("She was started on nolvatrexin 20 mg daily.")
    assert not mentions(doc, "ner")


def test_a_model_that_does_not_fit_is_a_coded_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.about, "__version__", "4.1.0")
    with pytest.raises(UsageError, match=r"^E14: .*needs spaCy >=3\.8\.0,<3\.9\.0, installed is 4\.1\.0"):
        nlp.load.__wrapped__()


def test_the_pipeline_comes_back_from_disk(tmp_path: Path) -> None:
    text = "Her serum calcium was 9.1 mg/dL. She took nolvatrexin 20 mg daily for T8 fractures."
    whole = nlp.load()
    whole.to_disk(tmp_path / "casebook")
    again = spacy.load(tmp_path / "casebook")
    assert again.pipe_names == whole.pipe_names
    first, second = whole(text), again(text)
    assert [t.text for t in first] == [t.text for t in second]
    assert [(e.text, e.label_) for e in first.ents] == [(e.text, e.label_) for e in second.ents]
    for name in ("person", "labs", "drugs", "vertebrae", "ner"):
        assert [m for m in mentions(first, name)] == [m for m in mentions(second, name)]
    assert [s.text for s in second.spans["ner"]] == ["nolvatrexin 20 mg daily"]
    assert ("nolvatrexin", "DRUG") in {(e.text, e.label_) for e in second.ents}
