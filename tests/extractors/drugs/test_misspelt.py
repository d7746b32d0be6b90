"""Misspelt names of drugs: the nearest known one, where treatment is told."""

from __future__ import annotations

import pytest

from extractors.drugs.misspelt import nearest
from extractors.drugs.read import Drugs
from extractors.text import View

READ = {
    "She received vancomicin 1 g twice daily.": "vancomycin",
    "He was treated with azythromycin.": "azithromycin",
    "Metronidazole and ceftadizime were started.": "ceftazidime",
    "She was started on levetiracetem 500 mg.": "levetiracetam",
    "Treatment with isoniazid, pirazinamide and ethambutol was begun.": "pyrazinamide",
    "A dose of 200 mg of fluconasole was given.": "fluconazole",
    "Pantoprasole was added.": "pantoprazole",
}
SILENT = (
    "She received asparagine.",
    "The thyroglobulin was 20 ng/mL.",
    "Streptomyces was isolated.",
    "He was treated with clementine oil.",
    "The erythromicine story is told elsewhere.",
)


@pytest.mark.parametrize(("sentence", "drug"), READ.items())
def test_misspelt_name_is_the_nearest(sentence: str, drug: str) -> None:
    [found] = [m for m in Drugs().find(View(sentence)) if m.drug == drug]
    assert found.certainty < 0.9


@pytest.mark.parametrize("sentence", SILENT)
def test_other_words_are_no_drugs(sentence: str) -> None:
    assert [m.drug for m in Drugs().find(View(sentence)) if m.certainty < 0.9] == []


@pytest.mark.parametrize(
    "word", ["pyrimidine", "heparins", "vancomycin", "treatment", "prednis", "streptolysin"]
)
def test_known_and_ordinary_words_have_no_nearest(word: str) -> None:
    assert nearest(word) is None
