"""The words around names, values and results are all in use, and the sentences that once gave no row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors.labs import glue
from extractors.labs.labels import QUALIFIERS
from extractors.labs.notations import ORGANS
from extractors.labs.read import LabExtractor
from extractors.labs.vocabulary import analytes
from extractors.labs.words import CLASSES, RESULTS, WORDS, plain
from extractors.rules.endings import Endings
from extractors.rules.rule import Glue
from extractors.rules.words import VocabularyError
from extractors.text import View

SOURCES = Path(glue.__file__).parent.glob("*.py")
GLUE = {name: value for name, value in vars(glue).items() if isinstance(value, Glue)}
ENDINGS = {name: value for name, value in vars(glue).items() if isinstance(value, Endings)}


@pytest.mark.parametrize("name", GLUE)
def test_glue_is_a_pattern(name: str) -> None:
    assert GLUE[name].pattern.pattern


@pytest.mark.parametrize("name", ENDINGS)
def test_every_word_before_a_name_is_found(name: str) -> None:
    for word in ENDINGS[name].words.words:
        text = re.sub(r"\((\w+)\)", "", word).replace("*", "")
        assert ENDINGS[name].before(f"its {text} ", len(text) + 4) == 4, word


def test_every_class_of_words_is_used() -> None:
    code = " ".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "words.py")
    assert not [c for c in CLASSES if f"{{{c}}}" not in code and f'"{c}"' not in code]


@pytest.mark.parametrize("vocabulary", [WORDS, RESULTS], ids=lambda v: v.file)
def test_an_unknown_class_is_an_error_with_its_line(vocabulary: object) -> None:
    assert vocabulary in (WORDS, RESULTS)
    with pytest.raises(VocabularyError, match=r"line 2: class 'lowish' is unknown"):
        list(WORDS.checked("word,class,source\nsmall,lowish,common English"))


def test_names_in_vocabularies_are_analytes() -> None:
    named = {row["becomes"] for row in QUALIFIERS.rows} | {row["analyte"] for row in QUALIFIERS.rows}
    named |= {row["analyte"] for row in ORGANS.rows}
    assert named | plain("told negative") | plain("mixed panel") <= set(analytes())


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Her 25-hydroxyvitamin D was inadequate.", ("25-hydroxyvitamin d", "", "low")),
        ("Her low-serum sodium (129 mmol/L) rose.", ("sodium", "serum", "")),
        ("Serum irisin was low.", ("irisin", "serum", "low")),
        ("PTH was within her normal limits.", ("parathyroid hormone", "", "normal")),
    ],
)
def test_sentences_that_gave_no_row(sentence: str, told: tuple[str, str, str]) -> None:
    assert told in [(m.analyte, m.specimen, m.flag) for m in LabExtractor().find(View(sentence))]


@pytest.mark.parametrize(
    "sentence",
    [
        "She took vitamin K 10 mg.",
        "Calcium carbonate 1000 mg was given.",
        "Anti-PTH (1-34) treatment",
        "She ate a diet of low calcium content.",
        "Specific IgG(2) did not change.",
        "Heat shock protein 70 (HSP70) was normal.",
    ],
)
def test_what_is_no_test(sentence: str) -> None:
    assert LabExtractor().find(View(sentence)) == []


def test_the_hour_of_a_sample_is_no_value() -> None:
    (found,) = LabExtractor().find(View("The 8 a.m. cortisol was 12 µg/dL."))
    assert (found.value, found.start) == (12.0, 4)
    (other,) = LabExtractor().find(View("The ratio was 7.4 arterial lactate 2.1 mmol/L."))
    assert other.value == 2.1


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Ferritin was 9 µg/L. Normal range: 20-200 µg/L.", [("ferritin", 9.0, "low", 20.0)]),
        ("Zinc (12 µmol/L) and copper (15 µmol/L) were inside the norms.",
         [("zinc", 12.0, "normal", None), ("copper", 15.0, "normal", None)]),
        ("Lipase 20 U/L, amylase 22 U/L, all except the ALP of 240 U/L within the limits.",
         [("lipase", 20.0, "normal", None), ("amylase", 22.0, "normal", None),
          ("alkaline phosphatase", 240.0, "", None)]),
        ("Hypocalcaemia (total calcium 1.6 mmol/L, ionized calcium 0.8 mmol/L) was found.",
         [("calcium", 1.6, "low", None), ("ionized calcium", 0.8, "low", None)]),
        ("Zinc, copper and selenium deficiencies were found.",
         [("zinc", None, "low", None), ("copper", None, "low", None), ("selenium", None, "low", None)]),
        ("Free and total testosterone were low.",
         [("free testosterone", None, "low", None), ("testosterone", None, "low", None)]),
        ("Ferritin 8ug/l (NR15-150), sodium-128 mmol/L.",
         [("ferritin", 8.0, "low", 15.0), ("sodium", 128.0, "", None)]),
        ("Calcium, zonulin and albumin were 9.1 mg/dL, 31 ng/mL and 4.1 g/dL, respectively.",
         [("calcium", 9.1, "", None), ("zonulin", 31.0, "", None), ("albumin", 4.1, "", None)]),
        ("A 24-hour collection held 61 mg of calcium.", [("urinary calcium", 61.0, "", None)]),
        ("Vitamin D 1,25 was 88 pg/mL.", [("1,25-dihydroxyvitamin d", 88.0, "", None)]),
        ("Calcium gluconate was infused until calcium was above 7 mg/dL.", []),
        ("TSH was requested. A chest x-ray revealed no abnormalities.", []),
        ("The clotting time was 41 s (control 14 s). HIV serologies 1 and 2 were sent.",
         [("clotting time", 41.0, "", None)]),
    ],
)  # fmt: skip
def test_families(sentence: str, told: list[tuple[str, float | None, str, float | None]]) -> None:
    found = LabExtractor().find(View(sentence))
    assert [(m.analyte, m.value, m.flag, m.ref_low) for m in found] == told
