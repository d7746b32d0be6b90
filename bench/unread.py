"""What no row tells: the unread share of papers without gold, a measure of recall.

    python bench/unread.py [PATH ...] [--show N] [--kind KIND] [--seed S] [--corpus DIR]

Looks through the prose and the tables of a paper's case parts for what should end in a row: numbers with
the unit of a laboratory or of a dose, percentages, T- and Z-scores, densities, vertebral levels, names of
drugs, times of a pregnancy. The patterns are the file's own and wider than the extractors', so that they
see what those do not know; drugs alone are looked up in the vocabulary. An item is read where the
characters of a row overlap it, or where a row of the paper tells the same words (a fact told twice is one
row). `--show` prints that many unread items, drawn by `--seed`, with the words around them.

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
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import ROOT

from extractors.drugs.vocabulary import lexicon
from extractors.rules.lexicon import Hit
from extractors.text import folded, lower_same_length
from pipeline import readers
from pipeline.errors import ReadError
from pipeline.paper import FACTUAL, Paper, Source
from pipeline.process import extract
from pipeline.record import Row
from pipeline.structure import structure

_NUMBER = r"(?<![\w.,/^-])\d(?:[\d.,]*\d)?(?: ?(?:-|to|±) ?\d(?:[\d.,]*\d)?)?"
_LAB = (
    r"(?:[x×*] ?10 ?\^? ?\d{1,2} ?(?:cells)? ?/ ?[a-z]+\d?|"
    r"(?:[mµunpfk]?(?:g|mol|kat|eq|osm\w*|iu|u)|[kmµun]*iu|[kmµ]?units?|meq|cells|copies|thousand|million|k|m)"
    r" ?(?:/|per ) ?(?:\d+ ?)?(?:[dcmµu]?l|mm ?\^?[3³]|cumm|cu ?mm|hpf|24 ?h\w*|mg|g|mmol)|"
    r"/ ?(?:[dcmµu]?l|mm ?\^?[3³]|cumm|hpf)|mm ?/ ?(?:1st )?h\w*|[mµ]?mol/l|meq|iu/l|fl|pg)"
)
_DOSE = (
    r"(?:mg|mcg|µg|ug|micrograms?|milligrams?|grams?|g|iu|i\.u\.|units?)"
    r"(?: ?/ ?(?:kg|m2|m²|day|d|week|h|hr|hour|min|dose))*"
)
_BIRTH = r"(?:delivery|partum|partal|birth|parturition|childbirth|c(?:a)?esarean|confinement)"
#: Kinds of items with their patterns, on folded text in lower case; of two that overlap the earlier counts.
KINDS = {
    "density": re.compile(rf"{_NUMBER} ?m?g ?/ ?cm ?\^?[23²³]"),
    "laboratory": re.compile(rf"{_NUMBER} ?{_LAB}(?![a-z])|(?<![\d:])1 ?: ?\d{{2,5}}(?![\d:])"),
    "dose": re.compile(rf"{_NUMBER} ?{_DOSE}(?![a-z])(?! ?/)"),
    "percentage": re.compile(rf"{_NUMBER} ?%"),
    "score": re.compile(r"\b[tz][ -]?scores?\b[^.;]{0,40}?(?P<item>[-+]? ?\d[.,]\d+)"),
    "level": re.compile(
        r"(?<![\w-])(?:(?:th|t|d)[ -]?(?:1[0-2]|[1-9])|l[ -]?[1-5])(?![\w.])"
        r"(?![ -]?(?:weight|wi\b|signal|imag))"
    ),
    "time": re.compile(
        r"\b\d{1,2}(?: ?\+ ?\d| \d/7)?(?:st|nd|rd|th)?[ -](?:weeks?|wks?|months?)'?(?: old)? ?"
        r"(?:of )?(?:gestation\w*|pregnan\w*|amenorrh\w*|gravid\w*)|"
        r"\b[\w.]+[ -](?:days?|weeks?|months?) (?:after|before|following|post|prior to)-? ?"
        rf"(?:[\w-]+ ){{0,2}}{_BIRTH}"
    ),
}
DRUG = "drug"
#: Parts of a paper that are not the patient's.
_OTHERS = re.compile(
    r"\W*(?:\d+\.?\s*)?(?:discussion|comments?|conclusions?|introduction|background|(?:materials?|methods?)\b|"
    r"literature|review|acknowledg|references|limitations|statistic|objectives?|aims?|purpose|keywords)",
    re.IGNORECASE,
)
#: A level counts where a fracture is told nearby: discs, tumours and T2 images have levels as well.
_LEVEL_PRINTED = re.compile(r"[TLD]h?")
_FRACTURE = re.compile(r"fractur|collaps|wedg|crush|deformit|compression")
_NEAR = 120


@dataclass(frozen=True, slots=True)
class Item:
    """Words at [start, end) of a paper's text that should be in a row."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that no row tells, with the words around it."""

    paper: str
    kind: str
    words: str
    context: str


