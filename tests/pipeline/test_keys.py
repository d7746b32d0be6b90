import random
import re

import pytest

from pipeline.keys import doc_ids, record_ids, slug


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Smith-2011.pdf", "smith-2011.pdf"),
        ("series B/Jones.xml", "series-b-jones.xml"),
        ("Müller & Söhne (2020).PDF", "muller-sohne-2020.pdf"),
        ("paper.txt.gz", "paper.txt.gz"),
        ("no extension", "no-extension"),
        ("a.2011.pdf", "a.2011.pdf"),
        ("under_score.txt", "under_score.txt"),
        ("--x--.txt", "x.txt"),
        ("a..b.txt", "a.b.txt"),
        ("a/b/c.nbib", "a-b-c.nbib"),
    ],
)
def test_slug_is_the_path_in_letters_digits_and_three_signs(path, expected):
    assert slug(path) == expected


@pytest.mark.parametrize(
    "path",
    ["妊娠.pdf", "....txt", "x" * 250, "d/" * 200 + "a.pdf", "caf\udce9.pdf", "骨/妊娠.pdf"],
    ids=["kanji", "dots", "long", "deep", "bytes", "kanji in a folder"],
)
def test_slug_is_never_empty_nor_too_long_for_a_file_name(path):
    assert 0 < len(slug(path)) <= 120
    assert re.fullmatch("[a-z0-9._-]+", slug(path))
    assert slug(path) == slug(slug(path))


def test_slug_tells_names_without_latin_letters_apart():
    ids = doc_ids(["妊娠.pdf", "骨折.pdf"])
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"paper-[0-9a-f]{6}\.pdf", doc_id) for doc_id in ids)
    assert ids == [slug("妊娠.pdf"), slug("骨折.pdf")]  # no clash: neither knows of the other


def test_doc_ids_of_one_stem_do_not_clash():
    assert doc_ids(["a.txt", "a.pdf", "x/a.txt"]) == ["a.txt", "a.pdf", "x-a.txt"]


def test_doc_ids_of_paths_with_one_slug_all_carry_six_letters():
    ids = doc_ids(["a b.txt", "other.txt", "a-b.txt", "a/b.txt"])
    assert ids[1] == "other.txt"
    assert len(set(ids)) == 4
    assert all(re.fullmatch(r"a-b\.txt-[0-9a-f]{6}", ids[i]) for i in (0, 2, 3))


def test_doc_ids_never_change_for_what_else_is_there_but_a_clash():
    paths = [f"{name}.{kind}" for name in ("a b", "a-b", "c", "Ä", "d/e") for kind in ("txt", "pdf")]
    all_ids = dict(zip(paths, doc_ids(paths), strict=True))
    chance = random.Random(3)
    for _ in range(50):
        some = chance.sample(paths, 7)
        for path, doc_id in zip(some, doc_ids(some), strict=True):
            clashes = sum(slug(other) == slug(path) for other in some) > 1
            assert doc_id == (all_ids[path] if clashes else slug(path))


def test_doc_ids_stay_apart_when_a_name_looks_like_another_key():
    (first, _) = doc_ids(["a b.txt", "a-b.txt"])
    ids = doc_ids(["a b.txt", "a-b.txt", first])
    assert len(set(ids)) == 3


def test_doc_ids_of_thousands_with_one_slug_take_no_time():
    paths = [f"{'妊' * (n % 60)} {'骨' * (n // 60)} a.txt" for n in range(20_000)]
    assert len(set(paths)) == len(set(doc_ids(paths))) == 20_000


def test_record_ids_keep_the_planned_name_of_a_single_record():
    assert record_ids([("a.txt", ["a.txt"]), ("b.nbib", ["b.nbib-1", "b.nbib-2"])]) == {
        "a.txt": ["a.txt"],
        "b.nbib": ["b.nbib-1", "b.nbib-2"],
    }


def test_record_ids_are_unique_whatever_the_records_want():
    files = [("x", ["x-1", "x-1", "x-2", "x-1-2", "x"]), ("x-1", ["x-1"]), ("x-2", ["x-2-1", "x-2-1"])]
    ids = [name for names in record_ids(files).values() for name in names]
    assert len(set(ids)) == len(ids) == 8
    assert record_ids(files)["x-1"] == ["x-1"]


def test_record_ids_of_the_longest_names_still_fit_a_file_name():
    (file,) = doc_ids(["x" * 250])
    (names,) = record_ids([(file, [f"{file}-{'9' * 400}", f"{file}-12345678"])]).values()
    assert all(len(f"{name}.txt") <= 255 for name in names)
    assert names[1] == f"{file}-12345678"


def test_record_ids_of_thousands_of_equal_names_take_no_time():
    (names,) = record_ids([("x", ["x-1"] * 50_000)]).values()
    assert len(set(names)) == 50_000
