"""How many vertebrae are broken, where a number alone is told."""

import pytest

from extractors import registry
from extractors.text import View
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure
from pipeline.write.summary import summary_rows

TOLD = {
    "MRI revealed five vertebral fractures.": (5, "five vertebral fractures"),
    "Radiographs showed 7 acute vertebral compression fractures.": (
        7,
        "7 acute vertebral compression fractures",
    ),
    "Radiographs showed fractures of six vertebrae.": (6, "fractures of six vertebrae"),
    "She had vertebral fractures at three levels.": (3, "vertebral fractures at three levels"),
    "Radiographs showed multiple vertebral fractures.": (None, "vertebral fractures"),
    "She had a vertebral fracture.": (None, "vertebral fracture"),
    "At follow-up she had two new vertebral fractures.": (None, "vertebral fractures"),
}


@pytest.mark.parametrize(("sentence", "told"), TOLD.items())
def test_number_of_vertebrae(sentence: str, told: tuple[int | None, str]) -> None:
    [fracture] = registry.component("vertebrae").find(View(sentence))
    assert (fracture.n_fractures, sentence[fracture.start : fracture.end]) == told


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A 30-year-old woman had five vertebral fractures.", 5),
        ("A 30-year-old woman had four thoracic and two lumbar vertebral fractures.", 6),
        ("A 30-year-old woman had five vertebral fractures. They were at T8 and T9.", 2),
        ("A 30-year-old woman had vertebral fractures.", None),
    ],
)
def test_number_in_the_summary(text: str, number: int | None) -> None:
    rows = extract(structure(read_text(f"Case report\n\n{text}")[0]), "doc")
    [line] = summary_rows({}, rows)
    assert line["n_vertebral_fractures"] == number
