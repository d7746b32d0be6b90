"""UBERON codes of bones, their parts and vertebral levels (uberon.csv): https://uberon.github.io

A part of a bone that has no code of its own has that of the whole bone; `source` says so. Regions that
are no bone (wrist, whole body) have none.
"""

from __future__ import annotations

from functools import cache

from extractors.rules.words import Vocabulary

UBERON = Vocabulary(
    "extractors.language", "uberon.csv", ("site", "level", "uberon", "source"), ("site", "level"),
    filled=frozenset({"uberon"}),
)  # fmt: skip


def uberon(site: str, level: str = "") -> str:
    """The code of a skeletal site ("femoral neck") or of a level ("T8"); "" where there is none."""
    codes = _codes()
    return codes.get((site, level)) or (codes.get((site, ""), "") if site != "vertebra" else "")


@cache
def _codes() -> dict[tuple[str, str], str]:
    return {(row["site"], row["level"]): row["uberon"] for row in UBERON.rows}
