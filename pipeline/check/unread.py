"""Numbers of a paper's case parts that no row accounts for: what a person should read.

The patterns are wider than the extractors', so that they see what those do not know. Not all that is
listed was missed: doses of contrast media, values of other people and ranges alone are right without a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.text import View, folded, lower_same_length
from pipeline.paper import FACTUAL, Block, BlockKind, Paper
from pipeline.record import Row
from pipeline.schema import FACT_TABLES

_UNITS = {
    "density": r"m?g ?/ ?cm ?\^?[23²³]",
    "laboratory": (
        r"(?:[x×*] ?10 ?\^? ?\d{1,2} ?(?:cells)? ?/ ?[a-z]+\d?|"
        r"(?:[mµunpfk]?(?:g|mol|kat|eq|osm\w*|iu|u)|[kmµun]*iu|[kmµ]?units?|meq|cells|copies|thousand|million|"
        r"k|m) ?(?:/|per ) ?(?:\d+ ?)?(?:[dcmµu]?l|mm ?\^?[3³]|cumm|cu ?mm|hpf|24 ?h\w*|mg|g|mmol)|"
        r"/ ?(?:[dcmµu]?l|mm ?\^?[3³]|cumm|hpf)|mm ?/ ?(?:1st )?h\w*|fl|pg)(?![a-z])"
    ),
    "dose": (
        r"(?:mg|mcg|µg|ug|micrograms?|milligrams?|grams?|g|iu|i\.u\.|units?)"
        r"(?: ?/ ?(?:kg|m2|m²|day|d|week|h|hr|hour|min|dose))*(?![a-z])(?! ?/)"
    ),
    "percentage": "%",
}
_NUMBER = r"(?<![\w.,/^-])\d(?:[\d.,]*\d)?(?: ?(?:-|to|±) ?\d(?:[\d.,]*\d)?)?"
#: A number with its unit; the group that took part is the kind.
_MEASURED = re.compile(f"{_NUMBER} ?(?:{'|'.join(f'(?P<{k}>{v})' for k, v in _UNITS.items())})")
_LIMITS = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:-|to)(?P<high>\d+(?:\.\d+)?)(?![.,]?\d)")
_TITRE = re.compile(r"(?<![\d:])1 ?: ?\d{2,5}(?![\d:])")
_SCORE = re.compile(r"\b[tz][ -]?scores?\b[^.;]{0,40}?(?P<item>[-+]? ?\d[.,]\d+)")
_LEVEL = re.compile(
    r"(?<![\w-])(?:(?:th|t|d)[ -]?(?:1[0-2]|[1-9])|l[ -]?[1-5])(?![\w.])(?![ -]?(?:weight|wi\b|signal|imag))"
)
_BIRTH = r"(?:delivery|partum|partal|birth|parturition|childbirth|c(?:a)?esarean|confinement)"
_TIME = re.compile(
    r"\b\d{1,2}(?: ?\+ ?\d| \d/7)?(?:st|nd|rd|th)?[ -](?:weeks?|wks?|months?)'?(?: old)? ?"
    r"(?:of )?(?:gestation\w*|pregnan\w*|amenorrh\w*|gravid\w*)|"
    r"\b[\w.]{1,20}[ -](?:days?|weeks?|months?) (?:after|before|following|post|prior to)-? ?"
    rf"(?:[\w-]+ ){{0,2}}{_BIRTH}"
)
#: Looked for in this order: of two that overlap the earlier counts.
_OTHER_PATTERNS = (("laboratory", _TITRE), ("score", _SCORE), ("level", _LEVEL), ("time", _TIME))
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


def unread_rows(paper: Paper, doc_id: str, view: View, rows: dict[str, list[Row]]) -> list[Row]:
    """The rows of unread.csv; none where no patient was found."""
    patients = [row["case_id"] for row in rows["cases"]]
    left = unread(paper, items(paper, view.folded, view.lower), rows) if patients else []
    patient = patients[0] if len(patients) == 1 else ""
    return [{"doc_id": doc_id, "case_id": patient, **_place(paper, item)} for item in left]


def items(paper: Paper, text: str, lower: str) -> list[Item]:
    """Numbers that should be in a row, in the paper's case parts, in order.

    `text` is the paper's with one spelling for each sign, `lower` the same in lower case.
    """
    found = (_in_block(text, lower, block) for block in case_blocks(paper))
    return sorted((item for part in found for item in part), key=lambda item: item.start)


def case_blocks(paper: Paper) -> Iterator[Block]:
    """The blocks in which a patient's facts stand."""
    return (b for b in paper.blocks if b.kind in FACTUAL and not _OTHERS.match(b.section))


def _in_block(text: str, lower: str, block: Block) -> list[Item]:
    out = [
        Item(str(m.lastgroup), m.start(), m.end()) for m in _MEASURED.finditer(lower, block.start, block.end)
    ]
    for kind, pattern in _OTHER_PATTERNS:
        for match in pattern.finditer(lower, block.start, block.end):
            start, end = match.span("item" if "item" in pattern.groupindex else 0)
            if kind == "level" and not _may_be_broken(text, lower, block, start):
                continue
            if not any(start < item.end and item.start < end for item in out):
                out.append(Item(kind, start, end))
    return out


def _may_be_broken(text: str, lower: str, block: Block, start: int) -> bool:
    """Whether a level is printed at `start`, and a fracture is told near it."""
    near = max(block.start, start - _NEAR), min(block.end, start + _NEAR)
    return bool(_LEVEL_PRINTED.match(text, start) and _FRACTURE.search(lower, *near))


def unread(paper: Paper, found: Iterable[Item], rows: dict[str, list[Row]]) -> list[Item]:
    """The items that no row tells: none stands over them, and none tells the same words elsewhere."""
    facts = [row for table in FACT_TABLES for row in rows.get(table.name, ())]
    spans = _joined(sorted((row["start"], row["end"]) for row in facts))
    ends = [end for _, end in spans]
    told = plain(" | ".join(f"{row['quote']} | {row.get('time_text') or ''}" for row in facts))
    ranges = {(row.get("ref_low"), row.get("ref_high")) for row in facts}
    left = []
    for item in found:
        place = bisect_left(ends, item.start + 1)
        covered = place < len(spans) and spans[place][0] < item.end
        words = plain(paper.text[item.start : item.end])
        if not covered and words not in told and _range(words) not in ranges:
            left.append(item)
    return left


def _range(words: str) -> tuple[float, float] | None:
    """The limits that words as they are compared tell, "8.5-10.5mg/dl": None where they are no range."""
    limits = _LIMITS.match(words)
    return (float(limits["low"]), float(limits["high"])) if limits else None


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, those that overlap put together."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def plain(words: str) -> str:
    """Words as they are compared: one spelling for each sign, without case and blanks."""
    return lower_same_length(folded(words)).replace(" ", "")


def _place(paper: Paper, item: Item) -> Row:
    block = paper.block_at(item.start)
    return {
        "kind": item.kind,
        "source": "table" if block is not None and block.kind is BlockKind.TABLE else "text",
        "section": block.section if block is not None else "",
        "page": paper.page_at(item.start),
        "start": item.start,
        "end": item.end,
        "quote": paper.text[item.start : item.end],
    }
