"""Notations of levels, and properties of their expansion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.fractures.anatomy import ORDER, SEGMENTS, expand, valid
from extractors.fractures.levels import levels_of, parse_levels

NOTATIONS = [
    ("BWK 11-LWK 1", "T11 T12 L1"),
    ("LW3, BW12", "T12 L3"),
    ("D VIII, IX and XI", "T8 T9 T11"),
    ("thoracic vertebrae VI-VIII", "T6 T7 T8"),
    ("thoracic X-ray", ""),
    ("of the thoracic vertebrae, the fifth and the eighth were broken", "T5 T8"),
    ("wedge fractures of the thoracic spine (8th and 9th vertebrae)", "T8 T9"),
    ("thoracic fractures (7, 8)", ""),
    ("my lumbar spine I could not bend", ""),
    ("BW 12 kg", ""),
    ("T8", "T8"),
    ("Th8", "T8"),
    ("TH8", "T8"),
    ("D8", "T8"),
    ("Th. 8", "T8"),
    ("T-8", "T8"),
    ("T 8", "T8"),
    ("L1, C5 and S1", "C5 L1 S1"),
    ("T5-7-9-11-12", "T5 T7 T9 T11 T12"),
    ("T8,10,12; L1", "T8 T10 T12 L1"),
    ("T12 through L5", "T12 L1 L2 L3 L4 L5"),
    ("T12 to L2", "T12 L1 L2"),
    ("L1 to 4", "L1 L2 L3 L4"),
    ("from T11 to L2", "T11 T12 L1 L2"),
    ("T5-T8", "T5 T6 T7 T8"),
    ("T5–8", "T5 T6 T7 T8"),
    ("T12-L1, T6/7/8", "T6 T7 T8 T12 L1"),
    ("T8, 9, 11, and 12, and L1 and 4 vertebrae", "T8 T9 T11 T12 L1 L4"),
    ("T4, 6-8, 10", "T4 T6 T7 T8 T10"),
    ("8th, 10th, and 12th thoracic (T) and 1st lumbar (L) vertebrae", "T8 T10 T12 L1"),
    ("fifth to the ninth thoracic vertebra and of L4", "T5 T6 T7 T8 T9 L4"),
    ("eleventh thoracic to the second lumbar vertebra", "T11 T12 L1 L2"),
    ("sixth through eighth dorsal vertebrae", "T6 T7 T8"),
    ("the first three lumbar vertebrae", "L1 L2 L3"),
    ("the lower two thoracic vertebrae", "T11 T12"),
    ("the last two thoracic and all lumbar vertebrae", "T11 T12 L1 L2 L3 L4 L5"),
    ("all five lumbar vertebrae", "L1 L2 L3 L4 L5"),
    ("every level from T12 down to L5", "T12 L1 L2 L3 L4 L5"),
    ("second lumbar vertebra", "L2"),
    ("lumbar 1 and 2", "L1 L2"),
    ("dorsal vertebra 8", "T8"),
    ("thoracic vertebrae 5-8 and 10", "T5 T6 T7 T8 T10"),
    ("D12 vertebral body", "T12"),
    ("D-IX and L III", "T9 L3"),
    ("between T11 and L1", "T11 T12 L1"),
    ("T8 and 9, 4 weeks later", "T8 T9"),
    ("T8 and 3 other levels", "T8"),
    ("T11 in 2019", "T11"),
    ("Th11–L2", "T11 T12 L1 L2"),
    ("vertebrae D9-D12 & L1", "T9 T10 T11 T12 L1"),
    ("T11-12-L1", "T11 T12 L1"),
    ("T6,T7-T9 and L1-3", "T6 T7 T8 T9 L1 L2 L3"),
]

NOT_LEVELS = [
    "T2N0M0",
    "B12",
    "10^9/L",
    "L6",
    "T13",
    "T-score -2.5",
    "CD8",
    "vitamin",
    "4 mg/dL",
    "HbA1c",
    "TV set",
    "12 mL",
    "FT4",
    "pT3",
]


@pytest.mark.parametrize(("text", "expected"), NOTATIONS, ids=[n[0] for n in NOTATIONS])
def test_levels_notation(text: str, expected: str) -> None:
    assert levels_of(parse_levels(text)) == sorted(expected.split(), key=ORDER.index)


@pytest.mark.parametrize("text", NOT_LEVELS)
def test_levels_no_level(text: str) -> None:
    assert parse_levels(text) == []


def test_levels_offsets_hold_the_level() -> None:
    text = "Fractures of T8, 9 and 11 and L1-L3 (see figure)"
    assert [text[r.start : r.end] for r in parse_levels(text)] == ["T8", "T8, 9", "T8, 9 and 11", "L1-L3"]


def test_levels_base_moves_offsets() -> None:
    assert [(r.start, r.end) for r in parse_levels("T8", base=100)] == [(100, 102)]


def test_levels_lists_are_chains() -> None:
    chains = [r.chain for r in parse_levels("T8, T9 and L1 with normal height of T10")]
    assert chains == [0, 0, 0, 1]


level = st.sampled_from(ORDER)


@given(level, level)
def test_expand_is_contiguous_and_symmetric(first: str, last: str) -> None:
    levels = expand(first, last)
    assert levels == expand(last, first)
    assert {first, last} <= set(levels)
    places = [ORDER.index(x) for x in levels]
    assert places == list(range(places[0], places[0] + len(places)))


@given(
    level,
    level,
    st.sampled_from(["-", "–", " to ", " through ", " down to ", " - "]),
    st.sampled_from(["", "Th", "D"]),
)
def test_levels_range_reads_as_expanded(first: str, last: str, link: str, thoracic: str) -> None:
    def shown(name: str) -> str:
        return thoracic + name[1:] if thoracic and name[0] == "T" else name

    text = f"{shown(first)}{link}{shown(last)}"
    assert levels_of(parse_levels(text)) == list(expand(first, last))


@given(
    st.lists(level, min_size=1, max_size=8, unique=True), st.sampled_from([", ", ",", " and ", "; ", " / "])
)
def test_levels_list_is_read_whole(names: list[str], link: str) -> None:
    assert set(levels_of(parse_levels(link.join(names)))) == set(names)


@given(st.sampled_from(list(SEGMENTS)), st.sets(st.integers(1, 12), min_size=3, max_size=6))
def test_levels_bare_numbers_take_the_region(region: str, numbers: set[int]) -> None:
    kept = sorted(n for n in numbers if valid(region, n))
    if len(kept) < 3:
        return
    for link in (", ", "-", "/"):
        text = region + link.join(map(str, kept))
        assert levels_of(parse_levels(text)) == [f"{region}{n}" for n in kept]


@given(st.text(alphabet="TLDCSth123456789 -,;/()and.", max_size=60))
def test_levels_never_fail_and_stay_inside(text: str) -> None:
    for ref in parse_levels(text):
        assert 0 <= ref.start < ref.end <= len(text)
        assert set(ref.levels) <= set(ORDER)
