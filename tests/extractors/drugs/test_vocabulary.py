from __future__ import annotations

from collections.abc import Mapping

from extractors.drugs.vocabulary import DRUGS, Drug, class_members, covers, lexicon


def names(text: str) -> list[str]:
    return [h.value.name for h in lexicon().find(text, text.lower())]


def rows() -> tuple[Mapping[str, str], ...]:
    return DRUGS.rows


def test_vocabulary_is_broad_and_sourced() -> None:
    assert len({row["name"] for row in rows()}) >= 1500
    assert sum(row["source"] == "brand name" for row in rows()) >= 250
    assert all(row["name"] == row["name"].lower() and row["class"] and row["source"] for row in rows())


def test_vocabulary_has_one_meaning_per_exact_alias() -> None:
    seen: dict[str, str] = {}
    for row in rows():
        assert seen.setdefault(row["alias"], row["name"]) == row["name"], row["alias"]


def test_every_name_is_found_as_itself_or_under_its_alias() -> None:
    missing = [row["alias"] for row in rows() if not names(row["alias"])]
    assert missing == []


def test_longest_phrase_hides_what_is_no_drug() -> None:
    assert names("Iron overload and insulin resistance") == ["", ""]


def test_synonyms_of_bone_drugs() -> None:
    assert names("alendronic acid, 1α-hydroxyvitamin D3 and colecalciferol") == [
        "alendronate",
        "alfacalcidol",
        "cholecalciferol",
    ]


def test_class_members() -> None:
    assert {"alendronate", "zoledronic acid"} <= class_members("bisphosphonate")
    assert "enoxaparin" in class_members("heparin")
    assert class_members("alendronate") == frozenset()


def test_covers_only_the_class_of_a_drug() -> None:
    bisphosphonate, tramadol = Drug("bisphosphonate", "bisphosphonate"), Drug("tramadol", "opioid")
    assert covers(bisphosphonate, Drug("alendronate", "bisphosphonate"))
    assert not covers(bisphosphonate, tramadol)
    assert covers(Drug("analgesic", "analgesic"), tramadol)


def test_a_narrow_class_covers_its_own_drugs_alone() -> None:
    carbapenem, linezolid = Drug("carbapenem", "antibiotic"), Drug("linezolid", "antibiotic")
    assert covers(carbapenem, Drug("meropenem", "antibiotic"))
    assert not covers(carbapenem, linezolid)
    assert covers(Drug("antibiotic", "antibiotic"), linezolid)
    assert class_members("tnf inhibitor") >= {"etanercept", "infliximab"}
