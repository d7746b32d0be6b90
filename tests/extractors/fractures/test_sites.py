"""Bones and their sides in a cell or label."""

from __future__ import annotations

import pytest

from extractors.fractures.bones import find_sites
from extractors.fractures.vocabulary import BONES, CUES, SITES, VOCABULARIES, bones, pieces
from extractors.rules.words import Vocabulary, VocabularyError

CELLS = [
    ("left 5th rib", [("rib", "left")]),
    ("ribs (right)", [("rib", "right")]),
    ("Sacrum, L pubic ramus", [("sacrum", ""), ("pubic ramus", "left")]),
    ("both femoral necks", [("femoral neck", "bilateral")]),
    ("neck of the left femur", [("femoral neck", "left")]),
    ("Colles' fracture", [("distal radius", "")]),
    ("left and right sacral ala", [("sacrum", "bilateral")]),
    ("hip, wrist", [("hip", ""), ("wrist", "")]),
    ("none", []),
]


@pytest.mark.parametrize(("text", "expected"), CELLS, ids=[c[0] for c in CELLS])
def test_sites_in_cell(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(s.site, s.side) for s in find_sites(text)] == expected


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.file)
def test_vocabulary_keeps_its_schema(vocabulary: Vocabulary) -> None:
    assert all(row["source"] for row in vocabulary.rows)


def test_bones_are_parts_of_bones() -> None:
    known = BONES.values("site")
    assert all(bone.part_of <= known | {""} for bone in bones().values())
    assert {bone for bone, _ in pieces()} <= known


def test_misspelt_class_names_file_and_line() -> None:
    with pytest.raises(VocabularyError, match=r"fractures/cues\.csv, line 3: class 'stong' is unknown"):
        list(CUES.checked("cue,class,bone,source\nburst,strong,,x\nfracture,stong,break,x\n"))


def test_unknown_bone_names_file_and_line() -> None:
    with pytest.raises(VocabularyError, match=r"fractures/sites\.csv, line 2: site 'sakrum' is unknown"):
        list(SITES.checked("site,alias,source\nsakrum,sacrum,x\n"))
