"""The papers on the desk: what the last run extracted, and the decisions as they are on the disk now."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from pipeline.assemble import names_of
from pipeline.cache import BadEntry, Cache, Head, Stored, renamed
from pipeline.config import Config
from pipeline.fingerprint import fingerprint
from pipeline.plan import Planned, plan
from pipeline.review.lay import Item, Laid
from pipeline.review.papers import Shelf, sorted_out
from pipeline.review.stage import laid_over
from pipeline.review.store import Kept, Known, read_all
from pipeline.review.verdicts import active, exclusion, paper_verdicts
from pipeline.run import run
from pipeline.schema import BY_NAME, FACT_TABLES


class NotThere(Exception):
    """No such paper, row or patient; the text says which."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper's line in the list. `state` is unread, in review, done or excluded; counts are of rows."""

    doc_id: str
    title: str
    authors: str
    year: str
    status: str
    message: str
    state: str
    cases: int
    rows: int
    decided: int
    least: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A paper of the last run: its file, its number in it (from 0), its line, and how much was extracted."""

    planned: Planned
    number: int
    head: Head
    rows: int
    least: str


@dataclass(slots=True)
class Papers:
    """The papers of an output folder against the decisions of a review folder."""

    config: Config
    cache: Cache
    papers: dict[str, Placed]
    shelf: Shelf
    _stamp: object = ()
    _known: Known = field(default_factory=dict)
    _kept: dict[str, list[Kept]] = field(default_factory=dict)

    @classmethod
    def of(cls, config: Config) -> Papers:
        """The papers of a run that has just ended. Raises BadEntry where they have changed since."""
        cache = Cache(config.state / "papers", fingerprint(config.words))
        files = plan(config.raw)
        read = {file.doc_id: [_sized(stored) for stored in cache.read(file)] for file in files}
        names = names_of(files, {doc_id: [head for head, *_ in found] for doc_id, found in read.items()})
        papers = {}
        for file in files:
            for number, (name, found) in enumerate(zip(names[file.doc_id], read[file.doc_id], strict=True)):
                head, rows, least = found
                head = replace(head, document={**head.document, "doc_id": name})
                papers[name] = Placed(file, number, head, rows, least)
        return cls(config, cache, papers, Shelf.of(p.head.document for p in papers.values()))

    @classmethod
    def after_run(cls, config: Config) -> Papers:
        """The same after reading what is new. Raises what `run` does."""
        run(replace(config, quiet=True), None)
        return cls.of(config)

    def header(self, table: str) -> tuple[str, ...]:
        """The columns of a table of facts."""
        return BY_NAME[table].header

    def decisions(self) -> dict[str, list[Kept]]:
        """doc_id -> all decisions on the disk; read again only when a file has changed. Raises UsageError."""
        stamp = _stamp(self.config.decisions)
        if stamp != self._stamp:
            self._kept, _ = sorted_out(self.shelf, read_all(self.config.decisions, self._known))
            self._stamp = stamp
        return self._kept

    def own(self, doc_id: str, reviewer: str) -> list[Kept]:
        """A reviewer's active decisions on a paper."""
        return _own(self.decisions().get(doc_id, ()), reviewer)

    def placed(self, doc_id: str) -> Placed:
        """A paper by its key. Raises NotThere."""
        try:
            return self.papers[doc_id]
        except KeyError as error:
            raise NotThere(f"no paper {doc_id}") from error

    def stored(self, doc_id: str) -> Stored:
        """What was extracted from a paper. Raises NotThere."""
        paper = self.placed(doc_id)
        try:
            found = next(islice(self.cache.read(paper.planned), paper.number, None))
        except (BadEntry, StopIteration) as error:
            raise NotThere(f"{doc_id} was read again meanwhile: start the review again") from error
        return found if found.head.document["doc_id"] == doc_id else renamed(found, doc_id)

    def laid(self, doc_id: str, reviewer: str) -> Laid:
        """A paper under one reviewer's own decisions, those of others unseen."""
        return laid_over(self.stored(doc_id), [k.decision for k in self.own(doc_id, reviewer)])

    def entries(self, reviewer: str) -> list[Entry]:
        """The list, in the order of doc_id."""
        kept = self.decisions()
        return [self._entry(doc_id, _own(kept.get(doc_id, ()), reviewer), reviewer) for doc_id in self.papers]

    def entry(self, doc_id: str, reviewer: str) -> Entry:
        """A paper's line in the list. Raises NotThere."""
        return self._entry(doc_id, self.own(doc_id, reviewer), reviewer)

    def _entry(self, doc_id: str, own: list[Kept], reviewer: str) -> Entry:
        paper = self.placed(doc_id)
        document = paper.head.document
        decided = sum(k.decision.table != "" for k in own)
        return Entry(
            doc_id,
            str(document["title"] or document["path"]),
            str(document["authors"] or "").split("; ")[0],
            str(document["year"] or ""),
            str(document["status"]),
            str(document["message"] or ""),
            state(own, reviewer),
            int(document["cases"] or 0),
            paper.rows,
            decided,
            paper.least,
        )


def _own(kept: Iterable[Kept], reviewer: str) -> list[Kept]:
    return active(k for k in kept if k.decision.by == reviewer)


def state(own: Iterable[Kept], reviewer: str) -> str:
    """What a reviewer has made of a paper so far."""
    kept = list(own)
    if exclusion(kept).by:
        return "excluded"
    last = paper_verdicts(kept).get(reviewer)
    if last is not None and last.do == "done":
        return "done"
    return "in review" if any(k.decision.do not in ("note", "include", "reopen") for k in kept) else "unread"


def _sized(stored: Stored) -> tuple[Head, int, str]:
    sure = [row[t.header.index("confidence")] for t in FACT_TABLES for row in stored.rows[t.name]]
    return stored.head, len(sure), min(sure, key=float, default="")


def counts(entries: Iterable[Entry]) -> Counter[str]:
    """How many papers are in each state."""
    return Counter(entry.state for entry in entries)


def key_of(item: Item) -> str:
    """What a row is called between the page and the desk: its record_id, else the decision that made it."""
    return item.extracted["record_id"] if item.extracted else item.said[0].id


def _stamp(folder: Path) -> object:
    """Changes whenever a file below a folder does."""
    if not folder.is_dir():
        return None
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".jsonl"):
                path = os.path.join(place, name)
                status = os.stat(path)
                found.append((path, status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(sorted(found))
