"""Labels of patients in a series."""

import pytest

from pipeline.cases.everybody import EVERYBODY
from pipeline.cases.markers import inside_numbers, label_number, opening_label
from pipeline.cases.ordinals import narrative_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("Case 1", 1, id="heading"),
        pytest.param("CASE 2. A teacher of 31 years", 2, id="capitals"),
        pytest.param("Case Report 3: A woman", 3, id="case-report"),
        pytest.param("Patient No. 4 was seen", 4, id="patient-no"),
        pytest.param("#2. A 27-year-old", 2, id="hash"),
        pytest.param("Case II", 2, id="roman"),
        pytest.param("Patient B, aged 33", 2, id="letter"),
        pytest.param("Case two", 2, id="word"),
        pytest.param("Mrs B., 31 years", 2, id="title"),
    ],
)
def test_opening_label_number(text: str, number: int) -> None:
    label = opening_label(text)
    assert label is not None
    assert label.number == number


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Case report", id="case-report-alone"),
        pytest.param("Case presentation", id="presentation"),
        pytest.param("Patients and methods", id="methods"),
        pytest.param("Caseous necrosis was seen", id="other-word"),
        pytest.param("The patient was 31", id="prose"),
        pytest.param("Women in labour", id="women-in"),
        pytest.param("Mrs B.K., 31 years", id="initials"),
        pytest.param("Mr Hill, 31 years", id="surname"),
    ],
)
def test_opening_label_rejects(text: str) -> None:
    assert opening_label(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("as seen in case 2", {2}, id="one"),
        pytest.param("Cases 1 and 3 were treated", {1, 3}, id="and"),
        pytest.param("in patients 2-4", {2, 3, 4}, id="range"),
        pytest.param("no recurrences in #1 and #2", {1, 2}, id="hashes"),
        pytest.param("(patient A)", {1}, id="letter"),
        pytest.param("in 3 cases", set(), id="count-is-no-label"),
        pytest.param("in case 12 patients respond", set(), id="in-case-as-if"),
    ],
)
def test_inside_numbers(text: str, numbers: set[int]) -> None:
    assert inside_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "known", "number"),
    [
        pytest.param("The second patient was a nurse.", 3, 2, id="second"),
        pytest.param("Our third case was seen in May.", 3, 3, id="our-third"),
        pytest.param("The last patient refused.", 3, 3, id="last"),
        pytest.param("The other woman recovered.", 2, 2, id="other-of-two"),
        pytest.param("The first trimester was uneventful.", 2, None, id="no-person"),
    ],
)
def test_narrative_number(text: str, known: int, number: int | None) -> None:
    assert narrative_number(text.lower(), known) == number


@pytest.mark.parametrize(
    "text", ["None of the three had taken it.", "Both patients recovered.", "All women were weaned."]
)
def test_everybody_found(text: str) -> None:
    assert EVERYBODY.says(text.lower())


@pytest.mark.parametrize("text", ["All fractures had healed.", "Both hips were painful."])
def test_everybody_needs_persons(text: str) -> None:
    assert not EVERYBODY.says(text.lower())


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("IV", 4),
        ("ix".upper(), 9),
        ("C", 3),
        ("7", 7),
        ("\u2461", 2),
        ("\u2475", 2),
        ("\u24b7", None),
        ("0", None),
        ("Z", None),
    ],
)
def test_label_number(key: str, number: int | None) -> None:
    assert label_number(key) == number
