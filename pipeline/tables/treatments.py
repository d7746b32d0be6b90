"""Drugs that a row or column names, and tables with one drug per row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from extractors.base import Context
from extractors.drugs import cell_abbreviations, find_drugs
from extractors.drugs.fact import DrugMention

_NOT_TAKEN = re.compile(r"^\W*(?:no|never|none|absent|negative|denied|nil|n)\W*$|^\s*\(?-\)\s*$", re.I)
_TAKEN = re.compile(
    r"^\W*(?:yes|present|positive|y)\W*(?:\([^()]{1,20}\))?\W*$|"
    r"^\s*\(?\+\)?\s*$|^\W*[\u2713\u221a]\W*$",
    re.I,
)
_EXPOSURE = re.compile(
    (
        r"\b(?:use|history|previous|prior|exposure|risk|past|ever|before|intake|during pregnancy|"
        r"chronic|long-term)\b"
    ),
    re.I,
)
_THERAPY = re.compile(r"\b(?:treatment|therapy|treated|supplement\w*|follow-?up|after|given|started)\b", re.I)
_DOSE_UNIT = re.compile(
    r"[(\[,]\s*(?P<unit>(?:mg|g|\u00b5g|ug|mcg|IU|U|ml)(?:\s?/\s?\w+| per \w+| daily| weekly)?)\s*[)\]]?\s*$",
    re.I,
)
_BARE_NUMBER = re.compile(r"^\W*(?P<number>\d[\d,.]*)\W*$")


def drugs_of_label(cell: str, start: int, label: str) -> Iterator[DrugMention]:
    """The drugs of a cell under a drug's name: `Heparin use | no`, `Calcium (mg/day) | 1000`.

    `start` is the cell's offset. "no" under a name denies it, "yes" tells of earlier use unless the
    label speaks of treatment.
    """
    body = cell.strip()
    begin = start + len(cell) - len(cell.lstrip())
    unit = _DOSE_UNIT.search(label)
    number = _BARE_NUMBER.match(body)
    name = label[: unit.start()].strip() if unit else label
    words = f"{number['number']} {unit['unit']}" if number and unit else body
    if number and not unit:
        return
    plain = bool(_NOT_TAKEN.match(body)), bool(_TAKEN.match(body))
    named = find_drugs(name if any(plain) else f"{name} {words}")
    if not named or (not any(plain) and not any(c.isdigit() for c in body) and len(find_drugs(body)) == 0):
        return
    own = [drug for drug in find_drugs(body) if not any(plain)]
    for drug in own or named[:1]:
        status = drug.status
        if plain[0]:
            status = "denied"
        elif plain[1]:
            status = "given" if _THERAPY.search(label) and not _EXPOSURE.search(label) else "prior"
        elif own and _EXPOSURE.search(label):
            status = "prior"
        at = (begin + drug.start, begin + drug.end) if own else (begin, begin + len(body))
        yield replace(drug, start=at[0], end=at[1], status=status, rule="table", context=Context())


#: "Ca + D", "Ca/D3", "calcium and D": the letter alone is the vitamin.
_VITAMIN_D = frozenset({"D", "D2", "D3"})
_CALCIUM_BEFORE = re.compile(r"\b(?:Ca|[Cc]alcium)\b[^A-Za-z]*(?:and\s|with\s)?$")
_WORD = re.compile(r"[A-Z][A-Za-z0-9-]*")


def drugs_of_cell(cell: str, start: int, definitions: Mapping[str, str]) -> Iterator[DrugMention]:
    """The drugs of a cell that lists treatments; `start` is its offset.

    Short forms that the table explains ("TPTD, teriparatide") are read as what they stand for.
    """
    text, places = "", []  # the cell written out, and where in the cell each of its characters stands
    at = 0
    for word in _WORD.finditer(cell):
        full = definitions.get(word.group(), "") or cell_abbreviations().get(word.group(), "")
        if word.group() in _VITAMIN_D and _CALCIUM_BEFORE.search(cell, 0, word.start()):
            full = f"vitamin {word.group()}"
        if full and find_drugs(full):
            text += cell[at : word.start()] + full
            places += [(i, i + 1) for i in range(at, word.start())] + [word.span()] * len(full)
            at = word.end()
    text += cell[at:]
    places += [(i, i + 1) for i in range(at, len(cell))]
    for drug in find_drugs(text):
        begin, end = places[drug.start][0], places[drug.end - 1][1]
        yield replace(drug, start=start + begin, end=start + end, rule="table")


_DRUG_HEAD = re.compile(
    r"^\W*(?:(?:prescribed|current|concomitant)\s)?(?:drugs?|medications?|medicines?|agents?|treatments?|therap(?:y|ies)|"
    r"supplements?|substances?)(?:\s(?:names?|given|used))?\W*$",
    re.I,
)
_REGIMEN_HEAD = re.compile(
    r"^\W*(?:(?:daily|total)\s)?(?:dos(?:e|age|ing)|regimen|route|frequency|schedule|duration|administration)\b",
    re.I,
)


def is_drug_table(heads: list[str]) -> bool:
    """Whether a table lists a drug per row, with its dose, route or duration beside it."""
    return bool(heads) and bool(_DRUG_HEAD.match(heads[0])) and any(_REGIMEN_HEAD.match(h) for h in heads[1:])


def drugs_of_row(cells: list[tuple[str, int]], heads: list[str]) -> Iterator[DrugMention]:
    """The drug of such a row; `cells` are (words, offset) from the name on, `heads` those of their columns.

    The quote runs from the name to the last cell of the regimen.
    """
    parts, end = [cells[0][0].strip()], cells[0][1] + len(cells[0][0].rstrip())
    for (words, start), head in zip(cells[1:], heads[1:], strict=True):
        if not words.strip() or not _REGIMEN_HEAD.match(head):
            continue
        long = "duration" in head.lower() and not words.lower().lstrip().startswith("for")
        parts.append(f"for {words.strip()}" if long else words.strip())
        end = start + len(words.rstrip())
    for drug in find_drugs(" ".join(parts))[:1]:
        yield replace(drug, start=cells[0][1], end=end, rule="table", context=Context())
