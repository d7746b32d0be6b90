"""What no row tells: the unread share of papers without gold, a measure of recall.

    python bench/unread.py [PATH ...] [--show N] [--kind KIND] [--seed S] [--corpus DIR]

Looks through the prose and the tables of a paper's case parts for what should end in a row: numbers with
the unit of a laboratory or of a dose, percentages, T- and Z-scores, densities, vertebral levels, names of
drugs, times of a pregnancy. The patterns are those of `pipeline.check.unread`; drugs are looked up in the
vocabulary. An item is read where the characters of a row overlap it, or where a row of the paper tells the
same words (a fact told twice is one row). `--show` prints that many unread items, drawn by `--seed`, with
the words around them.

Not all that is unread is missed: other people's values, doses of contrast media, bacteria that resist a
drug, levels of discs and normal ranges alone are right without a row. Compare a share with the same
share before a change; by itself it says little.

A PATH is a folder of papers, a paper, or a .jsonl with a `text` a line; without one, the real reports of
`--corpus` are taken.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import ROOT

from extractors.drugs.vocabulary import lexicon
from extractors.rules.lexicon import Hit
from extractors.text import folded, lower_same_length
from pipeline import readers
from pipeline.check import unread as check
from pipeline.check.unread import Item, case_blocks
from pipeline.errors import ReadError
from pipeline.paper import Paper, Source
from pipeline.process import extract
from pipeline.record import Row
from pipeline.schema import UNREAD_KINDS
from pipeline.structure import structure

DRUG = "drug"


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that no row tells, with the words around it."""

    paper: str
    kind: str
    words: str
    context: str


def items(paper: Paper) -> list[Item]:
    """What should be in a row, in the paper's case parts, in order: numbers and names of drugs."""
    text = folded(paper.text)
    lower = lower_same_length(text)
    drugs = (
        Item(DRUG, hit.start, hit.end)
        for block in case_blocks(paper)
        for hit in lexicon().find(text, lower, block.start, block.end)
        if _given(hit)
    )
    return sorted([*check.items(paper, text, lower), *drugs], key=lambda item: item.start)


def _given(hit: Hit[object]) -> bool:
    """Whether a word of the vocabulary is a drug and names no analyte as well."""
    drug = hit.value
    return bool(getattr(drug, "name", "")) and not getattr(drug, "lab", False)


def unread(paper: Paper, items_of_it: Sequence[Item], rows: dict[str, list[Row]]) -> list[Item]:
    """The items that no row tells; a drug that has a row is told wherever it is named."""
    drugs = {str(row["drug"]) for row in rows.get("drugs", ())}
    left = check.unread(paper, items_of_it, rows)
    return [i for i in left if i.kind != DRUG or not drugs & _names(paper.text[i.start : i.end])]


def _names(words: str) -> set[str]:
    return {hit.value.name for hit in lexicon().find(words, words.lower())}


def papers(paths: Sequence[Path]) -> Iterator[tuple[str, Source]]:
    """Every record of the papers, with the name of its paper; what cannot be read is left out."""
    for path in paths:
        if path.is_dir():
            yield from papers(sorted(p for p in path.rglob("*") if p.is_file()))
        elif path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                yield from _sources(f"{entry['id']}.txt", str(entry["text"]).encode())
        else:
            yield from _sources(path.name, path.read_bytes())


def _sources(name: str, data: bytes) -> Iterator[tuple[str, Source]]:
    try:
        yield from ((name, source) for source in readers.read_bytes(data, name) if not source.failure)
    except ReadError:
        return


def measure(sources: Iterator[tuple[str, Source]]) -> tuple[Counter[str], list[Unread], int, int]:
    """Items by kind, those unread, papers, and papers without a patient."""
    counted: Counter[str] = Counter()
    left: list[Unread] = []
    number = empty = 0
    for name, source in sources:
        paper = structure(source)
        rows = extract(paper, name)
        number += 1
        empty += not rows["cases"]
        found = items(paper)
        counted.update(item.kind for item in found)
        for item in unread(paper, found, rows):
            around = paper.text[max(0, item.start - 110) : item.start]
            behind = paper.text[item.end : item.end + 70]
            words = paper.text[item.start : item.end]
            left.append(Unread(name, item.kind, words, " ".join(f"{around}[[{words}]]{behind}".split())))
    return counted, left, number, empty


def main() -> None:
    """Print the shares by kind and in all, then the sample."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--kind", choices=(*UNREAD_KINDS, DRUG))
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    options = parser.parse_args()
    real = options.corpus / "real-unlabelled"
    counted, left, number, empty = measure(papers(options.paths or [real / "texts.jsonl", real / "jats"]))
    print(f"{number} papers, {empty} of them without a patient")
    missing = Counter(item.kind for item in left)
    for kind in (*UNREAD_KINDS, DRUG):
        print(f"{kind:12} {_share(missing[kind], counted[kind])}")
    print(f"{'all':12} {_share(len(left), counted.total())}")
    pool = [item for item in left if options.kind in (None, item.kind)]
    for item in random.Random(options.seed).sample(pool, min(options.show, len(pool))):
        print(f"\n{item.paper} {item.kind}: {item.context}")


def _share(missing: int, every: int) -> str:
    return f"{missing:6} of {every:6} unread: {missing / every if every else 0:.1%}"


if __name__ == "__main__":
    main()
