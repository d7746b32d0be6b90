import pytest

from pipeline.cache import Head, Patient
from pipeline.duplicates import find_duplicates


def copy(
    doc_id: str, characters: int | None, status: str = "ok", coverage: str = "full_text", **more: object
) -> Head:
    document = {
        "doc_id": doc_id,
        "characters": characters,
        "status": status,
        "coverage": coverage,
        "doi": "10.5555/one",
        "pmid": "",
        "sha256": doc_id,
        **more,
    }
    return Head(document, (Patient(f"{doc_id}-1", "", "31", "F"),))


def standing(*heads: Head) -> str:
    found = find_duplicates((head, 0) for head in heads)
    (name,) = {head.document["doc_id"] for head in heads} - set(found)
    assert {duplicate.original for duplicate in found.values()} == {name}
    return str(name)


@pytest.mark.parametrize(
    ("a", "b", "stands"),
    [
        pytest.param(copy("a", 1746, "warning"), copy("b", 2900), "b", id="cut beside whole"),
        pytest.param(copy("a", 1746), copy("b", 2900), "b", id="cut, but nobody noticed"),
        pytest.param(copy("a", 3100, "warning"), copy("b", 2900), "b", id="longer with a page lost"),
        pytest.param(copy("a", 9000, "warning"), copy("b", 2900), "a", id="far longer with a page lost"),
        pytest.param(copy("a", 9000, coverage="abstract"), copy("b", 2900), "b", id="abstract beside text"),
        pytest.param(
            copy("a", 9000, coverage="metadata"), copy("b", 90, coverage="abstract"), "b", id="entry"
        ),
        pytest.param(copy("a", 2900), copy("b", 2900), "a", id="equal"),
        pytest.param(copy("a", None), copy("b", 10), "b", id="nothing told"),
    ],
)
def test_duplicates_the_fullest_copy_stands(a, b, stands):
    assert standing(a, b) == standing(b, a) == stands


def test_duplicates_failed_copies_neither_stand_nor_repeat():
    assert find_duplicates([(copy("a", 9000, "failed"), 0), (copy("b", 10), 0)]) == {}


def people(doc_id: str, number: int, *, labels: bool) -> Head:
    head = copy(doc_id, number)
    patients = tuple(
        Patient(f"{doc_id}-{n}", f"Case {n}" if labels else "", str(n) if not labels else "", "F")
        for n in range(number)
    )
    return Head(head.document, patients)


@pytest.mark.parametrize("labels", [True, False], ids=["by label", "by age"])
def test_duplicates_of_thousands_of_patients_take_no_time(labels):
    a, b = people("a", 20_000, labels=labels), people("b", 19_999, labels=labels)
    found = find_duplicates([(a, 0), (b, 0)])["b"]
    assert len(found.cases) == 19_999
    assert found.cases["b-7"] == "a-7"


def test_duplicates_of_one_paper_by_the_thousand_take_no_time():
    heads = [(copy(f"d{n:05}", 100), n) for n in range(30_000)]
    found = find_duplicates(heads)
    assert len(found) == 29_999
    assert {duplicate.original for duplicate in found.values()} == {"d00000"}


def test_duplicates_two_who_may_be_the_same_are_nobody():
    a = copy("a", 100)
    twins = Head(a.document, (Patient("a-1", "", "31", "F"), Patient("a-2", "", "31", "F")))
    assert find_duplicates([(twins, 0), (copy("b", 10), 0)])["b"].cases == {}