def items(paper: Paper) -> list[Item]:
    """What should be in a row, in the paper's case parts, in order."""
    text = folded(paper.text)
    lower = lower_same_length(text)
    found: list[Item] = []
    for block in paper.blocks:
        if block.kind in FACTUAL and not _OTHERS.match(block.section):
            found += _in_block(text, lower, block.start, block.end)
    return sorted(found, key=lambda item: item.start)


def _in_block(text: str, lower: str, start: int, end: int) -> list[Item]:
    out: list[Item] = []
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(lower, start, end):
            begin, stop = match.span("item" if "item" in pattern.groupindex else 0)
            if kind == "level" and not _may_be_broken(text, lower[start:end], begin, begin - start):
                continue
            if not any(begin < item.end and item.start < stop for item in out):
                out.append(Item(kind, begin, stop))
    out += [Item(DRUG, hit.start, hit.end) for hit in lexicon().find(text, lower, start, end) if _given(hit)]
    return out


def _may_be_broken(text: str, block: str, begin: int, place: int) -> bool:
    """Whether a level is printed at `begin`, `place` in its block, and a fracture is told near it."""
    near = _FRACTURE.search(block, max(0, place - _NEAR), place + _NEAR)
    return bool(near and _LEVEL_PRINTED.match(text, begin))


def _given(hit: Hit[object]) -> bool:
    """Whether a word of the vocabulary is a drug and names no analyte as well."""
    drug = hit.value
    return bool(getattr(drug, "name", "")) and not getattr(drug, "lab", False)


def unread(paper: Paper, items_of_it: Sequence[Item], rows: dict[str, list[Row]]) -> list[Item]:
    """The items that no row tells."""
    facts = [row for table in rows.values() for row in table if row.get("quote")]
    spans = [(int(row["start"]), int(row["end"])) for row in facts]
    told = " | ".join(f"{row['quote']} | {row.get('time_text') or ''}" for row in facts)
    drugs = {str(row["drug"]) for row in rows.get("drugs", ())}
    plain = _plain(told)
    left = []
    for item in items_of_it:
        words = paper.text[item.start : item.end]
        if any(a < item.end and item.start < b for a, b in spans) or _plain(words) in plain:
            continue
        if item.kind == DRUG and drugs & _names(words):
            continue
        left.append(item)
    return left


def _plain(words: str) -> str:
    return lower_same_length(folded(words)).replace(" ", "")


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
    parser.add_argument("--kind", choices=(*KINDS, DRUG))
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    options = parser.parse_args()
    real = options.corpus / "real-unlabelled"
    counted, left, number, empty = measure(papers(options.paths or [real / "texts.jsonl", real / "jats"]))
    print(f"{number} papers, {empty} of them without a patient")
    missing = Counter(item.kind for item in left)
    for kind in (*KINDS, DRUG):
        print(f"{kind:12} {_share(missing[kind], counted[kind])}")
    print(f"{'all':12} {_share(len(left), counted.total())}")
    pool = [item for item in left if options.kind in (None, item.kind)]
    for item in random.Random(options.seed).sample(pool, min(options.show, len(pool))):
        print(f"\n{item.paper} {item.kind}: {item.context}")


def _share(missing: int, every: int) -> str:
    return f"{missing:6} of {every:6} unread: {missing / every if every else 0:.1%}"


if __name__ == "__main__":
    main()
