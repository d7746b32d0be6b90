"""Which papers of many are to be read: `--only "osteoporosis AND (pregnancy OR lactation)"`.

docs/scale.md says what an expression means. Neither Dask nor fsspec is needed for any of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.only.raw import may_be
from pipeline.only.tree import Node

if TYPE_CHECKING:
    from pipeline.paper import Paper


@dataclass(frozen=True, slots=True)
class Only:
    """A filter; two that are equal take the same papers. Made by `only`."""

    expression: str = field(compare=False)
    tree: Node

    @property
    def key(self) -> str:
        """Letters that tell filters apart."""
        return hashlib.sha256(repr(self.tree).encode()).hexdigest()[:12]

    def fits(self, paper: Paper) -> bool:
        """Whether a paper is one of those to read."""
        from pipeline.only.asked import told_by  # noqa: PLC0415 - the command line starts without

        return self.tree.fits(told_by(paper))

    def may_fit(self, data: bytes) -> bool:
        """Whether a paper in these bytes of XML may fit. False is certain (see `pipeline.only.raw`)."""
        return may_be(self.tree, data)


def only(expression: str) -> Only:
    """The filter that an expression says. Raises UsageError, with the place of what cannot be meant."""
    from pipeline.only.grammar import parsed  # noqa: PLC0415 - a worker needs no grammar

    return Only(expression, parsed(expression))
