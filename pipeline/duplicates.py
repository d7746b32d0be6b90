"""The same paper twice: found by bytes, DOI or PMID, so that its patients are counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.cache import Head, Patient

#: what it is, and its value
Key = tuple[str, str]
_COVERAGE = {"full_text": 0, "abstract": 1, "metadata": 2}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that repeats another one: the doc_id of that, and its own patients' keys there."""

    original: str
    cases: dict[str, str] = field(default_factory=dict)


class Originals(Protocol):
    """Which record stands for a key (see `keys_of`): a dict, or what is kept on the disk."""

    def get(self, key: Key, /) -> Head | None:
        """The record that stands for a key, if any does."""

    def setdefault(self, key: Key, head: Head, /) -> object:
        """Let a record stand for a key that none stands for yet."""


def find_duplicates(records: Iterable[tuple[Head, int]]) -> dict[str, Duplicate]:
    """doc_id -> what it repeats. Records come with their number in their file.

    Of several files on one paper the fullest stands (see `fullness`), then the first by doc_id. Two
    records with different PMIDs or DOIs are different papers, whatever else they share.
    """
    readable = [(head, number) for head, number in records if may_repeat(head)]
    readable.sort(key=lambda r: fullness(r[0]))
    return dict(repeats(readable, {}))


def repeats(records: Iterable[tuple[Head, int]], originals: Originals) -> Iterator[tuple[str, Duplicate]]:
    """The same for records that may repeat one, the fullest first; only `originals` is kept of them."""
    for head, number in records:
        keys = keys_of(head, number)
        original = next((o for key in keys if (o := originals.get(key)) and not _differ(o, head)), None)
        for key in keys:
            originals.setdefault(key, original or head)
        if original:
            yield (
                head.document["doc_id"],
                Duplicate(original.document["doc_id"], _same_patients(head, original)),
            )


def may_repeat(head: Head) -> bool:
    """Whether a record was read: others neither stand nor repeat."""
    return bool(head.document["status"] != "failed")


def fullness(head: Head) -> tuple[int, float, str]:
    """Sorts the fullest copy first: full text before abstract, then the longer one.

    A copy with a warning (cut off, pages lost, read by OCR) counts half its length, so that it stands
    only where it has far more than a whole one.
    """
    document = head.document
    length = (document["characters"] or 0) / (1 if document["status"] == "ok" else 2)
    return _COVERAGE.get(document["coverage"], 3), -length, document["doc_id"]


def keys_of(head: Head, number: int) -> list[Key]:
    """What a paper is known by, the surest first: two records that share none are never one paper."""
    document = head.document
    keys = [(name, str(document[name])) for name in ("doi", "pmid") if document[name]]
    if document["sha256"]:
        keys.append(("bytes", f"{document['sha256']} {number}"))
    return keys


def _differ(one: Head, other: Head) -> bool:
    """Whether both name themselves, and not the same."""
    return any(
        one.document[name] and other.document[name] and one.document[name] != other.document[name]
        for name in ("doi", "pmid")
    )


def _same_patients(head: Head, original: Head) -> dict[str, str]:
    """case_id -> case_id of the same patient in the original.

    Equally many patients are the same in order; else they are known by label, or by age and sex
    where only one fits. Who is in one file alone stays a patient of its own.
    """
    mine, theirs = list(head.patients), list(original.patients)
    if len(mine) == len(theirs):
        return {m.case_id: t.case_id for m, t in zip(mine, theirs, strict=True)}
    by_label: dict[str, list[Patient]] = defaultdict(list)
    by_age: dict[str, list[Patient]] = defaultdict(list)
    for patient in theirs:
        by_label[patient.label.lower()].append(patient)
        by_age[patient.age].append(patient)
    taken: set[str] = set()
    found: dict[str, str] = {}
    for patient in mine:
        fitting = [
            t for t in _candidates(patient, by_label, by_age) if t.case_id not in taken and _fits(patient, t)
        ]
        if len(fitting) == 1:
            taken.add(fitting[0].case_id)
            found[patient.case_id] = fitting[0].case_id
    return found


def _candidates(
    patient: Patient, by_label: dict[str, list[Patient]], by_age: dict[str, list[Patient]]
) -> list[Patient]:
    """Who may be the same: those of the same label, and those of the same age where either has no label."""
    same = list(by_label.get(patient.label.lower(), ())) if patient.label else []
    aged = by_age.get(patient.age, ()) if patient.age else ()
    return same + [t for t in aged if not (patient.label and t.label)]


def _fits(patient: Patient, other: Patient) -> bool:
    if patient.label and other.label:
        return patient.label.lower() == other.label.lower()
    return (
        bool(patient.age)
        and patient.age == other.age
        and (not patient.sex or not other.sex or patient.sex == other.sex)
    )
