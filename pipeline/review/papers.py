"""Which paper of a run each decision is about: known by its bytes and its path, not by its key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.review.decision import PaperRef
from pipeline.review.store import Kept


@dataclass(slots=True)
class Shelf:
    """The papers of a run, to be found by what a decision says of them."""

    by_path: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_bytes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    digests: dict[str, str] = field(default_factory=dict)
    refs: dict[str, PaperRef] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, Any]]) -> Shelf:
        """The shelf of the rows of documents.csv, in their order."""
        shelf = cls()
        for document in documents:
            doc_id, path, digest = (str(document[name] or "") for name in ("doc_id", "path", "sha256"))
            shelf.by_path[path].append(doc_id)
            shelf.by_bytes[digest].append(doc_id)
            shelf.digests[doc_id] = digest
            shelf.refs[doc_id] = PaperRef(path, digest, len(shelf.by_path[path]))
        return shelf

    def find(self, ref: PaperRef) -> str | None:
        """The doc_id of a paper; None where it is not there. Its path counts first, then its bytes."""
        there = self.by_path.get(ref.path)
        if there is None and ref.sha256:
            paths = {self.refs[doc_id].path for doc_id in self.by_bytes.get(ref.sha256, ())}
            there = self.by_path[min(paths)] if paths else None
        if there is None or not 0 < ref.record <= len(there):
            return None
        return there[ref.record - 1]

    def changed(self, doc_id: str, ref: PaperRef) -> bool:
        """Whether a paper's bytes are others than when the decision was made."""
        return bool(ref.sha256) and self.digests[doc_id] != ref.sha256


def sorted_out(shelf: Shelf, kept: Iterable[Kept]) -> tuple[dict[str, list[Kept]], list[Kept]]:
    """The decisions by doc_id, in order, and those on papers that are not there."""
    found: dict[str, list[Kept]] = defaultdict(list)
    lost = []
    for k in kept:
        doc_id = shelf.find(k.decision.paper)
        if doc_id is None:
            lost.append(k)
        else:
            found[doc_id].append(k)
    return dict(found), lost
